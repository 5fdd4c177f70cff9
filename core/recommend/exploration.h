// Which kinds of things a few late places of a shelf try out on this person: kinds that they have
// dealt little with, by Thompson sampling over what became of those tried before.
//
// A kind is an attribute of kind kCategory, an arm in the words of the field. All that is known of
// one are sums over events, so that erasing an event takes it out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
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
  explicit Exploration(size_t attribute_count) : kinds_(attribute_count) {}

  // Of all kinds.
  void ForgetBeliefs() {
    for (Kind& kind : kinds_) kind.belief = {};
  }
  void ClearMuted() {
    for (Kind& kind : kinds_) kind.muted = false;
  }

  // REQUIRES of both: `kind` is an attribute of the pack.
  void Believe(AttributeId kind, const Beta& belief) { kinds_[kind].belief = belief; }
  // Not to be explored.
  void Mute(AttributeId kind) { kinds_[kind].muted = true; }

  // Decides anew which kinds are to be tried, and in which order: the same for the same seed and
  // beliefs. Left out is what is no kind, is muted, the person spoke of, or leans to by a fresh
  // purchase or more.
  void Draw(const pack::Attributes& attributes, const Affinity& affinity, uint64_t seed);
  // The next of the kinds drawn, each once; nullopt: there are no more. O(m) for m attributes.
  std::optional<AttributeId> Next();

 private:
  struct Kind {
    Beta belief;
    bool muted = false;
    uint64_t sample = 0;  // 0: not to be tried, or tried already
  };

  std::vector<Kind> kinds_;  // [m]; by attribute
};

}  // namespace baya::recommend
