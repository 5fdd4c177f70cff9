// What of the shelf this person has been shown and has left.
//
// A showing is an item on the shelf on one UTC day, however often the page drew it. Everything
// follows from events, so that erasing one takes it out.
#pragma once

#include <cstdint>
#include <vector>

#include "recommend/interaction.h"

namespace baya::recommend {

// Showings older than this need not be told.
inline constexpr int64_t kExposureDays = 30;

class Exposure {
 public:
  void Clear() { records_.clear(); }

  // Both in the order of time. `Take`: the person clicked, put into the cart, bought or liked it.
  void Show(ItemIndex item, int64_t day);
  void Take(ItemIndex item);

  // After kShowings in a row that were left the item rests for kRestDays. By Laplace's rule of
  // succession the chance that the next one is taken up has then fallen to one in seven.
  bool Rests(ItemIndex item, int64_t today) const;

  static constexpr uint32_t kShowings = 5;
  static constexpr int64_t kRestDays = 7;

 private:
  struct Record {
    ItemIndex item = 0;
    int64_t last_day = 0;
    uint32_t left = 0;  // showings since the last that was taken up
  };

  size_t Find(ItemIndex item) const;

  std::vector<Record> records_;  // ascending by item
};

}  // namespace baya::recommend
