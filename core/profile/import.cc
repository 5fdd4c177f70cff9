// Reads the portable JSON back: core/docs/formats/export.md.

#include <algorithm>
#include <string>
#include <utility>

#include "codec/json.h"
#include "profile/export_names.h"
#include "profile/limits.h"
#include "profile/profile_data.h"

namespace baya::profile {
namespace {

using codec::JsonMember;
using codec::JsonValue;

constexpr Status kMalformed(StatusCode::kInvalidArgument, "this is not an exported profile");

constexpr size_t kMaxDepth = 8;  // the writer's is 5: events, an event, items, an item, a value

// Reads an object's members by name and knows whether there were others.
class Members {
 public:
  static Result<Members> Of(const JsonValue& object) {
    BAYA_ASSIGN_OR_RETURN(const std::span<const JsonMember> members, object.Members());
    return Members(object, members.size());
  }

  // Null when there is none.
  const JsonValue* Find(std::string_view name) {
    const Result<const JsonValue*> member = object_->Member(name);
    if (!member.ok()) return nullptr;
    ++found_;
    return *member;
  }

  // Leaves `out` as it is when there is none.
  Status Text(std::string_view name, std::string& out) {
    const JsonValue* value = Find(name);
    if (value == nullptr) return OkStatus();
    BAYA_ASSIGN_OR_RETURN(out, value->AsString());
    return out.empty() ? kMalformed : OkStatus();
  }

  Status Minor(std::string_view name, std::optional<int64_t>& out) {
    const JsonValue* value = Find(name);
    if (value == nullptr) return OkStatus();
    BAYA_ASSIGN_OR_RETURN(out, value->AsInt64());
    return OkStatus();
  }

  Result<std::string_view> Required(std::string_view name) {
    const JsonValue* value = Find(name);
    if (value == nullptr) return kMalformed;
    return value->AsString();
  }

  Result<int64_t> RequiredNumber(std::string_view name) {
    const JsonValue* value = Find(name);
    if (value == nullptr) return kMalformed;
    return value->AsInt64();
  }

  // A member nobody asked for would be lost without a word.
  Status Finish() const { return found_ == size_ ? OkStatus() : kMalformed; }

 private:
  Members(const JsonValue& object, size_t size) : object_(&object), size_(size) {}

