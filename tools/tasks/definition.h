// What a publisher wants measured, as a JSON file.
//
// Format: core/docs/formats/task-files.md §1.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "measure/task.h"

namespace baya::tools {

struct TaskDefinition {
  std::string name, title, text;
  std::vector<std::string> labels;
  measure::Descriptor descriptor;  // without the texts: View fills them in
  uint64_t time_precision_s = 0;

  // The descriptor with texts borrowed from this definition, which must outlive it.
  measure::Descriptor View() const;
};

// Throws ToolError, which names the task and the member, for anything that is not in the format
// or against a rule of measure::Check.
std::vector<TaskDefinition> ReadDefinitions(const std::string& path);
std::vector<TaskDefinition> ParseDefinitions(const std::string& text, const std::string& path);

// The words of the format for a descriptor's numbers.
std::string PolicyWord(measure::Policy policy);
std::string MechanismWord(measure::Mechanism mechanism);
std::string MeasurementWord(measure::Measurement measurement);
std::vector<std::string> SignalWords(uint8_t signals);

}  // namespace baya::tools
