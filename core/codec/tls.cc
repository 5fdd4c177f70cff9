#include "codec/tls.h"

#include <utility>

namespace baya::codec {
namespace {

uint64_t LargestLength(size_t width) { return (uint64_t{1} << (8 * width)) - 1; }

constexpr Status kDoesNotFit =
    kError<StatusCode::kOutOfRange, "a vector is longer than its length field">;

template <typename T>
Taken<T> Narrow(const Taken<uint64_t>& wide) {
  if (!wide.ok()) return {};
  return static_cast<T>(wide.AssumeOk());
}

}  // namespace

void Writer::Integer(uint64_t value, size_t width) {
  if (!status_.ok()) return;
  for (size_t i = width; i-- > 0;) bytes_.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

void Writer::Raw(ByteView bytes) {
  if (!status_.ok()) return;
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void Writer::Opaque(ByteView bytes, size_t width) {
  if (uint64_t{bytes.size()} > LargestLength(width)) status_ = kDoesNotFit;
  Integer(bytes.size(), width);
  Raw(bytes);
}

void Writer::CloseVector(size_t start, size_t width) {
  if (!status_.ok()) return;
  const uint64_t length = bytes_.size() - start - width;
  if (length > LargestLength(width)) {
    status_ = kDoesNotFit;
    return;
  }
  for (size_t i = 0; i < width; ++i) {
    bytes_[start + i] = static_cast<uint8_t>(length >> (8 * (width - 1 - i)));
  }
}

Result<Bytes> Writer::Finish() && {
  BAYA_RETURN_IF_ERROR(status_);
  return std::move(bytes_);
}

Taken<uint8_t> Reader::U8() { return Narrow<uint8_t>(Integer(1)); }
Taken<uint16_t> Reader::U16() { return Narrow<uint16_t>(Integer(2)); }
Taken<uint32_t> Reader::U32() { return Narrow<uint32_t>(Integer(4)); }
Taken<uint64_t> Reader::U64() { return Integer(8); }

Taken<Reader> Reader::Vector8() { return Vector(1); }
Taken<Reader> Reader::Vector16() { return Vector(2); }
Taken<Reader> Reader::Vector24() { return Vector(3); }
Taken<Reader> Reader::Vector32() { return Vector(4); }

[[gnu::noinline]] Taken<ByteView> Reader::Raw(size_t size) {
  if (size > rest_.size()) return {};
  const ByteView taken = rest_.first(size);
  rest_ = rest_.subspan(size);
  return taken;
}

Status Reader::Finish() const {
  if (!rest_.empty())
    return kError<StatusCode::kInvalidArgument, "bytes are left over after the end">;
  return OkStatus();
}

Taken<uint64_t> Reader::Integer(size_t width) {
  const Taken<ByteView> bytes = Raw(width);
  if (!bytes.ok()) return {};
  uint64_t value = 0;
  for (const uint8_t byte : bytes.AssumeOk()) value = (value << 8) | byte;
  return value;
}

Taken<ByteView> Reader::Opaque(size_t width) {
  Reader ahead = *this;
  const Taken<uint64_t> length = ahead.Integer(width);
  if (!length.ok() || length.AssumeOk() > ahead.remaining()) return {};
  const Taken<ByteView> content = ahead.Raw(static_cast<size_t>(length.AssumeOk()));
  *this = ahead;
  return content;
}

Taken<Reader> Reader::Vector(size_t width) {
  const Taken<ByteView> content = Opaque(width);
  if (!content.ok()) return {};
  return Reader(content.AssumeOk());
}

}  // namespace baya::codec
