// What becomes of a report that is not as the client of this room makes it: at upload, when the
// Leader starts to verify it, and at the Helper.
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/testing/status_matchers.h"
#include "dap/helper.h"
#include "dap/leader.h"
#include "dap/testing/world.h"

namespace baya::dap {
namespace {

using testing::kNowS;
using testing::Parts;
using testing::World;

// Where a report ended, and why.
enum class Stage { kUpload, kInit, kHelper, kContinue, kVerified };

struct Fate {
  Stage stage = Stage::kVerified;
  ReportError error = ReportError::kReserved;
  friend bool operator==(const Fate&, const Fate&) = default;
};

std::ostream& operator<<(std::ostream& out, const Fate& fate) {
  return out << "stage " << static_cast<int>(fate.stage) << ", error "
             << static_cast<int>(fate.error);
}

Fate FateOf(World& world, const Report& report, uint64_t now_s = kNowS) {
  const auto stored = world.leader.CheckUpload(report, world.leader_keys, now_s);
  if (!stored.ok()) return {Stage::kUpload, stored.error()};
  const auto init = world.leader.Init(*stored);
  if (!init.ok()) return {Stage::kInit, init.error()};
  const auto helper = world.helper.Verify(init->verify_init, world.helper_keys, now_s);
  if (!helper.ok()) return {Stage::kHelper, helper.error()};
  const auto leader = world.leader.Continue(init->state, helper->response);
  if (!leader.ok()) return {Stage::kContinue, leader.error()};
  return {};
}

Fate Upload(ReportError error) { return {Stage::kUpload, error}; }
Fate AtHelper(ReportError error) { return {Stage::kHelper, error}; }

TEST(ReportCheckTest, HonestReportsVerify) {
  World world;
  for (uint64_t bucket = 0; bucket < testing::kBuckets; ++bucket) {
    EXPECT_EQ(FateOf(world, world.Honest(bucket)), Fate{});
    EXPECT_EQ(FateOf(world, world.SealParts(world.MakeParts(bucket))), Fate{});
  }
}

struct Damage {
  const char* what;
  std::function<Bytes&(Report&)> field;
  Fate fate;
};

// Every bit of every field: a report is bound as a whole.
TEST(ReportCheckTest, EveryFlippedBitIsFound) {
  World world;
  const Report honest = world.Honest(3);
  const Damage damages[] = {
      {"public share", [](Report& r) -> Bytes& { return r.public_share; },
       Upload(ReportError::kHpkeDecryptError)},
      {"leader's enc", [](Report& r) -> Bytes& { return r.leader_encrypted_input_share.enc; },
       Upload(ReportError::kHpkeDecryptError)},
      {"leader's payload",
       [](Report& r) -> Bytes& { return r.leader_encrypted_input_share.payload; },
       Upload(ReportError::kHpkeDecryptError)},
      {"helper's enc", [](Report& r) -> Bytes& { return r.helper_encrypted_input_share.enc; },
       AtHelper(ReportError::kHpkeDecryptError)},
      {"helper's payload",
       [](Report& r) -> Bytes& { return r.helper_encrypted_input_share.payload; },
       AtHelper(ReportError::kHpkeDecryptError)},
  };
  for (const Damage& damage : damages) {
    Report report = honest;
    Bytes& field = damage.field(report);
    for (size_t bit = 0; bit < field.size() * 8; bit += 5) {
      field[bit / 8] ^= static_cast<uint8_t>(1 << (bit % 8));
      EXPECT_EQ(FateOf(world, report), damage.fate) << damage.what << ", bit " << bit;
      field[bit / 8] ^= static_cast<uint8_t>(1 << (bit % 8));
    }
  }
  for (size_t bit = 0; bit < 128; ++bit) {
    Report report = honest;
    report.report_metadata.report_id[bit / 8] ^= static_cast<uint8_t>(1 << (bit % 8));
    EXPECT_EQ(FateOf(world, report), Upload(ReportError::kHpkeDecryptError)) << bit;
  }
  Report report = honest;
  --report.report_metadata.time;
  EXPECT_EQ(FateOf(world, report), Upload(ReportError::kHpkeDecryptError));
}

TEST(ReportCheckTest, KeysThatNobodyHas) {
  World world;
  Report report = world.Honest(0);
  report.leader_encrypted_input_share.config_id = 99;
  EXPECT_EQ(FateOf(world, report), Upload(ReportError::kOutdatedConfig));
  report = world.Honest(0);
  report.helper_encrypted_input_share.config_id = 99;
  EXPECT_EQ(FateOf(world, report), AtHelper(ReportError::kHpkeDecryptError));
}

TEST(ReportCheckTest, AFormerKeyStillOpens) {
  World world;
  const Report report = world.Honest(0);
  std::vector<HpkeKey> keys;
  keys.push_back(MakeHpkeKey(7, world.host).value());
  keys.push_back(MakeHpkeKey(1, world.host).value());  // an id used again
  keys.push_back(std::move(world.leader_keys[0]));
  world.leader_keys = std::move(keys);
  EXPECT_EQ(FateOf(world, report), Fate{});
}

TEST(ReportCheckTest, AShareSealedForTheOtherAggregatorDoesNotOpen) {
  World world;
  const Parts parts = world.MakeParts(2);
  Report report = world.SealParts(parts);
  report.leader_encrypted_input_share =
      world.SealShare(parts, 0, world.leader_keys[0].config, Role::kHelper);
  EXPECT_EQ(FateOf(world, report), Upload(ReportError::kHpkeDecryptError));
  report = world.SealParts(parts);
  report.helper_encrypted_input_share =
      world.SealShare(parts, 1, world.helper_keys[0].config, Role::kLeader);
  EXPECT_EQ(FateOf(world, report), AtHelper(ReportError::kHpkeDecryptError));
}

// The device agreed to other terms than the Aggregators serve.
TEST(ReportCheckTest, AnotherTaskConfigurationDoesNotOpen) {
  World world;
  TaskConfiguration other = testing::DefaultConfiguration();
  other.min_batch_size = 1;
  const Task task = MakeTask(testing::kTaskId, Encode(other).value()).value();
  BAYA_ASSERT_OK_AND_ASSIGN(const ClientReport made,
                            MakeReport(task, world.leader_keys[0].config,
                                       world.helper_keys[0].config, world.Now(), 1, world.host));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reports, DecodeUploadRequest(made.encoded));
  EXPECT_EQ(FateOf(world, reports[0]), Upload(ReportError::kHpkeDecryptError));
}

TEST(ReportCheckTest, ExtensionsAreNotKnown) {
  World world;
  Parts parts = world.MakeParts(1);
  parts.metadata.public_extensions = {{23, {}}};
  EXPECT_EQ(FateOf(world, world.SealParts(parts)), Upload(ReportError::kInvalidMessage));
  parts = world.MakeParts(1);
  parts.private_extensions[0] = {{42, {1}}};
  EXPECT_EQ(FateOf(world, world.SealParts(parts)), Upload(ReportError::kInvalidMessage));
  parts = world.MakeParts(1);
  parts.private_extensions[1] = {{42, {1}}, {42, {1}}};
  EXPECT_EQ(FateOf(world, world.SealParts(parts)), AtHelper(ReportError::kInvalidMessage));
}

TEST(ReportCheckTest, SharesOfAnotherLength) {
  World world;
  for (const int change : {-1, 1}) {
    for (size_t index = 0; index < 2; ++index) {
      Parts parts = world.MakeParts(1);
      Bytes& share = parts.shares[index];
      share.resize(share.size() + static_cast<size_t>(change));
      const Fate fate = FateOf(world, world.SealParts(parts));
      EXPECT_EQ(fate, index == 0 ? Upload(ReportError::kInvalidMessage)
                                 : AtHelper(ReportError::kInvalidMessage));
    }
  }
  Parts parts = world.MakeParts(1);
  parts.public_share.push_back(0);
  EXPECT_EQ(FateOf(world, world.SealParts(parts)), Upload(ReportError::kInvalidMessage));
}

TEST(ReportCheckTest, AnElementThatIsNotOfTheField) {
  World world;
  Parts parts = world.MakeParts(1);
  std::fill_n(parts.shares[0].begin(), 16, uint8_t{0xff});
  EXPECT_EQ(FateOf(world, world.SealParts(parts)),
            (Fate{Stage::kInit, ReportError::kInvalidMessage}));
}

// A device that seals what no measurement gives: every byte of its shares and parts matters.
TEST(ReportCheckTest, AMeasurementThatIsNotValidIsRefusedByTheHelper) {
  World world;
  const Parts honest = world.MakeParts(1);
  ASSERT_EQ(FateOf(world, world.SealParts(honest)), Fate{});
  for (size_t index = 0; index < 2; ++index) {
    for (size_t i = 0; i < honest.shares[index].size(); i += 16) {
      Parts parts = honest;
      parts.shares[index][i] ^= 1;
      EXPECT_EQ(FateOf(world, world.SealParts(parts)), AtHelper(ReportError::kVdafVerifyError))
          << index << ", byte " << i;
    }
  }
  for (size_t i = 0; i < honest.public_share.size(); i += 8) {
    Parts parts = honest;
    parts.public_share[i] ^= 1;
    EXPECT_EQ(FateOf(world, world.SealParts(parts)), AtHelper(ReportError::kVdafVerifyError)) << i;
  }
}

TEST(ReportCheckTest, ReportsFromTheFuture) {
  World world;
  const Report report = world.Honest(1, world.Now() + 1);
  const uint64_t start_s = (world.Now() + 1) * testing::kPrecisionS;
  EXPECT_EQ(FateOf(world, report, start_s - kMaxClockSkewS - 1),
            Upload(ReportError::kReportTooEarly));
  EXPECT_EQ(FateOf(world, report, start_s - kMaxClockSkewS), Fate{});
  // The Helper has a clock of its own.
  const auto stored = world.leader.CheckUpload(report, world.leader_keys, start_s);
  ASSERT_TRUE(stored.ok());
  const auto init = world.leader.Init(*stored);
  ASSERT_TRUE(init.ok());
  EXPECT_EQ(world.helper.Verify(init->verify_init, world.helper_keys, kNowS).error(),
            ReportError::kReportTooEarly);
  Report never = world.Honest(1);
  never.report_metadata.time = ~Time{0};
  EXPECT_EQ(FateOf(world, never), Upload(ReportError::kReportTooEarly));
}

TEST(ReportCheckTest, OutsideOfTheTasksInterval) {
  TaskConfiguration configuration = testing::DefaultConfiguration();
  const Time now = kNowS / testing::kPrecisionS;
  configuration.extensions = {{1, EncodeInterval({now - 5, 5})}};
  World world(configuration);
  EXPECT_EQ(FateOf(world, world.Honest(1, now - 6)), Upload(ReportError::kReportDropped));
  EXPECT_EQ(FateOf(world, world.Honest(1, now)), Upload(ReportError::kReportDropped));
  const Report last = world.Honest(1, now - 1);
  EXPECT_EQ(FateOf(world, last), Fate{});
  EXPECT_EQ(FateOf(world, world.Honest(1, now - 5)), Fate{});

  VerifyInit verify_init;
  verify_init.report_share = {last.report_metadata, last.public_share,
                              last.helper_encrypted_input_share};
  verify_init.report_share.report_metadata.time = now - 6;
  EXPECT_EQ(world.helper.Verify(verify_init, world.helper_keys, kNowS).error(),
            ReportError::kTaskNotStarted);
  verify_init.report_share.report_metadata.time = now;
  EXPECT_EQ(world.helper.Verify(verify_init, world.helper_keys, kNowS).error(),
            ReportError::kTaskExpired);
}

TEST(StoredReportTest, ComesBackAsItWas) {
  World world;
  const auto stored = world.leader.CheckUpload(world.Honest(4), world.leader_keys, kNowS);
  ASSERT_TRUE(stored.ok());
  BAYA_ASSERT_OK_AND_ASSIGN(const SecretBytes bytes, Encode(*stored));
  BAYA_ASSERT_OK_AND_ASSIGN(const StoredReport again, DecodeStoredReport(bytes.Expose()));
  const auto one = world.leader.Init(*stored);
  const auto two = world.leader.Init(again);
  ASSERT_TRUE(one.ok() && two.ok());
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes first, world.leader.EncodeInitReq({&one->verify_init, 1}));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes second, world.leader.EncodeInitReq({&two->verify_init, 1}));
  EXPECT_EQ(first, second);
  EXPECT_TRUE(BytesEqual(one->state.verify_state.Expose(), two->state.verify_state.Expose()));

  Bytes other = ToBytes(bytes.Expose());
  other[0] = 2;
  EXPECT_FALSE(DecodeStoredReport(other).ok());
  EXPECT_FALSE(DecodeStoredReport({}).ok());
  EXPECT_FALSE(DecodeStoredReport(bytes.Expose().first(60)).ok());
}

}  // namespace
}  // namespace baya::dap
