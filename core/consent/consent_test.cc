#include "consent/consent.h"

#include <gtest/gtest.h>

#include <map>

#include "base/testing/status_matchers.h"
#include "consent/limits.h"
#include "consent/testing/open_gate.h"

namespace baya::consent {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kText;
using ::testing::Not;
using testing::PolicyOfEverything;
using ::testing::SizeIs;
using Command = ConsentMode::Command;

constexpr int64_t kNowMs = 1'795'354'620'000;
constexpr Purpose kPartner = PartnerPurpose(7);

Consent Fresh(bool memory_only_session = false) {
  return Consent::Create(PolicyOfEverything(memory_only_session)).value();
}

std::vector<BannerChoice> Choices(bool granted) {
  std::vector<BannerChoice> choices;
  for (const DeclaredPurpose& declared : PolicyOfEverything().purposes) {
    choices.push_back({declared.purpose, granted, kText});
  }
  return choices;
}

Change Choose(Consent& consent, std::vector<BannerChoice> choices, int64_t now_ms = kNowMs) {
  return consent.Choose(choices, now_ms).value();
}

Change Hear(Consent& consent, Command command, std::string_view key, std::string_view value) {
  const ConsentModeValue values[] = {{key, value}};
  return consent.HearConsentMode(command, values, kNowMs).value();
}

Reason ReasonOf(const Consent& consent, Purpose purpose, int64_t now_ms = kNowMs) {
  return consent.Decide(purpose, now_ms).reason;
}

Consent Reopened(const std::vector<Bytes>& receipts, Policy policy = PolicyOfEverything()) {
  Consent consent = Consent::Create(std::move(policy)).value();
  for (const Bytes& receipt : receipts) EXPECT_THAT(consent.LoadReceipt(receipt), IsOk());
  return consent;
}

bool IsNoChange(const Change& change) {
  return change.receipts.empty() && change.granted.empty() && change.withdrawn.empty() &&
         !change.write_refusal && !change.remove_refusal;
}

TEST(ConsentTest, EverythingIsClosedAtFirst) {
  const Consent consent = Fresh();
  for (const DeclaredPurpose& declared : PolicyOfEverything().purposes) {
    EXPECT_EQ(ReasonOf(consent, declared.purpose), Reason::kNotGranted);
  }
  EXPECT_EQ(ReasonOf(consent, Purpose::kLocation), Reason::kNotDeclared);
  EXPECT_TRUE(consent.ShouldAsk(kNowMs));
  EXPECT_FALSE(consent.MayHoldData());
}

TEST(ConsentTest, RefusingAllLeavesOneRecordAndNoReceipt) {
  Consent consent = Fresh();
  const Change change = Choose(consent, Choices(false));
  EXPECT_EQ(change.write_refusal, R"({"version":1,"choice":"refused","date":"2026-11-22"})");
  EXPECT_THAT(change.receipts, IsEmpty());
  EXPECT_THAT(consent.receipts(), IsEmpty());
  EXPECT_FALSE(consent.ShouldAsk(kNowMs));
  EXPECT_TRUE(IsNoChange(Choose(consent, Choices(false), kNowMs + 1)));
}

TEST(ConsentTest, TheRefusalRecordKeepsTheDoorShutUntilThePersonOpensIt) {
  Consent consent = Fresh();
  const Change refused = Choose(consent, Choices(false));
  Consent again = Fresh();
  EXPECT_THAT(again.LoadRefusal(AsBytes(*refused.write_refusal)), IsOk());
  EXPECT_FALSE(again.ShouldAsk(kNowMs));
  EXPECT_EQ(ReasonOf(again, Purpose::kMeasure), Reason::kRefused);
  EXPECT_TRUE(IsNoChange(Hear(again, Command::kUpdate, "personalization_storage", "granted")));
  const Change change = Choose(again, {{Purpose::kStore, true, kText}});
  EXPECT_TRUE(change.remove_refusal);
  // Open by the consent platform's word, now that the person has opened `store`.
  EXPECT_THAT(change.granted, ElementsAre(Purpose::kStore, Purpose::kPersonalize));
}

TEST(ConsentTest, ADamagedRefusalIsNoRefusal) {
  Consent consent = Fresh();
  EXPECT_THAT(consent.LoadRefusal(AsBytes("{}")), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_TRUE(consent.ShouldAsk(kNowMs));
}

TEST(ConsentTest, AGrantOpensWhatWasGrantedAlone) {
  Consent consent = Fresh();
  const Change change =
      Choose(consent, {{Purpose::kStore, true, kText}, {Purpose::kMeasure, false, kText}});
  EXPECT_THAT(change.granted, ElementsAre(Purpose::kStore));
  EXPECT_THAT(change.receipts, SizeIs(1));
  EXPECT_EQ(ReasonOf(consent, Purpose::kStore), Reason::kOpen);
  EXPECT_EQ(ReasonOf(consent, Purpose::kMeasure), Reason::kRefused);
  EXPECT_EQ(ReasonOf(consent, Purpose::kPersonalize), Reason::kNotGranted);
}

TEST(ConsentTest, AReceiptSaysWhatWhenWhichTextAndWhichSignal) {
  Consent consent = Fresh();
  const Change change =
      Choose(consent, {{Purpose::kMeasure, false, {}}, {Purpose::kStore, true, kText}});
  BAYA_ASSERT_OK_AND_ASSIGN(const Receipt receipt, DecodeReceipt(change.receipts.at(0)));
  EXPECT_EQ(receipt.sequence, 0u);
  EXPECT_EQ(receipt.time_ms, kNowMs);
  EXPECT_EQ(receipt.source, Source::kBanner);
  EXPECT_THAT(receipt.entries,
              ElementsAre(ReceiptEntry{Purpose::kStore, ReceiptChoice::kGranted, kText},
                          ReceiptEntry{Purpose::kMeasure, ReceiptChoice::kRefused, {}}));
}

TEST(ConsentTest, GlobalPrivacyControlClosesWhatLeavesAndKeepsTheRest) {
  Consent consent = Fresh();
  EXPECT_THAT(consent.HearGlobalPrivacyControl(true, kNowMs), IsOk());
  const Change change = Choose(consent, Choices(true));
  EXPECT_THAT(change.granted, ElementsAre(Purpose::kStore, Purpose::kPersonalize, Purpose::kSync));
  for (const Purpose purpose : {Purpose::kMeasure, Purpose::kTrain, kPartner}) {
    EXPECT_EQ(ReasonOf(consent, purpose), Reason::kGlobalPrivacyControl);
  }
}

TEST(ConsentTest, GlobalPrivacyControlWithdrawsAndItsEndRestoresNothing) {
  Consent consent = Fresh();
  Choose(consent, Choices(true));
  const Change on = consent.HearGlobalPrivacyControl(true, kNowMs).value();
  EXPECT_THAT(on.withdrawn, ElementsAre(Purpose::kMeasure, Purpose::kTrain, kPartner));
  EXPECT_THAT(on.receipts, SizeIs(1));
  EXPECT_TRUE(IsNoChange(consent.HearGlobalPrivacyControl(false, kNowMs).value()));
  EXPECT_EQ(ReasonOf(consent, Purpose::kMeasure), Reason::kNotGranted);
  // Nor after a restart.
  Consent again = Reopened(consent.receipts());
  EXPECT_EQ(ReasonOf(again, Purpose::kMeasure), Reason::kNotGranted);
  EXPECT_EQ(ReasonOf(again, Purpose::kPersonalize), Reason::kOpen);
}

TEST(ConsentTest, AGrantThatIsOverriddenIsNotRemembered) {
  Consent consent = Fresh();
  EXPECT_THAT(consent.HearGlobalPrivacyControl(true, kNowMs), IsOk());
  Choose(consent, Choices(true));
  EXPECT_TRUE(IsNoChange(consent.HearGlobalPrivacyControl(false, kNowMs).value()));
  EXPECT_EQ(ReasonOf(consent, Purpose::kMeasure), Reason::kNotGranted);
}

TEST(ConsentTest, ConsentModeGrantsByItsUpdateAlone) {
  Consent consent = Fresh();
  EXPECT_TRUE(IsNoChange(Hear(consent, Command::kDefault, "personalization_storage", "granted")));
  EXPECT_TRUE(IsNoChange(Hear(consent, Command::kDefault, "personalization_storage", "denied")));
  EXPECT_EQ(ReasonOf(consent, Purpose::kStore), Reason::kHeld);
  const Change change = Hear(consent, Command::kUpdate, "personalization_storage", "granted");
  EXPECT_THAT(change.granted, ElementsAre(Purpose::kStore, Purpose::kPersonalize));
  BAYA_ASSERT_OK_AND_ASSIGN(const Receipt receipt, DecodeReceipt(change.receipts.at(0)));
  EXPECT_EQ(receipt.source, Source::kConsentMode);
  EXPECT_EQ(receipt.entries[0].text, TextHash{});
}

// Every page load starts with the platform's default; that must cost nobody their profile.
TEST(ConsentTest, APageLoadUnderAConsentPlatformWithdrawsNothing) {
  Consent consent = Fresh();
  Hear(consent, Command::kUpdate, "personalization_storage", "granted");
  Consent next = Reopened(consent.receipts());
  EXPECT_EQ(ReasonOf(next, Purpose::kStore), Reason::kNotGranted);
  EXPECT_TRUE(IsNoChange(Hear(next, Command::kDefault, "personalization_storage", "denied")));
  EXPECT_EQ(ReasonOf(next, Purpose::kStore), Reason::kHeld);
  EXPECT_TRUE(IsNoChange(Hear(next, Command::kUpdate, "personalization_storage", "granted")));
  EXPECT_EQ(ReasonOf(next, Purpose::kStore), Reason::kOpen);
}

TEST(ConsentTest, ConsentModeDenialWithdrawsWhatTheBannerGranted) {
  Consent consent = Fresh();
  Choose(consent, Choices(true));
  const Change change = Hear(consent, Command::kUpdate, "analytics_storage", "denied");
  EXPECT_THAT(change.withdrawn, ElementsAre(Purpose::kMeasure));
  EXPECT_EQ(ReasonOf(consent, Purpose::kMeasure), Reason::kConsentModeDenied);
}

TEST(ConsentTest, WithdrawalListsTheKeysToDestroyAtOnce) {
  Consent consent = Fresh();
  Choose(consent, Choices(true));
  const Change change = Choose(consent, {{Purpose::kPersonalize, false, {}}});
  EXPECT_THAT(change.withdrawn, ElementsAre(Purpose::kPersonalize));
  EXPECT_EQ(ReasonOf(consent, Purpose::kPersonalize), Reason::kRefused);
  EXPECT_EQ(ReasonOf(consent, Purpose::kStore), Reason::kOpen);
  Consent again = Reopened(consent.receipts());
  EXPECT_EQ(ReasonOf(again, Purpose::kPersonalize), Reason::kRefused);
}

TEST(ConsentTest, WithdrawingStoreTakesEverythingAndLeavesARefusal) {
  Consent consent = Fresh(/*memory_only_session=*/true);
  Choose(consent, Choices(true));
  const Change change = Choose(consent, {{Purpose::kStore, false, {}}});
  EXPECT_THAT(change.withdrawn,
              ElementsAre(Purpose::kStore, Purpose::kPersonalize, Purpose::kMeasure,
                          Purpose::kTrain, Purpose::kSync, kPartner));
  EXPECT_THAT(change.receipts, IsEmpty());
  EXPECT_TRUE(change.write_refusal.has_value());
  EXPECT_FALSE(consent.MayHoldData());
  EXPECT_THAT(consent.receipts(), IsEmpty());
  // A new profile starts a new chain.
  const Change anew = Choose(consent, {{Purpose::kStore, true, kText}});
  EXPECT_TRUE(anew.remove_refusal);
  EXPECT_EQ(DecodeReceipt(anew.receipts.at(0)).value().sequence, 0u);
}

TEST(ConsentTest, WithoutStoreNothingIsRemembered) {
  Consent consent = Fresh();
  const Change change =
      Choose(consent, {{Purpose::kPersonalize, true, kText}, {Purpose::kMeasure, true, kText}});
  EXPECT_TRUE(IsNoChange(change));
  EXPECT_EQ(ReasonOf(consent, Purpose::kPersonalize), Reason::kNeedsStore);
}

TEST(ConsentTest, AMemoryOnlySessionServesWhatNeedsNoRecord) {
  Consent consent = Fresh(/*memory_only_session=*/true);
  const Change change = Choose(consent, {{Purpose::kStore, false, {}},
                                         {Purpose::kPersonalize, true, kText},
                                         {Purpose::kMeasure, true, kText}});
  EXPECT_THAT(change.granted, ElementsAre(Purpose::kPersonalize));
  EXPECT_THAT(change.receipts, IsEmpty());
  EXPECT_TRUE(change.write_refusal.has_value());
  EXPECT_TRUE(consent.Decide(Purpose::kPersonalize, kNowMs).memory_only);
  EXPECT_EQ(ReasonOf(consent, Purpose::kMeasure), Reason::kNeedsStore);
  // When `store` is granted after all, the receipt of the session goes into the vault with it.
  const Change stored = Choose(consent, {{Purpose::kStore, true, kText}});
  EXPECT_THAT(stored.receipts, SizeIs(2));
  EXPECT_THAT(VerifyReceiptChain(stored.receipts), IsOk());
  EXPECT_FALSE(consent.Decide(Purpose::kPersonalize, kNowMs).memory_only);
}

TEST(ConsentTest, ANewTextSuspendsUntilItIsAgreedTo) {
  Consent consent = Fresh();
  Choose(consent, Choices(true));
  Policy policy = PolicyOfEverything();
  policy.purposes[1].text[0] ^= 1;
  const TextHash new_text = policy.purposes[1].text;
  Consent again = Reopened(consent.receipts(), policy);
  EXPECT_EQ(ReasonOf(again, Purpose::kPersonalize), Reason::kTextChanged);
  EXPECT_EQ(ReasonOf(again, Purpose::kStore), Reason::kOpen);
  EXPECT_FALSE(again.ShouldAsk(kNowMs));
  const BannerChoice stale[] = {{Purpose::kPersonalize, true, kText}};
  EXPECT_THAT(again.Choose(stale, kNowMs), StatusIs(StatusCode::kFailedPrecondition));
  const Change change = Choose(again, {{Purpose::kPersonalize, true, new_text}});
  EXPECT_THAT(change.withdrawn, IsEmpty());
  EXPECT_EQ(ReasonOf(again, Purpose::kPersonalize), Reason::kOpen);
}

TEST(ConsentTest, AnOldGrantSuspendsUntilItIsRenewed) {
  Policy policy = PolicyOfEverything();
  policy.purposes[0].max_age_ms = 1'000;
  Consent consent = Consent::Create(policy).value();
  Choose(consent, {{Purpose::kStore, true, kText}});
  EXPECT_EQ(ReasonOf(consent, Purpose::kStore, kNowMs + 1'000), Reason::kOpen);
  EXPECT_FALSE(consent.ShouldAsk(kNowMs + 1'000));
  EXPECT_EQ(ReasonOf(consent, Purpose::kStore, kNowMs + 1'001), Reason::kExpired);
  EXPECT_TRUE(consent.ShouldAsk(kNowMs + 1'001));
  EXPECT_THAT(Choose(consent, {{Purpose::kStore, true, kText}}, kNowMs + 5'000).receipts,
              SizeIs(1));
  EXPECT_EQ(ReasonOf(consent, Purpose::kStore, kNowMs + 5'500), Reason::kOpen);
}

TEST(ConsentTest, AConsentPlatformKeepsTheAgeOfItsGrants) {
  Policy policy = PolicyOfEverything();
  policy.purposes[0].max_age_ms = 1'000;
  Consent consent = Consent::Create(policy).value();
  Hear(consent, Command::kUpdate, "personalization_storage", "granted");
  EXPECT_EQ(ReasonOf(consent, Purpose::kStore, kNowMs + 5'000), Reason::kOpen);
}

TEST(ConsentTest, APauseClosesAndGivesNothingUp) {
  Consent consent = Fresh();
  Choose(consent, Choices(true));
  consent.SetPaused(true);
  EXPECT_EQ(ReasonOf(consent, Purpose::kPersonalize), Reason::kPaused);
  EXPECT_TRUE(consent.MayHoldData());
  consent.SetPaused(false);
  EXPECT_EQ(ReasonOf(consent, Purpose::kPersonalize), Reason::kOpen);
}

TEST(ConsentTest, BadChoicesChangeNothing) {
  Consent consent = Fresh();
  const std::vector<std::vector<BannerChoice>> bad = {
      {{Purpose::kStore, true, kText}, {Purpose::kLocation, true, kText}},
      {{Purpose::kStore, true, kText}, {Purpose::kStore, false, kText}},
      {{Purpose::kStore, true, kText}, {PartnerPurpose(8), true, kText}},
  };
  for (const std::vector<BannerChoice>& choices : bad) {
    EXPECT_THAT(consent.Choose(choices, kNowMs), StatusIs(StatusCode::kInvalidArgument));
    EXPECT_EQ(ReasonOf(consent, Purpose::kStore), Reason::kNotGranted);
  }
}

TEST(ConsentTest, TheBannerCannotGrantLocation) {
  Policy policy = PolicyOfEverything();
  policy.purposes.push_back({Purpose::kLocation, kText, 0});
  Consent consent = Consent::Create(policy).value();
  const BannerChoice choice[] = {{Purpose::kLocation, true, kText}};
  EXPECT_THAT(consent.Choose(choice, kNowMs), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(ReasonOf(consent, Purpose::kLocation), Reason::kNotGranted);
}

TEST(ConsentTest, BadPoliciesAreRefused) {
  Policy policy = PolicyOfEverything();
  policy.purposes.push_back(policy.purposes[0]);
  EXPECT_THAT(Consent::Create(policy), StatusIs(StatusCode::kInvalidArgument));
  policy = PolicyOfEverything();
  policy.purposes[0].text = {};
  EXPECT_THAT(Consent::Create(policy), StatusIs(StatusCode::kInvalidArgument));
  policy = PolicyOfEverything();
  policy.purposes[0].max_age_ms = -1;
  EXPECT_THAT(Consent::Create(policy), StatusIs(StatusCode::kInvalidArgument));
  policy = PolicyOfEverything();
  policy.purposes[0].purpose = static_cast<Purpose>(9);
  EXPECT_THAT(Consent::Create(policy), StatusIs(StatusCode::kInvalidArgument));
  policy = Policy();
  for (int i = 0; i < 65; ++i) {
    policy.purposes.push_back({PartnerPurpose(static_cast<uint8_t>(i)), kText, 0});
  }
  EXPECT_THAT(Consent::Create(policy), StatusIs(StatusCode::kResourceExhausted));
}

TEST(ConsentTest, ABrokenChainIsNotLoaded) {
  Consent consent = Fresh();
  Choose(consent, {{Purpose::kStore, true, kText}});
  Choose(consent, {{Purpose::kMeasure, true, kText}});
  Consent again = Fresh();
  EXPECT_THAT(again.LoadReceipt(consent.receipts()[1]), StatusIs(StatusCode::kDataLoss));
  EXPECT_FALSE(again.MayHoldData());
  EXPECT_THAT(again.LoadReceipt(consent.receipts()[0]), IsOk());
  EXPECT_THAT(again.LoadReceipt(consent.receipts()[0]), StatusIs(StatusCode::kDataLoss));
  EXPECT_THAT(again.LoadReceipt(consent.receipts()[1]), IsOk());
}

TEST(ConsentTest, AReceiptOfAnotherChainIsNotLoaded) {
  Consent mine = Fresh();
  Consent other = Fresh();
  Choose(mine, {{Purpose::kStore, true, kText}});
  Choose(other, {{Purpose::kStore, true, kText}}, kNowMs + 1);
  Choose(other, {{Purpose::kMeasure, true, kText}}, kNowMs + 1);
  Consent again = Reopened(mine.receipts());
  EXPECT_THAT(again.LoadReceipt(other.receipts()[1]), StatusIs(StatusCode::kDataLoss));
  EXPECT_EQ(ReasonOf(again, Purpose::kMeasure), Reason::kNotGranted);
  // Control: it continues its own chain.
  Consent whole = Reopened(other.receipts());
  EXPECT_EQ(ReasonOf(whole, Purpose::kMeasure), Reason::kOpen);
}

TEST(ConsentTest, AFullChainGrantsNoMoreAndStillWithdraws) {
  Consent consent = Fresh();
  std::vector<BannerChoice> grant = {{Purpose::kStore, true, kText},
                                     {Purpose::kMeasure, true, kText}};
  while (consent.Choose(grant, kNowMs).ok()) {
  }
  EXPECT_THAT(consent.Choose(grant, kNowMs), StatusIs(StatusCode::kResourceExhausted));
  EXPECT_THAT(consent.receipts().size(), ::testing::Lt(kMaxReceipts));
  EXPECT_THAT(Choose(consent, {{Purpose::kMeasure, false, {}}}).withdrawn,
              ElementsAre(Purpose::kMeasure));
  EXPECT_THAT(VerifyReceiptChain(consent.receipts()), IsOk());
}

// Random acts and signals against the rules said in words.
class ConsentModel {
 public:
  explicit ConsentModel(uint32_t seed) : state_(seed * 2654435761u + 1) {}

  uint32_t Next(uint32_t bound) {
    state_ = state_ * 1664525u + 1013904223u;
    return (state_ >> 8) % bound;
  }

  void Step(Consent& consent) {
    const std::vector<DeclaredPurpose>& declared = policy_.purposes;
    std::map<Purpose, bool> before;
    for (const DeclaredPurpose& one : declared) before[one.purpose] = IsOpen(consent, one.purpose);
    const Change change = Act(consent);
    for (const DeclaredPurpose& one : declared) Check(consent, one.purpose, before, change);
    EXPECT_THAT(VerifyReceiptChain(consent.receipts()), IsOk());
    ExpectTheSameAfterReopening(consent);
  }

 private:
  static bool IsOpen(const Consent& consent, Purpose purpose) {
    return consent.Decide(purpose, kNowMs).open();
  }

  Change Act(Consent& consent) {
    switch (Next(4)) {
      case 0:
        gpc_ = Next(2) == 0;
        return consent.HearGlobalPrivacyControl(gpc_, kNowMs).value();
      case 1: {
        const std::string_view key = Next(2) == 0 ? "analytics_storage" : "personalization_storage";
        const std::string_view value = Next(3) == 0 ? "denied" : "granted";
        denied_[key] = value == "denied";
        return Hear(consent, Command::kUpdate, key, value);
      }
      default: {
        std::vector<BannerChoice> choices;
        for (const DeclaredPurpose& one : policy_.purposes) {
          if (Next(2) == 0) choices.push_back({one.purpose, Next(3) != 0, kText});
        }
        return Choose(consent, choices);
      }
    }
  }

  void Check(const Consent& consent, Purpose purpose, const std::map<Purpose, bool>& before,
             const Change& change) {
    const bool open = IsOpen(consent, purpose);
    const bool leaves =
        purpose == Purpose::kMeasure || purpose == Purpose::kTrain || IsPartner(purpose);
    if (gpc_ && leaves) {
      EXPECT_FALSE(open);
    }
    if (denied_["analytics_storage"] && purpose == Purpose::kMeasure) {
      EXPECT_FALSE(open);
    }
    if (denied_["personalization_storage"]) {  // without `store`, nothing
      EXPECT_FALSE(open);
    }
    const bool was_open = before.at(purpose);
    const bool withdrawn = std::count(change.withdrawn.begin(), change.withdrawn.end(), purpose);
    const bool granted = std::count(change.granted.begin(), change.granted.end(), purpose);
    EXPECT_EQ(withdrawn, was_open && !open);
    if (open && !was_open) {
      EXPECT_TRUE(granted);
    }
    if (granted) {
      EXPECT_TRUE(open);
    }
  }

  void ExpectTheSameAfterReopening(const Consent& consent) {
    Consent again = Reopened(consent.receipts());
    for (const DeclaredPurpose& one : policy_.purposes) {
      // What a live signal holds open is closed until it speaks again; nothing else differs.
      if (IsOpen(again, one.purpose)) {
        EXPECT_TRUE(IsOpen(consent, one.purpose));
      }
    }
    EXPECT_EQ(again.MayKeepData(), consent.MayKeepData());
  }

  Policy policy_ = PolicyOfEverything();
  uint32_t state_;
  bool gpc_ = false;
  std::map<std::string_view, bool> denied_;
};

TEST(ConsentPropertyTest, RandomActsKeepTheRules) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    ConsentModel model(seed);
    Consent consent = Fresh();
    for (int i = 0; i < 40; ++i) model.Step(consent);
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace baya::consent
