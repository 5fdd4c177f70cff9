#include "aggregator/store.h"

#include <algorithm>
#include <utility>

#include "crypto/fixed_bytes.h"
#include "crypto/sha256.h"
#include "lib/tool_error.h"

namespace baya::aggregator {
namespace {

using tools::OrThrow;
using tools::ToolError;

constexpr char kCommonSchema[] = R"(
  CREATE TABLE task (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    configuration BLOB NOT NULL
  );
  CREATE TABLE report (
    task INTEGER NOT NULL REFERENCES task,
    id BLOB NOT NULL,
    PRIMARY KEY (task, id)
  ) WITHOUT ROWID;
  CREATE TABLE bucket (
    task INTEGER NOT NULL REFERENCES task,
    time INTEGER NOT NULL,
    agg_share BLOB,
    report_count INTEGER NOT NULL,
    checksum BLOB NOT NULL,
    PRIMARY KEY (task, time)
  ) WITHOUT ROWID;
  CREATE TABLE closed (
    task INTEGER NOT NULL REFERENCES task,
    first INTEGER NOT NULL,
    past INTEGER NOT NULL,
    PRIMARY KEY (task, first)
  ) WITHOUT ROWID;
)";

constexpr char kLeaderSchema[] = R"(
  CREATE TABLE aggregation_job (
    key INTEGER PRIMARY KEY,
    task INTEGER NOT NULL REFERENCES task,
    request BLOB NOT NULL
  );
  CREATE TABLE input_share (
    key INTEGER PRIMARY KEY,
    task INTEGER NOT NULL REFERENCES task,
    time INTEGER NOT NULL,
    body BLOB NOT NULL,
    job INTEGER REFERENCES aggregation_job
  );
  CREATE INDEX input_share_waiting ON input_share (task, key) WHERE job IS NULL;
  CREATE INDEX input_share_job ON input_share (job) WHERE job IS NOT NULL;
  CREATE INDEX input_share_time ON input_share (task, time);
  CREATE TABLE collection_job (
    key INTEGER PRIMARY KEY,
    task INTEGER NOT NULL REFERENCES task,
    id BLOB NOT NULL,
    request BLOB NOT NULL,
    first INTEGER NOT NULL,
    past INTEGER NOT NULL,
    state INTEGER NOT NULL,
    share_request BLOB,
    response BLOB,
    problem INTEGER,
    UNIQUE (task, id)
  );
)";

// Since version 2: what every upload and every pass of the driver ask for, without a walk through
// all that waits or was ever collected.
constexpr char kLeaderCounts[] = R"(
  CREATE TABLE waiting (
    key INTEGER PRIMARY KEY CHECK (key = 0),
    reports INTEGER NOT NULL
  );
  INSERT INTO waiting SELECT 0, count(*) FROM input_share;
  CREATE TRIGGER input_share_comes AFTER INSERT ON input_share BEGIN
    UPDATE waiting SET reports = reports + 1 WHERE key = 0;
  END;
  CREATE TRIGGER input_share_goes AFTER DELETE ON input_share BEGIN
    UPDATE waiting SET reports = reports - 1 WHERE key = 0;
  END;
  CREATE INDEX collection_job_open ON collection_job (key) WHERE state < 3;
)";

constexpr char kHelperSchema[] = R"(
  CREATE TABLE aggregation_job (
    task INTEGER NOT NULL REFERENCES task,
    id BLOB NOT NULL,
    response BLOB NOT NULL,
    PRIMARY KEY (task, id)
  );
  CREATE TABLE aggregate_share (
    task INTEGER NOT NULL REFERENCES task,
    id BLOB NOT NULL,
    response BLOB NOT NULL,
    PRIMARY KEY (task, id)
  );
)";

int64_t ToInt(uint64_t value) {
  if (value > kMaxTime) throw DatabaseError("a number that cannot be stored");
  return static_cast<int64_t>(value);
}

// user_version: the schema's version and, in its second byte, the role.
int64_t VersionOf(dap::Role role, int64_t schema) {
  return static_cast<int64_t>(role) << 8 | schema;
}

// Makes or completes the tables. Throws ToolError for a version that is none of ours.
void SetUp(Database& database, const std::string& path, dap::Role role) {
  int64_t version = 0;
  {
    Query query = database.Prepare("PRAGMA user_version");
    if (query.Step()) version = query.Int(0);
  }
  const bool leader = role == dap::Role::kLeader;
  const int64_t newest = VersionOf(role, leader ? 2 : 1);
  if (version == newest) return;
  if (version == 0) {
    database.Execute(kCommonSchema);
    database.Execute(leader ? kLeaderSchema : kHelperSchema);
  } else if (!leader || version != VersionOf(role, 1)) {
    throw ToolError(path + " was made by the other aggregator or by a later version");
  }
  if (leader) database.Execute(kLeaderCounts);
  database.Execute("PRAGMA user_version=" + std::to_string(newest));
}

dap::BatchBucket ReadBucket(const Query& query, int first) {
  dap::BatchBucket bucket;
  bucket.agg_share = SecretBytes::CopyOf(query.Blob(first));
  bucket.report_count = static_cast<uint64_t>(query.Int(first + 1));
  bucket.checksum =
      OrThrow(crypto::FixedBytes<crypto::kSha256Bytes>(query.Blob(first + 2)), "a stored checksum");
  return bucket;
}

}  // namespace

