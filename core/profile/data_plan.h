// Which fields of events a site's plan lets into the profile, and what each may be used for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "consent/purpose.h"
#include "profile/limits.h"

namespace baya::profile {

// The names a plan may use: these, and "trait." with a trait's name.
namespace field {
inline constexpr std::string_view kItemId = "item.id";
inline constexpr std::string_view kItemQuantity = "item.quantity";
inline constexpr std::string_view kItemPrice = "item.price";
inline constexpr std::string_view kItemCategory = "item.category";
inline constexpr std::string_view kItemBrand = "item.brand";
inline constexpr std::string_view kOrderId = "order.id";
inline constexpr std::string_view kOrderTotal = "order.total";
inline constexpr std::string_view kQuery = "query";
inline constexpr std::string_view kListId = "list.id";
inline constexpr std::string_view kListCategory = "list.category";
inline constexpr std::string_view kPageName = "page.name";
inline constexpr std::string_view kPageCategory = "page.category";
inline constexpr std::string_view kUserId = "user.id";
inline constexpr std::string_view kGroupId = "group.id";
inline constexpr std::string_view kTraitPrefix = "trait.";
}  // namespace field

struct PlannedField {
  std::string name;
  consent::PurposeSet purposes;  // what it may be used for; the person's own rights need none
};

struct DataPlan {
  std::string currency;  // of prices that name none
  int64_t retention_ms = kDefaultRetentionMs;
  std::vector<PlannedField> fields;
};

// kInvalidArgument: no such field, a field twice, no currency, a retention of nothing.
// kResourceExhausted: more than kMaxPlannedFields.
Status ValidatePlan(const DataPlan& plan);

// Null when the plan does not name it.
const PlannedField* FindPlanned(const DataPlan& plan, std::string_view name);

// Whether the plan lets `purpose` use the field.
bool MayUse(const DataPlan& plan, std::string_view name, consent::Purpose purpose);

}  // namespace baya::profile
