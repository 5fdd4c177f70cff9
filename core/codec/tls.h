// The TLS presentation language: big-endian integers and length-prefixed vectors.
//
// Source: RFC 8446 §3 (numbers §3.3, vectors §3.4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/bytes.h"
#include "base/result.h"
#include "base/status.h"

namespace baya::codec {

// Appends to a growing buffer. An error sticks: later writes do nothing, and Finish reports it.
class Writer {
 public:
  void U8(uint8_t value) { Integer(value, 1); }
  void U16(uint16_t value) { Integer(value, 2); }
  void U32(uint32_t value) { Integer(value, 4); }
  void U64(uint64_t value) { Integer(value, 8); }

  // The bytes alone; their number is known to the reader.
  void Raw(ByteView bytes);

  // opaque x<0..2^8-1>, <0..2^16-1> and <0..2^32-1>. Bytes that do not fit are an error.
  void Opaque8(ByteView bytes) { Opaque(bytes, 1); }
  void Opaque16(ByteView bytes) { Opaque(bytes, 2); }
  void Opaque32(ByteView bytes) { Opaque(bytes, 4); }

  // A vector of structures: whatever `body` writes, behind its length in bytes.
  template <typename Body>
  void Vector8(Body&& body) {
    Vector(1, body);
  }
  template <typename Body>
  void Vector16(Body&& body) {
    Vector(2, body);
  }
  template <typename Body>
  void Vector24(Body&& body) {
    Vector(3, body);
  }
  template <typename Body>
  void Vector32(Body&& body) {
    Vector(4, body);
  }

  // All that was written, or kOutOfRange when something did not fit behind its length.
  Result<Bytes> Finish() &&;

 private:
  void Integer(uint64_t value, size_t width);
  void Opaque(ByteView bytes, size_t width);
  void CloseVector(size_t start, size_t width);

  template <typename Body>
  void Vector(size_t width, Body& body) {
    const size_t start = bytes_.size();
    Integer(0, width);
    body(*this);
    CloseVector(start, width);
  }

  Bytes bytes_;
  Status status_;
};

// What a Reader took, or that the input ends too early: a Result that can fail in one way only, so
// that every field of a decoder shares one way out.
template <typename T>
class [[nodiscard]] Taken {
 public:
  Taken() = default;
  Taken(T value) : value_(value), ok_(true) {}
  operator Result<T>() const {
    if (!ok_) return status();
    return value_;
  }

  bool ok() const { return ok_; }
  Status status() const {
    if (ok_) return OkStatus();
    return kError<StatusCode::kInvalidArgument, "the input ends too early">;
  }

  // REQUIRES: ok(); aborts otherwise.
  T value() const {
    if (!ok_) std::abort();
    return value_;
  }
  T operator*() const { return value(); }
  T AssumeOk() const { return value_; }

 private:
  T value_{};
  bool ok_ = false;
};

// Reads a borrowed buffer from front to back, which must outlive the reader and every view it
// hands out. What is not there is kInvalidArgument, and then nothing has been consumed.
class Reader {
 public:
  Reader() = default;
  explicit Reader(ByteView bytes) : rest_(bytes) {}

  Taken<uint8_t> U8();
  Taken<uint16_t> U16();
  Taken<uint32_t> U32();
  Taken<uint64_t> U64();

  // Exactly `size` bytes.
  Taken<ByteView> Raw(size_t size);

  Taken<ByteView> Opaque8() { return Opaque(1); }
  Taken<ByteView> Opaque16() { return Opaque(2); }
  Taken<ByteView> Opaque32() { return Opaque(4); }

  // A reader of a vector's content. The caller finishes it as well.
  Taken<Reader> Vector8();
  Taken<Reader> Vector16();
  Taken<Reader> Vector24();
  Taken<Reader> Vector32();

  size_t remaining() const { return rest_.size(); }

  // OK when every byte has been read, else kInvalidArgument. Ends every decoder.
  Status Finish() const;

 private:
  Taken<uint64_t> Integer(size_t width);
  Taken<ByteView> Opaque(size_t width);
  Taken<Reader> Vector(size_t width);

  ByteView rest_;
};

}  // namespace baya::codec
