// One encrypted blob: version, length, nonce, ciphertext (core/docs/formats/vault.md §4).
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "vault/limits.h"
#include "vault/plaintext.h"

namespace baya::vault {

// Why a blob, or a part of one, gave nothing (core/docs/formats/vault.md §9).
enum class Fault : uint8_t {
  kNone = 0,
  kMissing = 1,
  kTorn = 2,
  kOversize = 3,
  kVersion = 4,
  kAuthentication = 5,
  kMalformed = 6,
  kMisplaced = 7,
  kKeyMissing = 8,
};

// What a blob is and where it belongs; all of it is authenticated.
struct BlobContext {
  std::string_view label;
  VaultId vault_id;
  uint64_t subject = 0;
  uint32_t key_id = 0;
};

inline constexpr std::string_view kKeysLabel = "baya vault 1 keys";
inline constexpr std::string_view kHeadLabel = "baya vault 1 head";
inline constexpr std::string_view kChunkLabel = "baya vault 1 chunk";

// version, length, nonce: unique to each sealed blob, so that it can stand for it.
inline constexpr size_t kSealedHeaderBytes = 1 + 4 + 24;

// Errors: kInvalidArgument (a key of another size).
Result<Bytes> SealBlob(Host& host, const SecretBytes& key, const BlobContext& context,
                       const Plaintext& plaintext);

struct OpenedBlob {
  Fault fault = Fault::kNone;
  Plaintext plaintext;  // empty unless fault is kNone
};

// Never more than what SealBlob was given for the same key and context.
OpenedBlob OpenBlob(const SecretBytes& key, const BlobContext& context, ByteView blob);

}  // namespace baya::vault
