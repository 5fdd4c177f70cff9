// Writes the portable JSON: core/docs/formats/export.md. Members ascend by name.

#include <utility>

#include "base/sort.h"
#include "codec/json_writer.h"
#include "profile/export_names.h"
#include "profile/field_json.h"
#include "profile/profile_data.h"

namespace baya::profile {
namespace {

using codec::JsonWriter;

void WriteText(JsonWriter& json, std::string_view name, const std::string& text) {
  if (!text.empty()) json.Text(name, text);
}

void WriteMinor(JsonWriter& json, std::string_view name, const std::optional<int64_t>& minor) {
  if (minor) json.Number(name, *minor);
}

void WriteCorrection(JsonWriter& json, const Correction& correction) {
  json.BeginObject("correction");
  json.Text("action", ActionName(correction.action));
  json.Text("field", correction.field);
  WriteText(json, "value", correction.value);
  json.EndObject();
}

void WriteItems(JsonWriter& json, const std::vector<EventItem>& items) {
  json.BeginArray("items");
  for (const EventItem& item : items) {
    json.BeginObject();
    WriteText(json, "brand", item.brand);
    WriteText(json, "category", item.category);
    WriteText(json, "exploring", item.exploring);
    if (item.gift) json.Bool("gift", true);
    json.Text("id", item.id);
    WriteMinor(json, "price_minor", item.price_minor);
    json.Number("quantity", item.quantity);
    json.EndObject();
  }
  json.EndArray();
}

void WriteTraits(JsonWriter& json, const std::vector<Trait>& traits) {
  json.BeginObject("traits");
  for (const Trait& trait : traits) json.Text(trait.name, trait.value);
  json.EndObject();
}

void WriteEvent(JsonWriter& json, const Event& event) {
  json.BeginObject();
  WriteText(json, "category", event.category);
  if (event.correction) WriteCorrection(json, *event.correction);
  WriteText(json, "currency", event.currency);
  if (!event.items.empty()) WriteItems(json, event.items);
  json.Text("kind", EventKindName(event.kind));
  WriteText(json, "list_id", event.list_id);
  json.Text("message_id", event.message_id);
  WriteText(json, "name", event.name);
  WriteText(json, "order_id", event.order_id);
  WriteText(json, "query", event.query);
  json.Text("source", EventSourceName(event.source));
  WriteText(json, "subject_id", event.subject_id);
  json.Number("time_ms", event.time_ms);
  WriteMinor(json, "total_minor", event.total_minor);
  if (!event.traits.empty()) WriteTraits(json, event.traits);
  json.EndObject();
}

void WriteField(JsonWriter& json, const Field& field) {
  json.BeginObject();
  json.Text("card", CardName(field.card));
  json.Bool("contradicted", field.contradicted);
  json.Number("expires_ms", field.expires_ms);
  json.Number("last_used_ms", field.last_used_ms);
  json.Text("name", field.name);
  json.Text("origin", OriginName(field.origin));
  WritePurposes(json, "purposes", field.purposes);
  json.Number("since_ms", field.since_ms);
  json.Text("source", EventSourceName(field.source));
  json.Number("updated_ms", field.updated_ms);
  WriteFieldValue(json, "value", field.value);
  json.EndObject();
}

void WriteUsage(JsonWriter& json, const Usage& usage) {
  std::vector<Family> used;
  for (size_t family = 1; family <= kFamilies; ++family) {
    if (usage[family] > 0) used.push_back(static_cast<Family>(family));
  }
  StableSort(used, [](Family a, Family b) { return FamilyName(a) < FamilyName(b); });
  json.BeginObject("last_used_ms");
  for (const Family family : used) {
    json.Number(FamilyName(family), usage[static_cast<size_t>(family)]);
  }
  json.EndObject();
}

void WriteHorizon(JsonWriter& json, const Horizon& horizon) {
  json.BeginObject("horizon");
  json.Text("message_id", horizon.message_id);
  json.Number("time_ms", horizon.time_ms);
  json.EndObject();
}

}  // namespace

Result<std::string> ExportJson(const ProfileData& data, std::span<const Field> fields,
                               int64_t now_ms) {
  JsonWriter json;
  json.BeginObject();
  json.BeginArray("events");
  for (const Event& event : data.events) WriteEvent(json, event);
  json.EndArray();
  json.Number("exported_ms", now_ms);
  json.BeginArray("fields");
  for (const Field& field : fields) WriteField(json, field);
  json.EndArray();
  json.Text("format", kExportFormat);
  if (!data.horizon.message_id.empty()) WriteHorizon(json, data.horizon);
  WriteUsage(json, data.usage);
  json.Number("version", kExportVersion);
  json.EndObject();
  return std::move(json).Finish();
}

}  // namespace baya::profile
