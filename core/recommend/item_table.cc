#include "recommend/item_table.h"

namespace baya::recommend {

ItemTable::ItemTable(const pack::Model& model) : model_(&model), begins_(model.size() + 1) {
  for (ItemIndex item = 0; item < model.size(); ++item) {
    for (const ItemIndex source : model.sources(item)) ++begins_[source + 1];
  }
  for (size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  targets_.resize(begins_.back());
  weights_.resize(begins_.back());
  std::vector<uint32_t> next(begins_.begin(), begins_.end() - 1);
  for (ItemIndex item = 0; item < model.size(); ++item) {
    const auto sources = model.sources(item);
    const auto weights = model.weights(item);
    for (size_t i = 0; i < sources.size(); ++i) {
      const uint32_t place = next[sources[i]]++;
      targets_[place] = item;
      weights_[place] = weights[i];
    }
  }
}

void ItemTable::Add(ItemIndex source, int32_t delta_q10, ScoreBoard& board) const {
  for (uint32_t i = begins_[source]; i < begins_[source + 1]; ++i) {
    board.Add(targets_[i], int64_t{delta_q10} * weights_[i] * model_->scale(targets_[i]));
  }
}

}  // namespace baya::recommend
