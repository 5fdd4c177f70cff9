#include "aggregator/promise.h"

#include <gtest/gtest.h>

#include <string>

#include "base/testing/status_matchers.h"
#include "base/testing/test_host.h"
#include "codec/tls.h"
#include "crypto/sha256.h"

namespace baya::aggregator {
namespace {

using ::baya::testing::StatusIs;

struct Words {
  uint8_t version = 1;
  uint8_t policy = 1;
  uint8_t mechanism = 1;
  uint8_t adjacency = 1;
  uint64_t epsilon_micro = 500'000;
  uint32_t min_batch_size = 20;
};

Bytes Descriptor(const Words& words) {
  codec::Writer writer;
  writer.U8(words.version);
  writer.Opaque8(AsBytes("name"));
  writer.Opaque8(AsBytes("title"));
  writer.Opaque16(AsBytes("text"));
  writer.U8(words.policy);
  writer.U8(words.mechanism);
  writer.U8(words.adjacency);
  writer.U64(words.epsilon_micro);
  writer.U32(words.min_batch_size);
  writer.Raw(AsBytes("and what an aggregator does not need"));
  return std::move(writer).Finish().value();
}

// A minimum batch of 20.
dap::Task TaskBoundTo(ByteView descriptor) {
  const crypto::Sha256Digest digest = crypto::Sha256(descriptor);
  dap::TaskConfiguration configuration;
  configuration.task_info = {1};
  configuration.task_info.insert(configuration.task_info.end(), digest.begin(), digest.end());
  configuration.leader_aggregator_endpoint = "https://leader.example";
  configuration.helper_aggregator_endpoint = "https://helper.example";
  configuration.time_precision_s = 3600;
  configuration.min_batch_size = 20;
  configuration.vdaf_type = 4;
  configuration.vdaf_configuration = dap::EncodeHistogramConfig({3, 2});
  return dap::MakeTask({}, dap::Encode(configuration).value()).value();
}

Result<std::optional<vdaf::DiscreteLaplace>> Promised(const Words& words) {
  const Bytes descriptor = Descriptor(words);
  return PromisedNoise(TaskBoundTo(descriptor), descriptor);
}

TEST(Promise, IsTheNoiseOfTheDescriptor) {
  BAYA_ASSERT_OK_AND_ASSIGN(const auto noise, Promised({}));
  ASSERT_TRUE(noise.has_value());
  const auto expected = vdaf::DiscreteLaplace::Create(500'000, 2).value();
  testing::TestHost one;
  testing::TestHost other;
  for (int i = 0; i < 100; ++i) EXPECT_EQ(noise->Sample(one), expected.Sample(other));
}

TEST(Promise, AnotherDescriptorIsRefused) {
  const dap::Task task = TaskBoundTo(Descriptor({}));
  Words louder;
  louder.epsilon_micro = 100'000'000;
  EXPECT_THAT(PromisedNoise(task, Descriptor(louder)), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(PromisedNoise(task, {}), StatusIs(StatusCode::kInvalidArgument));
}

TEST(Promise, NoNoiseIsForTests) {
  Words words;
  words.mechanism = 0;
  words.epsilon_micro = 0;
  EXPECT_THAT(Promised(words), StatusIs(StatusCode::kInvalidArgument));
  words.policy = 2;
  BAYA_ASSERT_OK_AND_ASSIGN(const auto noise, Promised(words));
  EXPECT_FALSE(noise.has_value());
}

TEST(Promise, RefusesWhatItDoesNotKnowOrAgreeWith) {
  const auto changed = [](auto change) {
    Words words;
    change(words);
    return Promised(words);
  };
  EXPECT_THAT(changed([](Words& w) { w.version = 2; }), StatusIs(StatusCode::kUnimplemented));
  EXPECT_THAT(changed([](Words& w) { w.mechanism = 2; }), StatusIs(StatusCode::kUnimplemented));
  EXPECT_THAT(changed([](Words& w) { w.adjacency = 2; }), StatusIs(StatusCode::kUnimplemented));
  EXPECT_THAT(changed([](Words& w) { w.epsilon_micro = 0; }),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(changed([](Words& w) { w.min_batch_size = 100; }),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST(Promise, RefusesEveryPrefix) {
  const Bytes descriptor = Descriptor({});
  const size_t needed = 1 + 5 + 6 + 6 + 3 + 8 + 4;
  for (size_t size = 0; size < needed; ++size) {
    const ByteView prefix = ByteView(descriptor).first(size);
    EXPECT_THAT(PromisedNoise(TaskBoundTo(prefix), prefix), StatusIs(StatusCode::kInvalidArgument))
        << size;
  }
}

}  // namespace
}  // namespace baya::aggregator
