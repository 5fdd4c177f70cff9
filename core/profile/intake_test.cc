#include "profile/intake.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/testing/status_matchers.h"
#include "consent/testing/open_gate.h"
#include "profile/call.h"
#include "profile/limits.h"
#include "profile/testing/samples.h"

namespace baya::profile {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using consent::Operation;
using consent::Purpose;
using ::testing::ElementsAre;
using testing::FullPlan;
using ::testing::IsEmpty;
using testing::kDayMs;
using testing::kNowMs;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

Call Track(std::string_view name, std::vector<Property> properties) {
  Call call;
  call.verb = Verb::kTrack;
  call.source = EventSource::kPage;
  call.message_id = "m-1";
  call.time_ms = kNowMs;
  call.sent_ms = kNowMs;
  call.name = name;
  call.properties = Value::Object(std::move(properties));
  return call;
}

class IntakeTest : public ::testing::Test {
 protected:
  IntakeTest() : gate_(kNowMs), intake_(Intake::Create(FullPlan()).value()) {}

  void Plan(DataPlan plan) { intake_ = Intake::Create(std::move(plan)).value(); }

  Taken Take(const Call& call) { return TakeBytes(EncodeCall(call).value()); }
  Taken TakeBytes(ByteView bytes) {
    return intake_.Take(gate_.Pass(Purpose::kStore, Operation::kIngest, "page"), bytes).value();
  }

