#include "train/features.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "lib/tool_error.h"
#include "pack/limits.h"
#include "train/row_values.h"

namespace baya::tools {
namespace {

using pack::AttributeKind;
using Key = std::pair<AttributeKind, std::string>;

constexpr size_t kPriceBands = 5;
constexpr size_t kMostWordsPerItem = 12;

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80);
}

// English, like the rule for plurals below; in another language they seldom occur.
const std::set<std::string>& Unspecific() {
  static const std::set<std::string> words = {
      "and",    "assorted",  "asstd",   "black",  "blue",  "brown", "colour", "cream", "design",
      "for",    "from",      "gold",    "green",  "grey",  "in",    "ivory",  "large", "medium",
      "mini",   "multi",     "natural", "of",     "on",    "or",    "orange", "pack",  "pink",
      "purple", "red",       "set",     "silver", "size",  "small", "style",  "the",   "tier",
      "to",     "turquoise", "white",   "with",   "yellow"};
  return words;
}

// The s-stemmer of Harman, "How Effective Is Suffixing?", JASIS 42(1), 1991.
void DropPlural(std::string& word) {
  const auto ends = [&word](const char* ending) { return word.ends_with(ending); };
  if (word.size() <= 3) return;
  if (word == "canvas" || word == "christmas") return;  // their s is no plural
  if (ends("ies") && !ends("eies") && !ends("aies")) {
    word.replace(word.size() - 3, 3, "y");
  } else if (ends("s") && !ends("us") && !ends("ss")) {
    word.pop_back();
  }
}

// Categories, brand and tags as they are, and the title's words that are no category.
std::set<Key> KeysOf(const ItemFacts& facts) {
  std::set<Key> keys;
  const auto add = [&keys](AttributeKind kind, const std::string& name) {
    const std::string_view cut = CutText(name, pack::kMaxAttributeNameBytes);
    if (!cut.empty()) keys.emplace(kind, cut);
  };
  for (const std::string& category : facts.categories) add(AttributeKind::kCategory, category);
  add(AttributeKind::kBrand, facts.brand);
  for (const std::string& tag : facts.tags) add(AttributeKind::kTag, tag);
  for (const std::string& word : WordsOf(facts.title)) {
    if (!keys.contains({AttributeKind::kCategory, word})) add(AttributeKind::kWord, word);
  }
  return keys;
}

std::map<Key, uint32_t> CountKeys(const std::vector<std::set<Key>>& of_items) {
  std::map<Key, uint32_t> counts;
  for (const auto& keys : of_items) {
    for (const Key& key : keys) ++counts[key];
  }
  return counts;
}

// A word on more items than this says nothing ("set", "of").
size_t CommonLimit(size_t item_count) { return std::max<size_t>(20, item_count / 10); }

std::string PriceText(uint32_t minor) {
  char text[32];
  std::snprintf(text, sizeof text, "%u.%02u", minor / 100, minor % 100);
  return text;
}

// The lowest prices of the bands above the first: quintiles of the known prices, without repeats.
std::vector<uint32_t> PriceCuts(const std::vector<ItemFacts>& items) {
  std::vector<uint32_t> prices;
  for (const ItemFacts& facts : items) {
    if (facts.price_minor > 0) prices.push_back(facts.price_minor);
  }
  std::sort(prices.begin(), prices.end());
  std::vector<uint32_t> cuts;
  for (size_t i = 1; i < kPriceBands && !prices.empty(); ++i) {
    const uint32_t cut = prices[prices.size() * i / kPriceBands];
    if (cut > prices.front() && (cuts.empty() || cut > cuts.back())) cuts.push_back(cut);
  }
  return cuts;
}

std::string PriceBandName(const std::vector<uint32_t>& cuts, uint32_t price_minor) {
  const auto above = std::upper_bound(cuts.begin(), cuts.end(), price_minor);
  if (above == cuts.begin()) return "under " + PriceText(cuts.front());
  if (above == cuts.end()) return "from " + PriceText(cuts.back());
  return PriceText(*(above - 1)) + " to " + PriceText(*above - 1);
}

void AddPriceBands(const std::vector<ItemFacts>& items, std::vector<std::set<Key>>& of_items) {
  const std::vector<uint32_t> cuts = PriceCuts(items);
  if (cuts.empty()) return;
  for (size_t i = 0; i < items.size(); ++i) {
    if (items[i].price_minor == 0) continue;
    of_items[i].emplace(AttributeKind::kPriceBand, PriceBandName(cuts, items[i].price_minor));
  }
}

void AddRegions(const std::vector<ItemFacts>& items, std::vector<std::set<Key>>& of_items) {
  for (size_t i = 0; i < items.size(); ++i) {
    for (const std::string& region : items[i].regions) {
      if (region.empty() || region.size() > pack::kMaxAttributeNameBytes) {
        throw ToolError("a region of item " + items[i].id + " is empty or too long");
      }
      of_items[i].emplace(AttributeKind::kRegion, region);
    }
  }
}

