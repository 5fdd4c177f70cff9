// The TLS presentation language: big-endian integers and length-prefixed vectors.
//
// Source: RFC 8446 §3 (numbers §3.3, vectors §3.4).
#pragma once

#include <cstddef>
#include <cstdint>

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

// Reads a borrowed buffer from front to back, which must outlive the reader and every view it
// hands out. What is not there is kInvalidArgument, and then nothing has been consumed.
class Reader {
 public:
  explicit Reader(ByteView bytes) : rest_(bytes) {}

  Result<uint8_t> U8();
  Result<uint16_t> U16();
  Result<uint32_t> U32();
  Result<uint64_t> U64();

  // Exactly `size` bytes.
  Result<ByteView> Raw(size_t size);

  Result<ByteView> Opaque8() { return Opaque(1); }
  Result<ByteView> Opaque16() { return Opaque(2); }
  Result<ByteView> Opaque32() { return Opaque(4); }

  // A reader of a vector's content. The caller finishes it as well.
  Result<Reader> Vector8() { return Vector(1); }
  Result<Reader> Vector16() { return Vector(2); }
  Result<Reader> Vector24() { return Vector(3); }
  Result<Reader> Vector32() { return Vector(4); }

  size_t remaining() const { return rest_.size(); }

  // OK when every byte has been read, else kInvalidArgument. Ends every decoder.
  Status Finish() const;

 private:
  Result<uint64_t> Integer(size_t width);
  Result<ByteView> Opaque(size_t width);
  Result<Reader> Vector(size_t width);

  ByteView rest_;
};

}  // namespace baya::codec
