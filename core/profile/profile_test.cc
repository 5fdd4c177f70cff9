#include "profile/profile.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "consent/testing/open_gate.h"
#include "profile/testing/samples.h"

namespace baya::profile {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using consent::Operation;
using consent::Purpose;
using consent::Use;
using testing::CorrectionEvent;
using ::testing::ElementsAre;
using testing::FullPlan;
using ::testing::IsEmpty;
using testing::kDayMs;
using testing::kNowMs;
using ::testing::Not;
using testing::ProductEvent;
using ::testing::SizeIs;

class ProfileTest : public ::testing::Test {
 protected:
  ProfileTest() : gate_(kNowMs), profile_(Profile::Create(FullPlan()).value()) {}

  Use Ingest() { return gate_.Pass(Purpose::kStore, Operation::kIngest, "page"); }
  Use Rank() { return gate_.Pass(Purpose::kPersonalize, Operation::kRank, "shelf:home"); }
  Use Measure() { return gate_.Pass(Purpose::kMeasure, Operation::kMeasure, "reports"); }
  Use Show() { return gate_.Pass(Purpose::kStore, Operation::kShow); }
  Use Correct() { return gate_.Pass(Purpose::kStore, Operation::kCorrect); }
  Use Erase() { return gate_.Pass(Purpose::kStore, Operation::kErase); }
  Use Keep() { return gate_.Pass(Purpose::kStore, Operation::kKeep, "engine"); }

  void Add(const Event& event) {
    Use use = event.kind == EventKind::kCorrection ? Correct() : Ingest();
    EXPECT_THAT(profile_.Add(std::move(use), event), IsOkAndHolds(Added::kAdded));
  }

  // View `times` products of a category, a minute apart.
  void View(std::string category, int times, std::string prefix) {
    for (int i = 0; i < times; ++i) {
      const std::string id = prefix + std::to_string(i);
      Add(ProductEvent(EventKind::kProductViewed, "v-" + id, kNowMs - 1'000'000 + i * 60'000, id,
                       category));
    }
  }

  std::vector<Field> Fields() { return profile_.Fields(Show()).value(); }

  // Null when the profile does not have it.
  const Field* Find(const std::vector<Field>& fields, std::string_view name) {
    for (const Field& field : fields) {
      if (field.name == name) return &field;
    }
    return nullptr;
  }

