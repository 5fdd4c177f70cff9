// Segment's "Page", "Identify" and "Group" specifications.

#include <algorithm>
#include <string>
#include <utility>

#include "base/sort.h"
#include "profile/limits.h"
#include "profile/vocabulary_parts.h"

namespace baya::profile {
namespace {

// The call's name, as the plan's field `planned`.
void ReadName(const Call& call, const DataPlan& plan, std::string_view planned, size_t max_bytes,
              std::string& out, Translation& translation) {
  if (call.name.empty()) return;
  if (FindPlanned(plan, planned) == nullptr) {
    translation.refused.push_back(planned);
  } else if (!IsPlainText(call.name, max_bytes)) {
    translation.reject = Reject::kBadText;
  } else {
    out = call.name;
  }
}

Translation TranslatePage(const Call& call, const DataPlan& plan) {
  Translation translation;
  translation.event.kind = EventKind::kPage;
  ReadName(call, plan, field::kPageName, kMaxTextBytes, translation.event.name, translation);
  Properties properties(call.properties, plan);
  translation.event.category =
      properties.Text({"category"}, field::kPageCategory, kMaxTextBytes).value_or("");
  Close(properties, translation);
  return translation;
}

void ReadTraits(const Value& object, Properties& properties, Event& event) {
  for (const Property& member : object.members) {
    const std::string planned = std::string(field::kTraitPrefix) + std::string(member.name);
    std::optional<std::string> value = properties.Text({member.name}, planned, kMaxTraitValueBytes);
    if (value) event.traits.push_back({std::string(member.name), *std::move(value)});
  }
  StableSort(event.traits, [](const Trait& a, const Trait& b) { return a.name < b.name; });
}

Translation TranslateIdentify(const Call& call, const DataPlan& plan) {
  Translation translation;
  Event& event = translation.event;
  event.kind = EventKind::kIdentify;
  ReadName(call, plan, field::kUserId, kMaxIdBytes, event.subject_id, translation);
  Properties properties(call.properties, plan);
  ReadTraits(call.properties, properties, event);
  Close(properties, translation);
  if (translation.reject != Reject::kNone) return translation;
  if (event.traits.size() > kMaxTraitsPerEvent) translation.reject = Reject::kTooMany;
  if (event.subject_id.empty() && event.traits.empty()) {
    translation.reject =
        translation.refused.empty() ? Reject::kMissingField : Reject::kFieldNotPlanned;
  }
  return translation;
}

// A group's own traits say nothing of the person and are left out.
Translation TranslateGroup(const Call& call, const DataPlan& plan) {
  Translation translation;
  Event& event = translation.event;
  event.kind = EventKind::kGroup;
  ReadName(call, plan, field::kGroupId, kMaxIdBytes, event.subject_id, translation);
  const bool refused = !translation.refused.empty();
  Close(Properties(call.properties, plan), translation);
  if (translation.reject == Reject::kNone && event.subject_id.empty()) {
    translation.reject = refused ? Reject::kFieldNotPlanned : Reject::kMissingField;
  }
  return translation;
}

}  // namespace

std::optional<Translation> TranslateSegmentSpec(const Call& call, const DataPlan& plan) {
  switch (call.verb) {
    case Verb::kPage:
      return TranslatePage(call, plan);
    case Verb::kIdentify:
      return TranslateIdentify(call, plan);
    case Verb::kGroup:
      return TranslateGroup(call, plan);
    case Verb::kTrack:
      break;
  }
  return std::nullopt;
}

}  // namespace baya::profile
