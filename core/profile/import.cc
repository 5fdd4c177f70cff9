// Reads the portable JSON: core/docs/formats/export.md.

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/sort.h"
#include "codec/json_reader.h"
#include "profile/export_names.h"
#include "profile/limits.h"
#include "profile/profile_data.h"

namespace baya::profile {
namespace {

using codec::JsonReader;

constexpr Status kMalformed =
    kError<StatusCode::kInvalidArgument, "this is not an exported profile">;

constexpr size_t kMaxDepth = 8;  // the writer's is 5: events, an event, items, an item, a value

// The members of an object, in whatever order. A name that is not known would be lost without a
// word, and of one that occurs twice nobody knows which counts: both are errors.
class Members {
 public:
  Members(JsonReader& reader, std::span<const std::string_view> names)
      : reader_(reader), names_(names) {}

  // Which of the names comes next; their number when none does.
  Result<size_t> Next() {
    BAYA_ASSIGN_OR_RETURN(const bool more, reader_.NextMember(name_));
    if (!more) return names_.size();
    const auto found = std::find(names_.begin(), names_.end(), name_);
    const auto index = static_cast<size_t>(found - names_.begin());
    if (index == names_.size() || Has(index)) return kMalformed;
    seen_ |= 1u << index;
    return index;
  }

  bool Has(size_t index) const { return (seen_ >> index & 1) != 0; }
  // Whether the first `count` names were all there.
  bool HasFirst(size_t count) const { return (~seen_ & ((1u << count) - 1)) == 0; }

