#include "plan/plan_json.h"

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <span>
#include <utility>

#include "codec/json.h"
#include "engine/plan_section.h"
#include "engine/site_plan.h"
#include "lib/time_text.h"
#include "lib/tool_error.h"
#include "profile/limits.h"

namespace baya::tools {
namespace {

using codec::JsonMember;
using codec::JsonValue;
using consent::Purpose;
using engine::PlanSection;

constexpr std::string_view kPartner = "partner";  // every partner, in a set of purposes

[[noreturn]] void Refuse(const std::string& path, const std::string& why) {
  throw ToolError("the plan: " + path + ": " + why);
}

// A value and the way to it, such as consent.texts.store.
struct Place {
  const JsonValue* value;
  std::string path;

  // Null when there is no such member.
  const JsonValue* Find(std::string_view name) const {
    const Result<const JsonValue*> member = value->Member(name);
    return member.ok() ? *member : nullptr;
  }

  Place At(std::string_view name) const {
    const std::string to = path.empty() ? std::string(name) : path + "." + std::string(name);
    const JsonValue* member = Find(name);
    if (member == nullptr) Refuse(to, "is missing");
    return {member, to};
  }

  std::string_view Text() const {
    const Result<std::string_view> text = value->AsString();
    if (!text.ok()) Refuse(path, "must be a text");
    return *text;
  }

  uint16_t Days() const {
    const Result<int64_t> days = value->AsInt64();
    if (!days.ok() || *days < 1 || *days > int64_t{engine::kMaxPlanDays}) {
      Refuse(path, "must be a whole number of days, 1 to " + std::to_string(engine::kMaxPlanDays));
    }
    return static_cast<uint16_t>(*days);
  }

  std::span<const JsonMember> Members() const {
    const Result<std::span<const JsonMember>> members = value->Members();
    if (!members.ok()) Refuse(path.empty() ? "all of it" : path, "must be an object");
    return *members;
  }

