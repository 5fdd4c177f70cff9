// A second item-to-item table, for what the visitor did just now: which item is next.
//
// Format: core/docs/formats/pack.md, "Session".
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "pack/model.h"

namespace baya::pack {

class SessionModel {
 public:
  static Result<SessionModel> Parse(ByteView section);

  // How much the last items of a visit count, newest first, in 2^-10; the weight of the whole
  // table beside the other terms is in it. 1 to kMaxSessionItems.
  std::span<const uint16_t> decay() const { return decay_; }

  // What an item of the visit gets for itself, times its decay, in 2^-12; negative where people
  // do not come back to what they have seen.
  int16_t seen_again() const { return seen_again_; }

  // Its blend is not used.
  const Model& table() const { return table_; }

 private:
  std::vector<uint16_t> decay_;
  int16_t seen_again_ = 0;
  Model table_;
};

}  // namespace baya::pack