 private:
  JsonReader& reader_;
  std::span<const std::string_view> names_;  // at most 31
  std::string name_;
  uint32_t seen_ = 0;
};

Status ReadText(JsonReader& reader, std::string& out) {
  BAYA_ASSIGN_OR_RETURN(out, reader.Text());
  return out.empty() ? kMalformed : OkStatus();
}

template <typename Number>
Status ReadNumber(JsonReader& reader, Number& out) {
  BAYA_ASSIGN_OR_RETURN(out, reader.Integer());
  return OkStatus();
}

Status ReadQuantity(JsonReader& reader, uint32_t& out) {
  BAYA_ASSIGN_OR_RETURN(const int64_t quantity, reader.Integer());
  if (quantity < 1 || quantity > int64_t{kMaxQuantity}) return kMalformed;
  out = static_cast<uint32_t>(quantity);
  return OkStatus();
}

constexpr std::array<std::string_view, 5> kItemMembers = {"id", "quantity", "price_minor",
                                                          "category", "brand"};

Status ReadItemMember(JsonReader& reader, size_t member, EventItem& item) {
  switch (member) {
    case 0:
      return ReadText(reader, item.id);
    case 1:
      return ReadQuantity(reader, item.quantity);
    case 2:
      return ReadNumber(reader, item.price_minor);
    case 3:
      return ReadText(reader, item.category);
    default:
      return ReadText(reader, item.brand);
  }
}

Status ReadItem(JsonReader& reader, EventItem& item) {
  BAYA_RETURN_IF_ERROR(reader.BeginObject());
  Members members(reader, kItemMembers);
  for (;;) {
    BAYA_ASSIGN_OR_RETURN(const size_t member, members.Next());
    if (member == kItemMembers.size()) return members.HasFirst(2) ? OkStatus() : kMalformed;
    BAYA_RETURN_IF_ERROR(ReadItemMember(reader, member, item));
  }
}

Status ReadItems(JsonReader& reader, std::vector<EventItem>& items) {
  BAYA_RETURN_IF_ERROR(reader.BeginArray());
  for (;;) {
    BAYA_ASSIGN_OR_RETURN(const bool more, reader.NextElement());
    if (!more) return items.empty() ? kMalformed : OkStatus();
    BAYA_RETURN_IF_ERROR(ReadItem(reader, items.emplace_back()));
  }
}

// In any order; the event's validation finds one that occurs twice.
Status ReadTraits(JsonReader& reader, std::vector<Trait>& traits) {
  BAYA_RETURN_IF_ERROR(reader.BeginObject());
  for (;;) {
    Trait trait;
    BAYA_ASSIGN_OR_RETURN(const bool more, reader.NextMember(trait.name));
    if (!more) break;
    BAYA_ASSIGN_OR_RETURN(trait.value, reader.Text());
    traits.push_back(std::move(trait));
  }
  StableSort(traits, [](const Trait& a, const Trait& b) { return a.name < b.name; });
  return traits.empty() ? kMalformed : OkStatus();
}

constexpr std::array<std::string_view, 3> kCorrectionMembers = {"action", "field", "value"};

Status ReadAction(JsonReader& reader, CorrectionAction& out) {
  BAYA_ASSIGN_OR_RETURN(const std::string& action, reader.Text());
  const auto found = std::find(kActionNames.begin(), kActionNames.end(), action);
  if (found == kActionNames.end()) return kMalformed;
  out = static_cast<CorrectionAction>(found - kActionNames.begin() + 1);
  return OkStatus();
}

Status ReadCorrection(JsonReader& reader, Correction& correction) {
  BAYA_RETURN_IF_ERROR(reader.BeginObject());
  Members members(reader, kCorrectionMembers);
  for (;;) {
    BAYA_ASSIGN_OR_RETURN(const size_t member, members.Next());
    if (member == kCorrectionMembers.size()) return members.HasFirst(2) ? OkStatus() : kMalformed;
    BAYA_RETURN_IF_ERROR(member == 0   ? ReadAction(reader, correction.action)
                         : member == 1 ? ReadText(reader, correction.field)
                                       : ReadText(reader, correction.value));
  }
}

Status ReadKind(JsonReader& reader, EventKind& out) {
  BAYA_ASSIGN_OR_RETURN(const std::string& name, reader.Text());
  BAYA_ASSIGN_OR_RETURN(out, ParseEventKind(name));
  return OkStatus();
}

Status ReadSource(JsonReader& reader, EventSource& out) {
  BAYA_ASSIGN_OR_RETURN(const std::string& name, reader.Text());
  BAYA_ASSIGN_OR_RETURN(out, ParseEventSource(name));
  return OkStatus();
}

// The first four are always there. From `currency` on the texts, as in EventText.
constexpr std::array<std::string_view, 15> kEventMembers = {
    "kind",        "source",  "time_ms",    "message_id", "items",
    "total_minor", "traits",  "correction", "currency",   "order_id",
    "query",       "list_id", "category",   "name",       "subject_id"};

constexpr std::array<std::string Event::*, 7> kEventTexts = {
    &Event::currency, &Event::order_id, &Event::query,     &Event::list_id,
    &Event::category, &Event::name,     &Event::subject_id};

Status ReadEventMember(JsonReader& reader, size_t member, Event& event) {
  switch (member) {
    case 0:
      return ReadKind(reader, event.kind);
    case 1:
      return ReadSource(reader, event.source);
    case 2:
      return ReadNumber(reader, event.time_ms);
    case 3:
      return ReadText(reader, event.message_id);
    case 4:
      return ReadItems(reader, event.items);
    case 5:
      return ReadNumber(reader, event.total_minor);
    case 6:
      return ReadTraits(reader, event.traits);
    case 7:
      return ReadCorrection(reader, event.correction.emplace());
    default:
      return ReadText(reader, event.*kEventTexts[member - 8]);
  }
}

Status ReadEvent(JsonReader& reader, Event& event) {
  BAYA_RETURN_IF_ERROR(reader.BeginObject());
  Members members(reader, kEventMembers);
  for (;;) {
    BAYA_ASSIGN_OR_RETURN(const size_t member, members.Next());
    if (member == kEventMembers.size()) break;
    BAYA_RETURN_IF_ERROR(ReadEventMember(reader, member, event));
  }
  if (!members.HasFirst(4)) return kMalformed;
  return EncodeEvent(event).status();
}

Status ReadEvents(JsonReader& reader, std::vector<Event>& events) {
  BAYA_RETURN_IF_ERROR(reader.BeginArray());
  for (;;) {
    BAYA_ASSIGN_OR_RETURN(const bool more, reader.NextElement());
    if (!more) return CheckEvents(events);
    BAYA_RETURN_IF_ERROR(ReadEvent(reader, events.emplace_back()));
  }
}

constexpr std::array<std::string_view, 2> kHorizonMembers = {"time_ms", "message_id"};

Status ReadHorizon(JsonReader& reader, Horizon& horizon) {
  BAYA_RETURN_IF_ERROR(reader.BeginObject());
  Members members(reader, kHorizonMembers);
  for (;;) {
    BAYA_ASSIGN_OR_RETURN(const size_t member, members.Next());
    if (member == kHorizonMembers.size()) break;
    BAYA_RETURN_IF_ERROR(member == 0 ? ReadNumber(reader, horizon.time_ms)
                                     : ReadText(reader, horizon.message_id));
  }
  return members.HasFirst(2) ? CheckHorizon(horizon) : kMalformed;
}

Status ReadUsage(JsonReader& reader, Usage& usage) {
  BAYA_RETURN_IF_ERROR(reader.BeginObject());
  std::string name;
  for (;;) {
    BAYA_ASSIGN_OR_RETURN(const bool more, reader.NextMember(name));
    if (!more) return OkStatus();
    BAYA_ASSIGN_OR_RETURN(const Family family, ParseFamily(name));
    BAYA_ASSIGN_OR_RETURN(const int64_t used_ms, reader.Integer());
    int64_t& held = usage[static_cast<size_t>(family)];
    if (held != 0 || used_ms <= 0 || used_ms >= int64_t{1} << 53) return kMalformed;
    held = used_ms;
  }
}

// All but `fields` and `horizon` are always there.
constexpr std::array<std::string_view, 7> kDocumentMembers = {
    "format", "version", "exported_ms", "last_used_ms", "events", "fields", "horizon"};

Status ReadDocumentMember(JsonReader& reader, size_t member, ProfileData& data) {
  switch (member) {
    case 2:
      return reader.Integer().status();
    case 3:
      return ReadUsage(reader, data.usage);
    case 4:
      return ReadEvents(reader, data.events);
    case 6:
      return ReadHorizon(reader, data.horizon);
    default:
      return reader.Skip();
  }
}

// Before anything else, so that a later version is told from a broken one.
Status CheckHeader(JsonReader reader) {
  BAYA_RETURN_IF_ERROR(reader.BeginObject());
  std::string name;
  std::string format;
  int64_t version = 0;
  for (;;) {
    BAYA_ASSIGN_OR_RETURN(const bool more, reader.NextMember(name));
    if (!more) break;
    BAYA_RETURN_IF_ERROR(name == kDocumentMembers[0]   ? ReadText(reader, format)
                         : name == kDocumentMembers[1] ? ReadNumber(reader, version)
                                                       : reader.Skip());
  }
  if (format != kExportFormat || version == 0) return kMalformed;
  if (version != kExportVersion) {
    return kError<StatusCode::kUnimplemented, "the exported profile has an unknown version">;
  }
  return reader.Finish();
}

}  // namespace

Result<ProfileData> ImportJson(std::string_view text) {
  if (text.size() > kMaxImportBytes) {
    return kError<StatusCode::kResourceExhausted, "an exported profile is too long">;
  }
  JsonReader reader(text, kMaxDepth);
  BAYA_RETURN_IF_ERROR(CheckHeader(reader));
  ProfileData data;
  BAYA_RETURN_IF_ERROR(reader.BeginObject());
  Members members(reader, kDocumentMembers);
  for (;;) {
    BAYA_ASSIGN_OR_RETURN(const size_t member, members.Next());
    if (member == kDocumentMembers.size()) break;
    BAYA_RETURN_IF_ERROR(ReadDocumentMember(reader, member, data));
  }
  if (!members.HasFirst(5)) return kMalformed;
  return data;
}

}  // namespace baya::profile
