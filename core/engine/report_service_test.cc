#include "engine/report_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secret_bytes.h"
#include "base/testing/status_matchers.h"
#include "codec/tls.h"
#include "dap/testing/world.h"
#include "engine/ops.h"
#include "engine/report_call.h"
#include "vdaf/prio3_types.h"

namespace baya::engine {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;

constexpr uint32_t kShard = static_cast<uint32_t>(Op::kShardHistogram);
constexpr uint32_t kCheck = static_cast<uint32_t>(ReportOp::kCheck);
constexpr uint32_t kMake = static_cast<uint32_t>(ReportOp::kMake);
constexpr std::string_view kCtx = "some application";
constexpr std::array<uint8_t, 16> kNonce = {1, 2, 3, 4, 5};

struct Histogram {
  uint8_t shares = 2;
  uint32_t length = 20;
  uint32_t chunk_length = 5;
  uint32_t measurement = 3;
};

Bytes Encode(const Histogram& request) {
  codec::Writer writer;
  writer.Opaque16(AsBytes(kCtx));
  writer.Raw(kNonce);
  writer.U8(request.shares);
  writer.U32(request.length);
  writer.U32(request.chunk_length);
  writer.U32(request.measurement);
  return std::move(writer).Finish().value();
}

// Counts how often entropy is asked for.
class CountingHost final : public Host {
 public:
  int64_t NowMs() override { return inner.NowMs(); }
  void FillRandom(MutableByteView out) override {
    sizes.push_back(out.size());
    inner.FillRandom(out);
  }

  baya::testing::TestHost inner;
  std::vector<size_t> sizes;
};

Result<Bytes> Call(uint32_t op, ByteView request) {
  baya::testing::TestHost host;
  return ReportService(host).Call(op, request);
}

// The reply that sharding gives by hand, with the host's entropy.
Bytes ExpectedReply(size_t shares, std::span<const uint64_t> parameters, uint64_t measurement) {
  const auto prio3 = vdaf::MakePrio3("Prio3Histogram", shares, parameters).value();
  Bytes rand(prio3->RandSize());
  baya::testing::TestHost().FillRandom(rand);
  const vdaf::Prio3Report report =
      prio3->Shard(AsBytes(kCtx), {&measurement, 1}, kNonce, rand).value();
  codec::Writer writer;
  writer.Opaque32(report.public_share);
  writer.Vector32([&](codec::Writer& vector) {
    for (const SecretBytes& share : report.input_shares) vector.Opaque32(share.Expose());
  });
  return std::move(writer).Finish().value();
}

TEST(ReportServiceTest, ShardsAsTheVdafDoes) {
  const std::array<uint64_t, 2> parameters = {20, 5};
  for (const uint8_t shares : std::array<uint8_t, 3>{2, 3, 7}) {
    EXPECT_THAT(Call(kShard, Encode({.shares = shares})),
                IsOkAndHolds(Eq(ExpectedReply(shares, parameters, 3))));
  }
}

TEST(ReportServiceTest, AsksForTheEntropyOfAShardingOnce) {
  CountingHost host;
  // Prio3Histogram, 2 shares: four seeds of 32 bytes, draft §7.2.1.2.
  BAYA_ASSERT_OK(ReportService(host).Call(kShard, Encode(Histogram{})));
  EXPECT_THAT(host.sizes, ElementsAre(4 * 32));
}

TEST(ReportServiceTest, RefusesShardingsOutOfRange) {
  for (const Histogram& wrong :
       {Histogram{.shares = 0}, Histogram{.shares = 1}, Histogram{.length = 0},
        Histogram{.chunk_length = 0}, Histogram{.measurement = 20}, Histogram{.length = UINT32_MAX},
        Histogram{.measurement = UINT32_MAX}}) {
    EXPECT_THAT(Call(kShard, Encode(wrong)), StatusIs(StatusCode::kInvalidArgument));
  }
}

class ReportOrderTest : public ::testing::Test {
 protected:
  dap::ReportOrder Order() const {
    return {world_.task.id, world_.task.configuration, {leader_, helper_}, world_.Now(), 1};
  }

  dap::testing::World world_;
  const Bytes leader_ = dap::EncodeHpkeConfigList({{world_.leader_keys[0].config}}).value();
  const Bytes helper_ = dap::EncodeHpkeConfigList({{world_.helper_keys[0].config}}).value();
};

TEST_F(ReportOrderTest, GivesTheReportThatTheMakerMakes) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes request, engine::Encode(Order()));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes reply, Call(kMake, request));
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::ClientReport report, DecodeClientReport(reply));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reports, dap::DecodeUploadRequest(report.encoded));
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports[0].report_metadata.report_id, report.id);
  EXPECT_EQ(reports[0].report_metadata.time, world_.Now());
}

TEST_F(ReportOrderTest, ChecksRecipientsAlone) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes good, engine::Encode(dap::Recipients{leader_, helper_}));
  EXPECT_THAT(Call(kCheck, good), IsOkAndHolds(IsEmpty()));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes same, engine::Encode(dap::Recipients{leader_, leader_}));
  EXPECT_THAT(Call(kCheck, same), StatusIs(StatusCode::kPermissionDenied));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes none, engine::Encode(dap::Recipients{leader_, {}}));
  EXPECT_THAT(Call(kCheck, none), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(ReportOrderTest, RefusesEveryTruncationAndWhatIsLeftOver) {
  const auto refuses = [](uint32_t op, Bytes request) {
    for (size_t size = 0; size < request.size(); ++size) {
      EXPECT_THAT(Call(op, ByteView(request).first(size)), StatusIs(StatusCode::kInvalidArgument))
          << op << " " << size;
    }
    request.push_back(0);
    EXPECT_THAT(Call(op, request), StatusIs(StatusCode::kInvalidArgument)) << op;
  };
  refuses(kShard, Encode(Histogram{}));
  refuses(kCheck, engine::Encode(dap::Recipients{leader_, helper_}).value());
  refuses(kMake, engine::Encode(Order()).value());
}

TEST_F(ReportOrderTest, RefusesOperationsThatAreNone) {
  for (const uint32_t op : {0u, 2u, 4u, 28u, 1000u, 1003u, UINT32_MAX}) {
    EXPECT_THAT(Call(op, {}), StatusIs(StatusCode::kUnimplemented)) << op;
  }
}

}  // namespace
}  // namespace baya::engine
