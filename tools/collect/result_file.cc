#include "collect/result_file.h"

#include <cstdint>
#include <ctime>
#include <utility>

#include "codec/json.h"
#include "collect/noise_error.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using codec::JsonValue;

constexpr uint64_t kVersion = 1;

std::string TimeText(uint64_t unix_s) {
  const auto time = static_cast<std::time_t>(unix_s);
  std::tm parts{};
  char text[64];
  if (gmtime_r(&time, &parts) == nullptr ||
      std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) {
    throw ToolError("a time that cannot be written");
  }
  return text;
}

JsonValue IntervalValue(const dap::Interval& interval, uint64_t precision_s) {
  JsonValue value = JsonValue::Object();
  value.Set("from", TimeText(interval.start * precision_s));
  value.Set("to", TimeText((interval.start + interval.duration) * precision_s));
  value.Set("from_s", interval.start * precision_s);
  value.Set("to_s", (interval.start + interval.duration) * precision_s);
  return value;
}

JsonValue NoiseValue(const CollectedTask& task, const NoiseError& error, bool noisy) {
  JsonValue noise = JsonValue::Object();
  noise.Set("mechanism", task.mechanism);
  noise.Set("adjacency", "replace_one");
  noise.Set("sensitivity", task.sensitivity);
  noise.Set("draws", noisy ? 2 : 0);
  noise.Set("standard_error", error.standard_error);
  noise.Set("half_width_95", error.half_width_95);
  return noise;
}

// The rule is applied to what is public already, so that it tells nothing more.
JsonValue SuppressionValue(const NoiseError& error, bool noisy) {
  JsonValue suppression = JsonValue::Object();
  suppression.Set("rule", noisy ? "a cell is suppressed when its count, with noise, is at most the "
                                  "threshold: its 95% interval then holds 0"
                                : "none: there is no noise");
  suppression.Set("threshold", noisy ? JsonValue(error.half_width_95) : JsonValue());
  return suppression;
}

}  // namespace

std::string ResultText(const CollectedTask& task, const dap::Interval& interval,
                       const dap::Aggregate& aggregate) {
  if (aggregate.counts.size() != task.labels.size()) {
    throw ToolError("the result has another number of buckets than the task");
  }
  const bool noisy = task.mechanism != "none";
  const NoiseError error =
      noisy ? TwoDiscreteLaplaceDraws(task.epsilon_micro, task.sensitivity) : NoiseError{};
  JsonValue cells = JsonValue::Array();
  for (size_t i = 0; i < task.labels.size(); ++i) {
    const int64_t count = aggregate.counts[i];
    JsonValue cell = JsonValue::Object();
    cell.Set("label", task.labels[i]);
    cell.Set("count", count);
    cell.Set("low_95", count - error.half_width_95);
    cell.Set("high_95", count + error.half_width_95);
    cell.Set("suppressed", noisy && count <= error.half_width_95);
    cells.Append(std::move(cell));
  }
  JsonValue about = JsonValue::Object();
  about.Set("id", task.id);
  about.Set("name", task.name);
  about.Set("title", task.title);
  about.Set("measurement", task.measurement);
  about.Set("policy", task.policy);
  JsonValue file = JsonValue::Object();
  file.Set("format", "baya.collected");
  file.Set("version", kVersion);
  file.Set("task", std::move(about));
  file.Set("interval", IntervalValue(interval, task.task.time_precision_s));
  file.Set("reports_interval", IntervalValue(aggregate.interval, task.task.time_precision_s));
  file.Set("report_count", aggregate.report_count);
  file.Set("min_batch_size", task.task.min_batch_size);
  file.Set("epsilon_micro", task.epsilon_micro);
  file.Set("noise", NoiseValue(task, error, noisy));
  file.Set("suppression", SuppressionValue(error, noisy));
  file.Set("cells", std::move(cells));
  return OrThrow(codec::WriteJson(file, codec::JsonStyle::kIndented), "writing the result");
}

}  // namespace baya::tools
