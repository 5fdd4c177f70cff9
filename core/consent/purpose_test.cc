#include "consent/purpose.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "consent/operation.h"

namespace baya::consent {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;

constexpr Purpose kFixed[] = {Purpose::kStore, Purpose::kPersonalize, Purpose::kMeasure,
                              Purpose::kTrain, Purpose::kSync,        Purpose::kLocation};

TEST(PurposeTest, NumbersAndNamesAreStored) {
  EXPECT_EQ(static_cast<int>(Purpose::kStore), 1);
  EXPECT_EQ(static_cast<int>(Purpose::kLocation), 6);
  EXPECT_EQ(static_cast<int>(PartnerPurpose(0)), 256);
  EXPECT_EQ(static_cast<int>(PartnerPurpose(255)), 511);
  EXPECT_EQ(PurposeName(Purpose::kPersonalize), "personalize");
  EXPECT_EQ(PurposeName(PartnerPurpose(17)), "partner:17");
}

TEST(PurposeTest, EveryNameReadsBack) {
  for (const Purpose purpose : kFixed) {
    EXPECT_THAT(ParsePurpose(PurposeName(purpose)), IsOkAndHolds(purpose));
  }
  for (int i = 0; i < 256; ++i) {
    const Purpose purpose = PartnerPurpose(static_cast<uint8_t>(i));
    EXPECT_THAT(ParsePurpose(PurposeName(purpose)), IsOkAndHolds(purpose));
  }
}

TEST(PurposeTest, OtherNamesAreRefused) {
  for (const char* name : {"", "Store", "store ", "partner", "partner:", "partner:256",
                           "partner:-1", "partner:07", "partner:1000", "partner:7x"}) {
    EXPECT_THAT(ParsePurpose(name), StatusIs(StatusCode::kInvalidArgument)) << name;
  }
}

TEST(PurposeTest, NumbersInBetweenAreNoPurposes) {
  for (const int number : {0, 7, 255, 512, 65535}) {
    EXPECT_FALSE(IsPurpose(static_cast<Purpose>(number))) << number;
  }
}

TEST(PurposeSetTest, HoldsWhatWasAdded) {
  constexpr PurposeSet set = PurposeSet::Of(Purpose::kStore, PartnerPurpose(3));
  EXPECT_TRUE(set.Has(Purpose::kStore));
  EXPECT_FALSE(set.Has(Purpose::kMeasure));
  EXPECT_TRUE(set.Has(PartnerPurpose(200)));
  EXPECT_THAT(PurposeSet::FromBits(set.bits()), IsOkAndHolds(set));
  EXPECT_THAT(PurposeSet::FromBits(1), StatusIs(StatusCode::kInvalidArgument));
}

TEST(OperationTest, EveryOperationHasAPurpose) {
  for (int i = 1; IsOperation(static_cast<Operation>(i)); ++i) {
    const Operation operation = static_cast<Operation>(i);
    bool covered = Covers(PartnerPurpose(9), operation);
    for (const Purpose purpose : kFixed) covered |= Covers(purpose, operation);
    EXPECT_TRUE(covered) << i;
  }
}

TEST(OperationTest, APurposeCoversNoOtherPurposesOperations) {
  EXPECT_TRUE(Covers(Purpose::kPersonalize, Operation::kRank));
  EXPECT_FALSE(Covers(Purpose::kStore, Operation::kRank));
  EXPECT_FALSE(Covers(Purpose::kMeasure, Operation::kRank));
  EXPECT_FALSE(Covers(Purpose::kPersonalize, Operation::kMeasure));
  EXPECT_FALSE(Covers(Purpose::kPersonalize, Operation::kExport));
  EXPECT_FALSE(Covers(Purpose::kMeasure, Operation::kAnswer));
}

}  // namespace
}  // namespace baya::consent
