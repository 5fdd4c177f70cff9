#include "base/sort.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace baya {
namespace {

using ::testing::ElementsAre;

TEST(StableSortTest, EqualsTheLibraryOnAnyInput) {
  std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): the same on every run
  for (size_t size = 0; size < 200; ++size) {
    std::vector<std::pair<uint32_t, size_t>> values;
    for (size_t i = 0; i < size; ++i) values.emplace_back(random() % (1 + size / 2), i);
    const auto before = [](const auto& a, const auto& b) { return a.first < b.first; };
    auto expected = values;
    std::stable_sort(expected.begin(), expected.end(), before);
    StableSort(values, before);
    ASSERT_EQ(values, expected) << size;
  }
}

TEST(StableSortTest, OrdersByLessWhenNotTold) {
  std::vector<std::string> words = {"owl", "baya", "wren", "finch"};
  StableSort(words);
  EXPECT_THAT(words, ElementsAre("baya", "finch", "owl", "wren"));
}

TEST(StableSortTest, MovesWhatCannotBeCopied) {
  std::vector<std::unique_ptr<int>> values;
  for (const int value : {3, 1, 2}) values.push_back(std::make_unique<int>(value));
  StableSort(values, [](const auto& a, const auto& b) { return *a < *b; });
  EXPECT_EQ(*values[0], 1);
  EXPECT_EQ(*values[1], 2);
  EXPECT_EQ(*values[2], 3);
}

TEST(InsertSortedTest, PutsEachBehindItsEquals) {
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): likewise
  const auto before = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::vector<std::pair<uint32_t, size_t>> sorted;
  std::vector<std::pair<uint32_t, size_t>> expected;
  for (size_t i = 0; i < 200; ++i) {
    const std::pair<uint32_t, size_t> value(static_cast<uint32_t>(random() % 20), i);
    InsertSorted(sorted, value, before);
    expected.push_back(value);
  }
  std::stable_sort(expected.begin(), expected.end(), before);
  EXPECT_EQ(sorted, expected);
}

}  // namespace
}  // namespace baya
