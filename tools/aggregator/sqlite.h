// SQLite, as far as the aggregator needs it: statements, rows, errors as exceptions.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "lib/tool_error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace baya::aggregator {

// What SQLite says went wrong; never what is stored.
class DatabaseError : public tools::ToolError {
 public:
  using tools::ToolError::ToolError;
};

// One run of a statement. Columns and parameters count from 0 and 1, as in SQLite.
class Query {
 public:
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& Bind(int64_t value);
  Query& Bind(ByteView blob);  // must stay as it is until the last Step
  Query& BindNull();

  // The next row, false after the last. Throws DatabaseError.
  bool Step();
  // Runs to the end and says how many rows it changed.
  int64_t Run();

  int64_t Int(int column) const;
  ByteView Blob(int column) const;  // until the next Step
  bool IsNull(int column) const;

 private:
  friend class Database;
  Query(sqlite3* connection, sqlite3_stmt* statement);

  sqlite3* connection_;
  sqlite3_stmt* statement_;
  int next_ = 1;
};

// One connection, for one thread at a time.
class Database {
 public:
  enum class Access : uint8_t { kWrite, kRead };

  // Access::kWrite makes the file, readable by its owner alone, and sets it up to survive a crash
  // at any point: write-ahead log, synchronous=FULL, and deleted rows overwritten with zeros.
  Database(const std::string& path, Access access);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // `sql`: one statement, a literal; compiled once. At most one Query of the same text at a time.
  Query Prepare(const char* sql);

  // Statements without parameters or results.
  void Execute(const std::string& sql);

  // How each statement prepared so far is run, as EXPLAIN QUERY PLAN says: "SEARCH ..." through an
  // index, "SCAN ..." through all of a table.
  std::vector<std::string> Plans();

  // Copies the write-ahead log into the database and empties it. False when a reader is in the
  // way.
  bool Checkpoint();

 private:
  sqlite3* connection_ = nullptr;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
};

// BEGIN IMMEDIATE, then COMMIT when Commit is called, else ROLLBACK.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // What was written survives a loss of power from here on.
  void Commit();

 private:
  Database& database_;
  bool open_ = true;
};

// A part of a transaction that can be undone by itself.
class Savepoint {
 public:
  explicit Savepoint(Database& database);
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;

  void Keep();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace baya::aggregator
