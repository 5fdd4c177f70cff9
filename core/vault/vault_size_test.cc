// Ten thousand events: how many reads, how many bytes, how long. Times are printed, not asserted.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "vault/testing/vault_fixture.h"

namespace baya::vault {
namespace {

using testing::VaultFixture;

class VaultSizeTest : public VaultFixture {
 protected:
  static double Ms(std::chrono::steady_clock::time_point since) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - since)
        .count();
  }
};

TEST_F(VaultSizeTest, TenThousandEventsOpenInOnePassOverFewChunks) {
  constexpr int kEvents = 10'000;
  constexpr size_t kEventBytes = 190;
  constexpr int kBurst = 20;
  Vault vault = Created();
  const std::string event(kEventBytes, 'e');
  const auto writing = std::chrono::steady_clock::now();
  for (int i = 0; i < kEvents; ++i) {
    Append(vault, "store", event);
    if (i % kBurst != kBurst - 1) continue;
    ASSERT_TRUE(FlushAll(vault));
  }
  const double write_ms = Ms(writing);
  const size_t bytes = storage_.TotalBytes();
  const size_t blobs = storage_.map().size();
  const std::vector<Blob> stored = storage_.Blobs();

  double best_ms = 1e9;
  uint64_t sum = 0;
  for (int round = 0; round < 5; ++round) {
    const auto opening = std::chrono::steady_clock::now();
    BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Vault::Open(host_, stored, testing::OneSecret(1)));
    for (const RecordView& record : again.Records("store")) sum += record.payload.size();
    best_ms = std::min(best_ms, Ms(opening));
  }
  EXPECT_EQ(sum, uint64_t{5} * kEvents * kEventBytes);
  EXPECT_LE(blobs, 48u);
  EXPECT_LE(bytes, kEvents * (kEventBytes + kRecordHeaderBytes) * 115 / 100);
  std::printf(
      "10,000 events of 190 bytes in bursts of 20: %zu blobs, %zu bytes (%.1f per event),\n"
      "  %.1f ms to write %d batches, %.2f ms to open and read all\n",
      blobs, bytes, static_cast<double>(bytes) / kEvents, write_ms, batches_, best_ms);
}

}  // namespace
}  // namespace baya::vault
