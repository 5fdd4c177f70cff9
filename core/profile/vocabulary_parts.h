// What the e-commerce vocabularies share. For vocabulary_*.cc alone.
#pragma once

#include <string_view>

#include "profile/vocabulary.h"

namespace baya::profile {

// An event about the one product that the call's properties describe.
Translation TranslateProduct(EventKind kind, const Call& call, const DataPlan& plan);

// Takes the currency out again when nothing has a price.
void DropIdleCurrency(Event& event);

// Ends a translation: the rejection and the leftovers of its properties.
void Close(const Properties& properties, Translation& translation);

}  // namespace baya::profile
