#include "recommend/item_table.h"

#include "pack/limits.h"

namespace baya::recommend {

static_assert(pack::kMaxItems <= 1u << 24);  // a target takes 24 bits

// Counting sort by source. begins_[s + 2] counts row s, begins_[s + 1] is then where its next entry
// goes, and ends where row s + 1 begins.
ItemTable::ItemTable(const pack::Model& model) : model_(&model), begins_(model.size() + 2) {
  uint32_t* const begins = begins_.data();
  for (ItemIndex item = 0; item < model.size(); ++item) {
    for (const ItemIndex source : model.sources(item)) ++begins[source + 2];
  }
  for (size_t i = 1; i < begins_.size(); ++i) begins[i] += begins[i - 1];
  entries_.resize(begins_.back());
  for (ItemIndex item = 0; item < model.size(); ++item) Spread(item);
}

void ItemTable::Spread(ItemIndex item) {
  const auto sources = model_->sources(item);
  const auto weights = model_->weights(item);
  uint32_t* const next = begins_.data() + 1;
  for (size_t i = 0; i < sources.size(); ++i) {
    entries_[next[sources[i]]++] = item << 8 | static_cast<uint8_t>(weights[i]);
  }
}

void ItemTable::Add(ItemIndex source, int32_t delta_q10, ScoreBoard& board) const {
  for (uint32_t i = begins_[source]; i < begins_[source + 1]; ++i) {
    const ItemIndex target = entries_[i] >> 8;
    const auto weight = static_cast<int8_t>(entries_[i] & 0xff);
    board.Add(target, int64_t{delta_q10} * weight * model_->scale(target));
  }
}

}  // namespace baya::recommend
