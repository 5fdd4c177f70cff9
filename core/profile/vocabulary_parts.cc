#include "profile/vocabulary_parts.h"

namespace baya::profile {

Translation TranslateProduct(EventKind kind, const Call& call, const DataPlan& plan) {
  Translation translation;
  translation.event.kind = kind;
  Properties properties(call.properties, plan);
  translation.event.currency = properties.Currency();
  ReadProduct(properties, translation.event);
  DropIdleCurrency(translation.event);
  Close(properties, translation);
  return translation;
}

void DropIdleCurrency(Event& event) {
  if (event.total_minor) return;
  for (const EventItem& item : event.items) {
    if (item.price_minor) return;
  }
  event.currency.clear();
}

void Close(const Properties& properties, Translation& translation) {
  if (translation.reject == Reject::kNone) translation.reject = properties.reject();
  for (const std::string_view name : properties.Refused()) translation.refused.push_back(name);
}

}  // namespace baya::profile
