// What follows from the events, folded one after the other in the order of EventBefore.
//
// Nothing here is ever stored: it is a function of the events, so that taking an event out of them
// takes out all it did.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "profile/event.h"

namespace baya::profile {

// How often and when. Times since 1970; [first_ms, last_ms].
struct Tally {
  uint32_t count = 0;
  int64_t first_ms = 0;
  int64_t last_ms = 0;
  EventSource source{};  // of the last

  void Add(const Event& event);
};

enum class Opinion : uint8_t { kNone, kLiked, kDisliked };

struct ItemState {
  Tally seen;  // every event that names the item
  uint32_t viewed = 0;
  uint32_t clicked = 0;
  uint32_t added = 0;
  uint32_t removed = 0;
  uint32_t orders = 0;     // lines of orders, not pieces
  uint32_t unlearned = 0;  // of all these, gifts and what came while learning was paused
  uint64_t pieces_ordered = 0;
  int64_t last_order_ms = 0;
  Opinion opinion = Opinion::kNone;
  std::string category;  // as last said
  std::string brand;     // as last said
  // Of the last time it was tried out.
  std::string tried_as;       // the kind; empty: the person has answered
  int64_t tried_on_day = -1;  // of UTC, since 1970

  // Views, clicks, additions and orders: what tells of an interest.
  uint32_t Evidence() const { return viewed + clicked + added + orders - unlearned; }
};

// A text that the last event to say it decides.
struct Statement {
  std::string value;
  int64_t since_ms = 0;  // when this value was first said without another in between
  int64_t last_ms = 0;
  EventSource source{};

  void Say(std::string_view text, const Event& event);
};

struct CorrectionState {
  CorrectionAction action{};
  std::string value;
  int64_t since_ms = 0;
};

struct State {
  // who
  Statement user_id;
  Statement group_id;
  std::map<std::string, Statement> traits;
  // buying
  Tally orders;
  std::map<std::string, int64_t> spent_minor;  // by currency: totals, else prices times quantities
  std::set<std::string> order_ids;
  std::map<std::string, uint64_t> cart;  // pieces by item; an order empties it
  // engagement
  Tally activity;            // every event but corrections
  uint32_t days_active = 0;  // days of UTC with one
  Tally pages;
  std::map<std::string, Tally> page_names;
  std::map<std::string, Tally> queries;
  std::map<std::string, Tally> lists;  // by id, else by category
  // buying and feelings
  std::map<std::string, ItemState> items;
  // Items that places of the shelf tried out, each once a day, and what the person answered; by
  // kind. What came while learning was paused, or is a gift, is no answer.
  std::map<std::string, Tally> tried;
  std::map<std::string, Tally> taken;
  std::map<std::string, Tally> dismissed;
  std::map<std::string, CorrectionState> corrections;  // by field; kUndo leaves none

  // What happens from now on is learned from: the person has not paused that.
  bool Learns() const;

  // REQUIRES: `event` is valid and not before one that was folded already.
  void Fold(const Event& event);

 private:
  void FoldItem(const Event& event, const EventItem& item);
  void FoldTrial(const Event& event, const EventItem& item);
  void FoldAnswer(const Event& event, const EventItem& item, ItemState& state);
  void FoldOrder(const Event& event);
  void TakeFromCart(const EventItem& item);
  void FoldCorrection(const Event& event);
};

}  // namespace baya::profile
