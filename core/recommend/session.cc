#include "recommend/session.h"

#include <algorithm>
#include <cstddef>

namespace baya::recommend {
namespace {

// The latest deeds of a visit that are searched for its last ten items: room for each of them to
// be seen six times, as someone does who compares.
constexpr size_t kDeeds = 64;

bool ShowsWhatIsSought(const Interaction& interaction) {
  if (interaction.weight_permille == 0) return false;
  switch (interaction.kind) {
    case InteractionKind::kViewed:
    case InteractionKind::kClicked:
    case InteractionKind::kAdded:
    case InteractionKind::kOrdered:
      return true;
    default:
      return false;
  }
}

}  // namespace

Session::Session(const pack::SessionModel* model) : model_(model) {
  if (model != nullptr) table_.emplace(model->table());
}

void Session::Clear(ScoreBoard& board) {
  AddRows(-1, board);
  items_.clear();
  deeds_.clear();
}

void Session::Add(const Interaction& interaction) {
  if (model_ == nullptr || !ShowsWhatIsSought(interaction)) return;
  size_t place = deeds_.size();
  while (place > 0 && (deeds_[place - 1].time_ms < interaction.time_ms ||
                       (deeds_[place - 1].time_ms == interaction.time_ms &&
                        deeds_[place - 1].item > interaction.item))) {
    --place;
  }
  if (place == kDeeds) return;
  deeds_.insert(deeds_.begin() + static_cast<std::ptrdiff_t>(place),
                {interaction.time_ms, interaction.item});
  if (deeds_.size() > kDeeds) deeds_.pop_back();
}

void Session::FindLastItems(int64_t now_ms, const History& history,
                            const std::vector<bool>& muted) {
  found_.clear();
  const size_t most = model_->decay().size();
  int64_t later_ms = now_ms;
  for (const Deed& deed : deeds_) {
    if (later_ms > deed.time_ms && later_ms - deed.time_ms > kVisitGapMs) break;
    later_ms = deed.time_ms;
    if (muted[deed.item] || history.Of(deed.item).opinion == Opinion::kDisliked) continue;
    if (std::find(found_.begin(), found_.end(), deed.item) != found_.end()) continue;
    found_.push_back(deed.item);
    if (found_.size() == most) break;
  }
}

void Session::AddRows(int32_t sign, ScoreBoard& board) const {
  for (size_t place = 0; place < items_.size(); ++place) {
    table_->Add(items_[place], sign * model_->decay()[place], board);
    board.Add(items_[place], sign * SeenAgain(place));
  }
}

void Session::MoveTo(int64_t now_ms, const History& history, const std::vector<bool>& muted,
                     ScoreBoard& board) {
  if (deeds_.empty()) return;
  FindLastItems(now_ms, history, muted);
  if (found_ == items_) return;
  AddRows(-1, board);
  items_.swap(found_);
  AddRows(1, board);
}

// 2^-10 (decay) * 2^-12 is 2^-22; 2^8 of 2^-30.
int64_t Session::SeenAgain(size_t place) const {
  return int64_t{model_->seen_again()} * model_->decay()[place] * (1 << 8);
}

int64_t Session::Points(size_t place, ItemIndex item) const {
  if (items_[place] == item) return SeenAgain(place);  // an item is never its own source
  const auto sources = model_->table().sources(item);
  const auto found = std::lower_bound(sources.begin(), sources.end(), items_[place]);
  if (found == sources.end() || *found != items_[place]) return 0;
  const int64_t weight =
      model_->table().weights(item)[static_cast<size_t>(found - sources.begin())];
  return weight * model_->decay()[place] * model_->table().scale(item);
}

}  // namespace baya::recommend
