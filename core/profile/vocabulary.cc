#include "profile/vocabulary.h"

#include <array>
#include <utility>

#include "profile/limits.h"

namespace baya::profile {
namespace {

using Vocabulary = std::optional<Translation> (*)(const Call&, const DataPlan&);

constexpr std::array<Vocabulary, 3> kVocabularies = {TranslateSegmentEcommerce,
                                                     TranslateSegmentSpec, TranslateFeedback};

}  // namespace

Translation Translate(const Call& call, const DataPlan& plan) {
  for (const Vocabulary vocabulary : kVocabularies) {
    std::optional<Translation> translation = vocabulary(call, plan);
    if (!translation) continue;
    Event& event = translation->event;
    event.source = call.source;
    event.message_id = call.message_id;
    if (translation->reject == Reject::kNone && !IsMessageId(event.message_id)) {
      translation->reject = Reject::kBadMessageId;
    }
    if (translation->reject == Reject::kNone && !ValidateEvent(event).ok()) {
      translation->reject = Reject::kMalformed;
    }
    return *std::move(translation);
  }
  Translation unknown;
  unknown.reject = Reject::kUnknownEvent;
  return unknown;
}

void ReadProduct(Properties& properties, Event& event) {
  EventItem item;
  item.id = properties.RequiredText({"product_id", "sku"}, field::kItemId, kMaxIdBytes);
  item.category = properties.Text({"category"}, field::kItemCategory, kMaxTextBytes).value_or("");
  item.brand = properties.Text({"brand"}, field::kItemBrand, kMaxTextBytes).value_or("");
  item.quantity = properties.Quantity({"quantity"}, field::kItemQuantity).value_or(1);
  item.gift = properties.Flag("gift");
  item.price_minor = properties.Price({"price"}, field::kItemPrice, event.currency);
  event.items.push_back(std::move(item));
}

}  // namespace baya::profile