  consent::testing::OpenGate gate_;
  Intake intake_;
};

TEST_F(IntakeTest, ProductEventsOfSegment) {
  const std::pair<const char*, EventKind> kinds[] = {
      {"Product Viewed", EventKind::kProductViewed},
      {"Product Clicked", EventKind::kProductClicked},
      {"Product Added", EventKind::kProductAdded},
      {"Product Removed", EventKind::kProductRemoved},
      {"Product Liked", EventKind::kProductLiked},
      {"Product Disliked", EventKind::kProductDisliked}};
  for (const auto& [name, kind] : kinds) {
    const Taken taken = Take(Track(name, {{"product_id", Value::Text("507f1f77")},
                                          {"category", Value::Text("Games")},
                                          {"brand", Value::Text("Hasbro")},
                                          {"price", Value::Number(18.99)},
                                          {"quantity", Value::Number(2)},
                                          {"currency", Value::Text("USD")}}));
    ASSERT_EQ(taken.reject, Reject::kNone) << name;
    EXPECT_EQ(taken.event.kind, kind);
    EXPECT_EQ(taken.event.source, EventSource::kPage);
    EXPECT_EQ(taken.event.message_id, "m-1");
    EXPECT_EQ(taken.event.time_ms, kNowMs);
    EXPECT_EQ(taken.event.currency, "USD");
    EXPECT_THAT(taken.event.items, ElementsAre(EventItem{"507f1f77", 2, 1899, "Games", "Hasbro"}));
  }
  EXPECT_THAT(intake_.refused_fields(), IsEmpty());
}

TEST_F(IntakeTest, AnOrderWithItsLines) {
  for (const char* name : {"Order Completed", "Completed Order"}) {
    const Taken taken = Take(Track(
        name, {{"order_id", Value::Text("50314b8e9bcf000000000000")},
               {"total", Value::Number(27.50)},
               {"revenue", Value::Number(25.00)},
               {"products", Value::Array({Value::Object({{"product_id", Value::Number(71053)},
                                                         {"price", Value::Text("19")},
                                                         {"quantity", Value::Text("1")}}),
                                          Value::Object({{"sku", Value::Text("46493-32")}})})}}));
    ASSERT_EQ(taken.reject, Reject::kNone);
    EXPECT_EQ(taken.event.kind, EventKind::kOrderCompleted);
    EXPECT_EQ(taken.event.order_id, "50314b8e9bcf000000000000");
    EXPECT_EQ(taken.event.currency, "GBP");  // the plan's
    EXPECT_EQ(taken.event.total_minor, 2750);
    EXPECT_THAT(taken.event.items, ElementsAre(EventItem{"71053", 1, 1900, "", ""},
                                               EventItem{"46493-32", 1, std::nullopt, "", ""}));
  }
}

TEST_F(IntakeTest, AGiftIsMarkedForAProductALineOrAnOrder) {
  const auto product = [](Value gift) {
    return std::vector<Property>{{"product_id", Value::Text("lamp")}, {"gift", std::move(gift)}};
  };
  EXPECT_TRUE(Take(Track("Product Added", product(Value::Bool(true)))).event.items[0].gift);
  EXPECT_TRUE(Take(Track("Product Added", product(Value::Text("true")))).event.items[0].gift);
  EXPECT_FALSE(Take(Track("Product Added", product(Value::Bool(false)))).event.items[0].gift);
  EXPECT_FALSE(Take(Track("Product Added", product(Value::Number(1)))).event.items[0].gift);
  const Value gift = Value::Object(product(Value::Bool(true)));
  const Value own = Value::Object({{"product_id", Value::Text("mug")}});
  const auto order = [&](bool all) {
    return Take(Track("Order Completed",
                      {{"products", Value::Array({gift, own})}, {"gift", Value::Bool(all)}}))
        .event.items;
  };
  EXPECT_TRUE(order(false)[0].gift);
  EXPECT_FALSE(order(false)[1].gift);
  EXPECT_TRUE(order(true)[1].gift);
}

TEST_F(IntakeTest, OfTheShelfAloneItIsKeptWhatWasShown) {
  const auto view = [this](std::string_view list) {
    const Value lamp = Value::Object({{"product_id", Value::Text("lamp")},
                                      {"category", Value::Text("lamps")},
                                      {"quantity", Value::Number(3)}});
    const Value mug = Value::Object({{"sku", Value::Text("mug")}});
    return Take(Track("Product List Viewed",
                      {{"list_id", Value::Text(list)}, {"products", Value::Array({lamp, mug})}}));
  };
  EXPECT_THAT(view("for-you").event.items, ElementsAre(EventItem{"lamp", 1, std::nullopt, "", ""},
                                                       EventItem{"mug", 1, std::nullopt, "", ""}));
  EXPECT_THAT(view("hot").event.items, IsEmpty());
  const auto tried = [this](Value kind) {
    const Value lamp =
        Value::Object({{"product_id", Value::Text("lamp")}, {"exploring", std::move(kind)}});
    return Take(Track("Product List Viewed",
                      {{"list_id", Value::Text("for-you")}, {"products", Value::Array({lamp})}}));
  };
  EXPECT_EQ(tried(Value::Text("Light")).event.items.at(0).exploring, "Light");
  EXPECT_EQ(tried(Value::Text("")).event.items.at(0).exploring, "");
  EXPECT_EQ(tried(Value::Text(std::string(256, 'x'))).reject, Reject::kBadText);
  EXPECT_EQ(view("hot").reject, Reject::kNone);
  const Value nothing = Value::Object({{"name", Value::Text("lamp")}});
  EXPECT_EQ(Take(Track("Product List Viewed", {{"list_id", Value::Text("for-you")},
                                               {"products", Value::Array({nothing})}}))
                .reject,
            Reject::kMissingField);
}

TEST_F(IntakeTest, SearchesListsPagesAndPeople) {
  EXPECT_EQ(Take(Track("Products Searched", {{"query", Value::Text("lantern")}})).event.query,
            "lantern");
  const Taken list = Take(Track("Product List Viewed", {{"list_id", Value::Text("hot")},
                                                        {"category", Value::Text("Deals")}}));
  EXPECT_EQ(list.event.list_id, "hot");
  EXPECT_EQ(list.event.category, "Deals");

  Call page = Track("Home", {{"category", Value::Text("Shop")}});
  page.verb = Verb::kPage;
  EXPECT_EQ(Take(page).event.name, "Home");
  page.name = "";
  EXPECT_EQ(Take(page).reject, Reject::kNone);

  Call identify = Track("97980cfea0067", {{"name", Value::Text("Peter Gibbons")},
                                          {"email", Value::Text("peter@example.com")},
                                          {"city", Value::Text("Austin")}});
  identify.verb = Verb::kIdentify;
  const Taken person = Take(identify);
  EXPECT_EQ(person.event.subject_id, "97980cfea0067");
  EXPECT_THAT(person.event.traits,
              ElementsAre(Trait{"city", "Austin"}, Trait{"email", "peter@example.com"},
                          Trait{"name", "Peter Gibbons"}));

  Call group = Track("0e8c78ea9d97a7b8", {{"industry", Value::Text("Technology")}});
  group.verb = Verb::kGroup;
  EXPECT_EQ(Take(group).event.subject_id, "0e8c78ea9d97a7b8");
}

TEST_F(IntakeTest, FieldsOutsideThePlanAreLeftOutAndReported) {
  DataPlan plan = FullPlan();
  std::erase_if(plan.fields, [](const PlannedField& planned) {
    return planned.name == field::kItemBrand || planned.name == "trait.email";
  });
  Plan(plan);
  const Taken taken = Take(Track("Product Viewed", {{"product_id", Value::Text("1")},
                                                    {"brand", Value::Text("Acme")},
                                                    {"coupon", Value::Text("MAY")},
                                                    {"jo@example.com", Value::Bool(true)}}));
  EXPECT_EQ(taken.reject, Reject::kNone);
  EXPECT_EQ(taken.event.items[0].brand, "");
  Call identify = Track("u", {{"email", Value::Text("jo@example.com")}});
  identify.verb = Verb::kIdentify;
  EXPECT_THAT(Take(identify).event.traits, IsEmpty());
  // A name from the page could be anything, so it is not repeated.
  EXPECT_THAT(intake_.refused_fields(), UnorderedElementsAre(Pair("brand", 1), Pair("coupon", 1),
                                                             Pair("other", 1), Pair("email", 1)));
}

TEST_F(IntakeTest, AFieldTheEventCannotDoWithoutMustBePlanned) {
  DataPlan plan = FullPlan();
  plan.fields.clear();
  plan.fields.push_back({"page.name", {}});
  Plan(plan);
  EXPECT_EQ(Take(Track("Product Viewed", {{"product_id", Value::Text("1")}})).reject,
            Reject::kFieldNotPlanned);
  EXPECT_EQ(Take(Track("Products Searched", {{"query", Value::Text("q")}})).reject,
            Reject::kFieldNotPlanned);
  Call identify = Track("u", {});
  identify.verb = Verb::kIdentify;
  EXPECT_EQ(Take(identify).reject, Reject::kFieldNotPlanned);
  EXPECT_THAT(intake_.quarantine().entries(), SizeIs(3));
}

TEST_F(IntakeTest, BadCallsGoToQuarantineWithTheirReason) {
  const std::string long_text(256, 'x');
  const auto product = [](const char* name, Value value) {
    return Track("Product Viewed", {{"product_id", Value::Text("1")}, {name, value}});
  };
  std::vector<Value> many(kMaxItemsPerEvent + 1, Value::Object({{"product_id", Value::Text("1")}}));
  Call no_id = Track("Product Viewed", {{"product_id", Value::Text("1")}});
  no_id.message_id = "";
  Call page = Track("a\nb", {});
  page.verb = Verb::kPage;
  Call group = Track("", {});
  group.verb = Verb::kGroup;
  const std::pair<Call, Reject> cases[] = {
      {Track("Song Played", {}), Reject::kUnknownEvent},
      {Track("product viewed", {{"product_id", Value::Text("1")}}), Reject::kUnknownEvent},
      {no_id, Reject::kBadMessageId},
      {Track("Product Viewed", {}), Reject::kMissingField},
      {Track("Product Viewed", {{"product_id", Value()}}), Reject::kMissingField},
      {Track("Product Viewed", {{"product_id", Value::Text("")}}), Reject::kMissingField},
      {Track("Product Viewed", {{"product_id", Value::Array({})}}), Reject::kWrongType},
      {Track("Product Viewed", {{"product_id", Value::Number(1.5)}}), Reject::kWrongType},
      {Track("Product Viewed", {{"product_id", Value::Text("a\tb")}}), Reject::kBadText},
      {product("category", Value::Text(long_text)), Reject::kBadText},
      {product("quantity", Value::Number(0)), Reject::kBadQuantity},
      {product("quantity", Value::Number(-1)), Reject::kBadQuantity},
      {product("quantity", Value::Number(1.5)), Reject::kBadQuantity},
      {product("quantity", Value::Number(1e18)), Reject::kBadQuantity},
      {product("quantity", Value::Text("two")), Reject::kBadQuantity},
      {product("price", Value::Number(-0.01)), Reject::kBadPrice},
      {product("price", Value::Number(1e300)), Reject::kBadPrice},
      {product("price", Value::Text("18,99")), Reject::kBadPrice},
      {product("price", Value::Bool(true)), Reject::kBadPrice},
      {product("currency", Value::Text("dollars")), Reject::kBadCurrency},
      {product("currency", Value::Number(840)), Reject::kBadCurrency},
      {Track("Order Completed", {}), Reject::kMissingField},
      {Track("Order Completed", {{"products", Value::Array({})}}), Reject::kMissingField},
      {Track("Order Completed", {{"products", Value::Text("1")}}), Reject::kWrongType},
      {Track("Order Completed", {{"products", Value::Array({Value::Text("1")})}}),
       Reject::kWrongType},
      {Track("Order Completed", {{"products", Value::Array({Value::Object({})})}}),
       Reject::kMissingField},
      {Track("Order Completed", {{"products", Value::Array(many)}}), Reject::kTooMany},
      {Track("Products Searched", {}), Reject::kMissingField},
      {Track("Products Searched", {{"query", Value::Object({})}}), Reject::kWrongType},
      {Track("Product List Viewed", {}), Reject::kMissingField},
      {page, Reject::kBadText},
      {group, Reject::kMissingField},
  };
  for (const auto& [call, reject] : cases) {
    const Taken taken = Take(call);
    EXPECT_EQ(taken.reject, reject)
        << call.name << ": " << RejectName(taken.reject) << ", not " << RejectName(reject);
    EXPECT_EQ(taken.event, Event());
  }
  EXPECT_THAT(intake_.quarantine().entries(), SizeIs(std::size(cases)));
  EXPECT_EQ(intake_.quarantine().CountOf(Reject::kBadQuantity), 5u);
  EXPECT_EQ(intake_.quarantine().entries().back().kind, EventKind::kGroup);
}

TEST_F(IntakeTest, BytesThatAreNoCallGoToQuarantine) {
  EXPECT_EQ(TakeBytes({}).reject, Reject::kMalformed);
  EXPECT_EQ(TakeBytes(Bytes(1'000'000, 'x')).reject, Reject::kTooLarge);
}

TEST_F(IntakeTest, AnIdentifyHasFewTraits) {
  DataPlan plan = FullPlan();
  std::vector<std::string> names;
  for (size_t i = 0; i <= kMaxTraitsPerEvent; ++i) names.push_back("t" + std::to_string(i));
  Call identify = Track("u", {});
  identify.verb = Verb::kIdentify;
  for (const std::string& name : names) {
    plan.fields.push_back({"trait." + name, {}});
    identify.properties.members.push_back({name, Value::Bool(true)});
  }
  Plan(plan);
  EXPECT_EQ(Take(identify).reject, Reject::kTooMany);
  identify.properties.members.pop_back();
  EXPECT_THAT(Take(identify).event.traits, SizeIs(kMaxTraitsPerEvent));
}

TEST_F(IntakeTest, ACallFromTheNearFutureHappensNow) {
  Call call = Track("Product Viewed", {{"product_id", Value::Text("1")}});
  call.time_ms = kNowMs + kMaxFutureMs;
  EXPECT_EQ(Take(call).event.time_ms, kNowMs);
  call.time_ms = kNowMs + kMaxFutureMs + 1;
  EXPECT_EQ(Take(call).reject, Reject::kFromTheFuture);
}

TEST_F(IntakeTest, ACallPastRetentionIsTooOld) {
  Call call = Track("Product Viewed", {{"product_id", Value::Text("1")}});
  call.time_ms = kNowMs - kDefaultRetentionMs;
  EXPECT_EQ(Take(call).reject, Reject::kNone);
  call.time_ms -= 1;
  EXPECT_EQ(Take(call).reject, Reject::kTooOld);
}

TEST_F(IntakeTest, AnotherClocksSkewIsTakenOut) {
  Call call = Track("Product Viewed", {{"product_id", Value::Text("1")}});
  // Made an hour before it was sent, on a clock that is two days ahead.
  call.time_ms = kNowMs + 2 * kDayMs - 3'600'000;
  call.sent_ms = kNowMs + 2 * kDayMs;
  EXPECT_EQ(Take(call).event.time_ms, kNowMs - 3'600'000);
  // A minute is how long a message may take.
  call.time_ms = kNowMs - kMaxSkewMs;
  call.sent_ms = kNowMs - kMaxSkewMs;
  EXPECT_EQ(Take(call).event.time_ms, kNowMs - kMaxSkewMs);
  call.sent_ms = 0;
  call.time_ms = kNowMs - kDayMs;
  EXPECT_EQ(Take(call).event.time_ms, kNowMs - kDayMs);
}

TEST_F(IntakeTest, TheQuarantineIsBounded) {
  for (int i = 0; i < 1'000; ++i) Take(Track("Song Played", {}));
  EXPECT_THAT(intake_.quarantine().entries(), SizeIs(kMaxQuarantine));
  EXPECT_EQ(intake_.quarantine().CountOf(Reject::kUnknownEvent), 1'000u);
}

TEST_F(IntakeTest, NeedsAUseForIngesting) {
  EXPECT_THAT(intake_.Take(gate_.Pass(Purpose::kPersonalize, Operation::kRank), {}),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(IntakeTest, ThePersonsOwnActs) {
  Event correction =
      testing::CorrectionEvent(CorrectionAction::kContradict, "", 0, "interest.category.Garden");
  BAYA_ASSERT_OK_AND_ASSIGN(
      const Event event,
      intake_.TakeFromPerson(gate_.Pass(Purpose::kStore, Operation::kCorrect), correction, "p-1"));
  EXPECT_EQ(event.source, EventSource::kPerson);
  EXPECT_EQ(event.message_id, "p-1");
  EXPECT_EQ(event.time_ms, kNowMs);
  EXPECT_THAT(
      intake_.TakeFromPerson(gate_.Pass(Purpose::kStore, Operation::kCorrect), Event(), "p-2"),
      StatusIs(StatusCode::kInvalidArgument));
}

TEST(DataPlanTest, RefusesWhatItCannotMean) {
  DataPlan plan = FullPlan();
  EXPECT_THAT(ValidatePlan(plan), IsOk());
  plan.currency = "";
  EXPECT_THAT(ValidatePlan(plan), StatusIs(StatusCode::kInvalidArgument));
  plan = FullPlan();
  plan.retention_ms = 0;
  EXPECT_THAT(ValidatePlan(plan), StatusIs(StatusCode::kInvalidArgument));
  for (const char* name : {"", "item", "item.ID", "trait.", "trait.a\n", "Trait.a"}) {
    plan = FullPlan();
    plan.fields.push_back({name, {}});
    EXPECT_THAT(ValidatePlan(plan), StatusIs(StatusCode::kInvalidArgument)) << name;
  }
  plan = FullPlan();
  plan.fields.push_back(plan.fields[0]);
  EXPECT_THAT(ValidatePlan(plan), StatusIs(StatusCode::kInvalidArgument));
  plan = FullPlan();
  while (plan.fields.size() <= kMaxPlannedFields) {
    plan.fields.push_back({"trait.x" + std::to_string(plan.fields.size()), {}});
  }
  EXPECT_THAT(ValidatePlan(plan), StatusIs(StatusCode::kResourceExhausted));
}

TEST(RejectTest, EveryReasonHasAName) {
  for (int i = 0; i <= 14; ++i) EXPECT_NE(RejectName(static_cast<Reject>(i)), "unknown") << i;
}

}  // namespace
}  // namespace baya::profile
