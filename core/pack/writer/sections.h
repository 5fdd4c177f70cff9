// Makes the sections of a site pack, for the publisher's tools and for tests.
//
// Format: core/docs/formats/pack.md. Every function checks its input against the same limits as
// the reader: kInvalidArgument or kResourceExhausted, and what it wrote the reader accepts.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "pack/attributes.h"
#include "pack/catalogue.h"
#include "pack/model.h"
#include "pack/repeat.h"

namespace baya::pack {

struct CatalogueItem {
  std::string id;     // unique
  std::string title;  // UTF-8; cut to kMaxTitleBytes by the caller
  uint32_t price_minor = 0;
  uint8_t flags = 0;  // of ItemFlag
};

Result<Bytes> EncodeCatalogue(const std::vector<CatalogueItem>& items, std::string_view currency);

struct WeightedSource {
  ItemIndex source = 0;
  double weight = 0;
};

// `table` [n]: for each item at most kMaxSourcesPerItem sources, in any order. Weights are
// rounded to `bits` (4 or 8) signed bits of the item's largest; those that round to zero go.
Result<Bytes> EncodeModel(const std::vector<std::vector<WeightedSource>>& table, const Blend& blend,
                          uint8_t bits);

struct SessionWeights {
  std::vector<uint16_t> decay;  // SessionModel::decay
  int16_t seen_again = 0;
};

// `table` as for EncodeModel.
Result<Bytes> EncodeSession(const std::vector<std::vector<WeightedSource>>& table,
                            const SessionWeights& weights, uint8_t bits);

struct ItemPopularity {
  uint8_t level = 0;
  int8_t trend = 0;
  uint8_t repeat_rate = 0;
  uint8_t repeat_days = 0;
};

Result<Bytes> EncodePopularity(const std::vector<ItemPopularity>& items);

struct RepeatCard {
  int16_t context = 0;
  std::array<int16_t, kRepeatPoints> points{};
  std::array<int16_t, kRepeatAmounts> slopes{};
  std::vector<int8_t> item_points;  // [n]
};

Result<Bytes> EncodeRepeat(const RepeatCard& card);

struct Attribute {
  AttributeKind kind = AttributeKind::kCategory;
  std::string name;
  uint8_t weight = 0;
};

// `of_items` [n]: ascending ids without duplicates.
Result<Bytes> EncodeAttributes(const std::vector<Attribute>& attributes,
                               const std::vector<std::vector<AttributeId>>& of_items);

}  // namespace baya::pack
