#include "consent/rules.h"

#include <gtest/gtest.h>

namespace baya::consent {
namespace {

using ::std::nullopt;

Votes OneVote(Source source, Vote vote) {
  Votes votes = {{{Source::kBanner, Vote::kSilent},
                  {Source::kGlobalPrivacyControl, Vote::kSilent},
                  {Source::kConsentMode, Vote::kSilent}}};
  votes[static_cast<size_t>(source) - 1].vote = vote;
  return votes;
}

Facts Open(Purpose purpose) {
  Facts facts{};
  facts.purpose = purpose;
  facts.declared = true;
  facts.votes = OneVote(Source::kBanner, Vote::kGrant);
  facts.recorded = true;
  facts.text_is_current = true;
  facts.store_recorded = true;
  return facts;
}

TEST(RulesTest, NothingClosesWhatIsOpen) {
  EXPECT_EQ(WhyClosed(Open(Purpose::kMeasure)), Reason::kOpen);
}

TEST(RulesTest, NothingIsOpenByDefault) {
  for (int i = 1; i <= 6; ++i) {
    Facts facts{};
    facts.purpose = static_cast<Purpose>(i);
    EXPECT_NE(WhyClosed(facts), Reason::kOpen) << i;
    EXPECT_NE(WhyNotGranted(facts), nullopt) << i;
  }
}

TEST(RuleDeclaredTest, ClosesWhatThePlanDoesNotName) {
  Facts facts = Open(Purpose::kMeasure);
  EXPECT_EQ(RuleDeclared(facts), nullopt);
  facts.declared = false;
  EXPECT_EQ(RuleDeclared(facts), Reason::kNotDeclared);
}

TEST(RuleDeniedTest, OneDenialOutweighsEveryGrant) {
  Facts facts = Open(Purpose::kMeasure);
  EXPECT_EQ(RuleDenied(facts), nullopt);
  for (SourceVote& vote : facts.votes) vote.vote = Vote::kGrant;
  facts.votes[1].vote = Vote::kDeny;
  EXPECT_EQ(RuleDenied(facts), Reason::kGlobalPrivacyControl);
  facts.votes[1].vote = Vote::kGrant;
  facts.votes[2].vote = Vote::kDeny;
  EXPECT_EQ(RuleDenied(facts), Reason::kConsentModeDenied);
  facts.votes[0].vote = Vote::kDeny;
  EXPECT_EQ(RuleDenied(facts), Reason::kRefused);
}

TEST(RuleHeldTest, WaitingClosesEvenWhatAnotherGrants) {
  Facts facts = Open(Purpose::kStore);
  EXPECT_EQ(RuleHeld(facts), nullopt);
  facts.votes[2].vote = Vote::kHold;
  EXPECT_EQ(RuleHeld(facts), Reason::kHeld);
}

TEST(RuleGrantedTest, SilenceGrantsNothing) {
  Facts facts = Open(Purpose::kStore);
  EXPECT_EQ(RuleGranted(facts), nullopt);
  facts.votes = OneVote(Source::kBanner, Vote::kSilent);
  EXPECT_EQ(RuleGranted(facts), Reason::kNotGranted);
  facts.votes = OneVote(Source::kConsentMode, Vote::kGrant);
  EXPECT_EQ(RuleGranted(facts), nullopt);
}

TEST(RuleStoreTest, WhatLastsNeedsStore) {
  for (const Purpose purpose :
       {Purpose::kMeasure, Purpose::kTrain, Purpose::kSync, PartnerPurpose(4)}) {
    Facts facts = Open(purpose);
    EXPECT_EQ(RuleStore(facts), nullopt);
    facts.store_recorded = false;
    facts.memory_only_session = true;
    EXPECT_EQ(RuleStore(facts), Reason::kNeedsStore);
  }
}

TEST(RuleStoreTest, ThePlanMayAllowASessionInMemory) {
  for (const Purpose purpose : {Purpose::kPersonalize, Purpose::kLocation}) {
    Facts facts = Open(purpose);
    facts.store_recorded = false;
    EXPECT_EQ(RuleStore(facts), Reason::kNeedsStore);
    facts.memory_only_session = true;
    EXPECT_EQ(RuleStore(facts), nullopt);
  }
}

TEST(RuleRecordedTest, AGrantNeedsItsReceipt) {
  Facts facts = Open(Purpose::kStore);
  EXPECT_EQ(RuleRecorded(facts), nullopt);
  facts.recorded = false;
  EXPECT_EQ(RuleRecorded(facts), Reason::kNotGranted);
}

TEST(RuleTextTest, AnotherTextSuspends) {
  Facts facts = Open(Purpose::kStore);
  EXPECT_EQ(RuleText(facts), nullopt);
  facts.text_is_current = false;
  EXPECT_EQ(RuleText(facts), Reason::kTextChanged);
}

TEST(RuleAgeTest, AnOldGrantSuspends) {
  Facts facts = Open(Purpose::kStore);
  facts.age_ms = 1'000;
  EXPECT_EQ(RuleAge(facts), nullopt);
  facts.max_age_ms = 1'000;
  EXPECT_EQ(RuleAge(facts), nullopt);
  facts.age_ms = 1'001;
  EXPECT_EQ(RuleAge(facts), Reason::kExpired);
  facts.age_ms = -5;
  EXPECT_EQ(RuleAge(facts), nullopt);
}

TEST(RulePauseTest, APauseStopsEverything) {
  Facts facts = Open(Purpose::kPersonalize);
  EXPECT_EQ(RulePause(facts), nullopt);
  facts.paused = true;
  EXPECT_EQ(RulePause(facts), Reason::kPaused);
}

TEST(RulesTest, OnlyTheFirstFiveDecideWhetherAGrantIsRecorded) {
  Facts facts = Open(Purpose::kStore);
  facts.recorded = false;
  facts.paused = true;
  facts.text_is_current = false;
  EXPECT_EQ(WhyNotGranted(facts), nullopt);
  EXPECT_NE(WhyClosed(facts), Reason::kOpen);
}

TEST(ReasonTest, EveryReasonHasAName) {
  for (int i = 0; i <= 10; ++i) EXPECT_NE(ReasonName(static_cast<Reason>(i)), "unknown") << i;
}

}  // namespace
}  // namespace baya::consent
