// What the reports of this device have cost, so that it gives away no more than it said.
//
// Epsilon is counted in millionths, for each budget epoch of seven days by the device's clock,
// summed over tasks. A charge is never given back. The newest epoch ever seen is the one charged:
// a clock that goes back finds it as spent as it was, one that runs ahead and comes back waits.
//
// Stored bytes: core/docs/formats/reports.md §1.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/status.h"
#include "consent/gate.h"
#include "measure/task.h"

namespace baya::measure {

inline constexpr int64_t kBudgetEpochS = int64_t{7} * 24 * 3600;

// Two tasks of the usual epsilon, 1, in each week.
inline constexpr uint64_t kDefaultBudgetMicro = 2'000'000;

// That one report of a task has been paid for. Only Ledger::Pay makes one; a report takes it.
class Charge {
 public:
  Charge(Charge&&) = default;
  Charge& operator=(Charge&&) = default;
  Charge(const Charge&) = delete;
  Charge& operator=(const Charge&) = delete;

  const TaskId& task() const { return task_; }
  uint64_t epsilon_micro() const { return epsilon_micro_; }

 private:
  friend class Ledger;
  Charge(const TaskId& task, uint64_t epsilon_micro) : task_(task), epsilon_micro_(epsilon_micro) {}

  TaskId task_;
  uint64_t epsilon_micro_;
};

enum class Room : uint8_t {
  kFree,
  kReported,   // the task has had its report of this epoch
  kExhausted,  // the budget does not hold another one
};

class Ledger {
 public:
  // Counts from now on.
  explicit Ledger(int64_t now_ms) : since_ms_(now_ms) {}

  Room Look(const Task& task, uint64_t budget_micro, int64_t now_ms) const;

  // Charges one report of `task`. The caller makes the ledger durable with the report or before.
  //
  //   use  for measuring
  //
  // Errors: kInvalidArgument (another use), kAlreadyExists (kReported), kResourceExhausted.
  Result<Charge> Pay(const consent::Use& use, const Task& task, uint64_t budget_micro);

  // Spends what is left of this epoch: what storage lost may have been charges.
  void CloseEpoch(int64_t now_ms);

  uint64_t SpentMicro(int64_t now_ms) const;
  // The end of the budget epoch, and of the task's own.
  int64_t EpochEndMs(int64_t now_ms) const;
  int64_t NextReportMs(const TaskId& task) const;  // 0: at once
  int64_t since_ms() const { return since_ms_; }

  Result<Bytes> Encode() const;
  // Errors: kInvalidArgument for what Encode does not give, kUnimplemented for a later version.
  static Result<Ledger> Decode(ByteView bytes);

 private:
  struct Reported {
    TaskId task{};
    uint64_t next_s = 0;  // when the task's next epoch begins
  };

  uint64_t EpochAt(int64_t now_ms) const;
  const Reported* Find(const TaskId& task) const;
  void Note(const Task& task, int64_t now_ms);

  int64_t since_ms_;
  uint64_t epoch_ = 0;
  uint64_t spent_micro_ = 0;  // in epoch_
  std::vector<Reported> reported_;
};

}  // namespace baya::measure
