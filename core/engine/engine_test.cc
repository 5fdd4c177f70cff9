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

constexpr std::string_view kCtx = "some application";
constexpr std::array<uint8_t, 16> kNonce = {1, 2, 3, 4, 5};

// Counts how often entropy is asked for.
class CountingHost final : public Host {
 public:
  int64_t NowMs() override { return inner.NowMs(); }
  void FillRandom(MutableByteView out) override {
    sizes.push_back(out.size());
    inner.FillRandom(out);
  }

  ::baya::testing::TestHost inner;
  std::vector<size_t> sizes;
};

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

Result<Bytes> Call(Op op, ByteView request) {
  ::baya::testing::TestHost host;
  return Engine(host).Call(static_cast<uint32_t>(op), request);
}

// The reply that sharding gives by hand, with the first bytes of the host's entropy.
Bytes ExpectedReply(std::string_view type, size_t shares, std::span<const uint64_t> parameters,
                    uint64_t measurement) {
  const auto prio3 = vdaf::MakePrio3(type, shares, parameters).value();
  Bytes rand(prio3->RandSize());
  ::baya::testing::TestHost().FillRandom(rand);
  const vdaf::Prio3Report report =
      prio3->Shard(AsBytes(kCtx), {&measurement, 1}, kNonce, rand).value();
  codec::Writer writer;
  writer.Opaque32(report.public_share);
  writer.Vector32([&](codec::Writer& vector) {
    for (const SecretBytes& share : report.input_shares) vector.Opaque32(share.Expose());
  });
  return std::move(writer).Finish().value();
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
  Engine engine(host);
  for (const uint32_t op : {0u, 2u, 32u, 1000u, UINT32_MAX}) {
    EXPECT_THAT(engine.Call(op, {}), StatusIs(StatusCode::kUnimplemented)) << op;
  }
}

TEST(EngineTest, ShardsAsTheVdafDoes) {
  const std::array<uint64_t, 2> parameters = {20, 5};
  for (const uint8_t shares : std::array<uint8_t, 3>{2, 3, 7}) {
    EXPECT_THAT(Call(Op::kShardHistogram, Encode({.shares = shares})),
                IsOkAndHolds(Eq(ExpectedReply("Prio3Histogram", shares, parameters, 3))));
  }
}

TEST(EngineTest, AsksForEntropyOnceAndOnlyWhenItShards) {
  CountingHost host;
  Engine engine(host);
  BAYA_ASSERT_OK(engine.Call(static_cast<uint32_t>(Op::kAbout), {}));
  EXPECT_THAT(host.sizes, ElementsAre());
  // Prio3Histogram, 2 shares: four seeds of 32 bytes, draft §7.2.1.2.
  BAYA_ASSERT_OK(engine.Call(static_cast<uint32_t>(Op::kShardHistogram), Encode({})));
  EXPECT_THAT(host.sizes, ElementsAre(4 * 32));
}

TEST(EngineTest, RefusesRequestsOutOfRange) {
  for (const Histogram& wrong :
       {Histogram{.shares = 0}, Histogram{.shares = 1}, Histogram{.length = 0},
        Histogram{.chunk_length = 0}, Histogram{.measurement = 20}, Histogram{.length = UINT32_MAX},
        Histogram{.measurement = UINT32_MAX}}) {
    EXPECT_THAT(Call(Op::kShardHistogram, Encode(wrong)), StatusIs(StatusCode::kInvalidArgument));
  }
}

TEST(EngineTest, RefusesEveryTruncationAndWhatIsLeftOver) {
  Bytes request = Encode({});
  for (size_t size = 0; size < request.size(); ++size) {
    EXPECT_THAT(Call(Op::kShardHistogram, ByteView(request).first(size)),
                StatusIs(StatusCode::kInvalidArgument))
        << size;
  }
  request.push_back(0);
  EXPECT_THAT(Call(Op::kShardHistogram, request), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Call(Op::kAbout, request), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::engine
