// What is consented to, as the replies tell it.
#pragma once

#include <string>
#include <vector>

#include "engine/consent_desk.h"
#include "engine/ops.h"

namespace baya::engine {

class ConsentReport {
 public:
  explicit ConsentReport(const ConsentDesk& desk);

  // Borrows from the report.
  const ConsentState& View() const { return state_; }

  ConsentReport(const ConsentReport&) = delete;
  ConsentReport& operator=(const ConsentReport&) = delete;

 private:
  std::vector<std::string> names_;
  ConsentState state_;
};

}  // namespace baya::engine
