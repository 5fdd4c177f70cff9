#include "train/user_items.h"

#include <algorithm>

namespace baya::tools {

UserItems::UserItems(std::vector<std::vector<uint32_t>> rows, uint32_t item_count)
    : item_count_(item_count), begins_{0} {
  for (std::vector<uint32_t>& row : rows) {
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
    items_.insert(items_.end(), row.begin(), row.end());
    begins_.push_back(items_.size());
  }
}

UserItems UserItems::FromLog(const Log& log) {
  std::vector<std::vector<uint32_t>> rows(log.users.size());
  for (const Interaction& row : log.interactions) rows[row.user].push_back(row.item);
  return {std::move(rows), static_cast<uint32_t>(log.items.size())};
}

UserItems UserItems::Where(const std::vector<bool>& keep) const {
  std::vector<std::vector<uint32_t>> rows;
  for (uint32_t user = 0; user < user_count(); ++user) {
    if (keep[user]) rows.emplace_back(of(user).begin(), of(user).end());
  }
  return {std::move(rows), item_count_};
}

UserItems UserItems::Transposed() const {
  std::vector<std::vector<uint32_t>> rows(item_count_);
  for (uint32_t user = 0; user < user_count(); ++user) {
    for (const uint32_t item : of(user)) rows[item].push_back(user);
  }
  return {std::move(rows), user_count()};
}

}  // namespace baya::tools