// 0 for what every item has, 255 for what one in `item_count` has.
uint8_t RarityWeight(uint32_t count, size_t item_count) {
  const double all = std::log(static_cast<double>(std::max<size_t>(item_count, 2)));
  const double rarity = std::log(static_cast<double>(item_count) / count) / all;
  return static_cast<uint8_t>(std::lround(255 * std::clamp(rarity, 0.0, 1.0)));
}

// Words the pack does not carry, and for each item all but its rarest few.
void DropWords(const std::map<Key, uint32_t>& counts, size_t min_items, size_t max_items,
               std::set<Key>& keys) {
  std::vector<std::pair<uint32_t, Key>> words;
  for (const Key& key : keys) {
    if (key.first == AttributeKind::kWord) words.emplace_back(counts.at(key), key);
  }
  std::sort(words.begin(), words.end());
  size_t kept = 0;
  for (const auto& [count, key] : words) {
    const bool useful = count >= min_items && count <= max_items;
    if (useful && kept < kMostWordsPerItem) {
      ++kept;
    } else {
      keys.erase(key);
    }
  }
}

}  // namespace

std::vector<std::string> WordsOf(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && IsLetter(text[i])) {
      const char c = text[i];
      word.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    } else if (!word.empty()) {
      DropPlural(word);
      if (word.size() >= 2 && !Unspecific().contains(word)) words.push_back(word);
      word.clear();
    }
  }
  return words;
}

void DeriveCategories(std::vector<ItemFacts>& items, size_t min_items, size_t max_categories) {
  std::map<std::string, uint32_t> endings;
  for (const ItemFacts& facts : items) {
    const auto words = WordsOf(facts.title);
    if (!words.empty()) ++endings[words.back()];
  }
  std::vector<std::pair<uint32_t, std::string>> frequent;
  for (const auto& [word, count] : endings) {
    if (count >= min_items) frequent.emplace_back(count, word);
  }
  std::sort(frequent.rbegin(), frequent.rend());
  frequent.resize(std::min(frequent.size(), max_categories));
  std::set<std::string> categories;
  for (const auto& [count, word] : frequent) categories.insert(word);
  for (ItemFacts& facts : items) {
    const auto words = WordsOf(facts.title);
    const auto last = std::find_if(words.rbegin(), words.rend(), [&](const std::string& word) {
      return categories.contains(word);
    });
    if (last != words.rend()) facts.categories = {*last};
  }
}

std::vector<std::vector<ItemFeature>> ContentVectors(const std::vector<ItemFacts>& items) {
  std::vector<std::set<Key>> of_items;
  of_items.reserve(items.size());
  for (const ItemFacts& facts : items) of_items.push_back(KeysOf(facts));
  std::map<Key, uint32_t> numbers;
  const std::map<Key, uint32_t> counts = CountKeys(of_items);
  for (const auto& [key, count] : counts) {
    if (count >= 2 && count <= CommonLimit(items.size())) {
      numbers.emplace(key, static_cast<uint32_t>(numbers.size()));
    }
  }
  std::vector<std::vector<ItemFeature>> vectors(items.size());
  for (size_t i = 0; i < items.size(); ++i) {
    double squares = 0;
    for (const Key& key : of_items[i]) {
      const auto number = numbers.find(key);
      if (number == numbers.end()) continue;
      const double idf = std::log(static_cast<double>(items.size()) / counts.at(key));
      squares += idf * idf;
      vectors[i].push_back({number->second, static_cast<float>(idf)});
    }
    for (ItemFeature& feature : vectors[i]) {
      feature.weight = static_cast<float>(feature.weight / std::sqrt(squares));
    }
  }
  return vectors;
}

AttributeTable MakeAttributes(const std::vector<ItemFacts>& items, size_t min_items) {
  std::vector<std::set<Key>> of_items;
  of_items.reserve(items.size());
  for (const ItemFacts& facts : items) of_items.push_back(KeysOf(facts));
  AddPriceBands(items, of_items);
  AddRegions(items, of_items);
  const std::map<Key, uint32_t> all = CountKeys(of_items);
  for (auto& keys : of_items) DropWords(all, min_items, CommonLimit(items.size()), keys);
  AttributeTable table;
  std::map<Key, pack::AttributeId> ids;
  for (const auto& [key, count] : CountKeys(of_items)) {
    if (table.attributes.size() == pack::kMaxAttributes) break;
    ids.emplace(key, static_cast<pack::AttributeId>(ids.size()));
    const bool region = key.first == AttributeKind::kRegion;
    const uint8_t weight = region ? 0 : RarityWeight(count, items.size());
    table.attributes.push_back({key.first, key.second, weight});
  }
  for (const auto& keys : of_items) {
    std::vector<pack::AttributeId> row;
    for (const Key& key : keys) {
      const auto id = ids.find(key);
      if (id != ids.end() && row.size() < pack::kMaxAttributesPerItem) row.push_back(id->second);
    }
    std::sort(row.begin(), row.end());
    table.of_items.push_back(std::move(row));
  }
  return table;
}

}  // namespace baya::tools
