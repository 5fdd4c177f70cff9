#include "profile/fields.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/sort.h"
#include "profile/limits.h"

namespace baya::profile {
namespace {

Card CardOf(Family family) {
  switch (family) {
    case Family::kUser:
    case Family::kGroup:
    case Family::kTrait:
      return Card::kWho;
    case Family::kOrders:
    case Family::kSpent:
    case Family::kBought:
    case Family::kCart:
      return Card::kBuying;
    case Family::kActivity:
    case Family::kPage:
    case Family::kSearch:
    case Family::kList:
    case Family::kViewed:
    case Family::kExploring:
      return Card::kEngagement;
    case Family::kOpinion:
    case Family::kInterest:
    case Family::kLearning:
    case Family::kReason:
      return Card::kFeelings;
  }
  return Card::kWho;
}

// The purposes of the plan's field; `activity` counts all events and is nobody's field, so that
// only the person sees it.
consent::PurposeSet PurposesOf(const DataPlan& plan, const std::string& planned) {
  const PlannedField* field = FindPlanned(plan, planned);
  return field == nullptr ? consent::PurposeSet() : field->purposes;
}

class FieldList {
 public:
  FieldList(const State& state, const DataPlan& plan, const Usage& usage)
      : state_(state), plan_(plan), usage_(usage) {}

  std::vector<Field> Take() && {
    AddWho();
    AddBuying();
    AddEngagement();
    AddItems();
    AddInterests();
    AddWishes();
    StableSort(fields_, [](const Field& a, const Field& b) {
      return std::tie(a.card, a.family, a.name) < std::tie(b.card, b.family, b.name);
    });
    return std::move(fields_);
  }

 private:
  // Named `prefix` and `rest`. `planned`: as PlannedFieldOf has it.
  Field& Add(Family family, std::string_view prefix, std::string_view rest = {},
             std::string_view planned = {}) {
    Field& field = fields_.emplace_back();
    field.card = CardOf(family);
    field.family = family;
    field.name = prefix;
    field.name += rest;
    field.purposes = PurposesOf(plan_, PlannedFieldOf(family, planned));
    field.last_used_ms = usage_[static_cast<size_t>(family)];
    return field;
  }

  void Date(Field& field, int64_t since_ms, int64_t updated_ms, EventSource source) {
    field.since_ms = since_ms;
    field.updated_ms = updated_ms;
    field.expires_ms = updated_ms + plan_.retention_ms;
    field.source = source;
  }

  void AddTally(Family family, std::string_view prefix, std::string_view rest, int64_t value,
                const Tally& tally) {
    Field& field = Add(family, prefix, rest);
    field.value.number = value;
    Date(field, tally.first_ms, tally.last_ms, tally.source);
  }

  void AddStatement(Family family, std::string_view prefix, std::string_view rest,
                    const Statement& statement) {
    std::string name(prefix);
    name += rest;
    const auto correction = state_.corrections.find(name);
    const bool corrected = correction != state_.corrections.end();
    if (!corrected && statement.value.empty()) return;
    Field& field = Add(family, name, {}, rest);
    field.value = FieldValue(statement.value);
    Date(field, statement.since_ms, statement.last_ms, statement.source);
    if (corrected) ApplyCorrection(field, correction->second);
  }

  static void ApplyCorrection(Field& field, const CorrectionState& correction) {
    field.origin = Origin::kCorrected;
    field.source = EventSource::kPerson;
    field.contradicted = correction.action == CorrectionAction::kContradict;
    if (!field.contradicted) field.value = FieldValue(correction.value);
    field.since_ms = correction.since_ms;
    field.updated_ms = correction.since_ms;
    field.expires_ms = 0;
  }

  void AddWho() {
    AddStatement(Family::kUser, field::kUserId, {}, state_.user_id);
    AddStatement(Family::kGroup, field::kGroupId, {}, state_.group_id);
    std::map<std::string, Statement> traits = state_.traits;
    for (const auto& [name, correction] : state_.corrections) {
      // A trait nobody stated but the person.
      if (name.starts_with(field::kTraitPrefix)) {
        traits[name.substr(field::kTraitPrefix.size())];
      }
    }
    for (const auto& [name, statement] : traits) {
      AddStatement(Family::kTrait, field::kTraitPrefix, name, statement);
    }
  }

  void AddBuying() {
    if (state_.orders.count == 0) return;
    AddTally(Family::kOrders, "orders", {}, state_.orders.count, state_.orders);
    AddTally(Family::kOrders, "orders", ".last_ms", state_.orders.last_ms, state_.orders);
    for (const auto& [currency, minor] : state_.spent_minor) {
      Field& field = Add(Family::kSpent, "spent.", currency);
      field.value = FieldValue(Money{minor, currency});
      Date(field, state_.orders.first_ms, state_.orders.last_ms, state_.orders.source);
    }
  }

  void AddEngagement() {
    if (state_.activity.count != 0) {
      AddTally(Family::kActivity, "activity.days", {}, state_.days_active, state_.activity);
    }
    if (state_.pages.count != 0) {
      AddTally(Family::kActivity, "activity.pages", {}, state_.pages.count, state_.pages);
    }
    AddTallies(Family::kPage, "page.", state_.page_names);
    AddTallies(Family::kSearch, "search.", state_.queries);
    AddTallies(Family::kList, "list.", state_.lists);
    AddTallies(Family::kExploring, "exploring.shown.", state_.tried);
    AddTallies(Family::kExploring, "exploring.taken.", state_.taken);
    AddTallies(Family::kExploring, "exploring.dismissed.", state_.dismissed);
  }

