#include "measure/conversion.h"

#include <string_view>
#include <vector>

namespace baya::measure {

using profile::Deed;
using profile::EventKind;

namespace {

// When an item was first shown.
struct Shown {
  std::string_view item;
  int64_t since_ms = 0;
};

// Null when it was not shown. A shelf shows few items, and a catalogue has some thousands.
const Shown* Find(const std::vector<Shown>& shown, std::string_view item) {
  for (const Shown& one : shown) {
    if (one.item == item) return &one;
  }
  return nullptr;
}

// Each item once, the earliest first.
std::vector<Shown> Exposures(std::span<const Deed> deeds) {
  std::vector<Shown> shown;
  for (const Deed& deed : deeds) {
    const bool exposes = deed.kind == EventKind::kProductListViewed && !deed.item.empty();
    if (exposes && Find(shown, deed.item) == nullptr) shown.push_back({deed.item, deed.time_ms});
  }
  return shown;
}

}  // namespace

std::optional<Conversion> ConversionAfterRecommendation(std::span<const Deed> deeds) {
  if (deeds.empty()) return std::nullopt;
  const std::vector<Shown> shown = Exposures(deeds);
  if (shown.empty()) return kShownNothing;
  Conversion conversion = kShownBoughtNothing;
  for (const Deed& deed : deeds) {
    const bool follows = deed.time_ms > shown.front().since_ms;
    if (deed.kind != EventKind::kOrderCompleted || !follows) continue;
    const Shown* first = Find(shown, deed.item);
    if (first != nullptr && first->since_ms < deed.time_ms) return kBoughtWhatWasShown;
    conversion = kBoughtSomethingElse;
  }
  return conversion;
}

}  // namespace baya::measure
