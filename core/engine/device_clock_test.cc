// A clock that is wrong once destroys nothing by retention; a long absence only delays it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/testing/test_host.h"
#include "engine/limits.h"
#include "engine/record_kinds.h"
#include "engine/testing/device_fixture.h"
#include "vault/vault.h"

namespace baya::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int64_t kADecadeMs = 3'652 * kDayMs;

class DeviceClockTest : public testing::DeviceTest {
 protected:
  // A start, what it has to write, and a tick.
  void Visit() {
    NewPage();
    BAYA_ASSERT_OK(page().FlushAll());
    BAYA_ASSERT_OK(page().Tick());
    BAYA_ASSERT_OK(page().FlushAll());
  }

  // What the vault says of looks at the clock, as version 1 of the settings: nothing.
  void ForgetTheTime() {
    baya::testing::TestHost host(4242);
    std::vector<SecretBytes> secrets;
    for (const auto& [epoch, secret] : disk_.secrets)
      secrets.push_back(SecretBytes::CopyOf(secret));
    BAYA_ASSERT_OK_AND_ASSIGN(auto vault, vault::Vault::Open(host, disk_.blobs.Blobs(), secrets));
    constexpr auto kSettings = static_cast<uint8_t>(SnapshotKind::kSettings);
    const auto stored = vault.FindSnapshot(kStorePurpose, kSettings);
    ASSERT_TRUE(stored);
    Bytes bytes = ToBytes(stored->bytes);
    bytes.resize(bytes.size() - 16);
    bytes[0] = 1;
    BAYA_ASSERT_OK(vault.PutSnapshot(kStorePurpose, kSettings, 0, bytes));
    BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
    ASSERT_TRUE(batch);
    BAYA_ASSERT_OK(disk_.blobs.Apply(*batch));
  }

  size_t BlobsWritten() const { return disk_.blobs.history().size(); }
};

TEST_F(DeviceClockTest, AClockThatIsWrongOnceDestroysNothing) {
  for (const int64_t jump_ms : {kADecadeMs, -kADecadeMs}) {
    disk_ = {};
    Consented();
    See("Product Viewed", "mug-1", "first");
    Wait(kDayMs);
    See("Product Viewed", "lamp-1", "second");
    Shelf();
    BAYA_ASSERT_OK(page().Tick());
    BAYA_ASSERT_OK(page().FlushAll());
    for (int i = 0; i < 3; ++i) {
      Wait(jump_ms);
      Visit();
      EXPECT_THAT(ExportedText(), HasSubstr("first"));
      Visit();
      EXPECT_THAT(ExportedText(), HasSubstr("first")) << "a second page of the same hour";
      Wait(kDayMs - jump_ms);
      Visit();
      EXPECT_THAT(ExportedText(), HasSubstr("first"));
      EXPECT_THAT(ExportedText(), HasSubstr("second"));
    }
    BAYA_ASSERT_OK_AND_ASSIGN(const auto log, page().AccessLog());
    const auto ranked = static_cast<uint8_t>(consent::Operation::kRank);
    EXPECT_THAT(log->rows, ::testing::Contains(::testing::Field(&AccessCount::operation, ranked)));
  }
}

TEST_F(DeviceClockTest, AfterALongAbsenceTheSecondVisitForgets) {
  Consented();
  See("Product Viewed", "mug-1", "old");
  Wait(400 * kDayMs);
  Visit();
  EXPECT_THAT(ExportedText(), HasSubstr("old"));
  Wait(kDayMs - 1);
  Visit();
  EXPECT_THAT(ExportedText(), HasSubstr("old")) << "too soon";
  Wait(1);
  Visit();
  EXPECT_THAT(ExportedText(), Not(HasSubstr("old")));
}

TEST_F(DeviceClockTest, OnePageThatStaysOpenDoesNotAgreeWithItself) {
  Consented();
  See("Product Viewed", "mug-1", "old");
  Wait(400 * kDayMs);
  for (int day = 0; day < 5; ++day) {
    BAYA_ASSERT_OK_AND_ASSIGN(const auto tick, page().Tick());
    EXPECT_EQ(tick->expired, 0u);
    BAYA_ASSERT_OK(page().FlushAll());
    Wait(kDayMs);
  }
  Visit();
  EXPECT_THAT(ExportedText(), Not(HasSubstr("old")));
}

// Then the newest event tells how late it was.
TEST_F(DeviceClockTest, AVaultThatDoesNotSayWhenItLookedIsNotDestroyedEither) {
  Consented();
  See("Product Viewed", "mug-1", "old");
  ForgetTheTime();
  Wait(kADecadeMs);
  Visit();
  EXPECT_THAT(ExportedText(), HasSubstr("old"));
  Wait(-kADecadeMs);
  Visit();
  EXPECT_THAT(ExportedText(), HasSubstr("old"));
}

TEST_F(DeviceClockTest, AClockIsLookedAtOnceADay) {
  Consented();
  See("Product Viewed", "mug-1", "m");
  NewPage();
  BAYA_ASSERT_OK(page().FlushAll());
  const size_t before = BlobsWritten();
  for (int i = 0; i < 3; ++i) {
    NewPage();
    BAYA_ASSERT_OK(page().FlushAll());
  }
  EXPECT_EQ(BlobsWritten(), before) << "nothing is new";
}

}  // namespace
}  // namespace baya::engine
