#include "engine/site_plan.h"

#include <utility>

#include "consent/purpose.h"
#include "crypto/sha256.h"
#include "engine/limits.h"
#include "engine/plan_section.h"

namespace baya::engine {

Result<SitePlan> ParseSitePlan(ByteView section) {
  BAYA_ASSIGN_OR_RETURN(auto&& stored, DecodePlanSection(section));
  if (stored.retention_days == 0 || stored.retention_days > kMaxPlanDays ||
      stored.max_age_days > kMaxPlanDays) {
    return kError<StatusCode::kInvalidArgument, "the site's plan is past its limit of days">;
  }
  if (stored.budget_epsilon_micro > kMaxPlanBudgetMicro) {
    return kError<StatusCode::kInvalidArgument, "the site's plan is past its limit of epsilon">;
  }
  SitePlan plan;
  plan.text_version = stored.text_version;
  plan.policy.memory_only_session = stored.memory_only_session;
  for (const PlanText& text : stored.texts) {
    plan.policy.purposes.push_back(
        {text.purpose, crypto::Sha256(AsBytes(text.text)), stored.max_age_days * kDayMs});
  }
  BAYA_RETURN_IF_ERROR(consent::ValidatePolicy(plan.policy));
  plan.budget_epsilon_micro = stored.budget_epsilon_micro;
  plan.data.currency = stored.currency;
  plan.data.retention_ms = stored.retention_days * kDayMs;
  plan.data.fields = std::move(stored.fields);
  BAYA_RETURN_IF_ERROR(profile::ValidatePlan(plan.data));
  return plan;
}

SitePlan EmptySitePlan(std::string_view currency) {
  SitePlan plan;
  plan.data.currency = currency;
  return plan;
}

}  // namespace baya::engine
