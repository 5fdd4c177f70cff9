#include "aggregator/sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace baya::aggregator {
namespace {

constexpr int kBusyTimeoutMs = 10'000;

[[noreturn]] void Fail(sqlite3* connection, const char* doing) {
  throw DatabaseError(std::string("database: ") + doing + ": " + sqlite3_errmsg(connection));
}

void Check(sqlite3* connection, int code, const char* doing) {
  if (code != SQLITE_OK) Fail(connection, doing);
}

// SQLite takes the mode of a new file from the umask; keys and shares are nobody else's business.
void MakePrivateFile(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) throw DatabaseError("cannot open " + path);
  close(descriptor);
}

}  // namespace

Query::Query(sqlite3* connection, sqlite3_stmt* statement)
    : connection_(connection), statement_(statement) {}

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Query& Query::Bind(int64_t value) {
  Check(connection_, sqlite3_bind_int64(statement_, next_++, value), "a number");
  return *this;
}

Query& Query::Bind(ByteView blob) {
  // A null pointer would bind NULL instead of an empty blob.
  const void* const data = blob.empty() ? static_cast<const void*>("") : blob.data();
  Check(connection_, sqlite3_bind_blob64(statement_, next_++, data, blob.size(), SQLITE_STATIC),
        "a blob");
  return *this;
}

Query& Query::BindNull() {
  Check(connection_, sqlite3_bind_null(statement_, next_++), "a null");
  return *this;
}

bool Query::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) Fail(connection_, "a statement failed");
  return false;
}

int64_t Query::Run() {
  while (Step()) continue;
  return sqlite3_changes(connection_);
}

int64_t Query::Int(int column) const { return sqlite3_column_int64(statement_, column); }

ByteView Query::Blob(int column) const {
  const auto* data = static_cast<const uint8_t*>(sqlite3_column_blob(statement_, column));
  return {data, static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Query::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Database::Database(const std::string& path, Access access) {
  if (access == Access::kWrite) MakePrivateFile(path);
  const int flags = access == Access::kWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (sqlite3_open_v2(path.c_str(), &connection_, flags | SQLITE_OPEN_NOMUTEX, nullptr) !=
      SQLITE_OK) {
    sqlite3_close(connection_);
    throw DatabaseError("cannot open " + path);
  }
  sqlite3_busy_timeout(connection_, kBusyTimeoutMs);
  if (access == Access::kWrite) {
    Execute(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY");
  }
}

Database::~Database() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(connection_);
}

Query Database::Prepare(const char* sql) {
  sqlite3_stmt*& statement = statements_[sql];
  if (statement == nullptr) {
    Check(connection_,
          sqlite3_prepare_v3(connection_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr),
          sql);
  }
  return Query(connection_, statement);
}

void Database::Execute(const std::string& sql) {
  Check(connection_, sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr),
        "a statement failed");
}

std::vector<std::string> Database::Plans() {
  std::vector<std::string> plans;
  for (const auto& [sql, statement] : statements_) {
    const std::string explain = std::string("EXPLAIN QUERY PLAN ") + sql;
    sqlite3_stmt* explained = nullptr;
    Check(connection_, sqlite3_prepare_v2(connection_, explain.c_str(), -1, &explained, nullptr),
          sql);
    constexpr int kDetail = 3;
    while (sqlite3_step(explained) == SQLITE_ROW) {
      const auto* const detail =
          reinterpret_cast<const char*>(sqlite3_column_text(explained, kDetail));
      plans.push_back(std::string(detail) + ": " + sql);
    }
    sqlite3_finalize(explained);
  }
  return plans;
}

bool Database::Checkpoint() {
  return sqlite3_wal_checkpoint_v2(connection_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                   nullptr) == SQLITE_OK;
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.Execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.Execute("ROLLBACK");
  } catch (const DatabaseError&) {
    // SQLite has rolled back by itself, as after a full disk.
    return;
  }
}

void Transaction::Commit() {
  database_.Execute("COMMIT");
  open_ = false;
}

Savepoint::Savepoint(Database& database) : database_(database) {
  database_.Execute("SAVEPOINT part");
}

Savepoint::~Savepoint() {
  if (!open_) return;
  try {
    database_.Execute("ROLLBACK TO part; RELEASE part");
  } catch (const DatabaseError&) {
    return;
  }
}

void Savepoint::Keep() {
  database_.Execute("RELEASE part");
  open_ = false;
}

}  // namespace baya::aggregator
