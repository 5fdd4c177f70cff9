#include "train/shop.h"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <string_view>
#include <unordered_map>

#include "lib/tool_error.h"
#include "train/features.h"

namespace baya::tools {
namespace {

// An item counts as replenishable when a quarter of at least twenty buyers came back for it.
constexpr uint32_t kRepeatMinUsers = 20;
constexpr uint32_t kRepeatShare = 4;

// A category is a cell of a histogram that people are counted in; see DeriveCategories.
constexpr size_t kMinCategoryItems = 10;
constexpr size_t kMaxDerivedCategories = 48;

// Counting pairs is quadratic in a user's items. The largest customer of the Online Retail log,
// a wholesaler, has 1,785; above this a row says more of the catalogue than of taste.
constexpr size_t kMostItemsPerUser = 2000;

// The log's item of each of the pack's.
std::vector<uint32_t> Numbered(const Log& log, const std::vector<ItemCounts>& counts,
                               const std::vector<std::string>& numbered) {
  std::unordered_map<std::string_view, size_t> place;
  for (const std::string& id : numbered) place.emplace(id, place.size());
  std::vector<size_t> places(counts.size(), numbered.size());
  for (uint32_t item = 0; item < places.size(); ++item) {
    const auto found = place.find(log.items[item].id);
    if (found != place.end()) places[item] = found->second;
  }
  std::vector<uint32_t> order(counts.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    if (places[a] != places[b]) return places[a] < places[b];
    return counts[a].users > counts[b].users;
  });
  return order;
}

std::vector<uint32_t> Inverse(const std::vector<uint32_t>& order) {
  std::vector<uint32_t> inverse(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) inverse[order[i]] = i;
  return inverse;
}

std::vector<ItemFacts> InOrder(const Log& log, const std::vector<uint32_t>& order) {
  std::vector<ItemFacts> facts;
  facts.reserve(order.size());
  for (const uint32_t item : order) facts.push_back(log.items[item]);
  const bool any_category = std::any_of(
      facts.begin(), facts.end(), [](const ItemFacts& item) { return !item.categories.empty(); });
  if (!any_category) DeriveCategories(facts, kMinCategoryItems, kMaxDerivedCategories);
  return facts;
}

// Of rows that are too long, as many items as a row may have, evenly spread over popularity.
void ShortenRows(std::vector<std::vector<uint32_t>>& rows) {
  size_t shortened = 0;
  for (std::vector<uint32_t>& row : rows) {
    if (row.size() <= kMostItemsPerUser) continue;
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
    const size_t size = row.size();
    if (size <= kMostItemsPerUser) continue;
    for (size_t i = 0; i < kMostItemsPerUser; ++i) row[i] = row[i * size / kMostItemsPerUser];
    row.resize(kMostItemsPerUser);
    ++shortened;
  }
  if (shortened > 0) {
    std::fprintf(stderr, "  %zu users have more than %zu items: so many of each teach pairs\n",
                 shortened, kMostItemsPerUser);
  }
}

UserItems TrainingUsers(const Log& log, const std::vector<bool>& keep,
                        const std::vector<uint32_t>& pack_item, uint32_t min_items) {
  std::vector<std::vector<uint32_t>> rows(log.users.size());
  for (const Interaction& row : log.interactions) {
    if (keep[row.user]) rows[row.user].push_back(pack_item[row.item]);
  }
  ShortenRows(rows);
  const UserItems all(std::move(rows), static_cast<uint32_t>(log.items.size()));
  std::vector<bool> enough(all.user_count());
  for (uint32_t user = 0; user < all.user_count(); ++user) {
    enough[user] = all.of(user).size() >= min_items;
  }
  return all.Where(enough);
}

}  // namespace

Shop::Shop(const Log& log, const std::vector<bool>& keep, const ShopSettings& settings)
    : log_(&log),
      counts_(CountItems(log, keep, settings.ridge.min_support)),
      log_item_(Numbered(log, counts_, settings.numbered)),
      pack_item_(Inverse(log_item_)),
      facts_(InOrder(log, log_item_)),
      gram_(TrainingUsers(log, keep, pack_item_, settings.min_items), ContentVectors(facts_),
            settings.ridge.min_support) {}

std::vector<pack::CatalogueItem> Shop::CatalogueItems() const {
  std::vector<pack::CatalogueItem> items;
  for (uint32_t i = 0; i < facts_.size(); ++i) {
    const ItemFacts& facts = facts_[i];
    const ItemCounts& counts = counts_[log_item_[i]];
    const bool comes_back =
        counts.users >= kRepeatMinUsers && counts.repeat_users * kRepeatShare >= counts.users;
    unsigned flags = 0;
    if (!facts.available) flags |= pack::kUnavailable;
    if (facts.adult) flags |= pack::kAdult;
    if (facts.replenishable.value_or(comes_back)) flags |= pack::kReplenishable;
    items.push_back({facts.id, facts.title, facts.price_minor, static_cast<uint8_t>(flags)});
  }
  return items;
}

std::vector<pack::Section> Shop::Sections(
    const std::vector<std::vector<pack::WeightedSource>>& table,
    const ShopSettings& settings) const {
  std::vector<pack::ItemPopularity> popularity;
  for (const uint32_t item : log_item_) popularity.push_back(counts_[item].popularity);
  const AttributeTable attributes = MakeAttributes(facts_, settings.min_attribute);
  std::vector<pack::Section> sections;
  sections.push_back(
      {pack::SectionType::kCatalogue,
       OrThrow(pack::EncodeCatalogue(CatalogueItems(), log_->currency), "the catalogue")});
  sections.push_back(
      {pack::SectionType::kModel,
       OrThrow(pack::EncodeModel(table, settings.blend, settings.bits), "the model")});
  sections.push_back({pack::SectionType::kPopularity,
                      OrThrow(pack::EncodePopularity(popularity), "the popularity")});
  sections.push_back({pack::SectionType::kAttributes,
                      OrThrow(pack::EncodeAttributes(attributes.attributes, attributes.of_items),
                              "the attributes")});
  if (settings.repeat) {
    std::vector<ItemCounts> counts;
    for (const uint32_t item : log_item_) counts.push_back(counts_[item]);
    sections.push_back(
        {pack::SectionType::kRepeat,
         OrThrow(pack::EncodeRepeat(settings.repeat->Card(counts)), "buying again")});
  }
  return sections;
}

}  // namespace baya::tools
