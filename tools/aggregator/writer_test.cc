#include "aggregator/writer.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "aggregator/sqlite.h"

namespace baya::aggregator {
namespace {

// A database in a folder of its own that is gone afterwards.
class WriterTest : public ::testing::Test {
 protected:
  WriterTest() : folder_(MakeFolder()), path_(folder_ + "/x.sqlite") {}
  ~WriterTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Database> Open() const {
    auto database = std::make_unique<Database>(path_, Database::Access::kWrite);
    database->Execute("CREATE TABLE IF NOT EXISTS row (value INTEGER UNIQUE, body BLOB)");
    return database;
  }

  static void Insert(Database& database, int64_t value, ByteView body = {}) {
    database.Prepare("INSERT INTO row (value, body) VALUES (?, ?)").Bind(value).Bind(body).Run();
  }

  static int64_t Count(Database& database) {
    Query query = database.Prepare("SELECT count(*) FROM row");
    query.Step();
    return query.Int(0);
  }

  bool AnyFileHolds(const std::string& text) const {
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(file)), {});
      if (bytes.find(text) != std::string::npos) return true;
    }
    return false;
  }

  const std::string& Path() const { return path_; }

 private:
  static std::string MakeFolder() {
    std::string pattern = std::filesystem::temp_directory_path() / "baya-writer-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    return pattern;
  }

  std::string folder_, path_;
};

TEST_F(WriterTest, ReturnsWhatTheWorkReturnsOnceItIsStored) {
  {
    Writer writer(Open());
    writer.Do([](Database& database) { Insert(database, 1); });
    EXPECT_EQ(writer.Do([](Database& database) { return Count(database); }), 1);
  }
  EXPECT_EQ(Count(*Open()), 1);
}

TEST_F(WriterTest, UndoesAloneTheWorkThatThrows) {
  Writer writer(Open());
  writer.Do([](Database& database) { Insert(database, 1); });
  EXPECT_THROW(writer.Do([](Database& database) {
    Insert(database, 2);
    Insert(database, 1);
  }),
               DatabaseError);
  EXPECT_THROW(writer.Do([](Database& database) {
    Insert(database, 3);
    throw std::runtime_error("on purpose");
  }),
               std::runtime_error);
  EXPECT_EQ(writer.Do([](Database& database) { return Count(database); }), 1);
}

TEST_F(WriterTest, ManyThreadsEachTheirOwnResult) {
  constexpr int kThreads = 8;
  constexpr int kEach = 50;
  Writer writer(Open());
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kEach; ++i) {
        // Every second value is one that another thread has, too.
        const int64_t value = i % 2 == 0 ? thread * kEach + i : -i;
        try {
          writer.Do([value](Database& database) { Insert(database, value); });
        } catch (const DatabaseError&) {
          ++refused;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refused, (kThreads - 1) * kEach / 2);
  EXPECT_EQ(writer.Do([](Database& database) { return Count(database); }),
            kThreads * kEach / 2 + kEach / 2);
}

TEST_F(WriterTest, WhatWasDeletedIsInNoFileOnceTheLogIsEmptied) {
  const std::string secret(3000, 'S');
  Writer writer(Open());
  writer.Do([&](Database& database) { Insert(database, 1, AsBytes(secret)); });
  ASSERT_TRUE(AnyFileHolds(secret));
  writer.Do([](Database& database) { database.Execute("DELETE FROM row"); });
  writer.Scrub();
  // kScrubAfter, and the time a busy machine takes.
  for (int i = 0; i < 100 && AnyFileHolds("SSSSSSSS"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_FALSE(AnyFileHolds("SSSSSSSS"));
}

TEST_F(WriterTest, WhatAnUpdateReplacedIsInNoFileEither) {
  const std::string secret(200, 'S');
  {
    Writer writer(Open());
    writer.Do([&](Database& database) { Insert(database, 1, AsBytes(secret)); });
    writer.Do([](Database& database) { database.Execute("UPDATE row SET body = NULL"); });
  }
  EXPECT_FALSE(AnyFileHolds("SSSSSSSS"));
}

TEST_F(WriterTest, NobodyElseMayReadTheDatabase) {
  const auto database = Open();
  struct stat status {};
  ASSERT_EQ(stat(Path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(WriterTest, ATornTransactionLeavesNothing) {
  const auto database = Open();
  {
    const Transaction transaction(*database);
    Insert(*database, 1);
  }
  EXPECT_EQ(Count(*database), 0);
}

}  // namespace
}  // namespace baya::aggregator
