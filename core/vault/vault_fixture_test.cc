// The stored vault of each format version must keep opening.
//
// testdata/v1 was written by this program: BAYA_WRITE_FIXTURE=DIR vault_test
// --gtest_filter='*Fixture*' writes the blobs of version 1 into DIR, one file each, named like
// them. They are never rewritten; a new version gets a new folder.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "vault/testing/vault_fixture.h"

namespace baya::vault {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kWeekMs;
using testing::MemoryStorage;
using testing::SecretOf;
using testing::Texts;
using testing::VaultFixture;

class VaultStoredFixtureTest : public VaultFixture {
 protected:
  // Two purposes, three weeks of which the middle one is destroyed, a merge, a snapshot, an erased
  // record and one change of the root key.
  void WriteVersion1() {
    Vault vault = Created(1);
    for (int i = 0; i < 9; ++i) {
      Append(vault, "store", "week 1, record " + std::to_string(i), 1);
      ASSERT_TRUE(FlushAll(vault));
    }
    NextWeek();
    Append(vault, "store", "week 2", 1);
    Append(vault, "measure", "measured", 2);
    ASSERT_TRUE(FlushAll(vault));
    const uint32_t middle = WeekOf(host_.NowMs());
    NextWeek();
    Append(vault, "store", "week 3", 3);
    BAYA_ASSERT_OK(vault.PutSnapshot("personalize", 4, 11, AsBytes("derived state")));
    ASSERT_TRUE(FlushAll(vault));
    BAYA_ASSERT_OK(vault.DestroyWeeks("store", middle, middle));
    BAYA_ASSERT_OK(
        vault.EraseRecords("store", [](const RecordView& record) { return record.sequence == 5; }));
    BAYA_ASSERT_OK(vault.OfferSlotSecret(SecretOf(2)));
    ASSERT_TRUE(FlushAll(vault));
  }

  void Load(const std::string& directory) {
    std::ifstream names(directory + "/names.txt");
    ASSERT_TRUE(names.is_open()) << directory;
    for (std::string name; std::getline(names, name);) {
      std::ifstream file(directory + "/" + name, std::ios::binary);
      ASSERT_TRUE(file.is_open()) << name;
      storage_.Put(name, Bytes(std::istreambuf_iterator<char>(file), {}));
    }
  }

  void Save(const std::string& directory) {
    std::ofstream names(directory + "/names.txt");
    for (const auto& [name, bytes] : storage_.map()) {
      names << name << "\n";
      std::ofstream file(directory + "/" + name, std::ios::binary);
      file << AsText(bytes);
      ASSERT_TRUE(file.good());
    }
    ASSERT_TRUE(names.good());
  }

  static void ExpectVersion1(const Vault& vault) {
    EXPECT_THAT(Texts(vault, "store"),
                ElementsAre("week 1, record 0", "week 1, record 1", "week 1, record 2",
                            "week 1, record 3", "week 1, record 5", "week 1, record 6",
                            "week 1, record 7", "week 1, record 8", "week 3"));
    EXPECT_THAT(Texts(vault, "measure"), ElementsAre("measured"));
    EXPECT_EQ(vault.Records("store").back().kind, 3);
    EXPECT_EQ(vault.Records("store").back().sequence, 12u);
    const auto snapshot = vault.FindSnapshot("personalize", 4);
    ASSERT_TRUE(snapshot.has_value());
    EXPECT_EQ(AsText(snapshot->bytes), "derived state");
    EXPECT_EQ(snapshot->through_sequence, 11u);
    EXPECT_THAT(vault.gaps(), ElementsAre(Gap{10, 10, 1, GapReason::kDestroyed}));
    EXPECT_EQ(vault.epoch(), 2u);
    EXPECT_THAT(vault.report().damage, IsEmpty());
  }
};

TEST_F(VaultStoredFixtureTest, Version1KeepsOpeningAndCanBeWrittenOn) {
  if (const char* directory = std::getenv("BAYA_WRITE_FIXTURE")) {
    WriteVersion1();
    Save(directory);
    return;
  }
  Load(BAYA_VAULT_TESTDATA "/v1");
  BAYA_ASSERT_OK_AND_ASSIGN(Vault vault, Opened(2));
  ExpectVersion1(vault);
  Append(vault, "store", "later");
  ASSERT_TRUE(FlushAll(vault));
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened(2));
  EXPECT_EQ(Texts(again, "store").back(), "later");
  EXPECT_EQ(again.report().records, 11u);
}

TEST_F(VaultStoredFixtureTest, WhatIsWrittenTodayReadsTheSame) {
  WriteVersion1();
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault vault, Opened(2));
  ExpectVersion1(vault);
}

}  // namespace
}  // namespace baya::vault
