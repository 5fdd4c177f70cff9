// What items have in common by nature: categories, brands, tags, title words, price bands.
//
// Format: core/docs/formats/pack.md §7.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "pack/catalogue.h"
#include "pack/column.h"

namespace baya::pack {

using AttributeId = uint16_t;  // [0, m)

enum class AttributeKind : uint8_t {
  kCategory = 1,
  kBrand = 2,
  kTag = 3,
  kWord = 4,
  kPriceBand = 5,
  kRegion = 6,  // the item is sold in its regions alone; of weight 0
};

class Attributes {
 public:
  // Borrows `section`, which must outlive it.
  [[gnu::noinline]] static Result<Attributes> Parse(ByteView section);

  uint32_t item_count() const { return static_cast<uint32_t>(begins_.size() - 1); }
  uint32_t attribute_count() const { return static_cast<uint32_t>(kinds_.size()); }

  // REQUIRES: attribute < attribute_count().
  AttributeKind kind(AttributeId attribute) const {
    return static_cast<AttributeKind>(kinds_[attribute]);
  }
  std::string_view name(AttributeId attribute) const { return names_[attribute]; }
  // How much sharing it says about two items, in 1/256.
  uint8_t weight(AttributeId attribute) const { return weights_[attribute]; }

  // Ids change from pack to pack; what is kept is kind and name. O(m).
  std::optional<AttributeId> Find(AttributeKind kind, std::string_view name) const;

  // Ascending. REQUIRES: item < item_count().
  std::span<const AttributeId> of(ItemIndex item) const {
    return {ids_.data() + begins_[item], begins_[item + 1] - begins_[item]};
  }

 private:
  Status ReadNames(codec::Reader& reader, uint16_t count);
  Status ReadItems(codec::Reader& reader, uint32_t count);

  ByteView kinds_, weights_;  // [m] each
  TextColumn names_;
  std::vector<uint32_t> begins_{0};  // [n + 1]
  std::vector<AttributeId> ids_;     // [begins_[n]]
};

}  // namespace baya::pack
