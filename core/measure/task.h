// A measurement that a site declares: what it asks of a device, in the words that the person
// agrees to, and the DAP task that adds the answers up.
//
// Format: core/docs/formats/tasks.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace baya::measure {

inline constexpr uint8_t kDescriptorVersion = 1;

enum class Policy : uint8_t {
  kProduction = 1,
  kTest = 2,  // may go without noise; refused where the host does not allow test tasks
};

enum class Mechanism : uint8_t {
  kNone = 0,             // only under Policy::kTest
  kDiscreteLaplace = 1,  // each of the two aggregators adds the whole noise
};

enum class Adjacency : uint8_t {
  kReplaceOne = 1,  // one device's report of one epoch changes; a histogram's L1 sensitivity is 2
};

enum class Measurement : uint8_t {
  kCategoryInterest = 1,
  kConversionAfterRecommendation = 2,
};

// Which events count for a category interest; bits of Descriptor::signals.
enum Signal : uint8_t { kViewed = 1, kAdded = 2, kOrdered = 4 };

// The buckets of a conversion, in this order.
enum Conversion : uint8_t {
  kShownNothing = 0,
  kShownBoughtNothing = 1,
  kBoughtSomethingElse = 2,
  kBoughtWhatWasShown = 3,
};
inline constexpr size_t kConversions = 4;

// Texts are UTF-8 and borrowed: from the encoded bytes, or from whoever made the descriptor.
struct Descriptor {
  std::string_view name;   // 1 to 64 bytes, such as "category-interest"
  std::string_view title;  // 1 to 200 bytes
  std::string_view text;   // 1 to 2000 bytes: what is counted and why
  Policy policy = Policy::kProduction;
  Mechanism mechanism = Mechanism::kDiscreteLaplace;
  Adjacency adjacency = Adjacency::kReplaceOne;
  uint64_t epsilon_micro = 0;   // of one report; 0 exactly when there is no mechanism
  uint32_t min_batch_size = 0;  // 1 or more, in production kMinProductionBatch or more
  uint32_t period_s = 0;        // 1 or more, in production a day or more; one report in each epoch
                                // floor(t / period_s)
  uint32_t window_s = 0;        // 1 or more; looked back when the measurement is taken
  uint32_t delay_s = 0;         // a report leaves at random within [0, delay_s] after it was made
  Measurement measurement = Measurement::kCategoryInterest;
  uint8_t signals = 0;                   // of Signal, for a category interest; else 0
  std::vector<std::string_view> labels;  // [buckets], all different; category interest: the last
                                         // takes whatever is in none of the others
};

// Errors: kInvalidArgument (against a rule above), kUnimplemented (a version, policy, mechanism,
// adjacency or measurement that this code does not know), kResourceExhausted (past a limit).
Status Check(const Descriptor& descriptor);
Result<Bytes> EncodeDescriptor(const Descriptor& descriptor);
Result<Descriptor> DecodeDescriptor(ByteView bytes);

// DAP's `task_info` of a task with this descriptor: version 1 and its SHA-256. It is in the
// associated data of every share, and so binds a report to what the person read.
inline constexpr size_t kTaskInfoBytes = 33;
using TaskInfo = std::array<uint8_t, kTaskInfoBytes>;
TaskInfo TaskInfoOf(ByteView encoded_descriptor);

inline constexpr size_t kTaskIdBytes = 32;
using TaskId = std::array<uint8_t, kTaskIdBytes>;

// Borrowed from the section.
struct Task {
  TaskId id{};
  ByteView configuration;  // DAP's TaskConfiguration, the bytes of the associated data
  ByteView encoded_descriptor;
  Descriptor descriptor;
};

// The pack's section of tasks. Encoding uses `id`, `configuration` and `encoded_descriptor`.
//
// Errors: those of Check for any task, kInvalidArgument (against the format, ids that are equal),
// kResourceExhausted (more than kMaxTasks).
Result<Bytes> EncodeTasks(const std::vector<Task>& tasks);
Result<std::vector<Task>> DecodeTasks(ByteView section);

}  // namespace baya::measure
