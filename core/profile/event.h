// The one shape every vocabulary is translated into: what happened, to which items, when.
//
// Stored bytes: core/docs/formats/event.md §2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/status.h"

namespace baya::profile {

// Stored; numbers are never reused.
enum class EventKind : uint8_t {
  kPage = 1,
  kIdentify = 2,
  kGroup = 3,
  kProductViewed = 4,
  kProductClicked = 5,
  kProductAdded = 6,    // to the cart
  kProductRemoved = 7,  // from the cart
  kOrderCompleted = 8,
  kProductsSearched = 9,
  kProductListViewed = 10,
  kProductLiked = 11,
  kProductDisliked = 12,
  kCorrection = 13,  // the person sets right what the profile holds
};

// The id of the list that a page's own shelf is: of this list alone an event keeps which products
// it showed, because whether they were ordered then tells whether the shelf is any good.
inline constexpr std::string_view kShelfListId = "for-you";

constexpr bool IsEventKind(EventKind kind) {
  return kind >= EventKind::kPage && kind <= EventKind::kCorrection;
}

// What the person did with products, not what a page showed them.
constexpr bool IsDealing(EventKind kind) { return kind != EventKind::kProductListViewed; }

// Where an event came from. Stored.
enum class EventSource : uint8_t {
  kPage = 1,       // a call on the page
  kDataLayer = 2,  // read from the page's data layer
  kImport = 3,     // a file the person or the site brought
  kPerson = 4,     // the person, on the My data page
};

constexpr bool IsEventSource(EventSource source) {
  return source >= EventSource::kPage && source <= EventSource::kPerson;
}

struct EventItem {
  std::string id;
  uint32_t quantity = 1;               // [1, kMaxQuantity]
  std::optional<int64_t> price_minor;  // of one, [0, kMaxMinorUnits] of the event's currency
  std::string category;                // empty: not said
  std::string brand;                   // empty: not said
  bool gift = false;                   // for somebody else: says nothing of this person's taste
  std::string exploring{};             // on a list: the kind that its place tried out; empty: none

  friend bool operator==(const EventItem&, const EventItem&) = default;
};

struct Trait {
  std::string name;
  std::string value;

  friend bool operator==(const Trait&, const Trait&) = default;
};

// Stored.
enum class CorrectionAction : uint8_t {
  kSet = 1,         // it is this
  kContradict = 2,  // it is not so
  kUndo = 3,        // forget what I said of it
};

struct Correction {
  CorrectionAction action{};
  std::string field;  // a profile field's name
  std::string value;  // kSet only

  friend bool operator==(const Correction&, const Correction&) = default;
};

// Which members are set depends on the kind; ValidateEvent holds every event to its kind's shape.
// Text is UTF-8 without control characters; an empty string means "not said".
struct Event {
  EventKind kind{};
  EventSource source{};
  int64_t time_ms = 0;     // since 1970, [0, 2^53)
  std::string message_id;  // 1 to 64 of ASCII 0x21 to 0x7e; the sender's, unique
  std::string currency;    // of every price and of the total; set when there is one
  std::vector<EventItem> items;
  std::optional<int64_t> total_minor;  // of an order, as charged
  std::string order_id;
  std::string query;
  std::string list_id;
  std::string category;       // of a list or page
  std::string name;           // of a page
  std::string subject_id;     // the user of an identify, the group of a group
  std::vector<Trait> traits;  // ascending by name, each once
  std::optional<Correction> correction;

  friend bool operator==(const Event&, const Event&) = default;
};

// The order in which events count, whatever the order they arrived in: by time, then by message id.
bool EventBefore(const Event& a, const Event& b);

// 1 to `max_bytes` bytes of UTF-8 without control characters.
bool IsPlainText(std::string_view text, size_t max_bytes);
bool IsMessageId(std::string_view id);

// kInvalidArgument when the event is not of its kind's shape or a part breaks a limit.
Status ValidateEvent(const Event& event);

// One byte string for each valid event, and back. Errors: those of ValidateEvent, and
// kResourceExhausted above kMaxEventBytes; of DecodeEvent also kUnimplemented for a later version.
Result<Bytes> EncodeEvent(const Event& event);
Result<Event> DecodeEvent(ByteView bytes);

}  // namespace baya::profile
