#include "profile/event.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/testing/status_matchers.h"
#include "codec/hex.h"
#include "profile/limits.h"
#include "profile/testing/samples.h"

namespace baya::profile {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using testing::kNowMs;
using ::testing::Not;
using testing::ProductEvent;
using testing::RandomEvents;

Event Order() {
  Event event;
  event.kind = EventKind::kOrderCompleted;
  event.source = EventSource::kImport;
  event.time_ms = 0x0102030405;
  event.message_id = "m-1";
  event.currency = "GBP";
  event.items = {{"85123A", 6, 255, "Lights", ""}, {"71053", 1, std::nullopt, "", "Acme"}};
  event.total_minor = 1530;
  event.order_id = "536365";
  return event;
}

TEST(EventCodecTest, HasTheBytesOfTheDocument) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, EncodeEvent(Order()));
  EXPECT_EQ(codec::EncodeHex(bytes),
            "01"
            "08"
            "03"
            "0000000102030405"
            "03"
            "6d2d31"
            "004d"
            "01"
            "0003"
            "474250"
            "02"
            "001c"
            "06"
            "383531323341"
            "00000006"
            "01"
            "00000000000000ff"
            "06"
            "4c6967687473"
            "00"
            "02"
            "0011"
            "05"
            "3731303533"
            "00000001"
            "00"
            "00"
            "04"
            "41636d65"
            "03"
            "0008"
            "00000000000005fa"
            "04"
            "0006"
            "353336333635");
  EXPECT_THAT(DecodeEvent(bytes), IsOkAndHolds(Order()));
}

TEST(EventCodecTest, RandomEventsRoundTrip) {
  RandomEvents random(1);
  for (const Event& event : random.Take(5'000)) {
    BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, EncodeEvent(event));
    ASSERT_THAT(DecodeEvent(bytes), IsOkAndHolds(event));
  }
}

TEST(EventCodecTest, EveryTruncationIsRefused) {
  RandomEvents random(2);
  for (const Event& event : random.Take(200)) {
    Bytes bytes = EncodeEvent(event).value();
    for (size_t size = 0; size < bytes.size(); ++size) {
      ASSERT_THAT(DecodeEvent(ByteView(bytes).first(size)), Not(IsOk())) << size;
    }
    bytes.push_back(0);
    ASSERT_THAT(DecodeEvent(bytes), StatusIs(StatusCode::kInvalidArgument));
  }
}

// There is one byte string for each event: whatever decodes is what its event encodes to.
TEST(EventCodecTest, FlippedBitsAreRefusedOrAnotherEvent) {
  RandomEvents random(3);
  for (const Event& event : random.Take(100)) {
    const Bytes bytes = EncodeEvent(event).value();
    for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
      Bytes flipped = bytes;
      flipped[bit / 8] = static_cast<uint8_t>(flipped[bit / 8] ^ (1u << (bit % 8)));
      const Result<Event> decoded = DecodeEvent(flipped);
      if (decoded.ok()) {
        ASSERT_THAT(EncodeEvent(*decoded), IsOkAndHolds(flipped));
      }
    }
  }
}

