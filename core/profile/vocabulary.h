// The vocabularies that pages speak, each one file that turns a call into the canonical event.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "profile/call.h"
#include "profile/data_plan.h"
#include "profile/event.h"
#include "profile/properties.h"
#include "profile/reject.h"

namespace baya::profile {

struct Translation {
  Reject reject = Reject::kNone;
  // Valid but for its time when reject is kNone; its kind is right in any case.
  Event event;
  // Fields that were left out: not in the plan, or of no use here. Names from fixed lists.
  std::vector<std::string_view> refused;
};

// Each gives nothing for a call it does not know.

// Segment's e-commerce specification v2, as far as the profile has a use for it, and the v1 name
// "Completed Order".
std::optional<Translation> TranslateSegmentEcommerce(const Call& call, const DataPlan& plan);

// Segment's page, identify and group.
std::optional<Translation> TranslateSegmentSpec(const Call& call, const DataPlan& plan);

// Ours: "Product Liked" and "Product Disliked", with the properties of "Product Viewed".
std::optional<Translation> TranslateFeedback(const Call& call, const DataPlan& plan);

// By the first vocabulary that knows it; kUnknownEvent when none does.
Translation Translate(const Call& call, const DataPlan& plan);

// For the vocabularies: one product in the properties of a call or in its `products`.
void ReadProduct(Properties& properties, Event& event);

}  // namespace baya::profile
