#include "recommend/exposure.h"

#include <algorithm>
#include <cstddef>

namespace baya::recommend {

// The item's place, or where it would be.
size_t Exposure::Find(ItemIndex item) const {
  const auto place =
      std::lower_bound(records_.begin(), records_.end(), item,
                       [](const Record& record, ItemIndex id) { return record.item < id; });
  return static_cast<size_t>(place - records_.begin());
}

void Exposure::Show(ItemIndex item, int64_t day) {
  const size_t place = Find(item);
  if (place == records_.size() || records_[place].item != item) {
    records_.insert(records_.begin() + static_cast<ptrdiff_t>(place), {item, day, 1});
    return;
  }
  Record& record = records_[place];
  if (record.last_day == day) return;
  record.last_day = day;
  ++record.left;
}

void Exposure::Take(ItemIndex item) {
  const size_t place = Find(item);
  if (place < records_.size() && records_[place].item == item) records_[place].left = 0;
}

bool Exposure::Rests(ItemIndex item, int64_t today) const {
  const size_t place = Find(item);
  if (place == records_.size() || records_[place].item != item) return false;
  return records_[place].left >= kShowings && today - records_[place].last_day <= kRestDays;
}

}  // namespace baya::recommend
