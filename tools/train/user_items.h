// Who bought what, once each: a sparse binary matrix.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "train/log.h"

namespace baya::tools {

class UserItems {
 public:
  // rows[u]: what user u bought, in any order and with repetitions.
  UserItems(std::vector<std::vector<uint32_t>> rows, uint32_t item_count);

  // All users of `log`, in its numbering.
  static UserItems FromLog(const Log& log);

  uint32_t user_count() const { return static_cast<uint32_t>(begins_.size() - 1); }
  uint32_t item_count() const { return item_count_; }
  // Ascending.
  std::span<const uint32_t> of(uint32_t user) const {
    return {items_.data() + begins_[user], items_.data() + begins_[user + 1]};
  }

  // The same users for whom `keep` holds, in the same order.
  UserItems Where(const std::vector<bool>& keep) const;

  // The matrix turned round: for each item its users.
  UserItems Transposed() const;

  size_t size() const { return items_.size(); }

 private:
  uint32_t item_count_;
  std::vector<size_t> begins_;  // [users + 1]
  std::vector<uint32_t> items_;
};

}  // namespace baya::tools
