// The item-to-item table: for each item the few others that speak for it, and how much.
//
// Format: core/docs/formats/pack.md §5.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "pack/catalogue.h"

namespace baya::pack {

// How the parts of a score are mixed, fitted by the trainer. Weights in units of 2^-12.
struct Blend {
  uint16_t half_life_days = 0;  // of an event; 0: no decay
  uint16_t attribute = 0;
  uint16_t repeat = 0;
  uint16_t popularity = 0;
  uint16_t trend = 0;
};

class Model {
 public:
  static Result<Model> Parse(ByteView section);

  uint32_t size() const { return static_cast<uint32_t>(scales_.size()); }
  const Blend& blend() const { return blend_; }
  uint8_t bits() const { return bits_; }

  // The weight of sources(item)[i] is weights(item)[i] * scale(item) * 2^-20.
  //
  // REQUIRES: item < size(). Sources ascend and are never `item` itself.
  std::span<const ItemIndex> sources(ItemIndex item) const {
    return {sources_.data() + begins_[item], begins_[item + 1] - begins_[item]};
  }
  std::span<const int8_t> weights(ItemIndex item) const {
    return {weights_.data() + begins_[item], begins_[item + 1] - begins_[item]};
  }
  int32_t scale(ItemIndex item) const { return scales_[item] << (8 - bits_); }

 private:
  Status ReadSources(codec::Reader& reader);
  bool DecodeRow(ItemIndex item, const uint8_t* low);
  Status ReadWeights(codec::Reader& reader);

  Blend blend_;
  uint8_t bits_ = 8;
  std::vector<uint32_t> begins_;    // [n + 1]
  std::vector<ItemIndex> sources_;  // [begins_[n]]
  std::vector<int8_t> weights_;     // [begins_[n]]
  std::vector<uint16_t> scales_;    // [n], in 2^-(12 + bits_)
};

}  // namespace baya::pack