  const JsonValue* object_;
  size_t size_;
  size_t found_ = 0;
};

Result<EventItem> ItemFromJson(const JsonValue& json) {
  BAYA_ASSIGN_OR_RETURN(Members members, Members::Of(json));
  EventItem item;
  BAYA_ASSIGN_OR_RETURN(item.id, members.Required("id"));
  BAYA_ASSIGN_OR_RETURN(const int64_t quantity, members.RequiredNumber("quantity"));
  if (quantity < 1 || quantity > int64_t{kMaxQuantity}) return kMalformed;
  item.quantity = static_cast<uint32_t>(quantity);
  BAYA_RETURN_IF_ERROR(members.Minor("price_minor", item.price_minor));
  BAYA_RETURN_IF_ERROR(members.Text("category", item.category));
  BAYA_RETURN_IF_ERROR(members.Text("brand", item.brand));
  BAYA_RETURN_IF_ERROR(members.Finish());
  return item;
}

Status ItemsFromJson(const JsonValue* list, Event& event) {
  if (list == nullptr) return OkStatus();
  BAYA_ASSIGN_OR_RETURN(const std::span<const JsonValue> elements, list->Elements());
  if (elements.empty()) return kMalformed;
  for (const JsonValue& element : elements) {
    BAYA_ASSIGN_OR_RETURN(EventItem item, ItemFromJson(element));
    event.items.push_back(std::move(item));
  }
  return OkStatus();
}

Status TraitsFromJson(const JsonValue* json, Event& event) {
  if (json == nullptr) return OkStatus();
  BAYA_ASSIGN_OR_RETURN(const std::span<const JsonMember> members, json->Members());
  if (members.empty()) return kMalformed;
  for (const JsonMember& member : members) {
    BAYA_ASSIGN_OR_RETURN(const std::string_view value, member.value.AsString());
    event.traits.push_back({member.name, std::string(value)});
  }
  return OkStatus();
}

Status CorrectionFromJson(const JsonValue* json, Event& event) {
  if (json == nullptr) return OkStatus();
  BAYA_ASSIGN_OR_RETURN(Members members, Members::Of(*json));
  Correction correction;
  BAYA_ASSIGN_OR_RETURN(const std::string_view action, members.Required("action"));
  const auto found = std::find(kActionNames.begin(), kActionNames.end(), action);
  if (found == kActionNames.end()) return kMalformed;
  correction.action = static_cast<CorrectionAction>(found - kActionNames.begin() + 1);
  BAYA_ASSIGN_OR_RETURN(correction.field, members.Required("field"));
  BAYA_RETURN_IF_ERROR(members.Text("value", correction.value));
  BAYA_RETURN_IF_ERROR(members.Finish());
  event.correction = std::move(correction);
  return OkStatus();
}

Result<Event> EventFromJson(const JsonValue& json) {
  BAYA_ASSIGN_OR_RETURN(Members members, Members::Of(json));
  Event event;
  BAYA_ASSIGN_OR_RETURN(const std::string_view kind, members.Required("kind"));
  BAYA_ASSIGN_OR_RETURN(event.kind, ParseEventKind(kind));
  BAYA_ASSIGN_OR_RETURN(const std::string_view source, members.Required("source"));
  BAYA_ASSIGN_OR_RETURN(event.source, ParseEventSource(source));
  BAYA_ASSIGN_OR_RETURN(event.time_ms, members.RequiredNumber("time_ms"));
  BAYA_ASSIGN_OR_RETURN(event.message_id, members.Required("message_id"));
  BAYA_RETURN_IF_ERROR(members.Text("currency", event.currency));
  BAYA_RETURN_IF_ERROR(ItemsFromJson(members.Find("items"), event));
  BAYA_RETURN_IF_ERROR(members.Minor("total_minor", event.total_minor));
  BAYA_RETURN_IF_ERROR(members.Text("order_id", event.order_id));
  BAYA_RETURN_IF_ERROR(members.Text("query", event.query));
  BAYA_RETURN_IF_ERROR(members.Text("list_id", event.list_id));
  BAYA_RETURN_IF_ERROR(members.Text("category", event.category));
  BAYA_RETURN_IF_ERROR(members.Text("name", event.name));
  BAYA_RETURN_IF_ERROR(members.Text("subject_id", event.subject_id));
  BAYA_RETURN_IF_ERROR(TraitsFromJson(members.Find("traits"), event));
  BAYA_RETURN_IF_ERROR(CorrectionFromJson(members.Find("correction"), event));
  BAYA_RETURN_IF_ERROR(members.Finish());
  BAYA_RETURN_IF_ERROR(EncodeEvent(event).status());
  return event;
}

Status HorizonFromJson(const JsonValue* json, Horizon& horizon) {
  if (json == nullptr) return OkStatus();
  BAYA_ASSIGN_OR_RETURN(Members members, Members::Of(*json));
  BAYA_ASSIGN_OR_RETURN(horizon.time_ms, members.RequiredNumber("time_ms"));
  BAYA_ASSIGN_OR_RETURN(horizon.message_id, members.Required("message_id"));
  BAYA_RETURN_IF_ERROR(members.Finish());
  return CheckHorizon(horizon);
}

Status UsageFromJson(const JsonValue& json, Usage& usage) {
  BAYA_ASSIGN_OR_RETURN(const std::span<const JsonMember> members, json.Members());
  for (const JsonMember& member : members) {
    BAYA_ASSIGN_OR_RETURN(const Family family, ParseFamily(member.name));
    BAYA_ASSIGN_OR_RETURN(const int64_t used_ms, member.value.AsInt64());
    if (used_ms <= 0 || used_ms >= int64_t{1} << 53) return kMalformed;
    usage[static_cast<size_t>(family)] = used_ms;
  }
  return OkStatus();
}

Status CheckHeader(Members& members) {
  BAYA_ASSIGN_OR_RETURN(const std::string_view format, members.Required("format"));
  if (format != kExportFormat) return kMalformed;
  BAYA_ASSIGN_OR_RETURN(const int64_t version, members.RequiredNumber("version"));
  if (version != int64_t{kExportVersion}) {
    return {StatusCode::kUnimplemented, "the exported profile has an unknown version"};
  }
  return members.RequiredNumber("exported_ms").status();
}

}  // namespace

Result<ProfileData> ImportJson(std::string_view text) {
  BAYA_ASSIGN_OR_RETURN(const JsonValue document,
                        codec::ParseJson(text, {kMaxImportBytes, kMaxDepth}));
  BAYA_ASSIGN_OR_RETURN(Members members, Members::Of(document));
  BAYA_RETURN_IF_ERROR(CheckHeader(members));
  ProfileData data;
  BAYA_RETURN_IF_ERROR(HorizonFromJson(members.Find("horizon"), data.horizon));
  const JsonValue* usage = members.Find("last_used_ms");
  const JsonValue* events = members.Find("events");
  if (usage == nullptr || events == nullptr) return kMalformed;
  BAYA_RETURN_IF_ERROR(UsageFromJson(*usage, data.usage));
  BAYA_ASSIGN_OR_RETURN(const std::span<const JsonValue> elements, events->Elements());
  for (const JsonValue& element : elements) {
    BAYA_ASSIGN_OR_RETURN(Event event, EventFromJson(element));
    data.events.push_back(std::move(event));
  }
  members.Find("fields");
  BAYA_RETURN_IF_ERROR(members.Finish());
  BAYA_RETURN_IF_ERROR(CheckEvents(data.events));
  return data;
}

}  // namespace baya::profile