TEST(EventCodecTest, PartsComeInOrderAndOnce) {
  const std::string header =
      "01"
      "09"
      "01"
      "0000000000000001"
      "01"
      "61";
  const std::string query =
      "05"
      "0001"
      "71";
  EXPECT_THAT(DecodeEvent(codec::DecodeHex(header + "0004" + query).value()), IsOk());
  EXPECT_THAT(DecodeEvent(codec::DecodeHex(header + "0008" + query + query).value()),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(DecodeEvent(codec::DecodeHex(header + "0003"
                                                    "050000")
                              .value()),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(DecodeEvent(codec::DecodeHex(header + "0008" + query + "0c000171").value()),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST(EventCodecTest, ALaterVersionIsToldApart) {
  Bytes bytes = EncodeEvent(Order()).value();
  bytes[0] = 2;
  EXPECT_THAT(DecodeEvent(bytes), StatusIs(StatusCode::kUnimplemented));
}

TEST(EventCodecTest, AnEventOverTheLimitIsRefused) {
  Event event = Order();
  event.items.resize(kMaxItemsPerEvent, event.items[0]);
  EXPECT_THAT(EncodeEvent(event), IsOk());
  for (EventItem& item : event.items) item.category = std::string(kMaxTextBytes, 'c');
  EXPECT_THAT(EncodeEvent(event), IsOk());
  for (EventItem& item : event.items) item.brand = std::string(kMaxTextBytes, 'b');
  EXPECT_THAT(EncodeEvent(event), StatusIs(StatusCode::kResourceExhausted));
}

struct BadEvent {
  const char* what;
  std::function<void(Event&)> spoil;
};

TEST(ValidateEventTest, RefusesWhatBreaksAShapeOrALimit) {
  const std::string nul(1, '\0');
  const BadEvent cases[] = {
      {"no kind", [](Event& e) { e.kind = static_cast<EventKind>(0); }},
      {"kind 14", [](Event& e) { e.kind = static_cast<EventKind>(14); }},
      {"no source", [](Event& e) { e.source = static_cast<EventSource>(0); }},
      {"before 1970", [](Event& e) { e.time_ms = -1; }},
      {"beyond 2^53", [](Event& e) { e.time_ms = int64_t{1} << 53; }},
      {"no message id", [](Event& e) { e.message_id.clear(); }},
      {"message id with a space", [](Event& e) { e.message_id = "a b"; }},
      {"message id of 65", [](Event& e) { e.message_id = std::string(65, 'a'); }},
      {"no items", [](Event& e) { e.items.clear(); }},
      {"201 items", [](Event& e) { e.items.resize(201, e.items[0]); }},
      {"item without id", [](Event& e) { e.items[0].id.clear(); }},
      {"item id of 129", [](Event& e) { e.items[0].id = std::string(129, 'a'); }},
      {"item id of 1 MB", [](Event& e) { e.items[0].id = std::string(1'000'000, 'a'); }},
      {"item id not UTF-8", [](Event& e) { e.items[0].id = "\xff"; }},
      {"item id with a zero", [&nul](Event& e) { e.items[0].id = "a" + nul; }},
      {"quantity 0", [](Event& e) { e.items[0].quantity = 0; }},
      {"quantity over", [](Event& e) { e.items[0].quantity = kMaxQuantity + 1; }},
      {"negative price", [](Event& e) { e.items[0].price_minor = -1; }},
      {"price over", [](Event& e) { e.items[0].price_minor = kMaxMinorUnits + 1; }},
      {"category of 256", [](Event& e) { e.items[0].category = std::string(256, 'a'); }},
      {"brand with a newline", [](Event& e) { e.items[0].brand = "a\nb"; }},
      {"price without currency", [](Event& e) { e.currency.clear(); }},
      {"currency in small letters", [](Event& e) { e.currency = "gbp"; }},
      {"total over", [](Event& e) { e.total_minor = kMaxMinorUnits + 1; }},
      {"query", [](Event& e) { e.query = "q"; }},
      {"list", [](Event& e) { e.list_id = "l"; }},
      {"category", [](Event& e) { e.category = "c"; }},
      {"page name", [](Event& e) { e.name = "n"; }},
      {"subject", [](Event& e) { e.subject_id = "s"; }},
      {"traits",
       [](Event& e) {
         e.traits = {{"a", "b"}};
       }},
      {"correction", [](Event& e) { e.correction = Correction{}; }},
      {"tried out in an order", [](Event& e) { e.items[0].exploring = "Light"; }},
      {"order id of 129", [](Event& e) { e.order_id = std::string(129, 'a'); }},
  };
  EXPECT_THAT(ValidateEvent(Order()), IsOk());
  for (const BadEvent& bad : cases) {
    Event event = Order();
    bad.spoil(event);
    EXPECT_THAT(ValidateEvent(event), StatusIs(StatusCode::kInvalidArgument)) << bad.what;
    EXPECT_THAT(EncodeEvent(event), Not(IsOk())) << bad.what;
  }
}

TEST(ValidateEventTest, TraitsAscend) {
  Event event;
  event.kind = EventKind::kIdentify;
  event.source = EventSource::kPage;
  event.message_id = "m";
  event.traits = {{"b", "1"}, {"a", "2"}};
  EXPECT_THAT(ValidateEvent(event), StatusIs(StatusCode::kInvalidArgument));
  event.traits = {{"a", "1"}, {"a", "2"}};
  EXPECT_THAT(ValidateEvent(event), StatusIs(StatusCode::kInvalidArgument));
  event.traits = {{"a", "1"}, {"b", ""}};
  EXPECT_THAT(ValidateEvent(event), StatusIs(StatusCode::kInvalidArgument));
  event.traits = {{"a", "1"}, {"b", "2"}};
  EXPECT_THAT(ValidateEvent(event), IsOk());
}

TEST(ValidateEventTest, ACorrectionHasTheValueItsActionNeeds) {
  Event event = testing::CorrectionEvent(CorrectionAction::kSet, "m", kNowMs, "trait.city", "Rye");
  EXPECT_THAT(ValidateEvent(event), IsOk());
  event.correction->value.clear();
  EXPECT_THAT(ValidateEvent(event), StatusIs(StatusCode::kInvalidArgument));
  event.correction->action = CorrectionAction::kUndo;
  EXPECT_THAT(ValidateEvent(event), IsOk());
  event.correction->value = "x";
  EXPECT_THAT(ValidateEvent(event), StatusIs(StatusCode::kInvalidArgument));
  event.correction->action = static_cast<CorrectionAction>(4);
  EXPECT_THAT(ValidateEvent(event), StatusIs(StatusCode::kInvalidArgument));
}

TEST(EventOrderTest, IsByTimeAndThenByMessageId) {
  const Event a = ProductEvent(EventKind::kProductViewed, "b", 1, "x");
  const Event b = ProductEvent(EventKind::kProductViewed, "a", 2, "x");
  const Event c = ProductEvent(EventKind::kProductViewed, "b", 2, "x");
  EXPECT_TRUE(EventBefore(a, b));
  EXPECT_TRUE(EventBefore(b, c));
  EXPECT_FALSE(EventBefore(c, b));
  EXPECT_FALSE(EventBefore(c, c));
}

}  // namespace
}  // namespace baya::profile
