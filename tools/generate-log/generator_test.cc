#include "generate-log/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace baya::tools {
namespace {

struct Made {
  std::vector<MadeUpLine> lines;
  std::vector<std::set<uint32_t>> of_user;
  std::vector<uint32_t> customers;  // of each item
};

Made Make(LogGenerator& generator) {
  Made made;
  made.of_user.resize(generator.user_count());
  made.customers.resize(generator.items().size());
  generator.Generate([&made](const MadeUpLine& line) {
    made.lines.push_back(line);
    if (made.of_user[line.user].insert(line.item).second) ++made.customers[line.item];
  });
  return made;
}

// README.md names the figures of the real log; a tenth of each is allowed, a fifth of squares.
TEST(LogGeneratorTest, HasTheDensityOfTheRealLog) {
  LogGenerator generator(3659, 4334, 1);
  const Made made = Make(generator);
  double ones = 0, squares = 0;
  for (const auto& items : made.of_user) {
    ones += static_cast<double>(items.size());
    squares += static_cast<double>(items.size() * items.size());
  }
  EXPECT_NEAR(ones / 4334, 61.4, 6);
  EXPECT_NEAR(squares / 4334, 11'049, 2'200);
  EXPECT_NEAR(static_cast<double>(made.lines.size()) / ones, 1.49, 0.15);
  std::vector<uint32_t> sorted = made.customers;
  std::sort(sorted.rbegin(), sorted.rend());
  EXPECT_NEAR(sorted[366], 186, 40);
  EXPECT_NEAR(sorted[1830], 40, 12);
}

TEST(LogGeneratorTest, SharesARangeMoreThanByChance) {
  LogGenerator generator(3659, 500, 1);
  const Made made = Make(generator);
  double same = 0, pairs = 0;
  for (const auto& items : made.of_user) {
    for (const uint32_t a : items) {
      for (const uint32_t b : items) {
        if (a >= b) continue;
        same += generator.items()[a].range == generator.items()[b].range;
        ++pairs;
      }
    }
  }
  // 153 ranges: one in 153 by chance.
  EXPECT_GT(same / pairs, 2.0 / 153);
}

TEST(LogGeneratorTest, TheSameSeedGivesTheSameLog) {
  LogGenerator a(200, 50, 3), b(200, 50, 3), c(200, 50, 4);
  const auto items = [](LogGenerator& generator) {
    std::vector<uint32_t> all;
    for (const MadeUpLine& line : Make(generator).lines) all.push_back(line.item);
    return all;
  };
  const auto first = items(a);
  EXPECT_EQ(first, items(b));
  EXPECT_NE(first, items(c));
}

}  // namespace
}  // namespace baya::tools
