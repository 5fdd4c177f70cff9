#include "engine/consent_report.h"

#include "consent/purpose.h"
#include "consent/rules.h"

namespace baya::engine {

ConsentReport::ConsentReport(const ConsentDesk& desk) {
  state_.asked = !desk.ShouldAsk();
  state_.paused = desk.paused();
  for (const consent::Purpose purpose : desk.declared()) {
    names_.push_back(consent::PurposeName(purpose));
  }
  for (size_t i = 0; i < names_.size(); ++i) {
    const consent::Decision decision = desk.Decide(desk.declared()[i]);
    state_.purposes.push_back(
        {names_[i], decision.open(), consent::ReasonName(decision.reason), decision.memory_only});
  }
}

}  // namespace baya::engine
