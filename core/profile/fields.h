// The profile as the person sees it: four cards of fields, each with where it comes from, what it
// is for and how long it stays.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/status.h"
#include "consent/purpose.h"
#include "profile/data_plan.h"
#include "profile/event.h"
#include "profile/interest.h"
#include "profile/state.h"

namespace baya::profile {

// The four questions: who is it, what do they buy, how do they engage, how do they feel.
enum class Card : uint8_t { kWho, kBuying, kEngagement, kFeelings };

// A field's name is its family's, then, for families with many fields, a dot and the rest.
// Stored; numbers are never reused.
enum class Family : uint8_t {
  kUser = 1,        // user.id
  kGroup = 2,       // group.id
  kTrait = 3,       // trait.email
  kOrders = 4,      // orders, orders.last_ms
  kSpent = 5,       // spent.GBP
  kBought = 6,      // bought.85123A: pieces
  kCart = 7,        // cart.85123A: pieces
  kActivity = 8,    // activity.days, activity.pages
  kPage = 9,        // page.Home: times
  kSearch = 10,     // search.lantern: times
  kList = 11,       // list.new: times
  kViewed = 12,     // viewed.85123A: times viewed or clicked
  kOpinion = 13,    // opinion.85123A: "liked" or "disliked"
  kInterest = 14,   // interest.category.Garden, interest.brand.Acme: thousandths
  kLearning = 15,   // learning: "paused" while the person wants nothing learned
  kReason = 16,     // reason.item.85123A, reason.tag.vegan: "muted", not to recommend because of
  kExploring = 17,  // exploring.shown.Garden: items of a kind tried out, exploring.taken.Garden: of
                    // these clicked, bought, liked; exploring.dismissed.Garden
};

inline constexpr size_t kFamilies = 17;

// Contradicted, it keeps what follows from being learned from, until that is undone.
inline constexpr std::string_view kLearningField = "learning";

// Of the fields of Family::kReason; an item's id, or an attribute's kind, a dot and its name,
// follows. Kinds are item, category, brand, tag, word, price and exploring, with the category that
// is not to be tried out; exploring alone is for all.
inline constexpr std::string_view kReasonPrefix = "reason.";
inline constexpr std::string_view kExploringReason = "exploring";

// The field of the plan that allows and limits the family's fields. `name` is a trait's.
std::string PlannedFieldOf(Family family, std::string_view name);

struct Money {
  int64_t minor = 0;
  std::string currency;

  friend bool operator==(const Money&, const Money&) = default;
};

enum class ValueForm : uint8_t { kNumber, kText, kMoney };

struct FieldValue {
  ValueForm form{};
  int64_t number = 0;  // its unit is its family's; of money, minor units
  std::string text;    // of money, the currency

  FieldValue() = default;
  explicit FieldValue(int64_t value) : number(value) {}
  explicit FieldValue(std::string_view value) : form(ValueForm::kText), text(value) {}
  explicit FieldValue(const Money& money)
      : form(ValueForm::kMoney), number(money.minor), text(money.currency) {}

  friend bool operator==(const FieldValue&, const FieldValue&) = default;
};

enum class Origin : uint8_t { kStated, kInferred, kCorrected };

struct Field {
  Card card{};
  Family family{};
  std::string name;
  FieldValue value;
  Origin origin{};
  EventSource source{};          // of the last event behind it
  consent::PurposeSet purposes;  // what it may be used for
  int64_t since_ms = 0;
  int64_t updated_ms = 0;
  int64_t last_used_ms = 0;   // by anyone but the person; 0: never
  int64_t expires_ms = 0;     // unless it is renewed; 0: when the person says so
  bool contradicted = false;  // the person says it is not so; nobody uses it

  friend bool operator==(const Field&, const Field&) = default;
};

// When each family was last used, by Family; 0: never.
using Usage = std::array<int64_t, kFamilies + 1>;

// Ascending by card, then by family, then by name.
std::vector<Field> FieldsOf(const State& state, const DataPlan& plan, const Usage& usage);

// Whether a person may correct the field that way: set or contradict a trait, the user or the
// group; set (to 0..1000) or contradict an interest; contradict learning or a reason; undo any.
// kInvalidArgument if not.
Status CheckCorrection(const Correction& correction);

}  // namespace baya::profile
