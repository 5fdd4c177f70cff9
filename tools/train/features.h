// What an item is, from its catalogue entry: categories, brand, tags, words, price band.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pack/writer/sections.h"
#include "train/log.h"

namespace baya::tools {

// Words of two letters or more, in small letters and without a plural s; any byte outside ASCII
// counts as a letter. Function words and colours are left out: they say little of what a thing is.
std::vector<std::string> WordsOf(const std::string& text);

// For a catalogue without categories: the last word of a title that ends at least `min_items`
// titles ("red retrospot cake stand" is a stand), the most frequent `max_categories` of them.
void DeriveCategories(std::vector<ItemFacts>& items, size_t min_items, size_t max_categories);

struct ItemFeature {
  uint32_t feature = 0;
  float weight = 0;
};

// [n]: unit vectors of inverse document frequency over categories, brand, tags and words that
// two items and at most a tenth of all (at least 20) share.
std::vector<std::vector<ItemFeature>> ContentVectors(const std::vector<ItemFacts>& items);

struct AttributeTable {
  std::vector<pack::Attribute> attributes;
  std::vector<std::vector<pack::AttributeId>> of_items;  // [n], ascending
};

// The attributes that a pack carries: all categories, brands and tags, words that at least
// `min_items` items share, and five price bands. Weights grow with rarity.
AttributeTable MakeAttributes(const std::vector<ItemFacts>& items, size_t min_items);

}  // namespace baya::tools
