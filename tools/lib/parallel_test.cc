#include "lib/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "lib/tool_error.h"

namespace baya::tools {
namespace {

TEST(ParallelTest, CallsOnceForEach) {
  std::vector<std::atomic<int>> calls(1'000);
  ParallelFor("counting", calls.size(), [&](size_t thread, size_t i) {
    EXPECT_LT(thread, ThreadCount());
    ++calls[i];
  });
  for (const auto& count : calls) EXPECT_EQ(count, 1);
}

TEST(ParallelTest, AFailureEndsTheLoop) {
  constexpr size_t kMany = 100'000'000;
  std::atomic<size_t> calls = 0;
  EXPECT_THROW(ParallelFor("failing", kMany,
                           [&](size_t, size_t i) {
                             ++calls;
                             if (i == 100) throw ToolError("no more");
                           }),
               ToolError);
  EXPECT_LT(calls, kMany);
}

}  // namespace
}  // namespace baya::tools
