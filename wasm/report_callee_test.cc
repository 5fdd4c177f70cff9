#include "wasm/report_callee.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secret_bytes.h"
#include "base/testing/status_matchers.h"
#include "codec/tls.h"
#include "dap/testing/world.h"
#include "engine/ops.h"
#include "vdaf/prio3_types.h"
#include "wasm/abi.h"
#include "wasm/report_call.h"

namespace {

// How many bytes each call of baya_get_random asked for.
std::vector<size_t>& EntropySizes() {
  static auto* const sizes = new std::vector<size_t>;
  return *sizes;
}

baya::Bytes Entropy(size_t size) {
  baya::Bytes bytes(size);
  std::iota(bytes.begin(), bytes.end(), uint8_t{1});
  return bytes;
}

}  // namespace

// The host's part: the bytes 1, 2, 3, ...
void baya_get_random(uintptr_t address, uintptr_t size) {
  EntropySizes().push_back(size);
  const baya::Bytes entropy = Entropy(size);
  std::copy(entropy.begin(), entropy.end(), reinterpret_cast<uint8_t*>(address));
}

namespace baya::wasm {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;

constexpr uint32_t kShard = static_cast<uint32_t>(engine::Op::kShardHistogram);
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

// An operation through the C ABI.
Result<Bytes> Call(uint32_t op, ByteView request) {
  const uint32_t callee = baya_engine_open();
  const uintptr_t response = baya_alloc(sizeof(baya_response));
  const uintptr_t block = baya_alloc(std::max<size_t>(request.size(), 1));
  if (!request.empty()) {
    std::memcpy(reinterpret_cast<void*>(block), request.data(), request.size());
  }
  baya_engine_call(callee, op, 1.7e12, block, request.size(), response);
  const auto& out = *reinterpret_cast<const baya_response*>(response);
  const Bytes reply = ToBytes({reinterpret_cast<const uint8_t*>(out.data), out.size});
  const auto code = static_cast<StatusCode>(out.status);
  if (out.handle != 0) baya_response_release(out.handle);
  baya_free(block);
  baya_free(response);
  baya_engine_close(callee);
  EXPECT_EQ(baya_live_count(), 0u);
  if (code == StatusCode::kOk) return reply;
  if (code == StatusCode::kInvalidArgument) return kError<StatusCode::kInvalidArgument, "refused">;
  if (code == StatusCode::kPermissionDenied) {
    return kError<StatusCode::kPermissionDenied, "refused">;
  }
  return kError<StatusCode::kUnimplemented, "refused">;
}

// The reply that sharding gives by hand, with the host's entropy.
Bytes ExpectedReply(size_t shares, std::span<const uint64_t> parameters, uint64_t measurement) {
  const auto prio3 = vdaf::MakePrio3("Prio3Histogram", shares, parameters).value();
  const vdaf::Prio3Report report =
      prio3->Shard(AsBytes(kCtx), {&measurement, 1}, kNonce, Entropy(prio3->RandSize())).value();
  codec::Writer writer;
  writer.Opaque32(report.public_share);
  writer.Vector32([&](codec::Writer& vector) {
    for (const SecretBytes& share : report.input_shares) vector.Opaque32(share.Expose());
  });
  return std::move(writer).Finish().value();
}

TEST(ReportCalleeTest, ShardsAsTheVdafDoes) {
  const std::array<uint64_t, 2> parameters = {20, 5};
  for (const uint8_t shares : std::array<uint8_t, 3>{2, 3, 7}) {
    EXPECT_THAT(Call(kShard, Encode({.shares = shares})),
                IsOkAndHolds(Eq(ExpectedReply(shares, parameters, 3))));
  }
}

TEST(ReportCalleeTest, AsksForTheEntropyOfAShardingOnce) {
  EntropySizes().clear();
  // Prio3Histogram, 2 shares: four seeds of 32 bytes, draft §7.2.1.2.
  BAYA_ASSERT_OK(Call(kShard, Encode(Histogram{})));
  EXPECT_THAT(EntropySizes(), ElementsAre(4 * 32));
}

TEST(ReportCalleeTest, RefusesShardingsOutOfRange) {
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
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes request, wasm::Encode(Order()));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes reply, Call(kMake, request));
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::ClientReport report, DecodeClientReport(reply));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reports, dap::DecodeUploadRequest(report.encoded));
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports[0].report_metadata.report_id, report.id);
  EXPECT_EQ(reports[0].report_metadata.time, world_.Now());
}

TEST_F(ReportOrderTest, ChecksRecipientsAlone) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes good, wasm::Encode(dap::Recipients{leader_, helper_}));
  EXPECT_THAT(Call(kCheck, good), IsOkAndHolds(IsEmpty()));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes same, wasm::Encode(dap::Recipients{leader_, leader_}));
  EXPECT_THAT(Call(kCheck, same), StatusIs(StatusCode::kPermissionDenied));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes none, wasm::Encode(dap::Recipients{leader_, {}}));
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
  refuses(kCheck, wasm::Encode(dap::Recipients{leader_, helper_}).value());
  refuses(kMake, wasm::Encode(Order()).value());
}

TEST_F(ReportOrderTest, RefusesOperationsThatAreNone) {
  for (const uint32_t op : {0u, 2u, 4u, 28u, 1000u, 1003u, UINT32_MAX}) {
    EXPECT_THAT(Call(op, {}), StatusIs(StatusCode::kUnimplemented)) << op;
  }
}

}  // namespace
}  // namespace baya::wasm
