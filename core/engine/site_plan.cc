#include "engine/site_plan.h"

#include <utility>

#include "base/sort.h"
#include "consent/purpose.h"
#include "crypto/sha256.h"
#include "engine/limits.h"
#include "engine/plan_section.h"

namespace baya::engine {
namespace {

Status TakePromotions(const PlanSection& stored, SitePlan& plan) {
  if (stored.promotions.size() > kMaxPlanPromotions) {
    return kError<StatusCode::kResourceExhausted, "the site's plan promotes too many items">;
  }
  for (const PlanPromotion& promotion : stored.promotions) {
    const bool idle = promotion.place == 0 && promotion.boost == 0;
    if (idle || promotion.item.empty() || promotion.reason.empty()) {
      return kError<StatusCode::kInvalidArgument, "the site's plan promotes nothing, or not why">;
    }
    plan.promotions.push_back({std::string(promotion.item), promotion.place, promotion.boost,
                               std::string(promotion.reason)});
  }
  StableSort(plan.promotions,
             [](const SitePromotion& a, const SitePromotion& b) { return a.place < b.place; });
  return OkStatus();
}

}  // namespace

Result<SitePlan> ParseSitePlan(ByteView section) {
  BAYA_ASSIGN_OR_RETURN(auto&& stored, DecodePlanSection(section));
  if (stored.retention_days == 0 || stored.retention_days > kMaxPlanDays ||
      stored.max_age_days > kMaxPlanDays) {
    return kError<StatusCode::kInvalidArgument, "the site's plan is past its limit of days">;
  }
  if (stored.budget_epsilon_micro > kMaxPlanBudgetMicro) {
    return kError<StatusCode::kInvalidArgument, "the site's plan is past its limit of epsilon">;
  }
  if (stored.exploration_permille > kMaxExplorationPermille) {
    return kError<StatusCode::kInvalidArgument, "the site's plan is past its limit of exploring">;
  }
  SitePlan plan;
  plan.exploration_permille = stored.exploration_permille;
  plan.text_version = stored.text_version;
  plan.policy.memory_only_session = stored.memory_only_session;
  for (const PlanText& text : stored.texts) {
    plan.policy.purposes.push_back(
        {text.purpose, crypto::Sha256(AsBytes(text.text)), stored.max_age_days * kDayMs});
  }
  BAYA_RETURN_IF_ERROR(consent::ValidatePolicy(plan.policy));
  plan.budget_epsilon_micro = stored.budget_epsilon_micro;
  BAYA_RETURN_IF_ERROR(TakePromotions(stored, plan));
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
