#include "aggregator/helper_store.h"

namespace baya::aggregator {

std::optional<Bytes> FindAnswer(Database& database, Answers answers, TaskKey task,
                                const ResourceId& id) {
  Query query = database.Prepare(
      answers == Answers::kJobs ? "SELECT response FROM aggregation_job WHERE task = ? AND id = ?"
                                : "SELECT response FROM aggregate_share WHERE task = ? AND id = ?");
  if (!query.Bind(task).Bind(ByteView(id)).Step()) return std::nullopt;
  return ToBytes(query.Blob(0));
}

void AddAnswer(Database& database, Answers answers, TaskKey task, const ResourceId& id,
               ByteView response) {
  database
      .Prepare(answers == Answers::kJobs
                   ? "INSERT INTO aggregation_job (task, id, response) VALUES (?, ?, ?)"
                   : "INSERT INTO aggregate_share (task, id, response) VALUES (?, ?, ?)")
      .Bind(task)
      .Bind(ByteView(id))
      .Bind(response)
      .Run();
}

void DeleteAnswer(Database& database, Answers answers, TaskKey task, const ResourceId& id) {
  database
      .Prepare(answers == Answers::kJobs ? "DELETE FROM aggregation_job WHERE task = ? AND id = ?"
                                         : "DELETE FROM aggregate_share WHERE task = ? AND id = ?")
      .Bind(task)
      .Bind(ByteView(id))
      .Run();
}

}  // namespace baya::aggregator
