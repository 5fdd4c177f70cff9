// Writes the portable JSON: core/docs/formats/export.md.

#include <utility>

#include "codec/json.h"
#include "profile/export_names.h"
#include "profile/profile_data.h"

namespace baya::profile {
namespace {

using codec::JsonValue;

void SetText(JsonValue& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object.Set(name, text);
}

JsonValue ItemsToJson(const std::vector<EventItem>& items) {
  JsonValue list = JsonValue::Array();
  for (const EventItem& item : items) {
    JsonValue json = JsonValue::Object();
    json.Set("id", item.id);
    json.Set("quantity", item.quantity);
    if (item.price_minor) json.Set("price_minor", *item.price_minor);
    SetText(json, "category", item.category);
    SetText(json, "brand", item.brand);
    list.Append(std::move(json));
  }
  return list;
}

JsonValue TraitsToJson(const std::vector<Trait>& traits) {
  JsonValue json = JsonValue::Object();
  for (const Trait& trait : traits) json.Set(trait.name, trait.value);
  return json;
}

JsonValue CorrectionToJson(const Correction& correction) {
  JsonValue json = JsonValue::Object();
  json.Set("action", ActionName(correction.action));
  json.Set("field", correction.field);
  SetText(json, "value", correction.value);
  return json;
}

JsonValue EventToJson(const Event& event) {
  JsonValue json = JsonValue::Object();
  json.Set("kind", EventKindName(event.kind));
  json.Set("source", EventSourceName(event.source));
  json.Set("time_ms", event.time_ms);
  json.Set("message_id", event.message_id);
  SetText(json, "currency", event.currency);
  if (!event.items.empty()) json.Set("items", ItemsToJson(event.items));
  if (event.total_minor) json.Set("total_minor", *event.total_minor);
  SetText(json, "order_id", event.order_id);
  SetText(json, "query", event.query);
  SetText(json, "list_id", event.list_id);
  SetText(json, "category", event.category);
  SetText(json, "name", event.name);
  SetText(json, "subject_id", event.subject_id);
  if (!event.traits.empty()) json.Set("traits", TraitsToJson(event.traits));
  if (event.correction) json.Set("correction", CorrectionToJson(*event.correction));
  return json;
}

JsonValue ValueToJson(const FieldValue& value) {
  if (const int64_t* number = std::get_if<int64_t>(&value)) return *number;
  if (const std::string* text = std::get_if<std::string>(&value)) return *text;
  const Money& money = std::get<Money>(value);
  JsonValue json = JsonValue::Object();
  json.Set("minor", money.minor);
  json.Set("currency", money.currency);
  return json;
}

JsonValue PurposesToJson(consent::PurposeSet purposes) {
  using consent::Purpose;
  JsonValue list = JsonValue::Array();
  for (const Purpose purpose : {Purpose::kStore, Purpose::kPersonalize, Purpose::kMeasure,
                                Purpose::kTrain, Purpose::kSync, Purpose::kLocation}) {
    if (purposes.Has(purpose)) list.Append(consent::PurposeName(purpose));
  }
  if (purposes.Has(consent::PartnerPurpose(0))) list.Append("partner");
  return list;
}

JsonValue FieldToJson(const Field& field) {
  JsonValue json = JsonValue::Object();
  json.Set("card", CardName(field.card));
  json.Set("name", field.name);
  json.Set("value", ValueToJson(field.value));
  json.Set("origin", OriginName(field.origin));
  json.Set("source", EventSourceName(field.source));
  json.Set("purposes", PurposesToJson(field.purposes));
  json.Set("since_ms", field.since_ms);
  json.Set("updated_ms", field.updated_ms);
  json.Set("last_used_ms", field.last_used_ms);
  json.Set("expires_ms", field.expires_ms);
  json.Set("contradicted", field.contradicted);
  return json;
}

JsonValue UsageToJson(const Usage& usage) {
  JsonValue json = JsonValue::Object();
  for (size_t family = 1; family <= kFamilies; ++family) {
    if (usage[family] > 0) json.Set(FamilyName(static_cast<Family>(family)), usage[family]);
  }
  return json;
}

JsonValue HorizonToJson(const Horizon& horizon) {
  JsonValue json = JsonValue::Object();
  json.Set("time_ms", horizon.time_ms);
  json.Set("message_id", horizon.message_id);
  return json;
}

}  // namespace

Result<std::string> ExportJson(const ProfileData& data, std::span<const Field> fields,
                               int64_t now_ms) {
  JsonValue events = JsonValue::Array();
  for (const Event& event : data.events) events.Append(EventToJson(event));
  JsonValue shown = JsonValue::Array();
  for (const Field& field : fields) shown.Append(FieldToJson(field));
  JsonValue document = JsonValue::Object();
  document.Set("format", kExportFormat);
  document.Set("version", kExportVersion);
  document.Set("exported_ms", now_ms);
  if (!data.horizon.message_id.empty()) document.Set("horizon", HorizonToJson(data.horizon));
  document.Set("last_used_ms", UsageToJson(data.usage));
  document.Set("events", std::move(events));
  document.Set("fields", std::move(shown));
  return codec::WriteJson(document);
}

}  // namespace baya::profile
