#include <gtest/gtest.h>

#include "consent/signal_banner.h"
#include "consent/signal_consent_mode.h"
#include "consent/signal_global_privacy_control.h"

namespace baya::consent {
namespace {

using Command = ConsentMode::Command;

TEST(BannerTest, VotesOnWhatWasChosenAlone) {
  BannerMemory banner;
  EXPECT_EQ(banner.VoteOn(Purpose::kStore), Vote::kSilent);
  banner.Set(Purpose::kStore, true);
  banner.Set(Purpose::kMeasure, false);
  EXPECT_EQ(banner.VoteOn(Purpose::kStore), Vote::kGrant);
  EXPECT_EQ(banner.VoteOn(Purpose::kMeasure), Vote::kDeny);
  EXPECT_EQ(banner.VoteOn(Purpose::kTrain), Vote::kSilent);
  banner.Set(Purpose::kStore, false);
  EXPECT_EQ(banner.VoteOn(Purpose::kStore), Vote::kDeny);
}

TEST(BannerTest, RefusingTheRestLeavesWhatWasGranted) {
  BannerMemory banner;
  banner.Set(Purpose::kStore, true);
  banner.RefuseTheRest();
  EXPECT_EQ(banner.VoteOn(Purpose::kStore), Vote::kGrant);
  EXPECT_EQ(banner.VoteOn(PartnerPurpose(2)), Vote::kDeny);
}

TEST(BannerTest, CannotGrantLocation) {
  BannerMemory banner;
  banner.Set(Purpose::kLocation, true);
  EXPECT_EQ(banner.VoteOn(Purpose::kLocation), Vote::kSilent);
}

TEST(GlobalPrivacyControlTest, DeniesWhatLeavesAndGrantsNothing) {
  for (const Purpose purpose : {Purpose::kMeasure, Purpose::kTrain, PartnerPurpose(0)}) {
    EXPECT_EQ(GlobalPrivacyControlVote(true, purpose), Vote::kDeny);
    EXPECT_EQ(GlobalPrivacyControlVote(false, purpose), Vote::kSilent);
  }
  for (const Purpose purpose :
       {Purpose::kStore, Purpose::kPersonalize, Purpose::kSync, Purpose::kLocation}) {
    EXPECT_EQ(GlobalPrivacyControlVote(true, purpose), Vote::kSilent);
  }
}

TEST(ConsentModeTest, ADefaultHoldsOrStaysSilent) {
  ConsentMode mode;
  mode.Apply(Command::kDefault, "personalization_storage", "denied");
  mode.Apply(Command::kDefault, "analytics_storage", "granted");
  EXPECT_EQ(mode.VoteOn(Purpose::kStore), Vote::kHold);
  EXPECT_EQ(mode.VoteOn(Purpose::kPersonalize), Vote::kHold);
  EXPECT_EQ(mode.VoteOn(Purpose::kMeasure), Vote::kSilent);
}

TEST(ConsentModeTest, TheLastUpdateCounts) {
  ConsentMode mode;
  mode.Apply(Command::kDefault, "analytics_storage", "denied");
  mode.Apply(Command::kUpdate, "analytics_storage", "granted");
  EXPECT_EQ(mode.VoteOn(Purpose::kMeasure), Vote::kGrant);
  mode.Apply(Command::kUpdate, "analytics_storage", "denied");
  EXPECT_EQ(mode.VoteOn(Purpose::kMeasure), Vote::kDeny);
  // A tag that is loaded late repeats the default; the choice stands.
  mode.Apply(Command::kDefault, "analytics_storage", "denied");
  EXPECT_EQ(mode.VoteOn(Purpose::kMeasure), Vote::kDeny);
}

TEST(ConsentModeTest, OnlyTheWordGrantedGrants) {
  for (const char* value : {"denied", "", "Granted", "true", "granted "}) {
    ConsentMode mode;
    mode.Apply(Command::kUpdate, "analytics_storage", value);
    EXPECT_EQ(mode.VoteOn(Purpose::kMeasure), Vote::kDeny) << value;
  }
}

TEST(ConsentModeTest, OtherKeysSayNothing) {
  ConsentMode mode;
  for (const char* key : {"ad_storage", "ad_user_data", "ad_personalization",
                          "functionality_storage", "security_storage", ""}) {
    mode.Apply(Command::kUpdate, key, "granted");
  }
  for (const Purpose purpose : {Purpose::kStore, Purpose::kPersonalize, Purpose::kMeasure,
                                Purpose::kTrain, Purpose::kSync, PartnerPurpose(1)}) {
    EXPECT_EQ(mode.VoteOn(purpose), Vote::kSilent);
  }
}

TEST(ConsentModeTest, NeverSpeaksOfOwnSwitches) {
  ConsentMode mode;
  mode.Apply(Command::kUpdate, "personalization_storage", "granted");
  mode.Apply(Command::kUpdate, "analytics_storage", "granted");
  for (const Purpose purpose :
       {Purpose::kTrain, Purpose::kSync, Purpose::kLocation, PartnerPurpose(1)}) {
    EXPECT_EQ(mode.VoteOn(purpose), Vote::kSilent);
  }
}

}  // namespace
}  // namespace baya::consent
