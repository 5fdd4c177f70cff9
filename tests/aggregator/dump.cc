// dump DATABASE: every row of every table as one line of JSON, {"table": ..., COLUMN: VALUE, ...},
// blobs in hex. A server may have the SQLite database open.
#include <sqlite3.h>

#include <cstdio>
#include <string>
#include <vector>

namespace {

std::vector<std::string> Tables(sqlite3* database) {
  std::vector<std::string> names;
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, "SELECT name FROM sqlite_master WHERE type = 'table'", -1,
                     &statement, nullptr);
  while (sqlite3_step(statement) == SQLITE_ROW) {
    names.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
  }
  sqlite3_finalize(statement);
  return names;
}

void PrintValue(sqlite3_stmt* statement, int column) {
  const int type = sqlite3_column_type(statement, column);
  if (type == SQLITE_NULL) {
    std::printf("null");
  } else if (type == SQLITE_INTEGER) {
    std::printf("%lld", static_cast<long long>(sqlite3_column_int64(statement, column)));
  } else {
    const auto* const bytes =
        static_cast<const unsigned char*>(sqlite3_column_blob(statement, column));
    std::printf(R"(")");
    for (int i = 0; i < sqlite3_column_bytes(statement, column); ++i) std::printf("%02x", bytes[i]);
    std::printf(R"(")");
  }
}

void PrintTable(sqlite3* database, const std::string& table) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, ("SELECT * FROM " + table).c_str(), -1, &statement, nullptr);
  while (sqlite3_step(statement) == SQLITE_ROW) {
    std::printf(R"({"table":"%s")", table.c_str());
    for (int column = 0; column < sqlite3_column_count(statement); ++column) {
      std::printf(R"(,"%s":)", sqlite3_column_name(statement, column));
      PrintValue(statement, column);
    }
    std::printf("}\n");
  }
  sqlite3_finalize(statement);
}

}  // namespace

int main(int argc, char** argv) {
  sqlite3* database = nullptr;
  if (argc != 2 ||
      sqlite3_open_v2(argv[1], &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) {
    (void)std::fputs("dump DATABASE\n", stderr);
    return 2;
  }
  for (const std::string& table : Tables(database)) PrintTable(database, table);
  sqlite3_close(database);
  return 0;
}
