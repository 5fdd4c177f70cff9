#include "vault/plaintext.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <utility>

#include "vault/limits.h"

namespace baya::vault {
namespace {

uint64_t PaddedBytes(uint64_t used) { return Padme(std::max<uint64_t>(kMinPlaintextBytes, used)); }

}  // namespace

uint64_t Padme(uint64_t length) {
  if (length < 2) return length;
  const int exponent = static_cast<int>(std::bit_width(length)) - 1;
  const int kept_bits = static_cast<int>(std::bit_width(static_cast<unsigned>(exponent)));
  const uint64_t mask = (uint64_t{1} << (exponent - kept_bits)) - 1;
  return (length + mask) & ~mask;
}

Plaintext::Plaintext(size_t content_bytes)
    : padded_(static_cast<size_t>(PaddedBytes(kPrefixBytes + content_bytes))),
      content_bytes_(content_bytes) {
  FixedWriter(padded_.ExposeMutable()).U32(static_cast<uint32_t>(content_bytes));
}

std::optional<Plaintext> Plaintext::Parse(SecretBytes padded) {
  const ByteView bytes = padded.Expose();
  if (bytes.size() < kPrefixBytes) return std::nullopt;
  size_t length = 0;
  for (const uint8_t byte : bytes.first(kPrefixBytes)) length = length << 8 | byte;
  if (length > bytes.size() - kPrefixBytes) return std::nullopt;
  if (PaddedBytes(kPrefixBytes + length) != bytes.size()) return std::nullopt;
  const ByteView padding = bytes.subspan(kPrefixBytes + length);
  if (std::any_of(padding.begin(), padding.end(), [](uint8_t b) { return b != 0; })) {
    return std::nullopt;
  }
  Plaintext plaintext;
  plaintext.padded_ = std::move(padded);
  plaintext.content_bytes_ = length;
  return plaintext;
}

MutableByteView FixedWriter::Take(size_t size) {
  if (size > rest_.size()) std::abort();
  const MutableByteView taken = rest_.first(size);
  rest_ = rest_.subspan(size);
  return taken;
}

void FixedWriter::Raw(ByteView bytes) {
  std::copy(bytes.begin(), bytes.end(), Take(bytes.size()).begin());
}

void FixedWriter::Integer(uint64_t value, size_t width) {
  const MutableByteView out = Take(width);
  for (size_t i = width; i-- > 0; value >>= 8) out[i] = static_cast<uint8_t>(value);
}

}  // namespace baya::vault
