// Ranks a shop's items for one visitor, and says why.
//
// Every term is an integer and every sum exact, so that the same pack, history and time give the
// same shelf to the bit everywhere, and the contributions of an item add up to its score.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "pack/site_pack.h"
#include "recommend/affinity.h"
#include "recommend/diversity.h"
#include "recommend/exploration.h"
#include "recommend/exposure.h"
#include "recommend/history.h"
#include "recommend/interaction.h"
#include "recommend/item_table.h"
#include "recommend/ranked_item.h"
#include "recommend/rules.h"
#include "recommend/score_board.h"
#include "recommend/session.h"
#include "recommend/shelf_request.h"

namespace baya::recommend {

struct Explanation {
  int64_t score = 0;
  // Never 0 points; they add up to score. That of exploring first, then the largest.
  std::vector<Contribution> contributions;
};

struct Leaning {
  AttributeId attribute = 0;
  int64_t strength_q10 = 0;  // 1024 for one fresh purchase
  bool declared = false;     // by the person, not inferred
};

// The state of one visitor over one pack. Knows nothing of consent: the caller passes the gate
// of purpose `personalize` before every call.
class Recommender {
 public:
  // The pack must outlive the recommender. Errors: kFailedPrecondition (a pack without a shop).
  static Result<Recommender> Create(const pack::SitePack& pack);

  // Takes in one more interaction; O(one row). The order of calls does not matter.
  //
  // Errors: kInvalidArgument (no such item), kResourceExhausted (History::kMaxInteractions).
  Status Add(const Interaction& interaction, int64_t now_ms);

  // Forgets all interactions, as after an erasure; what was declared or muted stays.
  void Forget();

  // The person's own word for an attribute (Affinity::Declare). Errors: kInvalidArgument.
  Status Declare(AttributeId attribute, std::optional<int32_t> leaning_q10);

  // Nothing is recommended because of this item any more, or again. What was ordered or disliked
  // stays ordered or disliked. Errors: kInvalidArgument (no such item).
  Status Mute(ItemIndex item, bool muted);

  // What this person has been shown, told by the caller.
  Exposure& exposure() { return exposure_; }
  // Likewise what was tried out on them.
  Exploration& exploration() { return exploration_; }

  // Best first. Fewer than k only when the shop has no more to show. Sold-out and disliked items
  // never.
  //
  // O(n / 16 + history + k log k) for n items, after what has changed since the last call. Where
  // the caller hands in the same shelf again, nothing is allocated once it has served for as much.
  //
  // Errors: kInvalidArgument (k out of range, an unknown item to exclude).
  Status Recommend(const ShelfRequest& request, int64_t now_ms, std::vector<RankedItem>& shelf);
  Result<std::vector<RankedItem>> Recommend(const ShelfRequest& request, int64_t now_ms) {
    std::vector<RankedItem> shelf;
    BAYA_RETURN_IF_ERROR(Recommend(request, now_ms, shelf));
    return shelf;
  }

  // For any item, on the shelf or not. Errors: kInvalidArgument (no such item).
  Result<Explanation> Explain(ItemIndex item, int64_t now_ms);
  // The same for a place on a shelf, as Recommend gave it at this time.
  Result<Explanation> Explain(const RankedItem& place, int64_t now_ms);

  // Why the item is not on such a shelf, whatever its score; nullopt: nothing is against it.
  //
  // REQUIRES: the item is one of the pack's.
  std::optional<Withheld> Withholds(ItemIndex item, const ShelfRequest& request) const;

  // Attributes with a leaning other than zero or a declared one, strongest first.
  std::vector<Leaning> Leanings(int64_t now_ms);

 private:
  explicit Recommender(const pack::Shop& shop);

  void MoveTo(int64_t now_ms);
  void Settle(int64_t now_ms);
  void Refresh(ItemIndex item);
  void Tell(ItemIndex item, int32_t strength_q10);
  int64_t BuyAgain(ItemIndex item, int64_t rest) const;
  int32_t Strength(ItemIndex item) const;
  RankedItem Scored(ItemIndex item, const ShelfRequest& request) const;
  void Top(const ShelfRequest& request, size_t k, const VariedShelf* shelf,
           std::vector<RankedItem>& best);
  void Varied(const ShelfRequest& request, std::vector<RankedItem>& shelf);
  void PinPromoted(const ShelfRequest& request, std::vector<RankedItem>& shelf) const;
  void Explore(const ShelfRequest& request, std::vector<RankedItem>& shelf);
  void Try(AttributeId kind, size_t place, const ShelfRequest& request,
           std::vector<RankedItem>& shelf) const;

  const pack::Shop* shop_;
  ScoreBoard board_;  // of every item all terms but buying again and promotion
  History history_;
  std::vector<int32_t> spoken_q10_;  // [n]; the strength that table_ and affinity_ have been told
  ItemTable table_;
  Affinity affinity_;
  Session session_;
  Exposure exposure_;
  Exploration exploration_;
  std::vector<bool> muted_;     // [n]
  std::vector<bool> excluded_;  // [n]; all false between calls
  std::vector<bool> seen_;      // [n]; Top's
  VariedShelf varied_;
  std::vector<RankedItem> pool_;  // Varied's
  std::vector<RankedItem> last_;  // what Top found last
};

}  // namespace baya::recommend
