// Tasks for tests, with the configuration that agrees with their descriptor.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "dap/task.h"
#include "measure/task.h"

namespace baya::measure::testing {

inline constexpr uint32_t kPrio3Histogram = 4;  // draft-irtf-cfrg-vdaf-20 §10

// Owns what a Task borrows.
struct BuiltTask {
  TaskId id{};
  Bytes configuration;
  Bytes descriptor;

  Task View() const {
    Task task;
    task.id = id;
    task.configuration = configuration;
    task.encoded_descriptor = descriptor;
    task.descriptor = DecodeDescriptor(descriptor).value();
    return task;
  }
};

inline dap::TaskConfiguration ConfigurationOf(const Descriptor& descriptor) {
  const TaskInfo info = TaskInfoOf(EncodeDescriptor(descriptor).value());
  const auto length = static_cast<uint32_t>(descriptor.labels.size());
  dap::TaskConfiguration configuration;
  configuration.task_info.assign(info.begin(), info.end());
  configuration.leader_aggregator_endpoint = "https://leader.example/";
  configuration.helper_aggregator_endpoint = "https://helper.example/dap/";
  configuration.time_precision_s = 3600;
  configuration.min_batch_size = descriptor.min_batch_size;
  configuration.vdaf_type = kPrio3Histogram;
  configuration.vdaf_configuration =
      dap::EncodeHistogramConfig({length, dap::ChunkLengthFor(length)});
  return configuration;
}

inline BuiltTask Build(uint8_t id, const Descriptor& descriptor,
                       const dap::TaskConfiguration& configuration) {
  BuiltTask built;
  built.id.fill(id);
  built.configuration = dap::Encode(configuration).value();
  built.descriptor = EncodeDescriptor(descriptor).value();
  return built;
}

inline BuiltTask Build(uint8_t id, const Descriptor& descriptor) {
  return Build(id, descriptor, ConfigurationOf(descriptor));
}

inline Bytes SectionOf(const std::vector<BuiltTask>& built) {
  std::vector<Task> tasks;
  tasks.reserve(built.size());
  for (const BuiltTask& one : built) tasks.push_back(one.View());
  return EncodeTasks(tasks).value();
}

}  // namespace baya::measure::testing
