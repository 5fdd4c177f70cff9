#include "dap/report_maker.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "dap/testing/world.h"

namespace baya::dap {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using testing::World;

Bytes ConfigsOf(const HpkeConfig& config) { return EncodeHpkeConfigList({{config}}).value(); }

TEST(DirectReportMakerTest, TheHalvesGoToDifferentKeys) {
  World world;
  DirectReportMaker maker(world.host);
  const Bytes leader = ConfigsOf(world.leader_keys[0].config);
  const Bytes helper = ConfigsOf(world.helper_keys[0].config);
  EXPECT_THAT(maker.Check({leader, helper}), IsOk());
  EXPECT_THAT(maker.Check({leader, leader}), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(maker.Check({leader, {}}), StatusIs(StatusCode::kInvalidArgument));
  HpkeConfig foreign = world.helper_keys[0].config;
  foreign.kem_id = 0x0010;
  EXPECT_THAT(maker.Check({leader, ConfigsOf(foreign)}), StatusIs(StatusCode::kUnimplemented));
}

TEST(DirectReportMakerTest, MakesWhatIsOrdered) {
  World world;
  DirectReportMaker maker(world.host);
  const Bytes leader = ConfigsOf(world.leader_keys[0].config);
  const Bytes helper = ConfigsOf(world.helper_keys[0].config);
  ReportOrder order{world.task.id, world.task.configuration, {leader, helper}, world.Now(), 1};
  BAYA_ASSERT_OK_AND_ASSIGN(const ClientReport report, maker.Make(order));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reports, DecodeUploadRequest(report.encoded));
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports[0].report_metadata.report_id, report.id);
  EXPECT_EQ(reports[0].report_metadata.time, world.Now());

  order.recipients.helper_configs = leader;
  EXPECT_THAT(maker.Make(order), StatusIs(StatusCode::kPermissionDenied));
  order.recipients.helper_configs = helper;
  order.measurement = world.task.histogram.length;
  EXPECT_THAT(maker.Make(order), StatusIs(StatusCode::kInvalidArgument));
  order.measurement = 0;
  order.task_configuration = ByteView(world.task.configuration).first(5);
  EXPECT_THAT(maker.Make(order), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::dap
