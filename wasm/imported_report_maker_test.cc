#include "wasm/imported_report_maker.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/testing/status_matchers.h"
#include "base/testing/test_host.h"
#include "dap/testing/world.h"
#include "wasm/abi.h"
#include "wasm/report_callee.h"

namespace {

// The other module; null: it is not loaded.
baya::wasm::ReportCallee*& Reports() {
  static baya::wasm::ReportCallee* reports = nullptr;
  return reports;
}

baya::Bytes& Reply() {
  static auto* const reply = new baya::Bytes;
  return *reply;
}

}  // namespace

int32_t baya_report_call(uint32_t op, uintptr_t request, uintptr_t request_size) {
  if (Reports() == nullptr) return -static_cast<int32_t>(baya::StatusCode::kUnavailable);
  auto reply = Reports()->Call(op, {reinterpret_cast<const uint8_t*>(request), request_size});
  if (!reply.ok()) return -static_cast<int32_t>(reply.status().code());
  Reply() = *reply;
  return static_cast<int32_t>(reply->size());
}

void baya_report_reply(uintptr_t address) {
  std::copy(Reply().begin(), Reply().end(), reinterpret_cast<uint8_t*>(address));
  Reply().clear();
}

namespace baya::wasm {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;

class ImportedReportMakerTest : public ::testing::Test {
 protected:
  void SetUp() override { Reports() = &reports_; }
  void TearDown() override { Reports() = nullptr; }

  dap::ReportOrder Order(ByteView leader, ByteView helper) const {
    return {world_.task.id, world_.task.configuration, {leader, helper}, world_.Now(), 1};
  }

  dap::testing::World world_;
  const Bytes leader_ = dap::EncodeHpkeConfigList({{world_.leader_keys[0].config}}).value();
  const Bytes helper_ = dap::EncodeHpkeConfigList({{world_.helper_keys[0].config}}).value();
  baya::testing::TestHost entropy_{5};
  ReportCallee reports_{entropy_};
  ImportedReportMaker maker_;
};

TEST_F(ImportedReportMakerTest, GivesWhatTheOtherModuleMakes) {
  baya::testing::TestHost same(5);
  dap::DirectReportMaker direct(same);
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::ClientReport expected, direct.Make(Order(leader_, helper_)));
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::ClientReport made, maker_.Make(Order(leader_, helper_)));
  EXPECT_EQ(made.id, expected.id);
  EXPECT_EQ(made.encoded, expected.encoded);
  EXPECT_THAT(maker_.Check({leader_, helper_}), IsOk());
}

TEST_F(ImportedReportMakerTest, SaysWhyNoReportWasMade) {
  EXPECT_THAT(maker_.Check({leader_, leader_}), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(maker_.Check({leader_, {}}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(maker_.Make(Order({}, helper_)), StatusIs(StatusCode::kInvalidArgument));
  dap::HpkeConfig foreign = world_.helper_keys[0].config;
  foreign.kem_id = 0x0010;
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes unknown, dap::EncodeHpkeConfigList({{foreign}}));
  EXPECT_THAT(maker_.Check({leader_, unknown}), StatusIs(StatusCode::kUnimplemented));
  Reports() = nullptr;
  EXPECT_THAT(maker_.Check({leader_, helper_}), StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(maker_.Make(Order(leader_, helper_)), StatusIs(StatusCode::kUnavailable));
}

}  // namespace
}  // namespace baya::wasm
