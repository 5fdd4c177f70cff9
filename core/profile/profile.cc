#include "profile/profile.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "base/sort.h"

namespace baya::profile {
namespace {

using consent::Operation;

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

constexpr std::array<Operation, 6> kReads = {Operation::kRank,   Operation::kSegment,
                                             Operation::kDecide, Operation::kMeasure,
                                             Operation::kTrain,  Operation::kAnswer};

constexpr Status kWrongUse =
    kError<StatusCode::kInvalidArgument, "this use is for another operation">;
constexpr Status kNotPlanned =
    kError<StatusCode::kPermissionDenied, "the data plan does not let this purpose see this">;

bool IsOneOf(const consent::Use& use, std::initializer_list<Operation> operations) {
  return std::find(operations.begin(), operations.end(), use.operation()) != operations.end();
}

bool IsPersonReading(const consent::Use& use) {
  return IsOneOf(use, {Operation::kShow, Operation::kExport});
}

bool IsReading(const consent::Use& use) {
  return IsPersonReading(use) ||
         std::find(kReads.begin(), kReads.end(), use.operation()) != kReads.end();
}

bool IsCorrectionEvent(const Event& event) { return event.kind == EventKind::kCorrection; }

// Whether the event's order is among those seen; it is from now on. As in State::FoldOrder.
bool IsRepeated(const Event& event, std::vector<std::string_view>& seen) {
  if (event.order_id.empty()) return false;
  const std::string_view id = event.order_id;
  if (std::binary_search(seen.begin(), seen.end(), id)) return true;
  InsertSorted(seen, id);
  return false;
}

bool NotAfter(const Event& event, const Horizon& horizon) {
  return std::tie(event.time_ms, event.message_id) <= std::tie(horizon.time_ms, horizon.message_id);
}

// Valid events alone are held.
size_t EncodedSize(const Event& event) { return EncodeEvent(event).value().size(); }

}  // namespace

Result<Profile> Profile::Create(DataPlan plan, ProfileLimits limits) {
  BAYA_RETURN_IF_ERROR(ValidatePlan(plan));
  return Profile(std::move(plan), limits);
}

Result<Added> Profile::Add(consent::Use use, Event event) {
  const Operation wanted = IsCorrectionEvent(event) ? Operation::kCorrect : Operation::kIngest;
  if (use.operation() != wanted) return kWrongUse;
  return Insert(std::move(event));
}

Status Profile::CheckInsert(const Event& event) const {
  BAYA_RETURN_IF_ERROR(EncodeEvent(event).status());
  if (!IsCorrectionEvent(event)) return OkStatus();
  BAYA_RETURN_IF_ERROR(CheckCorrection(*event.correction));
  if (corrections_ >= limits_.max_corrections) {
    return kError<StatusCode::kResourceExhausted, "there are too many corrections">;
  }
  return OkStatus();
}

Result<Added> Profile::Insert(Event event) {
  BAYA_RETURN_IF_ERROR(CheckInsert(event));
  if (ids_.contains(event.message_id)) return Added::kDuplicate;
  const bool pushed_out = !horizon_.message_id.empty() && NotAfter(event, horizon_);
  if (pushed_out && !IsCorrectionEvent(event)) return Added::kTooOld;
  Place(std::move(event));
  Evict();
  return Added::kAdded;
}

void Profile::Place(Event event) {
  Count(event);
  const auto position = std::upper_bound(events_.begin(), events_.end(), event, EventBefore);
  if (position != events_.end()) stale_ = true;
  const auto placed = events_.insert(position, std::move(event));
  if (!stale_) state_.Fold(*placed);
}

void Profile::Count(const Event& event) {
  ids_.insert(event.message_id);
  if (IsCorrectionEvent(event)) {
    ++corrections_;
  } else {
    bytes_ += EncodedSize(event);
  }
}

void Profile::Uncount(const Event& event) {
  ids_.erase(event.message_id);
  if (IsCorrectionEvent(event)) {
    --corrections_;
  } else {
    bytes_ -= EncodedSize(event);
  }
}

void Profile::Evict() {
  while (events_.size() - corrections_ > limits_.max_events || bytes_ > limits_.max_bytes) {
    const auto oldest = std::find_if_not(events_.begin(), events_.end(), IsCorrectionEvent);
    horizon_ = {oldest->time_ms, oldest->message_id};
    Uncount(*oldest);
    events_.erase(oldest);
    stale_ = true;
  }
}

const State& Profile::Current() {
  if (stale_) {
    state_ = State();
    for (const Event& event : events_) state_.Fold(event);
    stale_ = false;
  }
  return state_;
}

// Whether the person had paused learning when an event came. Asked from the newest event to the
// oldest, it looks at each event once.
class Profile::Pauses {
 public:
  explicit Pauses(const std::vector<Event>& events) : events_(events), end_(events.size() + 1) {}

