// What both aggregators keep: tasks, report ids, batch buckets, collected intervals.
//
// Tables and what they mean: tools/aggregator/README.md. Every function runs in the caller's
// transaction and throws DatabaseError.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "aggregator/sqlite.h"
#include "base/bytes.h"
#include "dap/aggregator.h"
#include "dap/messages.h"
#include "dap/task.h"

namespace baya::aggregator {

using TaskKey = int64_t;  // row of the table `task`

// SQLite's integers are signed. Nothing later than this is stored or collected.
inline constexpr dap::Time kMaxTime = dap::Time{1} << 62;

// 16 bytes that stand for a request: the same bytes, the same resource.
using ResourceId = std::array<uint8_t, 16>;
ResourceId ResourceIdOf(ByteView request);

// Opens or makes the database of `role` at `path`. Throws ToolError for one of the other role or
// of a later version.
std::unique_ptr<Database> OpenDatabase(const std::string& path, dap::Role role);

// The task's row, new if need be. Throws ToolError when the id is known with another
// configuration: a task never changes.
TaskKey AddTask(Database& database, const dap::Task& task);

// False when the id was there already.
bool AddReportId(Database& database, TaskKey task, const dap::ReportId& id);

// Whether the bucket of that time may take no more reports.
bool IsClosed(Database& database, TaskKey task, dap::Time time);
bool AnyClosed(Database& database, TaskKey task, const dap::Interval& interval);
void Close(Database& database, TaskKey task, const dap::Interval& interval);
void Reopen(Database& database, TaskKey task, const dap::Interval& interval);

// The buckets that one transaction touches: read once, written once.
class Buckets {
 public:
  Buckets(Database& database, TaskKey task, const dap::Aggregator& aggregator)
      : database_(database), task_(task), aggregator_(aggregator) {}

  void Commit(dap::Time time, const dap::ReportId& id, ByteView out_share);
  void Save();

 private:
  Database& database_;
  TaskKey task_;
  const dap::Aggregator& aggregator_;
  std::map<dap::Time, dap::BatchBucket> open_;
};

struct Batch {
  dap::BatchBucket sum;
  dap::Interval interval;  // smallest that holds the reports; empty without reports
};
Batch MergeBuckets(Database& database, TaskKey task, const dap::Aggregator& aggregator,
                   const dap::Interval& interval);

// Overwrites the aggregate shares of a batch that was answered: what is left of it is the answer.
void ScrubBuckets(Database& database, TaskKey task, const dap::Interval& interval);

}  // namespace baya::aggregator
