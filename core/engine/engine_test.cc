#include "engine/engine.h"

#include <gtest/gtest.h>

#include <array>
#include <utility>
#include <vector>

#include "base/secret_bytes.h"
#include "base/testing/status_matchers.h"
#include "base/testing/test_host.h"
#include "codec/tls.h"
#include "engine/ops.h"
#include "vdaf/prio3_types.h"

namespace baya::engine {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Eq;

Result<Bytes> Call(Op op, ByteView request) {
  ::baya::testing::TestHost host;
  dap::DirectReportMaker maker(host);
  return Engine(host, maker).Call(static_cast<uint32_t>(op), request);
}

TEST(EngineTest, AboutNamesTheDraft) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes reply, Call(Op::kAbout, {}));
  codec::Reader reader(reply);
  EXPECT_THAT(reader.U32(), IsOkAndHolds(Eq(kAbiVersion)));
  BAYA_ASSERT_OK_AND_ASSIGN(const ByteView version, reader.Opaque8());
  EXPECT_FALSE(version.empty());
  BAYA_ASSERT_OK_AND_ASSIGN(const ByteView draft, reader.Opaque8());
  EXPECT_EQ(AsText(draft), "draft-irtf-cfrg-vdaf-20");
  EXPECT_THAT(reader.U8(), IsOkAndHolds(Eq(18)));
  BAYA_EXPECT_OK(reader.Finish());
}

TEST(EngineTest, RefusesOperationsThatAreNone) {
  ::baya::testing::TestHost host;
  dap::DirectReportMaker maker(host);
  Engine engine(host, maker);
  for (const uint32_t op : {0u, 2u, 3u, 32u, 1000u, UINT32_MAX}) {
    EXPECT_THAT(engine.Call(op, {}), StatusIs(StatusCode::kUnimplemented)) << op;
  }
}

TEST(EngineTest, RefusesWhatIsLeftOver) {
  EXPECT_THAT(Call(Op::kAbout, Bytes{0}), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::engine