  void AllowOnly(std::initializer_list<std::string_view> names) const {
    for (const JsonMember& member : Members()) {
      if (std::find(names.begin(), names.end(), member.name) == names.end()) {
        Refuse(path.empty() ? member.name : path + "." + member.name, "there is no such member");
      }
    }
  }
};

Purpose PurposeNamed(std::string_view name, const std::string& path) {
  const Result<Purpose> purpose = consent::ParsePurpose(name);
  if (!purpose.ok()) Refuse(path, "there is no purpose " + std::string(name));
  return *purpose;
}

void ReadConsent(const Place& consent, PlanSection& plan) {
  consent.AllowOnly({"version", "max_age_days", "texts"});
  plan.text_version = consent.At("version").Text();
  if (consent.Find("max_age_days") != nullptr) {
    plan.max_age_days = consent.At("max_age_days").Days();
  }
  const Place texts = consent.At("texts");
  for (const JsonMember& member : texts.Members()) {
    const Place text = texts.At(member.name);
    plan.texts.push_back({PurposeNamed(member.name, text.path), text.Text()});
  }
}

consent::PurposeSet ReadPurposes(const Place& list) {
  const Result<std::span<const JsonValue>> names = list.value->Elements();
  if (!names.ok()) Refuse(list.path, "must be a list of purposes");
  consent::PurposeSet purposes;
  for (const JsonValue& name : *names) {
    const std::string_view text = Place{&name, list.path}.Text();
    purposes.Add(text == kPartner ? consent::PartnerPurpose(0) : PurposeNamed(text, list.path));
  }
  return purposes;
}

void ReadFields(const Place& fields, PlanSection& plan) {
  for (const JsonMember& member : fields.Members()) {
    plan.fields.push_back({std::string(member.name), ReadPurposes(fields.At(member.name))});
  }
}

void ReadMeasure(const Place& measure, PlanSection& plan) {
  measure.AllowOnly({"budget_epsilon_micro"});
  const Place budget = measure.At("budget_epsilon_micro");
  const Result<uint64_t> value = budget.value->AsUint64();
  if (!value.ok() || *value > engine::kMaxPlanBudgetMicro) {
    Refuse(budget.path, "must be a whole number, at most 100000000");
  }
  plan.budget_epsilon_micro = static_cast<uint32_t>(*value);
}

template <typename T>
T WholeNumber(const Place& parent, std::string_view name) {
  if (parent.Find(name) == nullptr) return 0;
  const Place place = parent.At(name);
  const Result<uint64_t> value = place.value->AsUint64();
  constexpr uint64_t kMost = std::numeric_limits<T>::max();
  if (!value.ok() || *value < 1 || *value > kMost) {
    Refuse(place.path, "must be a whole number, 1 to " + std::to_string(kMost));
  }
  return static_cast<T>(*value);
}

void ReadPromotions(const Place& list, PlanSection& plan) {
  const Result<std::span<const JsonValue>> promotions = list.value->Elements();
  if (!promotions.ok()) Refuse(list.path, "must be a list");
  for (const JsonValue& value : *promotions) {
    const Place promotion{&value, list.path};
    promotion.AllowOnly({"item", "place", "boost", "reason"});
    plan.promotions.push_back(
        {promotion.At("item").Text(), WholeNumber<uint8_t>(promotion, "place"),
         WholeNumber<uint16_t>(promotion, "boost"), promotion.At("reason").Text()});
  }
}

void ReadExploration(const Place& permille, PlanSection& plan) {
  const Result<uint64_t> value = permille.value->AsUint64();
  if (!value.ok() || *value > engine::kMaxExplorationPermille) {
    Refuse(permille.path,
           "must be a whole number, at most " + std::to_string(engine::kMaxExplorationPermille));
  }
  plan.exploration_permille = static_cast<uint16_t>(*value);
}

JsonValue ParseDocument(std::string_view json) {
  size_t offset = std::string_view::npos;
  Result<JsonValue> document = codec::ParseJson(json, {}, &offset);
  if (document.ok()) return *std::move(document);
  if (offset == std::string_view::npos) {
    throw ToolError("the plan: it is too long, too deep, or an object has a name twice");
  }
  const std::string_view before = json.substr(0, offset);
  throw ToolError("the plan: line " +
                  std::to_string(1 + std::count(before.begin(), before.end(), '\n')) +
                  " is not JSON");
}

JsonValue PromotionsJson(const PlanSection& plan) {
  JsonValue list = JsonValue::Array();
  for (const engine::PlanPromotion& promotion : plan.promotions) {
    JsonValue json = JsonValue::Object();
    json.Set("item", promotion.item);
    if (promotion.place != 0) json.Set("place", promotion.place);
    if (promotion.boost != 0) json.Set("boost", promotion.boost);
    json.Set("reason", promotion.reason);
    list.Append(std::move(json));
  }
  return list;
}

}  // namespace

Bytes PlanFromJson(std::string_view json) {
  const JsonValue document = ParseDocument(json);
  const Place root{&document, ""};
  root.AllowOnly({"version", "currency", "retention_days", "memory_only_session", "consent",
                  "fields", "measure", "promotions", "exploration_permille"});
  const Place version = root.At("version");
  if (const Result<uint64_t> number = version.value->AsUint64(); !number.ok() || *number != 1)
    Refuse(version.path, "must be 1");
  PlanSection plan;
  plan.currency = root.At("currency").Text();
  if (plan.currency.size() != 3) Refuse("currency", "must be three capital letters");
  plan.retention_days = static_cast<uint16_t>(profile::kDefaultRetentionMs / kDayMs);
  if (root.Find("retention_days") != nullptr) {
    plan.retention_days = root.At("retention_days").Days();
  }
  if (const JsonValue* memory_only = root.Find("memory_only_session")) {
    const Result<bool> value = memory_only->AsBool();
    if (!value.ok()) Refuse("memory_only_session", "must be true or false");
    plan.memory_only_session = *value;
  }
  ReadConsent(root.At("consent"), plan);
  ReadFields(root.At("fields"), plan);
  if (root.Find("measure") != nullptr) ReadMeasure(root.At("measure"), plan);
  if (root.Find("promotions") != nullptr) ReadPromotions(root.At("promotions"), plan);
  if (root.Find("exploration_permille") != nullptr) {
    ReadExploration(root.At("exploration_permille"), plan);
  }
  Bytes section = OrThrow(engine::EncodePlanSection(plan), "the plan");
  OrThrow(engine::ParseSitePlan(section), "the plan");
  return section;
}

std::string PlanToJson(ByteView section) {
  const PlanSection plan = OrThrow(engine::DecodePlanSection(section), "the plan");
  JsonValue json = JsonValue::Object();
  json.Set("version", 1);
  json.Set("currency", plan.currency);
  json.Set("retention_days", plan.retention_days);
  json.Set("memory_only_session", plan.memory_only_session);
  JsonValue& consent = json.Set("consent", JsonValue::Object());
  consent.Set("version", plan.text_version);
  if (plan.max_age_days != 0) consent.Set("max_age_days", plan.max_age_days);
  JsonValue& texts = consent.Set("texts", JsonValue::Object());
  for (const engine::PlanText& text : plan.texts) {
    texts.Set(consent::PurposeName(text.purpose), text.text);
  }
  JsonValue& fields = json.Set("fields", JsonValue::Object());
  for (const profile::PlannedField& field : plan.fields) {
    JsonValue& purposes = fields.Set(field.name, JsonValue::Array());
    for (const Purpose purpose : {Purpose::kStore, Purpose::kPersonalize, Purpose::kMeasure,
                                  Purpose::kTrain, Purpose::kSync, Purpose::kLocation}) {
      if (field.purposes.Has(purpose)) purposes.Append(consent::PurposeName(purpose));
    }
    if (field.purposes.Has(consent::PartnerPurpose(0))) purposes.Append(kPartner);
  }
  JsonValue& measure = json.Set("measure", JsonValue::Object());
  measure.Set("budget_epsilon_micro", plan.budget_epsilon_micro);
  json.Set("exploration_permille", plan.exploration_permille);
  if (!plan.promotions.empty()) json.Set("promotions", PromotionsJson(plan));
  return OrThrow(codec::WriteJson(json, codec::JsonStyle::kIndented), "the plan");
}

}  // namespace baya::tools
