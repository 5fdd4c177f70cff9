// Signing, which only the publisher's tools may use.

#include "crypto/ed25519_signing.h"

using baya::SecretBytes;
namespace ed25519 = baya::crypto::ed25519;

// `data` points at `size` bytes, at least 32.
extern "C" __attribute__((used, visibility("default"))) bool CallEd25519Sign(const uint8_t* data,
                                                                             size_t size) {
  const SecretBytes seed = SecretBytes::CopyOf({data, ed25519::kSeedBytes});
  return ed25519::Sign(seed, {data, size}).ok();
}