  void AddTallies(Family family, std::string_view prefix,
                  const std::map<std::string, Tally>& tallies) {
    for (const auto& [name, tally] : tallies) AddTally(family, prefix, name, tally.count, tally);
  }

  void AddItems() {
    for (const auto& [id, item] : state_.items) {
      const uint32_t looks = item.viewed + item.clicked;
      if (item.pieces_ordered > 0) {
        AddTally(Family::kBought, "bought.", id, static_cast<int64_t>(item.pieces_ordered),
                 item.seen);
      }
      const auto line = state_.cart.find(id);
      if (line != state_.cart.end()) {
        AddTally(Family::kCart, "cart.", id, static_cast<int64_t>(line->second), item.seen);
      }
      if (looks > 0) AddTally(Family::kViewed, "viewed.", id, looks, item.seen);
      if (item.opinion == Opinion::kNone) continue;
      const bool liked = item.opinion == Opinion::kLiked;
      Field& field = Add(Family::kOpinion, "opinion.", id);
      field.value = FieldValue(liked ? "liked" : "disliked");
      Date(field, item.seen.first_ms, item.seen.last_ms, item.seen.source);
    }
  }

  void AddInterests() {
    for (const Interest& interest : InterestsOf(state_)) {
      const std::string_view planned =
          interest.kind == InterestKind::kCategory ? field::kItemCategory : field::kItemBrand;
      Field& field =
          Add(Family::kInterest, InterestFieldName(interest.kind, interest.name), {}, planned);
      field.value.number = interest.permille;
      Date(field, interest.since_ms, interest.updated_ms, interest.source);
      field.origin = interest.corrected ? Origin::kCorrected : Origin::kInferred;
      field.contradicted = interest.contradicted;
      if (interest.corrected) field.expires_ms = 0;
    }
  }

  // What the person wants of the recommender.
  void AddWishes() {
    for (const auto& [name, correction] : state_.corrections) {
      const bool learning = name == kLearningField;
      if (!learning && !name.starts_with(kReasonPrefix)) continue;
      Field& field = Add(learning ? Family::kLearning : Family::kReason, name);
      field.value = FieldValue(learning ? "paused" : "muted");
      ApplyCorrection(field, correction);
    }
  }

  const State& state_;
  const DataPlan& plan_;
  const Usage& usage_;
  std::vector<Field> fields_;
};

constexpr Status kNotCorrectable =
    kError<StatusCode::kInvalidArgument, "this field cannot be corrected in this way">;

bool IsPermille(std::string_view text) {
  if (text.empty() || text.size() > 4) return false;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return false;
  }
  return text.size() < 4 || text == "1000";
}

bool IsReason(std::string_view name) {
  if (!name.starts_with(kReasonPrefix)) return false;
  name.remove_prefix(kReasonPrefix.size());
  if (name == kExploringReason) return true;
  for (const std::string_view kind :
       {"item.", "category.", "brand.", "tag.", "word.", "price.", "exploring."}) {
    if (name.starts_with(kind)) return name.size() > kind.size();
  }
  return false;
}

}  // namespace

std::string PlannedFieldOf(Family family, std::string_view name) {
  switch (family) {
    case Family::kUser:
      return std::string(field::kUserId);
    case Family::kGroup:
      return std::string(field::kGroupId);
    case Family::kTrait:
      return std::string(field::kTraitPrefix) + std::string(name);
    case Family::kSpent:
      return std::string(field::kOrderTotal);
    case Family::kPage:
      return std::string(field::kPageName);
    case Family::kSearch:
      return std::string(field::kQuery);
    case Family::kList:
    case Family::kExploring:
      return std::string(field::kListId);
    case Family::kInterest:
      return std::string(name);
    case Family::kOrders:
    case Family::kBought:
    case Family::kCart:
    case Family::kViewed:
    case Family::kOpinion:
    case Family::kLearning:
    case Family::kReason:
      return std::string(field::kItemId);
    case Family::kActivity:
      break;
  }
  return {};
}

std::vector<Field> FieldsOf(const State& state, const DataPlan& plan, const Usage& usage) {
  return FieldList(state, plan, usage).Take();
}

Status CheckCorrection(const Correction& correction) {
  const std::string_view name = correction.field;
  const auto extends = [name](std::string_view prefix) {
    return name.starts_with(prefix) && name.size() > prefix.size();
  };
  const bool statement =
      name == field::kUserId || name == field::kGroupId || extends(field::kTraitPrefix);
  const bool interest = extends("interest.category.") || extends("interest.brand.");
  if (name == kLearningField || IsReason(name)) {
    return correction.action == CorrectionAction::kSet ? kNotCorrectable : OkStatus();
  }
  if (!statement && !interest) return kNotCorrectable;
  if (interest && correction.action == CorrectionAction::kSet && !IsPermille(correction.value)) {
    return kNotCorrectable;
  }
  return OkStatus();
}

}  // namespace baya::profile
