#include "engine/site_plan.h"

#include <span>
#include <utility>

#include "codec/json.h"
#include "consent/purpose.h"
#include "crypto/sha256.h"

namespace baya::engine {
namespace {

using codec::JsonMember;
using codec::JsonValue;
using consent::Purpose;

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;
constexpr uint64_t kMaxBudgetMicro = 100'000'000;  // an epsilon of 100 hides nothing any more
constexpr int64_t kMaxDays = 36'500;               // a century; in milliseconds far below 2^53

constexpr Status kMalformed(StatusCode::kInvalidArgument, "the site's plan is malformed");

// Of the members, only these names.
Status CheckNames(const JsonValue& object, std::initializer_list<std::string_view> names) {
  BAYA_ASSIGN_OR_RETURN(const std::span<const JsonMember> members, object.Members());
  for (const JsonMember& member : members) {
    bool known = false;
    for (const std::string_view name : names) known = known || member.name == name;
    if (!known) return kMalformed;
  }
  return OkStatus();
}

// Nothing when there is no such member.
Result<int64_t> DaysAt(const JsonValue& object, std::string_view name, int64_t otherwise_ms) {
  if (!object.Member(name).ok()) return otherwise_ms;
  BAYA_ASSIGN_OR_RETURN(const int64_t days, object.Int64At(name));
  if (days < 1 || days > kMaxDays) return kMalformed;
  return days * kDayMs;
}

Result<Purpose> ParseFieldPurpose(std::string_view name) {
  // In a set of purposes all partners are one.
  if (name == "partner") return consent::PartnerPurpose(0);
  return consent::ParsePurpose(name);
}

Status ReadConsent(const JsonValue& consent, SitePlan& plan) {
  BAYA_RETURN_IF_ERROR(CheckNames(consent, {"version", "max_age_days", "texts"}));
  BAYA_ASSIGN_OR_RETURN(plan.text_version, consent.StringAt("version"));
  BAYA_ASSIGN_OR_RETURN(const int64_t max_age_ms, DaysAt(consent, "max_age_days", 0));
  BAYA_ASSIGN_OR_RETURN(const JsonValue* texts, consent.Member("texts"));
  BAYA_ASSIGN_OR_RETURN(const std::span<const JsonMember> members, texts->Members());
  for (const JsonMember& member : members) {
    BAYA_ASSIGN_OR_RETURN(const Purpose purpose, consent::ParsePurpose(member.name));
    BAYA_ASSIGN_OR_RETURN(const std::string_view text, member.value.AsString());
    plan.policy.purposes.push_back({purpose, crypto::Sha256(AsBytes(text)), max_age_ms});
  }
  return consent::ValidatePolicy(plan.policy);
}

Status ReadFields(const JsonValue& fields, SitePlan& plan) {
  BAYA_ASSIGN_OR_RETURN(const std::span<const JsonMember> members, fields.Members());
  for (const JsonMember& member : members) {
    profile::PlannedField planned{member.name, {}};
    BAYA_ASSIGN_OR_RETURN(const std::span<const JsonValue> names, member.value.Elements());
    for (const JsonValue& name : names) {
      BAYA_ASSIGN_OR_RETURN(const std::string_view text, name.AsString());
      BAYA_ASSIGN_OR_RETURN(const Purpose purpose, ParseFieldPurpose(text));
      planned.purposes.Add(purpose);
    }
    plan.data.fields.push_back(std::move(planned));
  }
  return OkStatus();
}

Status ReadMeasure(const JsonValue& measure, SitePlan& plan) {
  BAYA_RETURN_IF_ERROR(CheckNames(measure, {"budget_epsilon_micro"}));
  BAYA_ASSIGN_OR_RETURN(plan.budget_epsilon_micro, measure.Uint64At("budget_epsilon_micro"));
  return plan.budget_epsilon_micro <= kMaxBudgetMicro ? OkStatus() : kMalformed;
}

Result<SitePlan> Parse(ByteView section) {
  SitePlan plan;
  plan.text = AsText(section);
  BAYA_ASSIGN_OR_RETURN(const JsonValue json, codec::ParseJson(plan.text));
  BAYA_RETURN_IF_ERROR(CheckNames(json, {"version", "currency", "retention_days",
                                         "memory_only_session", "consent", "fields", "measure"}));
  BAYA_ASSIGN_OR_RETURN(const uint64_t version, json.Uint64At("version"));
  if (version != 1) return Status(StatusCode::kUnimplemented, "the site's plan is of a later kind");
  BAYA_ASSIGN_OR_RETURN(plan.data.currency, json.StringAt("currency"));
  BAYA_ASSIGN_OR_RETURN(plan.data.retention_ms,
                        DaysAt(json, "retention_days", profile::kDefaultRetentionMs));
  if (json.Member("memory_only_session").ok()) {
    BAYA_ASSIGN_OR_RETURN(plan.policy.memory_only_session, json.BoolAt("memory_only_session"));
  }
  BAYA_ASSIGN_OR_RETURN(const JsonValue* consent, json.Member("consent"));
  BAYA_RETURN_IF_ERROR(ReadConsent(*consent, plan));
  BAYA_ASSIGN_OR_RETURN(const JsonValue* fields, json.Member("fields"));
  BAYA_RETURN_IF_ERROR(ReadFields(*fields, plan));
  BAYA_RETURN_IF_ERROR(profile::ValidatePlan(plan.data));
  if (const Result<const JsonValue*> measure = json.Member("measure"); measure.ok()) {
    BAYA_RETURN_IF_ERROR(ReadMeasure(**measure, plan));
  }
  return plan;
}

}  // namespace

Result<SitePlan> ParseSitePlan(ByteView section) {
  Result<SitePlan> plan = Parse(section);
  if (plan.status().code() == StatusCode::kNotFound) return kMalformed;
  return plan;
}

SitePlan EmptySitePlan(std::string_view currency) {
  SitePlan plan;
  plan.text = "{}";
  plan.data.currency = currency;
  return plan;
}

}  // namespace baya::engine
