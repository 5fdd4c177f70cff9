// A task: one measurement process, whose parameters every participant binds into what it seals.
//
// Source: draft-ietf-ppm-dap-18, "Task Configuration" and "VDAF Configuration Encodings".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "dap/messages.h"

namespace baya::dap {

enum class BatchMode : uint8_t { kTimeInterval = 1, kLeaderSelected = 2 };
enum class TaskExtensionType : uint16_t { kTaskInterval = 1 };

struct TaskConfiguration {
  Bytes task_info;                         // 1 to 255 bytes
  std::string leader_aggregator_endpoint;  // ASCII, never normalised: its bytes are bound
  std::string helper_aggregator_endpoint;
  uint64_t time_precision_s = 0;  // at least 1
  uint64_t min_batch_size = 0;
  BatchMode batch_mode = BatchMode::kTimeInterval;
  Bytes batch_config;
  uint32_t vdaf_type = 0;
  Bytes vdaf_configuration;
  std::vector<Extension> extensions;
};

Result<Bytes> Encode(const TaskConfiguration& configuration);
Result<TaskConfiguration> DecodeTaskConfiguration(ByteView bytes);

struct HistogramConfig {
  uint32_t length = 0;        // buckets
  uint32_t chunk_length = 0;  // of the proof
};

// The chunk length that makes a proof about the shortest: the square root of `length`, rounded up
// (draft-irtf-cfrg-vdaf-20 §7.4.3.1).
uint32_t ChunkLengthFor(uint32_t length);

// The vdaf_configuration of Prio3Histogram.
Bytes EncodeHistogramConfig(const HistogramConfig& config);

// A task of the kind this room serves: Prio3Histogram in batches of time intervals. Immutable.
struct Task {
  TaskId id = {};
  Bytes configuration;  // encoded: the exact bytes that are bound
  std::string leader_url;
  std::string helper_url;
  uint64_t time_precision_s = 1;
  uint64_t min_batch_size = 0;
  HistogramConfig histogram;
  std::optional<Interval> task_interval;  // of the extension of that name

  // The Time of a moment, rounded down. REQUIRES: unix_s of at least 0.
  Time TimeAt(uint64_t unix_s) const { return unix_s / time_precision_s; }
};

// Errors: kInvalidArgument (a malformed configuration); kUnimplemented (another batch mode or
// VDAF, a batch mode with parameters, an extension that is not known).
Result<Task> MakeTask(const TaskId& id, ByteView configuration);

// "dap-18" || task_id, the application context of the VDAF.
Bytes VdafContext(const TaskId& id);

}  // namespace baya::dap
