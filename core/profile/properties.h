// Reads an object's properties for a vocabulary: under their vocabulary's names, of the type the
// profile wants, as far as the plan allows. What nobody asks for is left over and reported.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profile/call.h"
#include "profile/data_plan.h"
#include "profile/reject.h"

namespace baya::profile {

// Borrows the object and the plan. The first rejection sticks and is the one to report.
class Properties {
 public:
  Properties(const Value& object, const DataPlan& plan);

  // Each reads the first of `names` that is there and not null, as the plan's field `planned`.
  // Nothing when there is none, when the plan does not name the field, or when it is bad: then
  // reject() says why. Whole numbers and truth values serve as text, decimal text as numbers,
  // because pages mix them.
  using Names = std::initializer_list<std::string_view>;
  std::optional<std::string> Text(Names names, std::string_view planned, size_t max_bytes);
  std::optional<uint32_t> Quantity(Names names, std::string_view planned);
  std::optional<int64_t> Price(Names names, std::string_view planned, std::string_view currency);

  // Text the event cannot do without: rejected as missing or not planned when it is not there.
  std::string RequiredText(Names names, std::string_view planned, size_t max_bytes);

  // "currency", else the plan's. Not a field of the plan's: a price is nothing without it.
  std::string Currency();

  // Whether it says so: true, or the text "true". Not a field of the plan's: for what only keeps
  // something from being used.
  bool Flag(std::string_view name);

  // The objects of an array; null elements and other types are rejected. Empty when there is none.
  std::vector<const Value*> Objects(std::string_view name);

  Reject reject() const { return reject_; }

  // Properties refused for not being in the plan or of no use to the profile. Only names that the
  // vocabularies know are repeated; each other one is "other".
  std::vector<std::string_view> Refused() const;

 private:
  const Value* Find(Names names);
  const Value* FindPlannedValue(Names names, std::string_view planned);
  void Fail(Reject reject);

  const Value& object_;
  const DataPlan& plan_;
  std::vector<bool> used_;  // by the object's members
  Reject reject_ = Reject::kNone;
};

// Decimal digits of a whole number below 2^53; nothing for any other.
std::optional<std::string> WholeNumberText(double number);

}  // namespace baya::profile
