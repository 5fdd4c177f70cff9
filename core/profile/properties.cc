#include "profile/properties.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "codec/decimal.h"
#include "profile/limits.h"
#include "profile/money.h"

namespace baya::profile {
namespace {

constexpr double kTwoTo53 = 9007199254740992.0;

// Segment's e-commerce specification v2 and its identify, page and group pages: names that tell
// nothing about anybody.
constexpr std::array<std::string_view, 67> kKnownNames = {
    "address",   "affiliation",   "age",           "avatar",      "birthday",
    "brand",     "cart_id",       "category",      "checkout_id", "city",
    "color",     "company",       "country",       "coupon",      "createdAt",
    "creative",  "currency",      "description",   "discount",    "email",
    "employees", "filters",       "firstName",     "gender",      "id",
    "image_url", "industry",      "keywords",      "lastName",    "list_id",
    "name",      "order_id",      "path",          "phone",       "plan",
    "position",  "price",         "product_id",    "products",    "promotion_id",
    "quantity",  "query",         "reason",        "referrer",    "revenue",
    "search",    "shipping",      "size",          "sku",         "sorts",
    "state",     "street",        "subtotal",      "tax",         "title",
    "total",     "url",           "username",      "value",       "variant",
    "website",   "wishlist_id",   "wishlist_name", "zip",         "postalCode",
    "step",      "payment_method"};

// The name as this file spells it, so that nothing of the call is handed on.
std::string_view Known(std::string_view name) {
  const auto found = std::find(kKnownNames.begin(), kKnownNames.end(), name);
  return found == kKnownNames.end() ? std::string_view("other") : *found;
}

std::optional<double> NumberOf(const Value& value) {
  if (value.type == Value::Type::kNumber) return value.number;
  if (value.type == Value::Type::kText) return ParseAmount(value.text);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> WholeNumberText(double number) {
  if (!(std::fabs(number) < kTwoTo53) || std::floor(number) != number) return std::nullopt;
  return codec::DecimalText(static_cast<int64_t>(number));
}

Properties::Properties(const Value& object, const DataPlan& plan)
    : object_(object), plan_(plan), used_(object.members.size()) {}

void Properties::Fail(Reject reject) {
  if (reject_ == Reject::kNone) reject_ = reject;
}

const Value* Properties::Find(Names names) {
  for (const std::string_view name : names) {
    for (size_t i = 0; i < object_.members.size(); ++i) {
      const Property& member = object_.members[i];
      if (member.name != name || member.value.type == Value::Type::kNull) continue;
      used_[i] = true;
      return &member.value;
    }
  }
  return nullptr;
}

const Value* Properties::FindPlannedValue(Names names, std::string_view planned) {
  if (FindPlanned(plan_, planned) == nullptr) return nullptr;
  return Find(names);
}

std::optional<std::string> Properties::Text(Names names, std::string_view planned,
                                            size_t max_bytes) {
  const Value* value = FindPlannedValue(names, planned);
  if (value == nullptr) return std::nullopt;
  std::optional<std::string> text;
  if (value->type == Value::Type::kText) text = std::string(value->text);
  if (value->type == Value::Type::kNumber) text = WholeNumberText(value->number);
  if (value->type == Value::Type::kTrue) text = "true";
  if (value->type == Value::Type::kFalse) text = "false";
  if (!text) {
    Fail(Reject::kWrongType);
    return std::nullopt;
  }
  if (text->empty()) return std::nullopt;  // pages send "" for what they do not know
  if (!IsPlainText(*text, max_bytes)) {
    Fail(Reject::kBadText);
    return std::nullopt;
  }
  return text;
}

std::string Properties::RequiredText(Names names, std::string_view planned, size_t max_bytes) {
  if (FindPlanned(plan_, planned) == nullptr) Fail(Reject::kFieldNotPlanned);
  std::optional<std::string> text = Text(names, planned, max_bytes);
  if (!text) Fail(Reject::kMissingField);
  return text.value_or("");
}

std::optional<uint32_t> Properties::Quantity(Names names, std::string_view planned) {
  const Value* value = FindPlannedValue(names, planned);
  if (value == nullptr) return std::nullopt;
  const std::optional<double> number = NumberOf(*value);
  if (!number || !(*number >= 1) || *number > kMaxQuantity || std::floor(*number) != *number) {
    Fail(Reject::kBadQuantity);
    return std::nullopt;
  }
  return static_cast<uint32_t>(*number);
}

std::optional<int64_t> Properties::Price(Names names, std::string_view planned,
                                         std::string_view currency) {
  const Value* value = FindPlannedValue(names, planned);
  if (value == nullptr) return std::nullopt;
  const std::optional<double> number = NumberOf(*value);
  const std::optional<int64_t> minor = number ? MinorUnits(*number, currency) : std::nullopt;
  if (!minor) Fail(Reject::kBadPrice);
  return minor;
}

std::string Properties::Currency() {
  const Value* value = Find({"currency"});
  if (value == nullptr || (value->type == Value::Type::kText && value->text.empty())) {
    return plan_.currency;
  }
  if (value->type == Value::Type::kText && IsCurrency(value->text)) {
    return std::string(value->text);
  }
  Fail(Reject::kBadCurrency);
  return plan_.currency;
}

bool Properties::Flag(std::string_view name) {
  const Value* value = Find({name});
  if (value == nullptr) return false;
  return value->type == Value::Type::kTrue ||
         (value->type == Value::Type::kText && value->text == "true");
}

std::vector<const Value*> Properties::Objects(std::string_view name) {
  const Value* value = Find({name});
  if (value == nullptr) return {};
  std::vector<const Value*> objects;
  if (value->type != Value::Type::kArray) Fail(Reject::kWrongType);
  if (value->elements.size() > kMaxItemsPerEvent) {
    Fail(Reject::kTooMany);
    return {};
  }
  for (const Value& element : value->elements) {
    if (element.type != Value::Type::kObject) {
      Fail(Reject::kWrongType);
      return {};
    }
    objects.push_back(&element);
  }
  return objects;
}

std::vector<std::string_view> Properties::Refused() const {
  std::vector<std::string_view> refused;
  for (size_t i = 0; i < used_.size(); ++i) {
    if (!used_[i]) refused.push_back(Known(object_.members[i].name));
  }
  return refused;
}

}  // namespace baya::profile
