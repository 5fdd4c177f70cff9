#include "engine/remote_report_maker.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "base/testing/test_host.h"
#include "dap/testing/world.h"
#include "engine/report_service.h"

namespace baya::engine {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;

class DirectChannel final : public ReportChannel {
 public:
  explicit DirectChannel(Host& host) : service_(host) {}
  Result<Bytes> Call(ReportOp op, ByteView request) override {
    return service_.Call(static_cast<uint32_t>(op), request);
  }

 private:
  ReportService service_;
};

class RemoteReportMakerTest : public ::testing::Test {
 protected:
  dap::ReportOrder Order(ByteView leader, ByteView helper) const {
    return {world_.task.id, world_.task.configuration, {leader, helper}, world_.Now(), 1};
  }

  dap::testing::World world_;
  const Bytes leader_ = dap::EncodeHpkeConfigList({{world_.leader_keys[0].config}}).value();
  const Bytes helper_ = dap::EncodeHpkeConfigList({{world_.helper_keys[0].config}}).value();
  baya::testing::TestHost entropy_{5};
  DirectChannel channel_{entropy_};
  RemoteReportMaker maker_{channel_};
};

TEST_F(RemoteReportMakerTest, GivesWhatTheServiceMakes) {
  baya::testing::TestHost same(5);
  dap::DirectReportMaker direct(same);
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::ClientReport expected, direct.Make(Order(leader_, helper_)));
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::ClientReport made, maker_.Make(Order(leader_, helper_)));
  EXPECT_EQ(made.id, expected.id);
  EXPECT_EQ(made.encoded, expected.encoded);
  EXPECT_THAT(maker_.Check({leader_, helper_}), IsOk());
}

TEST_F(RemoteReportMakerTest, SaysWhyNoReportWasMade) {
  EXPECT_THAT(maker_.Check({leader_, leader_}), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(maker_.Check({leader_, {}}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(maker_.Make(Order({}, helper_)), StatusIs(StatusCode::kInvalidArgument));
  dap::HpkeConfig foreign = world_.helper_keys[0].config;
  foreign.kem_id = 0x0010;
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes unknown, dap::EncodeHpkeConfigList({{foreign}}));
  EXPECT_THAT(maker_.Check({leader_, unknown}), StatusIs(StatusCode::kUnimplemented));
}

}  // namespace
}  // namespace baya::engine
