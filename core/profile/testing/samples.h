// Plans, events and random event sequences for tests of this room and the ones above.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "profile/data_plan.h"
#include "profile/event.h"

namespace baya::profile::testing {

inline constexpr int64_t kNowMs = 1'795'354'620'000;  // 2026-11-22T13:37Z
inline constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

// Everything planned; e-mail and names for nobody but the person.
inline DataPlan FullPlan() {
  using consent::Purpose;
  using consent::PurposeSet;
  const PurposeSet use = PurposeSet::Of(Purpose::kPersonalize, Purpose::kMeasure);
  DataPlan plan;
  plan.currency = "GBP";
  for (const std::string_view name :
       {field::kItemId, field::kItemQuantity, field::kItemPrice, field::kItemCategory,
        field::kItemBrand, field::kOrderId, field::kOrderTotal, field::kQuery, field::kListId,
        field::kListCategory, field::kPageName, field::kPageCategory}) {
    plan.fields.push_back({std::string(name), use});
  }
  for (const char* name : {"user.id", "group.id", "trait.email", "trait.name"}) {
    plan.fields.push_back({name, PurposeSet::Of(Purpose::kStore)});
  }
  plan.fields.push_back({"trait.city", use});
  return plan;
}

// A product event of the shortest kind.
inline Event ProductEvent(EventKind kind, std::string message_id, int64_t time_ms, std::string item,
                          std::string category = "", std::string brand = "") {
  Event event;
  event.kind = kind;
  event.source = EventSource::kPage;
  event.time_ms = time_ms;
  event.message_id = std::move(message_id);
  EventItem line;
  line.id = std::move(item);
  line.category = std::move(category);
  line.brand = std::move(brand);
  event.items.push_back(std::move(line));
  return event;
}

inline Event CorrectionEvent(CorrectionAction action, std::string message_id, int64_t time_ms,
                             std::string field, std::string value = "") {
  Event event;
  event.kind = EventKind::kCorrection;
  event.source = EventSource::kPerson;
  event.time_ms = time_ms;
  event.message_id = std::move(message_id);
  event.correction = Correction{action, std::move(field), std::move(value)};
  return event;
}

// Valid events of every kind from a small world, so that they meet: the same for a seed on every
// machine.
class RandomEvents {
 public:
  explicit RandomEvents(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}

  // Message ids are unique within one generator.
  Event Next() {
    const auto kind = static_cast<EventKind>(1 + Below(13));
    Event event;
    event.kind = kind;
    event.source = static_cast<EventSource>(1 + Below(4));
    // Few milliseconds, so that times collide and message ids have to decide.
    event.time_ms = kNowMs - static_cast<int64_t>(Below(40)) * kDayMs / 4;
    event.message_id = "m" + std::to_string(Below(1000)) + "-" + std::to_string(count_++);
    Fill(event);
    return event;
  }

  std::vector<Event> Take(size_t count) {
    std::vector<Event> events;
    for (size_t i = 0; i < count; ++i) events.push_back(Next());
    return events;
  }

  template <typename T>
  void Shuffle(std::vector<T>& list) {
    for (size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[Below(i)]);
  }

  size_t Below(size_t bound) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<size_t>((state_ * 0x2545F4914F6CDD1Du) >> 32) % bound;
  }

 private:
  std::string Pick(std::string_view prefix, size_t of) {
    return std::string(prefix) + std::to_string(Below(of));
  }

  EventItem Item() {
    EventItem item;
    item.id = Pick("item-", 8);
    item.quantity = 1 + static_cast<uint32_t>(Below(5));
    item.gift = Below(8) == 0;
    if (Below(2) == 0) item.price_minor = static_cast<int64_t>(Below(10'000));
    if (Below(2) == 0) item.category = Pick("Category \xc3\xa9", 3);
    if (Below(3) == 0) item.brand = Pick("Brand ", 2);
    return item;
  }

  void Fill(Event& event) {
    switch (event.kind) {
      case EventKind::kPage:
        if (Below(2) == 0) event.name = Pick("Page ", 3);
        break;
      case EventKind::kIdentify:
        event.subject_id = Pick("user-", 2);
        if (Below(2) == 0) event.traits.push_back({"city", Pick("City ", 3)});
        if (Below(2) == 0) event.traits.push_back({"email", Pick("e@", 3)});
        break;
      case EventKind::kGroup:
        event.subject_id = Pick("group-", 2);
        break;
      case EventKind::kProductsSearched:
        event.query = Pick("query ", 4);
        break;
      case EventKind::kProductListViewed:
        event.list_id = Below(2) == 0 ? std::string(kShelfListId) : Pick("list-", 3);
        if (event.list_id != kShelfListId) break;
        for (uint64_t i = 0, shown = Below(4); i < shown; ++i) {
          event.items.push_back({Pick("item-", 8), 1, std::nullopt, "", ""});
          if (Below(2) == 0) event.items.back().exploring = Pick("Category \xc3\xa9", 3);
        }
        break;
      case EventKind::kCorrection:
        FillCorrection(event);
        break;
      case EventKind::kOrderCompleted:
        if (Below(2) == 0) event.order_id = Pick("order-", 6);
        if (Below(3) == 0) event.total_minor = static_cast<int64_t>(Below(100'000));
        for (uint64_t i = 0, lines = 1 + Below(4); i < lines; ++i) event.items.push_back(Item());
        break;
      default:
        event.items.push_back(Item());
        break;
    }
    const bool priced = event.total_minor || std::any_of(event.items.begin(), event.items.end(),
                                                         [](const EventItem& item) {
                                                           return item.price_minor.has_value();
                                                         });
    if (priced) event.currency = Below(2) == 0 ? "GBP" : "JPY";
  }

  void FillCorrection(Event& event) {
    Correction correction;
    correction.action = static_cast<CorrectionAction>(1 + Below(3));
    const bool set = correction.action == CorrectionAction::kSet;
    if (Below(2) == 0) {
      correction.field = "trait.city";
      if (set) correction.value = Pick("Town ", 2);
    } else {
      correction.field = Pick("interest.category.Category \xc3\xa9", 3);
      if (set) correction.value = std::to_string(Below(1001));
    }
    event.correction = std::move(correction);
  }

  uint64_t state_;
  uint64_t count_ = 0;
};

}  // namespace baya::profile::testing
