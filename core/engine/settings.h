// What outlasts a session besides receipts, events and counts.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/ed25519.h"
#include "crypto/sha256.h"
#include "engine/believed_time.h"
#include "pack/trust.h"

namespace baya::engine {

// What accepted site packs left behind: pack::Trust without the key that the tag pins.
struct PackFloor {
  std::string site;
  uint64_t highest_version = 0;
  std::optional<crypto::Sha256Digest> current;
  std::optional<crypto::ed25519::PublicKey> next_key;

  friend bool operator==(const PackFloor&, const PackFloor&) = default;
};

struct Settings {
  bool paused = false;
  PackFloor floor;
  BelievedTime time;  // not negative

  friend bool operator==(const Settings&, const Settings&) = default;
};

// core/docs/formats/settings.md. Errors of decoding: kInvalidArgument for anything EncodeSettings
// does not produce, kUnimplemented for a later version.
Result<Bytes> EncodeSettings(const Settings& settings);
Result<Settings> DecodeSettings(ByteView bytes);

PackFloor FloorOf(const pack::Trust& trust);
pack::Trust TrustFrom(const PackFloor& floor, const crypto::ed25519::PublicKey& pinned_key);

}  // namespace baya::engine
