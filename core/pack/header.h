// The signed front of a site pack (core/docs/formats/pack.md §2).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/ed25519.h"
#include "crypto/sha256.h"

namespace baya::pack {

inline constexpr uint16_t kFormat = 1;

enum class SectionType : uint8_t {
  kCatalogue = 1,
  kModel = 2,
  kPopularity = 3,
  kAttributes = 4,
  kPlan = 5,   // opaque to this room
  kTasks = 6,  // opaque to this room
  kSession = 7,
  kRepeat = 8,
};

struct SectionEntry {
  uint8_t type = 0;  // a SectionType, or one that only a newer reader knows
  uint32_t length = 0;
  crypto::Sha256Digest sha256{};
};

struct Header {
  uint64_t version = 0;              // 1 or more; only rises
  uint64_t replaces = 0;             // 0, or the version that this pack takes back
  std::string_view site;             // borrowed from the pack
  crypto::ed25519::PublicKey key{};  // the signer's
  std::optional<crypto::ed25519::PublicKey> next_key;  // may sign from now on as well
  std::vector<SectionEntry> sections;                  // types differ; bodies follow in this order
  crypto::ed25519::Signature signature{};

  ByteView signed_bytes;  // what the signature covers, without its label
  size_t size = 0;        // bytes before the first body
};

// Shape only: who signed it, and whether the bodies match, is CheckSignature's and OpenPack's.
//
// Errors: kDataLoss (cut off), kInvalidArgument (no site pack, or a header that breaks a rule),
// kUnimplemented (a format this code does not know).
Result<Header> ParseHeader(ByteView pack);

// Errors: kPermissionDenied (not signed by the holder of `header.key`).
Status CheckSignature(const Header& header);

// SHA-256 of the signed bytes: the name under which a pack is published and cached.
crypto::Sha256Digest PackId(const Header& header);

// The message that a pack's signature is made over.
Bytes SignatureInput(ByteView signed_bytes);

}  // namespace baya::pack