  bool Cover(size_t place) {
    if (end_ > place) FindBefore(place);
    return end_ > 0 && events_[end_ - 1].correction->action == CorrectionAction::kContradict;
  }

 private:
  // The last word on learning among the first `end` events; end_ is 0 when there is none.
  void FindBefore(size_t end) {
    end_ = end;
    while (end_ > 0 && !IsWordOnLearning(events_[end_ - 1])) --end_;
  }

  static bool IsWordOnLearning(const Event& event) {
    return event.correction && event.correction->field == kLearningField;
  }

  const std::vector<Event>& events_;
  size_t end_;
};

Status Profile::AllowRead(const consent::Use& use, Family family, std::string_view planned) {
  if (!IsReading(use)) return kWrongUse;
  if (IsPersonReading(use)) return OkStatus();
  if (!MayUse(plan_, planned, use.purpose())) return kNotPlanned;
  int64_t& last_used_ms = usage_[static_cast<size_t>(family)];
  last_used_ms = std::max(last_used_ms, use.now_ms());
  return OkStatus();
}

Result<std::vector<Field>> Profile::Fields(consent::Use use) {
  if (!IsReading(use)) return kWrongUse;
  std::vector<Field> fields = FieldsOf(Current(), plan_, usage_);
  if (IsPersonReading(use)) return fields;
  std::erase_if(fields, [&use](const Field& field) {
    return field.contradicted || !field.purposes.Has(use.purpose());
  });
  if (fields.empty() && !events_.empty()) return kNotPlanned;
  for (const Field& field : fields) {
    int64_t& last_used_ms = usage_[static_cast<size_t>(field.family)];
    last_used_ms = std::max(last_used_ms, use.now_ms());
  }
  return fields;
}

Result<std::vector<Interest>> Profile::Interests(consent::Use use) {
  const Status categories = AllowRead(use, Family::kInterest, field::kItemCategory);
  const Status brands = AllowRead(use, Family::kInterest, field::kItemBrand);
  if (!categories.ok() && !brands.ok()) return categories;
  std::vector<Interest> interests = InterestsOf(Current());
  std::erase_if(interests, [&](const Interest& interest) {
    return interest.kind == InterestKind::kCategory ? !categories.ok() : !brands.ok();
  });
  return interests;
}

Result<std::vector<Interaction>> Profile::History(consent::Use use, size_t max) {
  for (const Family family : {Family::kBought, Family::kViewed, Family::kOpinion}) {
    BAYA_RETURN_IF_ERROR(AllowRead(use, family, field::kItemId));
  }
  std::vector<Interaction> history;
  Pauses pauses(events_);
  for (size_t i = events_.size(); i-- > 0;) {
    const Event& event = events_[i];
    if (!IsDealing(event.kind)) continue;
    for (const EventItem& item : event.items) {
      if (history.size() == max) return history;
      const bool unlearned = item.gift || pauses.Cover(i);
      history.push_back({event.kind, event.time_ms, item.id, item.quantity, unlearned});
    }
  }
  return history;
}

Result<std::vector<std::string>> Profile::MutedReasons(consent::Use use) {
  BAYA_RETURN_IF_ERROR(AllowRead(use, Family::kReason, field::kItemId));
  std::vector<std::string> muted;
  for (const auto& [name, correction] : Current().corrections) {
    if (name.starts_with(kReasonPrefix)) muted.push_back(name.substr(kReasonPrefix.size()));
  }
  if (!Current().Learns()) muted.emplace_back(kExploringReason);
  return muted;
}

Result<std::vector<Deed>> Profile::Deeds(consent::Use use, int64_t from_ms) {
  for (const Family family : {Family::kBought, Family::kViewed}) {
    BAYA_RETURN_IF_ERROR(AllowRead(use, family, field::kItemId));
    BAYA_RETURN_IF_ERROR(AllowRead(use, family, field::kItemQuantity));
  }
  BAYA_RETURN_IF_ERROR(AllowRead(use, Family::kList, field::kListId));
  std::vector<Deed> deeds;
  std::vector<std::string_view> orders;  // ascending
  for (const Event& event : events_) {
    if (IsCorrectionEvent(event) || IsRepeated(event, orders)) continue;
    if (event.time_ms < from_ms || event.time_ms > use.now_ms()) continue;
    if (event.items.empty()) deeds.push_back({event.kind, event.time_ms, {}, 0});
    for (const EventItem& item : event.items) {
      deeds.push_back({event.kind, event.time_ms, item.id, item.quantity});
    }
  }
  return deeds;
}

Result<std::vector<Trials>> Profile::TrialsByKind(consent::Use use) {
  for (const auto planned : {field::kListId, field::kItemId, field::kItemQuantity}) {
    BAYA_RETURN_IF_ERROR(AllowRead(use, Family::kExploring, planned));
  }
  const State& state = Current();
  std::vector<Trials> trials;
  const auto count = [](const std::map<std::string, Tally>& tallies, const std::string& kind) {
    const auto found = tallies.find(kind);
    return found == tallies.end() ? 0 : found->second.count;
  };
  for (const auto& [kind, shown] : state.tried) {
    Trials of{kind, count(state.taken, kind), count(state.dismissed, kind), shown.count};
    of.left -= of.taken + of.dismissed;
    for (const auto& [id, item] : state.items) {
      if (item.tried_as == kind && item.tried_on_day == use.now_ms() / kDayMs) --of.left;
    }
    trials.push_back(of);
  }
  return trials;
}

Result<std::vector<ItemFacts>> Profile::Items(consent::Use use) {
  for (const Family family : {Family::kBought, Family::kCart, Family::kViewed, Family::kOpinion}) {
    BAYA_RETURN_IF_ERROR(AllowRead(use, family, field::kItemId));
  }
  const State& state = Current();
  std::vector<ItemFacts> items;
  for (const auto& [id, item] : state.items) {
    if (item.seen.count == 0) continue;  // tried out, and left
    const auto line = state.cart.find(id);
    items.push_back({id, item, line == state.cart.end() ? 0 : line->second});
  }
  return items;
}

Result<ProfileData> Profile::Copy(consent::Use use) const {
  if (!IsOneOf(use, {Operation::kKeep, Operation::kBackup, Operation::kExport})) return kWrongUse;
  return ProfileData{horizon_, usage_, events_};
}

Status Profile::Restore(consent::Use use, ProfileData data) {
  if (!IsOneOf(use, {Operation::kKeep, Operation::kImport})) return kWrongUse;
  BAYA_RETURN_IF_ERROR(CheckHorizon(data.horizon));
  BAYA_RETURN_IF_ERROR(CheckEvents(data.events));
  size_t corrections = corrections_;
  for (const Event& event : data.events) {
    BAYA_RETURN_IF_ERROR(EncodeEvent(event).status());
    const bool known = ids_.contains(event.message_id);
    if (!known && IsCorrectionEvent(event)) ++corrections;
  }
  if (corrections > limits_.max_corrections) {
    return kError<StatusCode::kResourceExhausted, "there are too many corrections">;
  }
  RaiseHorizon(data.horizon);
  for (size_t i = 0; i < usage_.size(); ++i) usage_[i] = std::max(usage_[i], data.usage[i]);
  for (Event& event : data.events) BAYA_RETURN_IF_ERROR(Insert(std::move(event)).status());
  return OkStatus();
}

// What the new horizon covers goes, as if it had been pushed out here.
void Profile::RaiseHorizon(const Horizon& horizon) {
  if (horizon.message_id.empty()) return;
  if (std::tie(horizon.time_ms, horizon.message_id) <=
      std::tie(horizon_.time_ms, horizon_.message_id)) {
    return;
  }
  horizon_ = horizon;
  RemoveIf([this](const Event& event) {
    return !IsCorrectionEvent(event) && NotAfter(event, horizon_);
  });
}

}  // namespace baya::profile
