#include "profile/interest.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/sort.h"
#include "profile/limits.h"

namespace baya::profile {
namespace {

constexpr std::string_view kCategoryPrefix = "interest.category.";
constexpr std::string_view kBrandPrefix = "interest.brand.";

using Key = std::pair<InterestKind, std::string>;
using Interests = std::map<Key, Interest>;

void AddEvidence(Interests& interests, InterestKind kind, const std::string& name,
                 const ItemState& item) {
  if (name.empty()) return;
  Interest& interest = interests[{kind, name}];
  const bool first = interest.evidence == 0;
  interest.evidence += item.Evidence();
  if (first || item.seen.first_ms < interest.since_ms) interest.since_ms = item.seen.first_ms;
  if (first || item.seen.last_ms > interest.updated_ms) {
    interest.updated_ms = item.seen.last_ms;
    interest.source = item.seen.source;
  }
}

// The kind and name an interest field speaks of; false for another field.
bool ParseField(std::string_view field, Key& key) {
  for (const auto& [kind, prefix] : {std::pair(InterestKind::kCategory, kCategoryPrefix),
                                     std::pair(InterestKind::kBrand, kBrandPrefix)}) {
    if (!field.starts_with(prefix)) continue;
    key = {kind, std::string(field.substr(prefix.size()))};
    return true;
  }
  return false;
}

void Correct(Interests& interests, const State& state) {
  for (const auto& [field, correction] : state.corrections) {
    Key key;
    if (!ParseField(field, key)) continue;
    Interest& interest = interests[key];
    interest.corrected = true;
    interest.contradicted = correction.action == CorrectionAction::kContradict;
    interest.permille = 0;
    // CheckCorrection let digits alone pass, up to 1000.
    for (const char digit : correction.value) {
      interest.permille = interest.permille * 10 + static_cast<uint32_t>(digit - '0');
    }
    interest.since_ms = correction.since_ms;
    interest.updated_ms = correction.since_ms;
    interest.source = EventSource::kPerson;
  }
}

bool ListsBefore(const Interest& a, const Interest& b) {
  if (a.kind != b.kind) return a.kind < b.kind;
  if (a.permille != b.permille) return a.permille > b.permille;
  return a.name < b.name;
}

}  // namespace

std::string InterestFieldName(InterestKind kind, std::string_view name) {
  const std::string_view prefix = kind == InterestKind::kCategory ? kCategoryPrefix : kBrandPrefix;
  return std::string(prefix) + std::string(name);
}

std::vector<Interest> InterestsOf(const State& state) {
  Interests interests;
  uint32_t dealings = 0;
  for (const auto& [id, item] : state.items) {
    if (item.opinion == Opinion::kDisliked || item.Evidence() == 0) continue;
    dealings += item.Evidence();
    AddEvidence(interests, InterestKind::kCategory, item.category, item);
    AddEvidence(interests, InterestKind::kBrand, item.brand, item);
  }
  for (auto& [key, interest] : interests) {
    interest.permille = static_cast<uint32_t>(uint64_t{interest.evidence} * 1000 / dealings);
  }
  Correct(interests, state);
  std::vector<Interest> result;
  for (auto& [key, interest] : interests) {
    if (!interest.corrected && interest.evidence < kMinEvidence) continue;
    interest.kind = key.first;
    interest.name = key.second;
    interest.dealings = dealings;
    result.push_back(std::move(interest));
  }
  StableSort(result, ListsBefore);
  return result;
}

}  // namespace baya::profile
