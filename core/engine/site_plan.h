// The plan in a site pack: which purposes the site asks for and in which words, and which fields of
// events may come in for what.
//
// Format: core/docs/formats/plan.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "consent/policy.h"
#include "measure/ledger.h"
#include "profile/data_plan.h"

namespace baya::engine {

struct SitePromotion {
  std::string item;
  uint8_t place = 0;   // no lower than this, 1 is the first; 0: anywhere
  uint16_t boost = 0;  // in 2^-12 of the model's weight 1
  std::string reason;  // for the person
};

struct SitePlan {
  std::string text_version;  // the site's own name for the consent texts as they are now
  consent::Policy policy;
  profile::DataPlan data;
  uint64_t budget_epsilon_micro = measure::kDefaultBudgetMicro;  // of reports in a budget epoch
  std::vector<SitePromotion> promotions;                         // ascending by place
  uint16_t exploration_permille = 0;                             // of a shelf's places
};

// `section` is the pack's plan section. kInvalidArgument: not such a plan. kResourceExhausted: past
// a limit of the rooms whose plan it is.
Result<SitePlan> ParseSitePlan(ByteView section);

// Of a pack without one: nothing is asked for, nothing comes in.
SitePlan EmptySitePlan(std::string_view currency);

}  // namespace baya::engine