ResourceId ResourceIdOf(ByteView request) {
  const crypto::Sha256Digest digest = crypto::Sha256(request);
  ResourceId id;
  std::copy_n(digest.begin(), id.size(), id.begin());
  return id;
}

std::unique_ptr<Database> OpenDatabase(const std::string& path, dap::Role role) {
  auto database = std::make_unique<Database>(path, Database::Access::kWrite);
  Transaction transaction(*database);
  SetUp(*database, path, role);
  transaction.Commit();
  return database;
}

TaskKey AddTask(Database& database, const dap::Task& task) {
  database.Prepare("INSERT OR IGNORE INTO task (id, configuration) VALUES (?, ?)")
      .Bind(ByteView(task.id))
      .Bind(ByteView(task.configuration))
      .Run();
  Query query = database.Prepare("SELECT key, configuration FROM task WHERE id = ?");
  if (!query.Bind(ByteView(task.id)).Step()) throw DatabaseError("a task was not stored");
  if (!BytesEqual(query.Blob(1), task.configuration)) {
    throw ToolError(
        "a task is in the database with another configuration; a changed task needs a "
        "new id");
  }
  return query.Int(0);
}

bool AddReportId(Database& database, TaskKey task, const dap::ReportId& id) {
  return database.Prepare("INSERT OR IGNORE INTO report (task, id) VALUES (?, ?)")
             .Bind(task)
             .Bind(ByteView(id))
             .Run() == 1;
}

bool IsClosed(Database& database, TaskKey task, dap::Time time) {
  return AnyClosed(database, task, {time, 1});
}

bool AnyClosed(Database& database, TaskKey task, const dap::Interval& interval) {
  // Those that are closed have no moment in common: of the ones that begin early enough, the last
  // to begin is the last to end.
  Query query = database.Prepare(
      "SELECT past FROM closed WHERE task = ? AND first < ? ORDER BY first DESC LIMIT 1");
  query.Bind(task).Bind(ToInt(interval.start + interval.duration));
  return query.Step() && query.Int(0) > ToInt(interval.start);
}

void Close(Database& database, TaskKey task, const dap::Interval& interval) {
  database.Prepare("INSERT INTO closed (task, first, past) VALUES (?, ?, ?)")
      .Bind(task)
      .Bind(ToInt(interval.start))
      .Bind(ToInt(interval.start + interval.duration))
      .Run();
}

void Reopen(Database& database, TaskKey task, const dap::Interval& interval) {
  database.Prepare("DELETE FROM closed WHERE task = ? AND first = ? AND past = ?")
      .Bind(task)
      .Bind(ToInt(interval.start))
      .Bind(ToInt(interval.start + interval.duration))
      .Run();
}

void Buckets::Commit(dap::Time time, const dap::ReportId& id, ByteView out_share) {
  auto found = open_.find(time);
  if (found == open_.end()) {
    Query query = database_.Prepare(
        "SELECT agg_share, report_count, checksum FROM bucket WHERE task = ? AND time = ?");
    const bool stored = query.Bind(task_).Bind(ToInt(time)).Step();
    found = open_.emplace(time, stored ? ReadBucket(query, 0) : aggregator_.EmptyBucket()).first;
  }
  OrThrow(aggregator_.Commit(id, out_share, &found->second), "adding an out share");
}

void Buckets::Save() {
  for (const auto& [time, bucket] : open_) {
    database_
        .Prepare(
            "INSERT OR REPLACE INTO bucket (task, time, agg_share, report_count, checksum) "
            "VALUES (?, ?, ?, ?, ?)")
        .Bind(task_)
        .Bind(ToInt(time))
        .Bind(bucket.agg_share.Expose())
        .Bind(ToInt(bucket.report_count))
        .Bind(ByteView(bucket.checksum))
        .Run();
  }
  open_.clear();
}

Batch MergeBuckets(Database& database, TaskKey task, const dap::Aggregator& aggregator,
                   const dap::Interval& interval) {
  Batch batch{aggregator.EmptyBucket(), {interval.start, 0}};
  Query query = database.Prepare(
      "SELECT agg_share, report_count, checksum, time FROM bucket "
      "WHERE task = ? AND time >= ? AND time < ? AND agg_share IS NOT NULL ORDER BY time");
  query.Bind(task).Bind(ToInt(interval.start)).Bind(ToInt(interval.start + interval.duration));
  while (query.Step()) {
    OrThrow(aggregator.Merge(ReadBucket(query, 0), &batch.sum), "merging buckets");
    const auto time = static_cast<dap::Time>(query.Int(3));
    if (batch.interval.duration == 0) batch.interval.start = time;
    batch.interval.duration = time + 1 - batch.interval.start;
  }
  return batch;
}

void ScrubBuckets(Database& database, TaskKey task, const dap::Interval& interval) {
  database.Prepare("UPDATE bucket SET agg_share = NULL WHERE task = ? AND time >= ? AND time < ?")
      .Bind(task)
      .Bind(ToInt(interval.start))
      .Bind(ToInt(interval.start + interval.duration))
      .Run();
}

}  // namespace baya::aggregator
