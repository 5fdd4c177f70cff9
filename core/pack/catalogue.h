// The items of a shop as a page needs them: identifiers, titles, prices, flags.
//
// Format: core/docs/formats/pack.md §4.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "pack/column.h"

namespace baya::pack {

using ItemIndex = uint32_t;  // row of a pack, [0, n); the same in all of its sections

enum ItemFlag : uint8_t {
  kUnavailable = 1,    // sold out or withdrawn: never recommended
  kReplenishable = 2,  // used up and bought again
  kAdult = 4,          // shown only where the site asks for it
};

class Catalogue {
 public:
  // Borrows `section`, which must outlive the catalogue.
  [[gnu::noinline]] static Result<Catalogue> Parse(ByteView section);

  uint32_t size() const { return static_cast<uint32_t>(flags_.size()); }

  // REQUIRES: item < size().
  std::string_view id(ItemIndex item) const { return ids_[item]; }
  std::string_view title(ItemIndex item) const { return titles_[item]; }
  uint8_t flags(ItemIndex item) const { return flags_[item]; }
  uint32_t price_minor(ItemIndex item) const { return prices_[item]; }  // cents; 0: unknown

  // ISO 4217, three capital letters, or "XXX" when the shop named none.
  std::string_view currency() const { return currency_; }

  std::optional<ItemIndex> Find(std::string_view id) const;

 private:
  Status ReadItems(codec::Reader& reader, uint32_t count);
  Status IndexIds();
  size_t SlotOf(std::string_view id) const;

  std::string_view currency_;
  TextColumn ids_;
  TextColumn titles_;
  std::vector<uint32_t> prices_;
  ByteView flags_;
  // Hash table with linear probing, at most half full: an item + 1, or 0.
  std::vector<uint32_t> slots_{0};  // [a power of two]
};

}  // namespace baya::pack
