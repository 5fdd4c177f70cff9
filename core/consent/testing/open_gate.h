// A gate for tests of the rooms above: everything granted, as a person would.
#pragma once

#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "consent/gate.h"

namespace baya::consent::testing {

inline constexpr TextHash kText = {0x7e, 0x57};

inline Policy PolicyOfEverything(bool memory_only_session = false) {
  Policy policy;
  for (const Purpose purpose : {Purpose::kStore, Purpose::kPersonalize, Purpose::kMeasure,
                                Purpose::kTrain, Purpose::kSync, PartnerPurpose(7)}) {
    policy.purposes.push_back({purpose, kText, 0});
  }
  policy.memory_only_session = memory_only_session;
  return policy;
}

// Aborts where a test's own set-up is wrong.
class OpenGate {
 public:
  explicit OpenGate(int64_t now_ms)
      : now_ms_(now_ms),
        consent_(Consent::Create(PolicyOfEverything()).value()),
        gate_(&consent_, &log_) {
    std::vector<BannerChoice> choices;
    for (const DeclaredPurpose& declared : PolicyOfEverything().purposes) {
      choices.push_back({declared.purpose, true, declared.text});
    }
    if (!consent_.Choose(choices, now_ms).ok()) std::abort();
  }
  OpenGate(const OpenGate&) = delete;
  OpenGate& operator=(const OpenGate&) = delete;

  void SetNowMs(int64_t now_ms) { now_ms_ = now_ms; }

  Use Pass(Purpose purpose, Operation operation, std::string_view caller = kPerson) {
    return gate_.Check(purpose, operation, caller, now_ms_).value();
  }

  Consent& consent() { return consent_; }
  AccessLog& log() { return log_; }
  Gate& gate() { return gate_; }

 private:
  int64_t now_ms_;
  Consent consent_;
  AccessLog log_;
  Gate gate_;
};

}  // namespace baya::consent::testing
