// The portable JSON read back, so that tests can say nothing of a profile is missing from it. What
// refuses bad documents is js-bindings/src/portable.ts; here they abort.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "codec/json.h"
#include "profile/export_names.h"
#include "profile/profile_data.h"

namespace baya::profile::testing {

class ExportReader {
 public:
  static ProfileData Read(std::string_view json) {
    const codec::JsonValue document =
        codec::ParseJson(json, {.max_bytes = kMaxBytes, .max_depth = 8}).value();
    ProfileData data;
    const std::span<const codec::JsonValue> events = document.ElementsAt("events").value();
    for (const codec::JsonValue& event : events) data.events.push_back(ReadEvent(event));
    const std::span<const codec::JsonMember> usage = Members(document, "last_used_ms").value();
    for (const codec::JsonMember& used : usage) {
      data.usage[static_cast<size_t>(ParseFamily(used.name).value())] =
          used.value.AsInt64().value();
    }
    if (const auto horizon = document.Member("horizon"); horizon.ok()) {
      data.horizon = {(*horizon)->Int64At("time_ms").value(), Text(**horizon, "message_id")};
    }
    return data;
  }

 private:
  static constexpr size_t kMaxBytes = size_t{16} << 20;

  static std::string Text(const codec::JsonValue& object, std::string_view name) {
    const Result<std::string_view> text = object.StringAt(name);
    return text.ok() ? std::string(*text) : std::string();
  }

  static std::optional<int64_t> Minor(const codec::JsonValue& object, std::string_view name) {
    const Result<int64_t> minor = object.Int64At(name);
    return minor.ok() ? std::optional(*minor) : std::nullopt;
  }

  static Result<std::span<const codec::JsonMember>> Members(const codec::JsonValue& object,
                                                            std::string_view name) {
    BAYA_ASSIGN_OR_RETURN(const codec::JsonValue* const member, object.Member(name));
    return member->Members();
  }

  static EventItem ReadItem(const codec::JsonValue& json) {
    return {.id = Text(json, "id"),
            .quantity = static_cast<uint32_t>(json.Uint64At("quantity").value()),
            .price_minor = Minor(json, "price_minor"),
            .category = Text(json, "category"),
            .brand = Text(json, "brand"),
            .gift = json.Member("gift").ok(),
            .exploring = Text(json, "exploring")};
  }

  static Correction ReadCorrection(const codec::JsonValue& json) {
    const auto* const action =
        std::find(kActionNames.begin(), kActionNames.end(), Text(json, "action"));
    return {.action = static_cast<CorrectionAction>(action - kActionNames.begin() + 1),
            .field = Text(json, "field"),
            .value = Text(json, "value")};
  }

  static Event ReadEvent(const codec::JsonValue& json) {
    Event event;
    event.kind = ParseEventKind(Text(json, "kind")).value();
    event.source = ParseEventSource(Text(json, "source")).value();
    event.time_ms = json.Int64At("time_ms").value();
    event.message_id = Text(json, "message_id");
    event.currency = Text(json, "currency");
    event.total_minor = Minor(json, "total_minor");
    event.order_id = Text(json, "order_id");
    event.query = Text(json, "query");
    event.list_id = Text(json, "list_id");
    event.category = Text(json, "category");
    event.name = Text(json, "name");
    event.subject_id = Text(json, "subject_id");
    if (const auto items = json.ElementsAt("items"); items.ok()) {
      for (const codec::JsonValue& item : *items) event.items.push_back(ReadItem(item));
    }
    if (const auto traits = Members(json, "traits"); traits.ok()) {
      for (const codec::JsonMember& trait : *traits) {
        event.traits.push_back({trait.name, std::string(trait.value.AsString().value())});
      }
    }
    if (const auto correction = json.Member("correction"); correction.ok()) {
      event.correction = ReadCorrection(**correction);
    }
    return event;
  }
};

// REQUIRES: what ExportJson wrote.
inline ProfileData ReadExport(std::string_view json) { return ExportReader::Read(json); }

}  // namespace baya::profile::testing
