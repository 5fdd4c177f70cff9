// One person's unified profile: the events held, and everything that follows from them.
//
// Invariants: the same events give the same profile whatever the order they arrive in, and taking
// an event out leaves the profile that would be without it. Both hold because all but the events
// is folded from them, in the order of EventBefore; in that order a fold costs the new event
// alone, out of it the next read folds everything once.
//
// Every function that reads or changes personal data takes the Use that a consent::Gate gave for
// it. kInvalidArgument wherever the use is for another operation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/function_ref.h"
#include "base/result.h"
#include "base/status.h"
#include "consent/gate.h"
#include "profile/data_plan.h"
#include "profile/event.h"
#include "profile/fields.h"
#include "profile/interest.h"
#include "profile/limits.h"
#include "profile/profile_data.h"
#include "profile/state.h"

namespace baya::profile {

enum class Added : uint8_t {
  kAdded,
  kDuplicate,  // an event of this message id is held
  kTooOld,     // before what limits have pushed out
};

// One dealing of the person with one item, for a recommender.
struct Interaction {
  EventKind kind{};  // kProductViewed to kOrderCompleted, kProductLiked or kProductDisliked
  int64_t time_ms = 0;
  std::string item;
  uint32_t quantity = 0;
  bool unlearned = false;  // a gift, or done while the person had paused learning

  friend bool operator==(const Interaction&, const Interaction&) = default;
};

// The same for a measurement, with what the page's own shelf showed. Borrowed from the profile.
struct Deed {
  EventKind kind{};
  int64_t time_ms = 0;
  std::string_view item;  // empty: an event without items
  uint32_t quantity = 0;
};

// Of all items of a kind that places of the shelf tried out on the person, each once a day.
struct Trials {
  std::string_view kind;
  uint32_t taken = 0;      // and then viewed, clicked, put into the cart, ordered or liked
  uint32_t dismissed = 0;  // disliked
  uint32_t left = 0;       // neither, on the UTC days before that of the use

  friend bool operator==(const Trials&, const Trials&) = default;
};

struct ItemFacts {
  std::string item;
  ItemState state;
  uint64_t in_cart = 0;  // pieces
};

struct Erased {
  std::vector<std::string> removed;  // message ids
  std::vector<Bytes> rewritten;      // encoded events in place of those of the same message id
};

class Profile {
 public:
  // Errors: those of ValidatePlan.
  static Result<Profile> Create(DataPlan plan, ProfileLimits limits = {});

  // `use`: kIngest, or kCorrect for a correction. kInvalidArgument when the event is not valid or
  // corrects what cannot be corrected, kResourceExhausted past max_corrections.
  Result<Added> Add(consent::Use use, Event event);

  // Reading. For the person's own rights everything; for anything else what the plan lets the
  // use's purpose see, and kPermissionDenied when that excludes all; then the fields count as used.
  // `use`: kShow, kExport, or any of kRank, kSegment, kDecide, kMeasure, kTrain and kAnswer.

  // What the person contradicted is left out, but for the person.
  Result<std::vector<Field>> Fields(consent::Use use);
  Result<std::vector<Interest>> Interests(consent::Use use);
  // The fields of Family::kReason that the person contradicted, without their prefix;
  // kExploringReason among them while the person has paused learning.
  Result<std::vector<std::string>> MutedReasons(consent::Use use);
  // Newest first, at most `max`.
  Result<std::vector<Interaction>> History(consent::Use use, size_t max);
  // Oldest first, from `from_ms` to the time of the use; holds until the profile changes. A
  // product list has products when it is the shelf's. Without corrections, and without what
  // reports an order again.
  Result<std::vector<Deed>> Deeds(consent::Use use, int64_t from_ms);
  // What became of what was tried out, ascending by kind. Borrowed from the profile.
  Result<std::vector<Trials>> TrialsByKind(consent::Use use);
  // Every item the person has dealt with, ascending by id.
  Result<std::vector<ItemFacts>> Items(consent::Use use);

  // Erasing. `use`: kErase. Nothing found is an empty result, not an error.

  Result<Erased> EraseEvent(consent::Use use, std::string_view message_id);
  // The item out of every event. An order keeps its other lines and loses its total.
  Result<Erased> EraseItem(consent::Use use, std::string_view item);
  // Who the person is: every identify and group, and what they set right of either.
  Result<Erased> EraseIdentity(consent::Use use);
  // Every event in [from_ms, to_ms), corrections too.
  Result<Erased> EraseSpan(consent::Use use, int64_t from_ms, int64_t to_ms);
  // What the plan's retention no longer covers at `as_of_ms`. `use`: kKeep.
  Result<Erased> Expire(consent::Use use, int64_t as_of_ms);

  // All there is to keep or take away. `use`: kKeep, kBackup or kExport.
  Result<ProfileData> Copy(consent::Use use) const;
  // Merges what Copy gave with what is held. `use`: kKeep or kImport. Nothing changes on an error.
  Status Restore(consent::Use use, ProfileData data);

  size_t event_count() const { return events_.size(); }

 private:
  Profile(DataPlan plan, ProfileLimits limits) : plan_(std::move(plan)), limits_(limits) {}

  Result<Added> Insert(Event event);
  Status CheckInsert(const Event& event) const;
  void Place(Event event);
  void Evict();
  void RaiseHorizon(const Horizon& horizon);
  Erased RemoveIf(FunctionRef<bool(const Event&)> goes);
  // Keep the index and the sums in step with events_.
  void Count(const Event& event);
  void Uncount(const Event& event);
  const State& Current();
  class Pauses;

  // Whether `use` may read `family` as the plan's field `planned`; marks it used.
  Status AllowRead(const consent::Use& use, Family family, std::string_view planned);

  DataPlan plan_;
  ProfileLimits limits_;
  std::vector<Event> events_;               // by EventBefore
  std::set<std::string, std::less<>> ids_;  // of events_
  size_t bytes_ = 0;                        // encoded, without corrections
  size_t corrections_ = 0;                  // of events_
  Horizon horizon_;
  Usage usage_{};
  State state_;
  bool stale_ = false;  // state_ is not that of events_
};

}  // namespace baya::profile
