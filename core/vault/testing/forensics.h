// What a forensic reader makes of every blob that storage ever held.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/secret_bytes.h"
#include "vault/key_table.h"
#include "vault/limits.h"
#include "vault/storage.h"

namespace baya::vault::testing {

// No head, no generations: every secret with every blob, every key so found with every chunk.
class Forensics {
 public:
  Forensics(std::span<const Blob> blobs, std::span<const SecretBytes> secrets);

  // The text of every record and snapshot that opens.
  const std::set<std::string>& texts() const { return texts_; }

 private:
  struct Root {
    VaultId vault_id;
    uint32_t epoch;
    SecretBytes key;
  };

  void TrySlots(const Blob& blob, const SecretBytes& secret);
  void TryKeys(const Blob& blob, const Root& root);
  void AddKey(DataKey key);
  void TryChunk(const Blob& blob);

  std::vector<Root> roots_;
  VaultId vault_id_{};
  std::vector<DataKey> keys_;  // each once
  std::set<std::string> texts_;
};

}  // namespace baya::vault::testing
