// What the vault's tests share: a host, a storage and a person's device around one vault.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/testing/status_matchers.h"
#include "base/testing/test_host.h"
#include "vault/testing/memory_storage.h"
#include "vault/vault.h"

namespace baya::vault::testing {

inline SecretBytes SecretOf(uint8_t value) { return SecretBytes::CopyOf(Bytes(kKeyBytes, value)); }

inline std::vector<SecretBytes> OneSecret(uint8_t value) {
  std::vector<SecretBytes> secrets;
  secrets.push_back(SecretOf(value));
  return secrets;
}

inline constexpr int64_t kWeekMs = 7 * 86'400'000LL;

// The text of each record, in order.
inline std::vector<std::string> Texts(const Vault& vault, std::string_view purpose,
                                      uint64_t after = 0) {
  std::vector<std::string> texts;
  for (const RecordView& record : vault.Records(purpose, after)) {
    texts.emplace_back(AsText(record.payload));
  }
  return texts;
}

class VaultFixture : public ::testing::Test {
 protected:
  // Applies every batch there is; false when one did not go through.
  bool FlushAll(Vault& vault) {
    while (true) {
      Result<std::optional<StorageBatch>> batch = vault.Flush();
      EXPECT_THAT(batch, baya::testing::IsOk());
      if (!batch.ok()) return false;
      if (!batch->has_value()) return true;
      ++batches_;
      EXPECT_THAT(storage_.Apply(**batch), baya::testing::IsOk());
      EXPECT_THAT(vault.Confirm((**batch).id), baya::testing::IsOk());
    }
  }

  Vault Created(uint8_t secret = 1) {
    return std::move(Vault::Create(host_, SecretOf(secret))).value();
  }

  Result<Vault> Opened(uint8_t secret = 1, const OpenOptions& options = {}) {
    return Vault::Open(host_, storage_.Blobs(), OneSecret(secret), options);
  }

  void Append(Vault& vault, std::string_view purpose, std::string_view text, uint8_t kind = 1) {
    EXPECT_THAT(vault.Append(purpose, kind, AsBytes(text)), baya::testing::IsOk());
  }

  void NextWeek() { host_.SetNowMs(host_.NowMs() + kWeekMs); }

  baya::testing::TestHost host_;
  MemoryStorage storage_;
  int batches_ = 0;
};

}  // namespace baya::vault::testing
