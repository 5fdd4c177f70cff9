#include "aggregator/leader_store.h"

#include <algorithm>

namespace baya::aggregator {
namespace {

constexpr char kCollectionColumns[] =
    "key, task, request, first, past, state, share_request, response, problem";

std::vector<WaitingShare> ReadShares(Query& query) {
  std::vector<WaitingShare> shares;
  while (query.Step()) shares.push_back({query.Int(0), ToBytes(query.Blob(1))});
  return shares;
}

CollectionJob ReadCollectionJob(const Query& query) {
  CollectionJob job;
  job.key = query.Int(0);
  job.task = query.Int(1);
  job.request = ToBytes(query.Blob(2));
  const auto first = static_cast<dap::Time>(query.Int(3));
  job.interval = {first, static_cast<dap::Time>(query.Int(4)) - first};
  job.state = static_cast<CollectionState>(query.Int(5));
  job.share_request = ToBytes(query.Blob(6));
  job.response = ToBytes(query.Blob(7));
  if (!query.IsNull(8)) job.problem = static_cast<dap::ProblemType>(query.Int(8));
  return job;
}

}  // namespace

bool AddUpload(Database& database, TaskKey task, const dap::Report& report, ByteView encoded) {
  if (!AddReportId(database, task, report.report_metadata.report_id)) return false;
  database.Prepare("INSERT INTO input_share (task, time, body) VALUES (?, ?, ?)")
      .Bind(task)
      .Bind(static_cast<int64_t>(report.report_metadata.time))
      .Bind(encoded)
      .Run();
  return true;
}

std::vector<WaitingShare> WaitingShares(Database& database, TaskKey task, int64_t limit) {
  Query query = database.Prepare(
      "SELECT key, body FROM input_share WHERE task = ? AND job IS NULL ORDER BY key LIMIT ?");
  query.Bind(task).Bind(limit);
  return ReadShares(query);
}

std::vector<WaitingShare> SharesOfJob(Database& database, JobKey job) {
  Query query = database.Prepare("SELECT key, body FROM input_share WHERE job = ? ORDER BY key");
  query.Bind(job);
  return ReadShares(query);
}

int64_t CountShares(Database& database) {
  Query query = database.Prepare("SELECT reports FROM waiting WHERE key = 0");
  return query.Step() ? query.Int(0) : 0;
}

int64_t CountShares(Database& database, TaskKey task, const dap::Interval& interval,
                    uint64_t enough) {
  Query query = database.Prepare(
      "SELECT count(*) FROM (SELECT 1 FROM input_share "
      "WHERE task = ? AND time >= ? AND time < ? LIMIT ?)");
  query.Bind(task)
      .Bind(static_cast<int64_t>(interval.start))
      .Bind(static_cast<int64_t>(interval.start + interval.duration))
      .Bind(static_cast<int64_t>(std::min<uint64_t>(enough, INT64_MAX)));
  return query.Step() ? query.Int(0) : 0;
}

JobKey AddJob(Database& database, TaskKey task, ByteView request,
              std::span<const ShareKey> shares) {
  Query insert =
      database.Prepare("INSERT INTO aggregation_job (task, request) VALUES (?, ?) RETURNING key");
  if (!insert.Bind(task).Bind(request).Step()) throw DatabaseError("a job was not stored");
  const JobKey job = insert.Int(0);
  while (insert.Step()) continue;
  for (const ShareKey share : shares) {
    database.Prepare("UPDATE input_share SET job = ? WHERE key = ?").Bind(job).Bind(share).Run();
  }
  return job;
}

void DeleteShares(Database& database, std::span<const ShareKey> shares) {
  for (const ShareKey share : shares) {
    database.Prepare("DELETE FROM input_share WHERE key = ?").Bind(share).Run();
  }
}

void DeleteJob(Database& database, JobKey job) {
  database.Prepare("DELETE FROM input_share WHERE job = ?").Bind(job).Run();
  database.Prepare("DELETE FROM aggregation_job WHERE key = ?").Bind(job).Run();
}

void AbandonJob(Database& database, JobKey job) {
  database.Prepare("UPDATE input_share SET job = NULL WHERE job = ?").Bind(job).Run();
  database.Prepare("DELETE FROM aggregation_job WHERE key = ?").Bind(job).Run();
}

void ReturnShares(Database& database, JobKey job, const std::vector<bool>& which) {
  const std::vector<WaitingShare> shares = SharesOfJob(database, job);
  for (size_t i = 0; i < shares.size(); ++i) {
    if (!which[i]) continue;
    database.Prepare("UPDATE input_share SET job = NULL WHERE key = ?").Bind(shares[i].key).Run();
  }
}

std::vector<StoredJob> Jobs(Database& database) {
  Query query = database.Prepare("SELECT key, task, request FROM aggregation_job ORDER BY key");
  std::vector<StoredJob> jobs;
  while (query.Step()) jobs.push_back({query.Int(0), query.Int(1), ToBytes(query.Blob(2))});
  return jobs;
}

std::optional<CollectionJob> FindCollectionJob(Database& database, TaskKey task,
                                               const ResourceId& id) {
  static const std::string kSql = std::string("SELECT ") + kCollectionColumns +
                                  " FROM collection_job WHERE task = ? AND id = ?";
  Query query = database.Prepare(kSql.c_str());
  if (!query.Bind(task).Bind(ByteView(id)).Step()) return std::nullopt;
  return ReadCollectionJob(query);
}

std::vector<CollectionJob> OpenCollectionJobs(Database& database) {
  static const std::string kSql = std::string("SELECT ") + kCollectionColumns +
                                  " FROM collection_job WHERE state < 3 ORDER BY key";
  Query query = database.Prepare(kSql.c_str());
  std::vector<CollectionJob> jobs;
  while (query.Step()) jobs.push_back(ReadCollectionJob(query));
  return jobs;
}

void AddCollectionJob(Database& database, TaskKey task, const ResourceId& id, ByteView request,
                      const dap::Interval& interval) {
  database
      .Prepare(
          "INSERT INTO collection_job (task, id, request, first, past, state) "
          "VALUES (?, ?, ?, ?, ?, 0)")
      .Bind(task)
      .Bind(ByteView(id))
      .Bind(request)
      .Bind(static_cast<int64_t>(interval.start))
      .Bind(static_cast<int64_t>(interval.start + interval.duration))
      .Run();
}

bool IsWaiting(Database& database, const CollectionJob& job) {
  return database
      .Prepare(
          "SELECT 1 FROM collection_job "
          "WHERE key = ? AND task = ? AND request = ? AND state = 0")
      .Bind(job.key)
      .Bind(job.task)
      .Bind(ByteView(job.request))
      .Step();
}

void UpdateCollectionJob(Database& database, const CollectionJob& job) {
  Query update = database.Prepare(
      "UPDATE collection_job SET state = ?, share_request = ?, response = ?, problem = ? "
      "WHERE key = ?");
  update.Bind(static_cast<int64_t>(job.state))
      .Bind(ByteView(job.share_request))
      .Bind(ByteView(job.response));
  if (job.problem) {
    update.Bind(static_cast<int64_t>(*job.problem));
  } else {
    update.BindNull();
  }
  update.Bind(job.key).Run();
}

void DeleteCollectionJob(Database& database, const CollectionJob& job) {
  database.Prepare("DELETE FROM collection_job WHERE key = ?").Bind(job.key).Run();
}

}  // namespace baya::aggregator
