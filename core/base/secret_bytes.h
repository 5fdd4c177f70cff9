// Bytes that must not outlive their use: keys, seeds, shares, plaintext.
//
// Move-only, wiped when destroyed or overwritten, without printing, ordering or operator==.
#pragma once

#include <cstddef>

#include "base/bytes.h"

namespace baya {

// Overwrites `bytes` with zeros in a way the compiler may not remove.
void Wipe(MutableByteView bytes);

// Time depends on the lengths alone. Different lengths are unequal.
bool ConstantTimeEqual(ByteView a, ByteView b);

class SecretBytes {
 public:
  SecretBytes() = default;
  // `size` zero bytes.
  explicit SecretBytes(size_t size) : bytes_(size) {}
  ~SecretBytes() { Wipe(bytes_); }

  SecretBytes(SecretBytes&& other) noexcept : bytes_(std::move(other.bytes_)) {
    other.bytes_.clear();
  }
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
      Wipe(bytes_);
      bytes_ = std::move(other.bytes_);
      other.bytes_.clear();
    }
    return *this;
  }
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;

  // The only way to duplicate a secret, so that it shows in review.
  static SecretBytes CopyOf(ByteView bytes);

  size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }

  // Borrowed; valid until this object is moved from or destroyed.
  ByteView Expose() const { return bytes_; }
  MutableByteView ExposeMutable() { return bytes_; }

 private:
  Bytes bytes_;
};

}  // namespace baya
