#include "profile/data_plan.h"

#include <algorithm>
#include <array>

#include "profile/event.h"
#include "profile/money.h"

namespace baya::profile {
namespace {

constexpr std::array<std::string_view, 14> kFields = {
    field::kItemId,    field::kItemQuantity, field::kItemPrice,  field::kItemCategory,
    field::kItemBrand, field::kOrderId,      field::kOrderTotal, field::kQuery,
    field::kListId,    field::kListCategory, field::kPageName,   field::kPageCategory,
    field::kUserId,    field::kGroupId};

bool IsField(std::string_view name) {
  if (std::find(kFields.begin(), kFields.end(), name) != kFields.end()) return true;
  return name.starts_with(field::kTraitPrefix) &&
         IsPlainText(name.substr(field::kTraitPrefix.size()), kMaxTraitNameBytes);
}

}  // namespace

Status ValidatePlan(const DataPlan& plan) {
  if (plan.fields.size() > kMaxPlannedFields) {
    return kError<StatusCode::kResourceExhausted, "the data plan has too many fields">;
  }
  if (!IsCurrency(plan.currency)) {
    return kError<StatusCode::kInvalidArgument, "the data plan has no currency">;
  }
  if (plan.retention_ms <= 0) {
    return kError<StatusCode::kInvalidArgument, "the data plan keeps nothing">;
  }
  for (const PlannedField& planned : plan.fields) {
    if (!IsField(planned.name)) {
      return kError<StatusCode::kInvalidArgument,
                    "the data plan names a field that does not exist">;
    }
    if (FindPlanned(plan, planned.name) != &planned) {
      return kError<StatusCode::kInvalidArgument, "the data plan names a field twice">;
    }
  }
  return OkStatus();
}

const PlannedField* FindPlanned(const DataPlan& plan, std::string_view name) {
  for (const PlannedField& planned : plan.fields) {
    if (planned.name == name) return &planned;
  }
  return nullptr;
}

bool MayUse(const DataPlan& plan, std::string_view name, consent::Purpose purpose) {
  const PlannedField* planned = FindPlanned(plan, name);
  return planned != nullptr && planned->purposes.Has(purpose);
}

}  // namespace baya::profile
