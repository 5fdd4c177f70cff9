// The plan section of a site pack, as it is stored.
//
// Format: core/docs/formats/plan.md §1. What people write is JSON; tools/pack makes this of it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "consent/purpose.h"
#include "measure/ledger.h"
#include "profile/data_plan.h"

namespace baya::engine {

inline constexpr uint16_t kMaxPlanDays = 36'500;  // a century; in milliseconds far below 2^53

inline constexpr uint32_t kMaxPlanBudgetMicro = 100'000'000;  // e^100: above it nothing is hidden

struct PlanText {
  consent::Purpose purpose{};
  std::string_view text;  // in the exact bytes and language shown
};

// An item that the shop wants to be seen. `reason` is shown with it.
struct PlanPromotion {
  std::string_view item;
  uint8_t place = 0;   // no lower than this, 1 is the first; 0: anywhere
  uint16_t boost = 0;  // in 2^-12 of the model's weight 1
  std::string_view reason;
};

inline constexpr size_t kMaxPlanPromotions = 32;

// Of a shelf's places. One in ten by default; at most as many as one category may take
// (recommend/diversity.h), so that a shelf stays the person's.
inline constexpr uint16_t kDefaultExplorationPermille = 100;
inline constexpr uint16_t kMaxExplorationPermille = 300;

// Views are borrowed, from what was decoded or from the caller.
struct PlanSection {
  std::string_view currency;    // three letters
  uint16_t retention_days = 0;  // [1, kMaxPlanDays]
  bool memory_only_session = false;
  std::string_view text_version;
  uint16_t max_age_days = 0;  // 0: no limit; at most kMaxPlanDays
  std::vector<PlanText> texts;
  std::vector<profile::PlannedField> fields;
  // Of reports in seven days; at most kMaxPlanBudgetMicro.
  uint32_t budget_epsilon_micro = measure::kDefaultBudgetMicro;
  std::vector<PlanPromotion> promotions;
  // The most that may try out what is new to the person; at most kMaxExplorationPermille.
  uint16_t exploration_permille = kDefaultExplorationPermille;
};

// kOutOfRange when something is longer than its length field.
Result<Bytes> EncodePlanSection(const PlanSection& plan);

// kInvalidArgument: not such a section. kUnimplemented: of a later format. Whether names and limits
// make sense is for ParseSitePlan (engine/site_plan.h).
Result<PlanSection> DecodePlanSection(ByteView bytes);

}  // namespace baya::engine
