// Segment's e-commerce specification, v2: "Browsing", "Core Ordering". RudderStack, PostHog and
// Jitsu speak it too.

#include <array>
#include <utility>

#include "profile/limits.h"
#include "profile/vocabulary_parts.h"

namespace baya::profile {
namespace {

constexpr std::array<std::pair<std::string_view, EventKind>, 8> kEvents = {{
    {"Product Viewed", EventKind::kProductViewed},
    {"Product Clicked", EventKind::kProductClicked},
    {"Product Added", EventKind::kProductAdded},
    {"Product Removed", EventKind::kProductRemoved},
    {"Order Completed", EventKind::kOrderCompleted},
    {"Completed Order", EventKind::kOrderCompleted},  // v1
    {"Products Searched", EventKind::kProductsSearched},
    {"Product List Viewed", EventKind::kProductListViewed},
}};

Translation TranslateOrder(const Call& call, const DataPlan& plan) {
  Translation translation;
  Event& event = translation.event;
  event.kind = EventKind::kOrderCompleted;
  Properties order(call.properties, plan);
  event.currency = order.Currency();
  event.order_id = order.Text({"order_id"}, field::kOrderId, kMaxIdBytes).value_or("");
  // v2: total includes shipping, tax and discounts; revenue does not; value is an older total.
  event.total_minor =
      order.Price({"total", "value", "revenue"}, field::kOrderTotal, event.currency);
  for (const Value* product : order.Objects("products")) {
    Properties properties(*product, plan);
    ReadProduct(properties, event);
    Close(properties, translation);
  }
  if (order.Flag("gift")) {
    for (EventItem& item : event.items) item.gift = true;
  }
  DropIdleCurrency(event);
  Close(order, translation);
  const bool empty = event.items.empty() && translation.reject == Reject::kNone;
  if (empty) translation.reject = Reject::kMissingField;
  return translation;
}

Translation TranslateSearch(const Call& call, const DataPlan& plan) {
  Translation translation;
  translation.event.kind = EventKind::kProductsSearched;
  Properties properties(call.properties, plan);
  translation.event.query = properties.RequiredText({"query"}, field::kQuery, kMaxTextBytes);
  Close(properties, translation);
  return translation;
}

// Of the products of the page's own shelf, which they were. The products of other lists are not
// kept: what a page chose to show says little about the person.
void ReadShown(Properties& list, Translation& translation, const DataPlan& plan) {
  for (const Value* product : list.Objects("products")) {
    Properties properties(*product, plan);
    EventItem item;
    item.id = properties.RequiredText({"product_id", "sku"}, field::kItemId, kMaxIdBytes);
    // What the shelf said of this place: the list's, as is that it was shown.
    item.exploring = properties.Text({"exploring"}, field::kListId, kMaxTextBytes).value_or("");
    translation.event.items.push_back(std::move(item));
    if (translation.reject == Reject::kNone) translation.reject = properties.reject();
  }
}

Translation TranslateList(const Call& call, const DataPlan& plan) {
  Translation translation;
  Event& event = translation.event;
  event.kind = EventKind::kProductListViewed;
  Properties properties(call.properties, plan);
  event.list_id = properties.Text({"list_id"}, field::kListId, kMaxIdBytes).value_or("");
  event.category = properties.Text({"category"}, field::kListCategory, kMaxTextBytes).value_or("");
  if (event.list_id == kShelfListId) ReadShown(properties, translation, plan);
  Close(properties, translation);
  const bool empty = event.list_id.empty() && event.category.empty();
  if (empty && translation.reject == Reject::kNone) translation.reject = Reject::kMissingField;
  return translation;
}

}  // namespace

std::optional<Translation> TranslateSegmentEcommerce(const Call& call, const DataPlan& plan) {
  if (call.verb != Verb::kTrack) return std::nullopt;
  for (const auto& [name, kind] : kEvents) {
    if (name != call.name) continue;
    switch (kind) {
      case EventKind::kOrderCompleted:
        return TranslateOrder(call, plan);
      case EventKind::kProductsSearched:
        return TranslateSearch(call, plan);
      case EventKind::kProductListViewed:
        return TranslateList(call, plan);
      default:
        return TranslateProduct(kind, call, plan);
    }
  }
  return std::nullopt;
}

}  // namespace baya::profile
