#include "codec/tls.h"

#include <utility>

namespace baya::codec {
namespace {

uint64_t LargestLength(size_t width) { return (uint64_t{1} << (8 * width)) - 1; }

constexpr Status kDoesNotFit(StatusCode::kOutOfRange, "a vector is longer than its length field");
constexpr Status kTruncated(StatusCode::kInvalidArgument, "the input ends too early");

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

Result<uint8_t> Reader::U8() {
  BAYA_ASSIGN_OR_RETURN(const uint64_t value, Integer(1));
  return static_cast<uint8_t>(value);
}

Result<uint16_t> Reader::U16() {
  BAYA_ASSIGN_OR_RETURN(const uint64_t value, Integer(2));
  return static_cast<uint16_t>(value);
}

Result<uint32_t> Reader::U32() {
  BAYA_ASSIGN_OR_RETURN(const uint64_t value, Integer(4));
  return static_cast<uint32_t>(value);
}

Result<uint64_t> Reader::U64() { return Integer(8); }

Result<ByteView> Reader::Raw(size_t size) {
  if (size > rest_.size()) return kTruncated;
  const ByteView taken = rest_.first(size);
  rest_ = rest_.subspan(size);
  return taken;
}

Status Reader::Finish() const {
  if (!rest_.empty()) return {StatusCode::kInvalidArgument, "bytes are left over after the end"};
  return OkStatus();
}

Result<uint64_t> Reader::Integer(size_t width) {
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, Raw(width));
  uint64_t value = 0;
  for (const uint8_t byte : bytes) value = (value << 8) | byte;
  return value;
}

Result<ByteView> Reader::Opaque(size_t width) {
  Reader ahead = *this;
  BAYA_ASSIGN_OR_RETURN(const uint64_t length, ahead.Integer(width));
  if (length > ahead.remaining()) return kTruncated;
  BAYA_ASSIGN_OR_RETURN(const ByteView content, ahead.Raw(static_cast<size_t>(length)));
  *this = ahead;
  return content;
}

Result<Reader> Reader::Vector(size_t width) {
  BAYA_ASSIGN_OR_RETURN(const ByteView content, Opaque(width));
  return Reader(content);
}

}  // namespace baya::codec
