// What is sealed in a blob: content behind its length, padded so that its size tells little.
//
// Source: core/docs/formats/vault.md §4; padding: Nikitin et al., "Reducing Metadata Leakage from
// Encrypted Files and Communication with PURBs", PoPETs 2019, §4 (Padme).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/secret_bytes.h"

namespace baya::vault {

// `length` rounded up as Padme says; at most 12 % more. 0 and 1 stay.
uint64_t Padme(uint64_t length);

// Content of a size known beforehand, so that no copy of it is left behind by growing.
class Plaintext {
 public:
  Plaintext() = default;
  // `content_bytes` zero bytes; less than 2^32.
  explicit Plaintext(size_t content_bytes);

  // Takes what was decrypted. Nothing when its length, size or padding is not as §4 says.
  static std::optional<Plaintext> Parse(SecretBytes padded);

  ByteView content() const { return padded_.Expose().subspan(kPrefixBytes, content_bytes_); }
  MutableByteView mutable_content() {
    return padded_.ExposeMutable().subspan(kPrefixBytes, content_bytes_);
  }
  ByteView padded() const { return padded_.Expose(); }

 private:
  static constexpr size_t kPrefixBytes = 4;

  SecretBytes padded_{kPrefixBytes};
  size_t content_bytes_ = 0;
};

// Fills bytes of a known number from front to back; big-endian as in RFC 8446 §3.3.
// REQUIRES: what is written fits; aborts otherwise.
class FixedWriter {
 public:
  explicit FixedWriter(MutableByteView out) : rest_(out) {}

  void U8(uint8_t value) { Integer(value, 1); }
  void U16(uint16_t value) { Integer(value, 2); }
  void U24(uint32_t value) { Integer(value, 3); }
  void U32(uint32_t value) { Integer(value, 4); }
  void U64(uint64_t value) { Integer(value, 8); }
  void Raw(ByteView bytes);

 private:
  MutableByteView Take(size_t size);
  void Integer(uint64_t value, size_t width);

  MutableByteView rest_;
};

}  // namespace baya::vault