  consent::testing::OpenGate gate_;
  Profile profile_;
};

TEST_F(ProfileTest, AnswersTheFourQuestions) {
  Event identify;
  identify.kind = EventKind::kIdentify;
  identify.source = EventSource::kPage;
  identify.time_ms = kNowMs - 5'000;
  identify.message_id = "i";
  identify.subject_id = "u-1";
  identify.traits = {{"email", "jo@example.com"}};
  Add(identify);
  Event order = ProductEvent(EventKind::kOrderCompleted, "o", kNowMs - 4'000, "mug", "Kitchen");
  order.items[0].quantity = 3;
  order.items[0].price_minor = 250;
  order.currency = "GBP";
  Add(order);
  Event search;
  search.kind = EventKind::kProductsSearched;
  search.source = EventSource::kDataLayer;
  search.time_ms = kNowMs - 3'000;
  search.message_id = "s";
  search.query = "red mug";
  Add(search);
  Add(ProductEvent(EventKind::kProductLiked, "l", kNowMs - 2'000, "mug"));

  const std::vector<Field> fields = Fields();
  const Field* email = Find(fields, "trait.email");
  ASSERT_NE(email, nullptr);
  EXPECT_EQ(email->card, Card::kWho);
  EXPECT_EQ(email->value, FieldValue(std::string("jo@example.com")));
  EXPECT_EQ(email->source, EventSource::kPage);
  EXPECT_TRUE(email->purposes.Has(Purpose::kStore));
  EXPECT_FALSE(email->purposes.Has(Purpose::kPersonalize));
  EXPECT_EQ(email->since_ms, kNowMs - 5'000);
  EXPECT_EQ(email->last_used_ms, 0);
  EXPECT_EQ(email->expires_ms, kNowMs - 5'000 + kDefaultRetentionMs);
  EXPECT_EQ(email->origin, Origin::kStated);

  const Field* spent = Find(fields, "spent.GBP");
  ASSERT_NE(spent, nullptr);
  EXPECT_EQ(spent->card, Card::kBuying);
  EXPECT_EQ(spent->value, FieldValue(Money{750, "GBP"}));
  ASSERT_NE(Find(fields, "bought.mug"), nullptr);
  EXPECT_EQ(Find(fields, "bought.mug")->value, FieldValue(int64_t{3}));
  ASSERT_NE(Find(fields, "search.red mug"), nullptr);
  EXPECT_EQ(Find(fields, "search.red mug")->card, Card::kEngagement);
  EXPECT_EQ(Find(fields, "search.red mug")->source, EventSource::kDataLayer);
  ASSERT_NE(Find(fields, "opinion.mug"), nullptr);
  EXPECT_EQ(Find(fields, "opinion.mug")->card, Card::kFeelings);
}

TEST_F(ProfileTest, AMessageIdCountsOnce) {
  const Event event = ProductEvent(EventKind::kProductViewed, "m", kNowMs, "a");
  Add(event);
  EXPECT_THAT(profile_.Add(Ingest(), event), IsOkAndHolds(Added::kDuplicate));
  Event again = event;
  again.time_ms += 1;
  EXPECT_THAT(profile_.Add(Ingest(), again), IsOkAndHolds(Added::kDuplicate));
  EXPECT_EQ(Find(Fields(), "viewed.a")->value, FieldValue(int64_t{1}));
}

TEST_F(ProfileTest, AnOrderReportedTwiceCountsOnce) {
  Event order = ProductEvent(EventKind::kOrderCompleted, "o-1", kNowMs, "a");
  order.order_id = "536365";
  Add(order);
  order.message_id = "o-2";
  order.time_ms += 60'000;
  Add(order);
  EXPECT_EQ(Find(Fields(), "orders")->value, FieldValue(int64_t{1}));
  EXPECT_EQ(Find(Fields(), "bought.a")->value, FieldValue(int64_t{1}));
}

TEST_F(ProfileTest, TheCartFillsAndEmpties) {
  Event added = ProductEvent(EventKind::kProductAdded, "1", kNowMs - 9, "a");
  added.items[0].quantity = 3;
  Add(added);
  Event removed = ProductEvent(EventKind::kProductRemoved, "2", kNowMs - 8, "a");
  Add(removed);
  EXPECT_EQ(Find(Fields(), "cart.a")->value, FieldValue(int64_t{2}));
  Event all = ProductEvent(EventKind::kProductRemoved, "3", kNowMs - 7, "a");
  all.items[0].quantity = 9;
  Add(all);
  EXPECT_EQ(Find(Fields(), "cart.a"), nullptr);
  Add(ProductEvent(EventKind::kProductAdded, "4", kNowMs - 6, "b"));
  EXPECT_EQ(profile_.Items(Rank()).value().at(1).in_cart, 1u);
  Add(ProductEvent(EventKind::kOrderCompleted, "5", kNowMs - 5, "b"));
  EXPECT_EQ(profile_.Items(Rank()).value().at(1).in_cart, 0u);
}

TEST_F(ProfileTest, TheLargestOrdersAddUpWithoutOverflow) {
  Event order = ProductEvent(EventKind::kOrderCompleted, "o", kNowMs, "a");
  order.items[0].quantity = kMaxQuantity;
  order.items[0].price_minor = kMaxMinorUnits;
  order.items.resize(kMaxItemsPerEvent, order.items[0]);
  order.currency = "GBP";
  Add(order);
  EXPECT_EQ(Find(Fields(), "spent.GBP")->value, FieldValue(Money{200 * kMaxMinorUnits, "GBP"}));
}

TEST_F(ProfileTest, AnInterestIsAShareWithItsEvidence) {
  View("Garden", 3, "g");
  View("Kitchen", 1, "k");
  BAYA_ASSERT_OK_AND_ASSIGN(const std::vector<Interest> interests, profile_.Interests(Rank()));
  ASSERT_THAT(interests, SizeIs(1));  // one view of a kitchen thing infers nothing
  EXPECT_EQ(interests[0].name, "Garden");
  EXPECT_EQ(interests[0].permille, 750u);
  EXPECT_EQ(interests[0].evidence, 3u);
  EXPECT_EQ(interests[0].dealings, 4u);
  EXPECT_FALSE(interests[0].corrected);
  EXPECT_EQ(Find(Fields(), "interest.category.Garden")->origin, Origin::kInferred);
}

TEST_F(ProfileTest, ADislikedItemTellsOfNoInterest) {
  View("Garden", 3, "g");
  Add(ProductEvent(EventKind::kProductDisliked, "d", kNowMs, "g0"));
  EXPECT_THAT(profile_.Interests(Rank()), IsOkAndHolds(IsEmpty()));
  EXPECT_EQ(profile_.Items(Rank()).value().at(0).state.opinion, Opinion::kDisliked);
}

TEST_F(ProfileTest, AContradictionOutranksLaterEvidence) {
  View("Garden", 3, "g");
  Add(CorrectionEvent(CorrectionAction::kContradict, "c", kNowMs - 10, "interest.category.Garden"));
  View("Garden", 9, "later");
  BAYA_ASSERT_OK_AND_ASSIGN(const std::vector<Interest> interests, profile_.Interests(Rank()));
  ASSERT_THAT(interests, SizeIs(1));
  EXPECT_TRUE(interests[0].contradicted);
  EXPECT_EQ(interests[0].permille, 0u);
  // The person sees it, the site does not.
  const std::vector<Field> shown = Fields();
  ASSERT_NE(Find(shown, "interest.category.Garden"), nullptr);
  EXPECT_TRUE(Find(shown, "interest.category.Garden")->contradicted);
  EXPECT_EQ(Find(shown, "interest.category.Garden")->origin, Origin::kCorrected);
  EXPECT_EQ(Find(shown, "interest.category.Garden")->expires_ms, 0);
  EXPECT_EQ(Find(profile_.Fields(Rank()).value(), "interest.category.Garden"), nullptr);
  // Until the person takes it back.
  Add(CorrectionEvent(CorrectionAction::kUndo, "u", kNowMs, "interest.category.Garden"));
  EXPECT_EQ(profile_.Interests(Rank()).value().at(0).permille, 1000u);
}

TEST_F(ProfileTest, ThePersonMayStateAnInterestOfTheirOwn) {
  Add(CorrectionEvent(CorrectionAction::kSet, "c", kNowMs, "interest.brand.Acme", "800"));
  BAYA_ASSERT_OK_AND_ASSIGN(const std::vector<Interest> interests, profile_.Interests(Rank()));
  ASSERT_THAT(interests, SizeIs(1));
  EXPECT_EQ(interests[0].kind, InterestKind::kBrand);
  EXPECT_EQ(interests[0].permille, 800u);
  EXPECT_EQ(interests[0].evidence, 0u);
}

TEST_F(ProfileTest, ACorrectedTraitSurvivesWhatTheSiteSaysLater) {
  Event identify;
  identify.kind = EventKind::kIdentify;
  identify.source = EventSource::kPage;
  identify.time_ms = kNowMs - 30;
  identify.message_id = "i-1";
  identify.traits = {{"city", "Austin"}};
  Add(identify);
  Add(CorrectionEvent(CorrectionAction::kSet, "c", kNowMs - 20, "trait.city", "Rye"));
  identify.time_ms = kNowMs - 10;
  identify.message_id = "i-2";
  Add(identify);
  const std::vector<Field> fields = Fields();
  EXPECT_EQ(Find(fields, "trait.city")->value, FieldValue(std::string("Rye")));
  EXPECT_EQ(Find(fields, "trait.city")->source, EventSource::kPerson);
  EXPECT_EQ(Find(profile_.Fields(Rank()).value(), "trait.city")->value,
            FieldValue(std::string("Rye")));
}

TEST_F(ProfileTest, OnlyWhatMeansSomethingCanBeCorrected) {
  const std::pair<const char*, const char*> bad[] = {{"orders", "3"},
                                                     {"spent.GBP", "1"},
                                                     {"interest.category.", "5"},
                                                     {"interest.category.A", "1001"},
                                                     {"interest.category.A", "many"},
                                                     {"trait.", "x"},
                                                     {"viewed.a", "0"},
                                                     {"interest.other.A", "5"}};
  for (const auto& [field, value] : bad) {
    EXPECT_THAT(
        profile_.Add(Correct(), CorrectionEvent(CorrectionAction::kSet, "c", kNowMs, field, value)),
        StatusIs(StatusCode::kInvalidArgument))
        << field;
  }
  EXPECT_EQ(profile_.event_count(), 0u);
  for (const char* field : {"learning.", "reason.", "reason.item.", "reason.colour.red"}) {
    EXPECT_THAT(
        profile_.Add(Correct(), CorrectionEvent(CorrectionAction::kContradict, "c", kNowMs, field)),
        StatusIs(StatusCode::kInvalidArgument))
        << field;
  }
  for (const char* field : {"learning", "reason.item.a"}) {
    EXPECT_THAT(
        profile_.Add(Correct(), CorrectionEvent(CorrectionAction::kSet, "c", kNowMs, field, "1")),
        StatusIs(StatusCode::kInvalidArgument));
  }
}

TEST_F(ProfileTest, AGiftIsHeldAndTellsOfNoInterest) {
  View("Garden", 2, "g");
  Event gift = ProductEvent(EventKind::kProductAdded, "a", kNowMs, "g0", "Garden");
  gift.items[0].gift = true;
  Add(gift);
  EXPECT_THAT(profile_.Interests(Rank()), IsOkAndHolds(IsEmpty()));
  EXPECT_NE(Find(Fields(), "cart.g0"), nullptr);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto history, profile_.History(Rank(), 9));
  EXPECT_TRUE(history[0].unlearned);
  EXPECT_FALSE(history[1].unlearned);
  gift.message_id = "b";
  gift.items[0].gift = false;
  Add(gift);
  EXPECT_THAT(profile_.Interests(Rank()), IsOkAndHolds(SizeIs(1)));
}

TEST_F(ProfileTest, WhatCameWhileLearningWasPausedStaysUnlearned) {
  const auto view = [this](const std::string& id, int64_t time_ms) {
    Add(ProductEvent(EventKind::kProductViewed, id, time_ms, id, "Garden"));
  };
  const auto learned = [this] {
    std::string ids;
    const auto history = profile_.History(Rank(), 99);
    for (const Interaction& interaction : history.value()) {
      if (!interaction.unlearned) ids += interaction.item;
    }
    return ids;
  };
  view("a", kNowMs - 90);
  Add(CorrectionEvent(CorrectionAction::kContradict, "c1", kNowMs - 80, "learning"));
  view("b", kNowMs - 70);
  view("c", kNowMs - 60);
  EXPECT_EQ(learned(), "a");
  const std::vector<Field> paused = Fields();
  ASSERT_NE(Find(paused, "learning"), nullptr);
  EXPECT_TRUE(Find(paused, "learning")->contradicted);
  Add(CorrectionEvent(CorrectionAction::kUndo, "c2", kNowMs - 50, "learning"));
  view("d", kNowMs - 40);
  EXPECT_EQ(learned(), "da");
  EXPECT_EQ(Find(Fields(), "learning"), nullptr);
  EXPECT_THAT(profile_.Interests(Rank()), IsOkAndHolds(IsEmpty()));  // two of four
  view("e", kNowMs - 30);
  EXPECT_EQ(profile_.Interests(Rank()).value().at(0).evidence, 3u);
  // What arrives late belongs to its time.
  view("f", kNowMs - 75);
  view("g", kNowMs - 95);
  EXPECT_EQ(learned(), "edag");
  // A newest few alone say the same.
  EXPECT_FALSE(profile_.History(Rank(), 1).value().at(0).unlearned);
}

TEST_F(ProfileTest, AMutedReasonIsHeldUntilItIsTakenBack) {
  Add(CorrectionEvent(CorrectionAction::kContradict, "c1", kNowMs - 30, "reason.item.lamp.1"));
  Add(CorrectionEvent(CorrectionAction::kContradict, "c2", kNowMs - 20, "reason.tag.vegan"));
  EXPECT_THAT(profile_.MutedReasons(Rank()), IsOkAndHolds(ElementsAre("item.lamp.1", "tag.vegan")));
  EXPECT_EQ(Find(Fields(), "reason.tag.vegan")->value, FieldValue(std::string("muted")));
  EXPECT_THAT(profile_.MutedReasons(Ingest()), StatusIs(StatusCode::kInvalidArgument));
  Add(CorrectionEvent(CorrectionAction::kUndo, "c3", kNowMs - 10, "reason.tag.vegan"));
  EXPECT_THAT(profile_.MutedReasons(Rank()), IsOkAndHolds(ElementsAre("item.lamp.1")));
}

TEST_F(ProfileTest, AUseIsForOneOperation) {
  const Event event = ProductEvent(EventKind::kProductViewed, "m", kNowMs, "a");
  EXPECT_THAT(profile_.Add(Rank(), event), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(profile_.Add(Correct(), event), StatusIs(StatusCode::kInvalidArgument));
  const Event correction = CorrectionEvent(CorrectionAction::kUndo, "c", kNowMs, "trait.city");
  EXPECT_THAT(profile_.Add(Ingest(), correction), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(profile_.Fields(Ingest()), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(profile_.Interests(Erase()), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(profile_.History(Keep(), 1), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(profile_.Items(Keep()), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(profile_.Copy(Rank()), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(profile_.Restore(Ingest(), {}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(profile_.EraseEvent(Show(), "m"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(profile_.EraseItem(Show(), "a"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(profile_.EraseIdentity(Show()), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(profile_.EraseSpan(Show(), 0, 1), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(profile_.Expire(Erase(), kNowMs), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(ProfileTest, ThePlanLimitsWhatAPurposeSees) {
  View("Garden", 3, "g");
  EXPECT_THAT(profile_.History(gate_.Pass(Purpose::kTrain, Operation::kTrain, "trainer"), 9),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(profile_.Fields(gate_.Pass(Purpose::kTrain, Operation::kTrain, "trainer")),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(profile_.History(gate_.Pass(Purpose::kMeasure, Operation::kMeasure, "measure"), 9),
              IsOkAndHolds(SizeIs(3)));
  Event identify;
  identify.kind = EventKind::kIdentify;
  identify.source = EventSource::kPage;
  identify.time_ms = kNowMs;
  identify.message_id = "i";
  identify.traits = {{"email", "jo@example.com"}};
  Add(identify);
  EXPECT_NE(Find(Fields(), "trait.email"), nullptr);
  EXPECT_EQ(Find(profile_.Fields(Rank()).value(), "trait.email"), nullptr);
}

TEST_F(ProfileTest, UseByTheSiteIsRememberedAndALookByThePersonIsNot) {
  View("Garden", 3, "g");
  EXPECT_EQ(Find(Fields(), "viewed.g0")->last_used_ms, 0);
  EXPECT_THAT(profile_.History(Rank(), 10), IsOk());
  EXPECT_EQ(Find(Fields(), "viewed.g0")->last_used_ms, kNowMs);
  EXPECT_EQ(Find(Fields(), "interest.category.Garden")->last_used_ms, 0);
}

TEST_F(ProfileTest, HistoryIsNewestFirstAndBounded) {
  View("Garden", 4, "g");
  Add(ProductEvent(EventKind::kProductAdded, "a", kNowMs, "g1"));
  EXPECT_THAT(
      profile_.History(Rank(), 2),
      IsOkAndHolds(ElementsAre(Interaction{EventKind::kProductAdded, kNowMs, "g1", 1},
                               Interaction{EventKind::kProductViewed, kNowMs - 820'000, "g3", 1})));
  EXPECT_THAT(profile_.History(Rank(), 100), IsOkAndHolds(SizeIs(5)));
}

TEST_F(ProfileTest, DeedsAreOldestFirstWithinTheWindowAndWithWhatWasShown) {
  Event shown = ProductEvent(EventKind::kProductListViewed, "s", kNowMs - 3'000, "lamp");
  shown.list_id = kShelfListId;
  Add(shown);
  Event order = ProductEvent(EventKind::kOrderCompleted, "o-1", kNowMs - 2'000, "lamp");
  order.order_id = "536365";
  order.items[0].quantity = 4;
  order.items.push_back(EventItem{"mug", 2, std::nullopt, "", ""});
  Add(order);
  order.message_id = "o-2";
  order.time_ms = kNowMs - 1'000;
  Add(order);
  Event page;
  page.kind = EventKind::kPage;
  page.source = EventSource::kPage;
  page.time_ms = kNowMs;
  page.message_id = "p";
  Add(page);
  Add(ProductEvent(EventKind::kProductViewed, "early", kNowMs - 10'000, "cup"));
  Add(CorrectionEvent(CorrectionAction::kSet, "c", kNowMs, "trait.city", "Bath"));
  BAYA_ASSERT_OK_AND_ASSIGN(const std::vector<Deed> deeds,
                            profile_.Deeds(Measure(), kNowMs - 5'000));
  ASSERT_THAT(deeds, SizeIs(4));
  EXPECT_EQ(deeds[0].kind, EventKind::kProductListViewed);
  EXPECT_EQ(deeds[0].item, "lamp");
  EXPECT_EQ(deeds[1].kind, EventKind::kOrderCompleted);
  EXPECT_EQ(deeds[1].quantity, 4u);
  EXPECT_EQ(deeds[2].item, "mug");
  EXPECT_EQ(deeds[2].time_ms, kNowMs - 2'000);
  EXPECT_EQ(deeds[3].kind, EventKind::kPage);
  EXPECT_EQ(deeds[3].item, "");
  // The order was reported before the window already.
  BAYA_ASSERT_OK_AND_ASSIGN(const auto later, profile_.Deeds(Measure(), kNowMs - 1'500));
  ASSERT_THAT(later, SizeIs(1));
  EXPECT_EQ(later[0].kind, EventKind::kPage);
  // A list that was shown is no dealing with its products.
  BAYA_ASSERT_OK_AND_ASSIGN(const auto history, profile_.History(Rank(), 100));
  for (const Interaction& dealing : history) {
    EXPECT_NE(dealing.kind, EventKind::kProductListViewed);
  }
  EXPECT_EQ(Find(Fields(), "viewed.lamp"), nullptr);
}

TEST_F(ProfileTest, DeedsNeedLeaveForAllTheyShow) {
  EXPECT_THAT(profile_.Deeds(Keep(), 0), StatusIs(StatusCode::kInvalidArgument));
  for (const std::string_view hidden : {field::kItemId, field::kItemQuantity, field::kListId}) {
    DataPlan plan = FullPlan();
    for (PlannedField& planned : plan.fields) {
      if (planned.name == hidden) planned.purposes = {};
    }
    BAYA_ASSERT_OK_AND_ASSIGN(Profile profile, Profile::Create(plan));
    EXPECT_THAT(profile.Deeds(Measure(), 0), StatusIs(StatusCode::kPermissionDenied)) << hidden;
    BAYA_EXPECT_OK(profile.Deeds(Show(), 0).status());
  }
}

TEST_F(ProfileTest, ErasingAnItemTakesItOutOfOrdersToo) {
  Event order = ProductEvent(EventKind::kOrderCompleted, "o", kNowMs, "a");
  order.items.push_back(order.items[0]);
  order.items[1].id = "b";
  order.items[1].price_minor = 500;
  order.total_minor = 900;
  order.currency = "GBP";
  Add(order);
  Add(ProductEvent(EventKind::kProductViewed, "v", kNowMs - 1, "a"));
  BAYA_ASSERT_OK_AND_ASSIGN(const Erased erased, profile_.EraseItem(Erase(), "a"));
  EXPECT_THAT(erased.removed, ElementsAre("v"));
  ASSERT_THAT(erased.rewritten, SizeIs(1));
  BAYA_ASSERT_OK_AND_ASSIGN(const Event rewritten, DecodeEvent(erased.rewritten[0]));
  EXPECT_EQ(rewritten.message_id, "o");
  EXPECT_THAT(rewritten.items, SizeIs(1));
  EXPECT_EQ(rewritten.total_minor, std::nullopt);
  for (const Field& field : Fields()) EXPECT_THAT(field.name, Not(::testing::EndsWith(".a")));
  EXPECT_EQ(Find(Fields(), "spent.GBP")->value, FieldValue(Money{500, "GBP"}));
}

TEST_F(ProfileTest, ErasingWhoThePersonIsKeepsWhatTheyDid) {
  View("Garden", 3, "g");
  const std::vector<Field> before = Fields();
  Event identify;
  identify.kind = EventKind::kIdentify;
  identify.source = EventSource::kPage;
  identify.time_ms = kNowMs - 900'000;
  identify.message_id = "i";
  identify.subject_id = "user-1";
  identify.traits = {{"email", "jo@example.com"}};
  Add(identify);
  Event group = identify;
  group.kind = EventKind::kGroup;
  group.message_id = "g";
  group.traits.clear();
  Add(group);
  for (const char* name : {"trait.city", "user.id"}) {
    BAYA_ASSERT_OK(profile_.Add(
        Correct(), CorrectionEvent(CorrectionAction::kSet, name, kNowMs - 900'000, name, "said")));
  }
  BAYA_ASSERT_OK(profile_.Add(Correct(), CorrectionEvent(CorrectionAction::kContradict, "c", kNowMs,
                                                         "interest.category.Garden")));
  BAYA_ASSERT_OK_AND_ASSIGN(const Erased erased, profile_.EraseIdentity(Erase()));
  EXPECT_THAT(erased.removed, ::testing::UnorderedElementsAre("i", "g", "trait.city", "user.id"));
  EXPECT_THAT(erased.rewritten, SizeIs(0));
  const std::vector<Field> after = Fields();
  EXPECT_EQ(after.size(), before.size());
  EXPECT_TRUE(Find(after, "interest.category.Garden")->contradicted);
  EXPECT_EQ(Find(after, "viewed.g0")->value, Find(before, "viewed.g0")->value);
}

TEST_F(ProfileTest, ErasingWhoThePersonIsKeepsWhatTheyWantNotLearned) {
  const auto mute = CorrectionAction::kContradict;
  Add(CorrectionEvent(mute, "c1", kNowMs, "learning"));
  Add(CorrectionEvent(mute, "c2", kNowMs + 1, "reason.item.a"));
  Add(CorrectionEvent(mute, "c3", kNowMs + 2, "trait.email"));
  Add(CorrectionEvent(mute, "c4", kNowMs + 3, "user.id"));
  BAYA_ASSERT_OK_AND_ASSIGN(const Erased erased, profile_.EraseIdentity(Erase()));
  EXPECT_THAT(erased.removed, ElementsAre("c3", "c4"));
  EXPECT_NE(Find(Fields(), "learning"), nullptr);
}

TEST_F(ProfileTest, ErasingAnItemTakesTheWordOnItAsAReasonToo) {
  const auto mute = CorrectionAction::kContradict;
  Add(CorrectionEvent(mute, "c1", kNowMs, "reason.item.a"));
  Add(CorrectionEvent(mute, "c2", kNowMs + 1, "reason.item.ab"));
  Add(CorrectionEvent(mute, "c3", kNowMs + 2, "reason.tag.a"));
  BAYA_ASSERT_OK_AND_ASSIGN(const Erased erased, profile_.EraseItem(Erase(), "a"));
  EXPECT_THAT(erased.removed, ElementsAre("c1"));
}

TEST_F(ProfileTest, ErasingASpanTakesItsEventsAndNoOthers) {
  View("Garden", 4, "g");
  BAYA_ASSERT_OK_AND_ASSIGN(
      const Erased erased,
      profile_.EraseSpan(Erase(), kNowMs - 1'000'000 + 60'000, kNowMs - 1'000'000 + 180'000));
  EXPECT_THAT(erased.removed, ElementsAre("v-g1", "v-g2"));
  EXPECT_THAT(profile_.Items(Rank()), IsOkAndHolds(SizeIs(2)));
}

TEST_F(ProfileTest, RetentionTakesEventsAndLeavesCorrections) {
  Add(ProductEvent(EventKind::kProductViewed, "old", kNowMs - kDefaultRetentionMs + 1, "a"));
  Add(CorrectionEvent(CorrectionAction::kContradict, "c", kNowMs - kDefaultRetentionMs + 1,
                      "interest.brand.X"));
  EXPECT_THAT(profile_.Expire(Keep(), kNowMs).value().removed, IsEmpty());
  EXPECT_THAT(profile_.Expire(Keep(), kNowMs + 2).value().removed, ElementsAre("old"));
  EXPECT_EQ(profile_.event_count(), 1u);
}

TEST_F(ProfileTest, LimitsPushTheOldestOutAndKeepItOut) {
  ProfileLimits limits;
  limits.max_events = 3;
  profile_ = Profile::Create(FullPlan(), limits).value();
  for (int i = 0; i < 5; ++i) {
    Add(ProductEvent(EventKind::kProductViewed, "m" + std::to_string(i), kNowMs + i, "a"));
  }
  EXPECT_EQ(profile_.event_count(), 3u);
  EXPECT_THAT(
      profile_.Add(Ingest(), ProductEvent(EventKind::kProductViewed, "m1", kNowMs + 1, "a")),
      IsOkAndHolds(Added::kTooOld));
  EXPECT_EQ(Find(Fields(), "viewed.a")->value, FieldValue(int64_t{3}));
}

TEST_F(ProfileTest, CorrectionsHaveALimitOfTheirOwn) {
  ProfileLimits limits;
  limits.max_events = 1;
  limits.max_corrections = 2;
  profile_ = Profile::Create(FullPlan(), limits).value();
  Add(CorrectionEvent(CorrectionAction::kContradict, "c1", 1, "interest.brand.A"));
  Add(CorrectionEvent(CorrectionAction::kContradict, "c2", 2, "interest.brand.B"));
  View("Garden", 1, "a");
  View("Garden", 1, "b");
  EXPECT_EQ(profile_.event_count(), 3u);
  EXPECT_THAT(profile_.Add(Correct(), CorrectionEvent(CorrectionAction::kContradict, "c3", 3,
                                                      "interest.brand.C")),
              StatusIs(StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace baya::profile
