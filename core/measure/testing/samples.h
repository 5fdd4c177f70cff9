// Descriptors for tests.
#pragma once

#include "measure/task.h"

namespace baya::measure::testing {

inline Descriptor CategoryInterest() {
  Descriptor descriptor;
  descriptor.name = "category-interest";
  descriptor.title = "Which kind of product people look for most";
  descriptor.text = "Counts the kind of product you dealt with most in the last thirty days.";
  descriptor.epsilon_micro = 1'000'000;
  descriptor.min_batch_size = 20;
  descriptor.period_s = 7 * 24 * 3600;
  descriptor.window_s = 30 * 24 * 3600;
  descriptor.delay_s = 3600;
  descriptor.signals = kViewed | kAdded | kOrdered;
  descriptor.labels = {"lamps", "mugs", "other"};
  return descriptor;
}

inline Descriptor Conversion() {
  Descriptor descriptor = CategoryInterest();
  descriptor.name = "conversion";
  descriptor.title = "Whether recommendations lead to orders";
  descriptor.text = "Counts whether you ordered something that was recommended to you.";
  descriptor.measurement = Measurement::kConversionAfterRecommendation;
  descriptor.signals = 0;
  descriptor.labels = {"shown nothing", "shown, bought nothing", "bought something else",
                       "bought what was shown"};
  return descriptor;
}

}  // namespace baya::measure::testing
