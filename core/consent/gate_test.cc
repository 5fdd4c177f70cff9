#include "consent/gate.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "base/testing/status_matchers.h"
#include "consent/limits.h"
#include "consent/testing/open_gate.h"

namespace baya::consent {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::IsEmpty;
using testing::kText;
using testing::OpenGate;
using testing::PolicyOfEverything;
using ::testing::SizeIs;

constexpr int64_t kAskedMs = 1'795'354'620'000;

// A Use comes out of a Gate and from nowhere else, and serves once.
static_assert(!std::is_default_constructible_v<Use>);
static_assert(!std::is_copy_constructible_v<Use>);
static_assert(!std::is_copy_assignable_v<Use>);
static_assert(!std::is_constructible_v<Use, Purpose, Operation, int64_t, bool>);
static_assert(!std::is_aggregate_v<Use>);
static_assert(std::is_move_constructible_v<Use>);

uint32_t Refused(const AccessLog& log) {
  uint32_t refused = 0;
  for (const auto& [key, count] : log.entries()) refused += count.refused;
  return refused;
}

TEST(GateTest, PassesAndCountsWhatIsOpen) {
  OpenGate open(kAskedMs);
  BAYA_ASSERT_OK_AND_ASSIGN(
      const Use use,
      open.gate().Check(Purpose::kPersonalize, Operation::kRank, "shelf:home", kAskedMs));
  EXPECT_EQ(use.purpose(), Purpose::kPersonalize);
  EXPECT_EQ(use.operation(), Operation::kRank);
  EXPECT_EQ(use.now_ms(), kAskedMs);
  EXPECT_FALSE(use.memory_only());
  ASSERT_THAT(open.log().entries(), SizeIs(1));
  EXPECT_EQ(open.log().entries().begin()->second.allowed, 1u);
}

TEST(GateTest, RefusesAndCountsWhatIsClosed) {
  Consent consent = Consent::Create(PolicyOfEverything()).value();
  AccessLog log;
  Gate gate(&consent, &log);
  EXPECT_THAT(gate.Check(Purpose::kPersonalize, Operation::kRank, "page", kAskedMs),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_EQ(Refused(log), 1u);
}

TEST(GateTest, EveryPurposeIsClosedForEveryOperationAtFirst) {
  Consent consent = Consent::Create(PolicyOfEverything(/*memory_only_session=*/true)).value();
  AccessLog log;
  Gate gate(&consent, &log);
  for (const int purpose : {1, 2, 3, 4, 5, 6, 256 + 7}) {
    for (int operation = 1; IsOperation(static_cast<Operation>(operation)); ++operation) {
      const Result<Use> use = gate.Check(static_cast<Purpose>(purpose),
                                         static_cast<Operation>(operation), kPerson, kAskedMs);
      EXPECT_FALSE(use.ok()) << purpose << " " << operation;
    }
  }
}

TEST(GateTest, RefusesAnOperationOfAnotherPurpose) {
  OpenGate open(kAskedMs);
  EXPECT_THAT(open.gate().Check(Purpose::kMeasure, Operation::kRank, "page", kAskedMs),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(Refused(open.log()), 1u);
}

TEST(GateTest, RefusesWhatItCannotWriteDown) {
  OpenGate open(kAskedMs);
  EXPECT_THAT(open.gate().Check(static_cast<Purpose>(9), Operation::kRank, "page", kAskedMs),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(open.gate().Check(Purpose::kStore, static_cast<Operation>(99), "page", kAskedMs),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(open.gate().Check(Purpose::kStore, Operation::kIngest, "Jo <jo@example>", kAskedMs),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(open.log().entries(), IsEmpty());
}

TEST(GateTest, WithdrawalClosesAtOnce) {
  OpenGate open(kAskedMs);
  const BannerChoice choice[] = {{Purpose::kPersonalize, false, {}}};
  BAYA_ASSERT_OK(open.consent().Choose(choice, kAskedMs));
  EXPECT_THAT(open.gate().Check(Purpose::kPersonalize, Operation::kRank, "page", kAskedMs),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST(GateTest, APauseLeavesThePersonsOwnRights) {
  OpenGate open(kAskedMs);
  open.consent().SetPaused(true);
  EXPECT_THAT(open.gate().Check(Purpose::kStore, Operation::kIngest, "page", kAskedMs),
              StatusIs(StatusCode::kPermissionDenied));
  for (const Operation operation :
       {Operation::kShow, Operation::kExport, Operation::kCorrect, Operation::kErase}) {
    EXPECT_THAT(open.gate().Check(Purpose::kStore, operation, kPerson, kAskedMs), IsOk());
  }
}

TEST(GateTest, TheVaultIsReadBackWhileTheGrantIsOnRecord) {
  OpenGate open(kAskedMs);
  open.consent().SetPaused(true);
  EXPECT_THAT(open.gate().Check(Purpose::kStore, Operation::kKeep, "engine", kAskedMs), IsOk());
  const BannerChoice choice[] = {{Purpose::kStore, false, {}}};
  BAYA_ASSERT_OK(open.consent().Choose(choice, kAskedMs));
  EXPECT_THAT(open.gate().Check(Purpose::kStore, Operation::kKeep, "engine", kAskedMs),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST(GateTest, NobodyElseExercisesThePersonsRights) {
  OpenGate open(kAskedMs);
  EXPECT_THAT(open.gate().Check(Purpose::kStore, Operation::kExport, "page", kAskedMs),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST(GateTest, AMemoryOnlySessionTakesEventsInForPersonalize) {
  Consent consent = Consent::Create(PolicyOfEverything(/*memory_only_session=*/true)).value();
  AccessLog log;
  Gate gate(&consent, &log);
  const BannerChoice choice[] = {{Purpose::kPersonalize, true, kText}};
  BAYA_ASSERT_OK(consent.Choose(choice, kAskedMs));
  BAYA_ASSERT_OK_AND_ASSIGN(
      const Use use, gate.Check(Purpose::kPersonalize, Operation::kIngest, "page", kAskedMs));
  EXPECT_TRUE(use.memory_only());
  EXPECT_THAT(gate.Check(Purpose::kStore, Operation::kIngest, "page", kAskedMs),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST(GateTest, WithAVaultEventsComeInForStore) {
  OpenGate open(kAskedMs);
  EXPECT_THAT(open.gate().Check(Purpose::kStore, Operation::kIngest, "page", kAskedMs), IsOk());
  EXPECT_THAT(open.gate().Check(Purpose::kPersonalize, Operation::kIngest, "page", kAskedMs),
              StatusIs(StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace baya::consent
