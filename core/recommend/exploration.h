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

// What is believed of a kind after so many of its items that were tried were taken up, were left
// when their day was over, and were dismissed. A dismissal says as much as all the showings after
// which an item that is left rests.
Beta BeliefOf(uint32_t taken, uint32_t left, uint32_t dismissed);

class Exploration {
 public:
  explicit Exploration(size_t attribute_count)
      : beliefs_(attribute_count), muted_(attribute_count) {}

  // Of all kinds.
  void ForgetBeliefs() { beliefs_.assign(beliefs_.size(), {}); }
  void ClearMuted() { muted_.assign(muted_.size(), false); }

  // REQUIRES of both: `kind` is an attribute of the pack.
  void Believe(AttributeId kind, const Beta& belief) { beliefs_[kind] = belief; }
  // Not to be explored.
  void Mute(AttributeId kind) { muted_[kind] = true; }

  // Of each kind a sample, the higher the sooner it is to be tried; by attribute, the same for the
  // same seed and beliefs. 0 for what is not to be tried: no kind, muted, something the person
  // spoke of, or what they lean to by a fresh purchase or more.
  std::vector<uint64_t> Draw(const pack::Attributes& attributes, const Affinity& affinity,
                             uint64_t seed) const;

 private:
  std::vector<Beta> beliefs_;  // [m]; by attribute
  std::vector<bool> muted_;    // [m]
};

}  // namespace baya::recommend
