// What the visitor is after right now: the last items of the present visit, through the pack's
// session table.
//
// A visit ends after 30 minutes without a deed, as in Google Analytics and Segment ("session
// timeout"). Its last distinct items count by their place from the end; of two deeds at one time
// that with the lower item is the later one, so that the order of arrival does not matter.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pack/session.h"
#include "recommend/history.h"
#include "recommend/interaction.h"
#include "recommend/item_table.h"
#include "recommend/score_board.h"

namespace baya::recommend {

inline constexpr int64_t kVisitGapMs = int64_t{30} * 60 * 1000;

class Session {
 public:
  // Borrows `model`, which must outlive it; null: every score is 0.
  explicit Session(const pack::SessionModel* model);

  // Takes what it has put on `board` off it.
  void Clear(ScoreBoard& board);

  // Takes views, clicks, additions and orders; anything else is no sign of what is sought now.
  void Add(const Interaction& interaction);

  // Brings `board`, the same in every call, to `now_ms`. What `history` says is disliked speaks for
  // nothing, nor does what is `muted` [n].
  void MoveTo(int64_t now_ms, const History& history, const std::vector<bool>& muted,
              ScoreBoard& board);

  // The items of the present visit that count, newest first.
  const std::vector<ItemIndex>& items() const { return items_; }

  // What items()[place] adds to `item` on the board, in units of 2^-30.
  int64_t Points(size_t place, ItemIndex item) const;

 private:
  struct Deed {
    int64_t time_ms;
    ItemIndex item;
  };

  void FindLastItems(int64_t now_ms, const History& history, const std::vector<bool>& muted);
  void AddRows(int32_t sign, ScoreBoard& board) const;
  int64_t SeenAgain(size_t place) const;

  const pack::SessionModel* model_;
  std::optional<ItemTable> table_;
  std::vector<Deed> deeds_;       // newest first, at most kDeeds
  std::vector<ItemIndex> items_;  // those whose rows are on the board
  std::vector<ItemIndex> found_;  // what FindLastItems found
};

}  // namespace baya::recommend
