#include "lib/child_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(ChildProcessTest, SaysAndHearsMessages) {
  ChildProcess cat({"cat"});  // gives back whole messages as they come
  for (const size_t size : {0u, 1u, 1000u, 50'000u}) {
    const Bytes message(size, static_cast<uint8_t>(size));
    cat.Send(message);
    EXPECT_EQ(cat.Receive(), message);
  }
}

TEST(ChildProcessTest, AProgramThatHasEndedIsAnError) {
  ChildProcess gone({"true"});
  EXPECT_THAT([&] { gone.Receive(); }, ThrowsMessage<ToolError>(HasSubstr("true has ended")));
  EXPECT_THAT(
      [&] {
        for (int i = 0; i < 100; ++i) gone.Send(Bytes(100'000));
      },
      ThrowsMessage<ToolError>(HasSubstr("true has ended")));
  EXPECT_THAT([] { ChildProcess none({"no-such-program-anywhere"}); },
              ThrowsMessage<ToolError>(HasSubstr("cannot start")));
}

}  // namespace
}  // namespace baya::tools
