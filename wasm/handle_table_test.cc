#include "wasm/handle_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace baya::wasm {
namespace {

using Table = HandleTable<int, 3>;

TEST(HandleTableTest, FindsWhatWasAdded) {
  Table table;
  const uint32_t one = table.Add(std::make_unique<int>(1));
  const uint32_t two = table.Add(std::make_unique<int>(2));
  ASSERT_NE(table.Find(one), nullptr);
  EXPECT_EQ(*table.Find(one), 1);
  EXPECT_EQ(*table.Find(two), 2);
  EXPECT_EQ(table.size(), 2u);
}

TEST(HandleTableTest, ATakenHandleStaysDeadWhenItsSlotIsUsedAgain) {
  Table table;
  const uint32_t old = table.Add(std::make_unique<int>(1));
  EXPECT_EQ(*table.Take(old), 1);
  EXPECT_EQ(table.Take(old), nullptr);
  const uint32_t later = table.Add(std::make_unique<int>(2));
  EXPECT_NE(later, old);
  EXPECT_EQ(later & 0xFF, old & 0xFF);
  EXPECT_EQ(table.Find(old), nullptr);
  EXPECT_EQ(*table.Find(later), 2);
}

TEST(HandleTableTest, IsFullAtItsCapacity) {
  Table table;
  std::set<uint32_t> handles;
  for (int i = 0; i < 3; ++i) handles.insert(table.Add(std::make_unique<int>(i)));
  EXPECT_EQ(handles.size(), 3u);
  EXPECT_EQ(table.Add(std::make_unique<int>(3)), 0u);
  EXPECT_NE(table.Take(*handles.begin()), nullptr);
  EXPECT_NE(table.Add(std::make_unique<int>(4)), 0u);
}

TEST(HandleTableTest, ForgedHandlesFindNothing) {
  Table table;
  const uint32_t handle = table.Add(std::make_unique<int>(1));
  for (uint32_t forged = 0; forged < 100000; ++forged) {
    if (forged != handle) {
      EXPECT_EQ(table.Find(forged), nullptr) << forged;
    }
  }
  EXPECT_EQ(table.Find(handle | 0x80000000), nullptr);
  EXPECT_EQ(table.Find(UINT32_MAX), nullptr);
}

TEST(HandleTableTest, GenerationsBeginAgainWithoutEverGivingZero) {
  HandleTable<int, 1, 2> table;
  std::vector<uint32_t> handles;
  for (int i = 0; i < 5; ++i) {
    handles.push_back(table.Add(std::make_unique<int>(i)));
    ASSERT_NE(table.Take(handles.back()), nullptr);
  }
  EXPECT_THAT(handles, ::testing::ElementsAre(0x100, 0x200, 0x300, 0x100, 0x200));
}

}  // namespace
}  // namespace baya::wasm
