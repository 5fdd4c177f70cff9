// Which kinds of things a few late places of a shelf try out on this person: kinds that they have
// dealt little with, by Thompson sampling over what became of those tried before.
//
// A kind is an attribute of kind kCategory, an arm in the words of the field. All that is known of
// one are sums over events, so that erasing an event takes it out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pack/attributes.h"
#include "recommend/affinity.h"
#include "recommend/thompson.h"

namespace baya::recommend {

// What became of the items of one kind that were tried, each counting once a day.
struct Trials {
  uint32_t taken = 0;      // clicked, viewed, put into the cart, bought or liked
  uint32_t dismissed = 0;  // disliked
  uint32_t left = 0;       // neither
  uint32_t fresh = 0;      // of `left`, those shown on `fresh_day`
  int64_t fresh_day = 0;
};

// What is shown today is not left yet. A dismissal says as much as all the showings after which an
// item that is left rests (exposure.h).
Beta BeliefOf(const Trials& trials, int64_t today);

class Exploration {
 public:
  explicit Exploration(size_t attribute_count)
      : trials_(attribute_count), muted_(attribute_count) {}

  // Of all kinds.
  void ClearTrials() { trials_.assign(trials_.size(), {}); }
  void ClearMuted() { muted_.assign(muted_.size(), false); }

  // REQUIRES of both: `kind` is an attribute of the pack.
  void Set(AttributeId kind, const Trials& trials) { trials_[kind] = trials; }
  // Not to be explored.
  void Mute(AttributeId kind) { muted_[kind] = true; }

  // The kinds to try, the one with the highest sample first; ties go to the lower id. Without those
  // that are muted, that the person spoke of, or that they lean to by a fresh purchase or more.
  // The same for the same seed, day and trials.
  std::vector<AttributeId> Draw(const pack::Attributes& attributes, const Affinity& affinity,
                                uint64_t seed, int64_t today) const;

 private:
  std::vector<Trials> trials_;  // [m]; by attribute
  std::vector<bool> muted_;     // [m]
};

}  // namespace baya::recommend
