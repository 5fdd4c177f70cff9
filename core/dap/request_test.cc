// What becomes of a request that is not as the other side of this room makes it.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/testing/status_matchers.h"
#include "codec/tls.h"
#include "dap/collector.h"
#include "dap/helper.h"
#include "dap/leader.h"
#include "dap/testing/world.h"

namespace baya::dap {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using testing::kNowS;
using testing::kVerificationKeyId;
using testing::World;

std::vector<LeaderStep> Steps(World& world, int count) {
  std::vector<LeaderStep> steps;
  for (int i = 0; i < count; ++i) {
    auto stored = world.leader.CheckUpload(world.Honest(0), world.leader_keys, kNowS);
    steps.push_back(std::move(*world.leader.Init(*stored)));
  }
  return steps;
}

// A request with the given head and, after it, `steps`.
Bytes InitReq(const std::vector<LeaderStep>& steps, uint8_t key_id, ByteView agg_param,
              const std::vector<Extension>& extensions) {
  codec::Writer writer;
  writer.U8(key_id);
  writer.Opaque32(agg_param);
  writer.Vector16([&](codec::Writer& list) {
    for (const Extension& extension : extensions) {
      list.U16(extension.type);
      list.Opaque16(extension.data);
    }
  });
  for (const LeaderStep& step : steps) {
    const Bytes one = EncodeAggregationJobInitReq(0, {&step.verify_init, 1}).value();
    writer.Raw(ByteView(one).subspan(1 + 4 + 2));
  }
  return std::move(writer).Finish().value();
}

TEST(UploadTest, ABodyThatIsNotReportsIsRefused) {
  World world;
  const Bytes body = Encode(world.Honest(0)).value();
  const auto reports = world.leader.DecodeUpload(body);
  ASSERT_TRUE(reports.ok());
  EXPECT_EQ(reports->size(), 1u);
  EXPECT_TRUE(world.leader.DecodeUpload({})->empty());
  EXPECT_EQ(world.leader.DecodeUpload(ByteView(body).first(body.size() - 1)).error(),
            ProblemType::kInvalidMessage);
}

TEST(AggregationJobTest, TheHelperChecksTheRequest) {
  World world;
  const std::vector<LeaderStep> steps = Steps(world, 2);
  const auto decode = [&](ByteView body) { return world.helper.DecodeInitReq(body); };
  const Bytes good = InitReq(steps, kVerificationKeyId, {}, {});
  ASSERT_TRUE(decode(good).ok());
  EXPECT_EQ(decode(good)->size(), 2u);
  std::vector<VerifyInit> verify_inits = *decode(good);
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes encoded, world.leader.EncodeInitReq(verify_inits));
  EXPECT_EQ(encoded, good);

  EXPECT_EQ(decode(ByteView(good).first(good.size() - 1)).error(), ProblemType::kInvalidMessage);
  EXPECT_EQ(decode(InitReq({}, kVerificationKeyId, {}, {})).error(), ProblemType::kInvalidMessage);
  EXPECT_EQ(decode(InitReq(steps, kVerificationKeyId + 1, {}, {})).error(),
            ProblemType::kInvalidMessage);
  EXPECT_EQ(decode(InitReq(steps, kVerificationKeyId, Bytes{0}, {})).error(),
            ProblemType::kInvalidAggregationParameter);
  EXPECT_EQ(decode(InitReq(steps, kVerificationKeyId, {}, {{1, Bytes(32)}})).error(),
            ProblemType::kUnsupportedExtension);
  EXPECT_EQ(decode(InitReq(steps, kVerificationKeyId, {}, {{2, {}}, {1, {}}})).error(),
            ProblemType::kInvalidMessage);
  verify_inits.push_back(verify_inits[0]);
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes twice, world.leader.EncodeInitReq(verify_inits));
  EXPECT_EQ(decode(twice).error(), ProblemType::kInvalidMessage);
}

TEST(AggregationJobTest, TheLeaderAbandonsAJobWhoseAnswerDoesNotFit) {
  World world;
  std::vector<LeaderState> states;
  std::vector<VerifyResp> responses;
  for (LeaderStep& step : Steps(world, 3)) {
    auto verified = world.helper.Verify(step.verify_init, world.helper_keys, kNowS);
    ASSERT_TRUE(verified.ok());
    responses.push_back(verified->response);
    states.push_back(std::move(step.state));
  }
  const auto decode = [&](const std::vector<VerifyResp>& answer) {
    return world.leader.DecodeResp(world.helper.EncodeResp(answer).value(), states).status();
  };
  EXPECT_THAT(decode(responses), IsOk());
  std::vector<VerifyResp> other = responses;
  std::swap(other[0], other[1]);
  EXPECT_THAT(decode(other), StatusIs(StatusCode::kDataLoss));
  other = responses;
  other.pop_back();
  EXPECT_THAT(decode(other), StatusIs(StatusCode::kDataLoss));
  other = responses;
  other.push_back(responses[0]);
  EXPECT_THAT(decode(other), StatusIs(StatusCode::kDataLoss));
  other = responses;
  other[2].type = VerifyRespType::kFinish;
  EXPECT_THAT(decode(other), StatusIs(StatusCode::kDataLoss));
  EXPECT_THAT(world.leader.DecodeResp(Bytes{1, 2}, states), StatusIs(StatusCode::kDataLoss));

  // A message for the Leader that is not the one it needs rejects the report alone.
  EXPECT_TRUE(world.leader.Continue(states[0], responses[0]).ok());
  EXPECT_EQ(world.leader.Continue(states[0], responses[1]).error(), ReportError::kVdafVerifyError);
  EXPECT_EQ(
      world.leader.Continue(states[0], Helper::Reject({}, ReportError::kReportDropped)).error(),
      ReportError::kReportDropped);
}

TEST(AggregationJobTest, AnotherLeadersMessageIsRefused) {
  World world;
  std::vector<LeaderStep> steps = Steps(world, 2);
  std::swap(steps[0].verify_init.payload, steps[1].verify_init.payload);
  EXPECT_EQ(world.helper.Verify(steps[0].verify_init, world.helper_keys, kNowS).error(),
            ReportError::kVdafVerifyError);
  steps[1].verify_init.payload = {0, 0, 0, 0, 0};
  EXPECT_EQ(world.helper.Verify(steps[1].verify_init, world.helper_keys, kNowS).error(),
            ReportError::kVdafVerifyError);
}

Bytes CollectionReq(uint8_t batch_mode, Bytes config, Bytes agg_param = {},
                    std::vector<Extension> extensions = {}) {
  CollectionJobReq request;
  request.query = {batch_mode, std::move(config)};
  request.agg_param = std::move(agg_param);
  request.extensions = std::move(extensions);
  return Encode(request).value();
}

TEST(CollectionJobTest, TheLeaderChecksTheRequest) {
  const World world;
  const Bytes config = EncodeInterval({10, 2});
  const auto check = [&](ByteView body) { return world.leader.CheckCollectionJob(body); };
  const Bytes good = EncodeCollectionJobReq({10, 2}).value();
  EXPECT_EQ(good, CollectionReq(1, config));
  ASSERT_TRUE(check(good).ok());
  EXPECT_EQ(*check(good), (Interval{10, 2}));
  EXPECT_EQ(check(ByteView(good).first(good.size() - 1)).error(), ProblemType::kInvalidMessage);
  EXPECT_EQ(check(CollectionReq(2, {})).error(), ProblemType::kInvalidMessage);
  EXPECT_EQ(check(CollectionReq(1, Bytes(15))).error(), ProblemType::kInvalidMessage);
  EXPECT_EQ(check(CollectionReq(1, Bytes(17))).error(), ProblemType::kInvalidMessage);
  EXPECT_EQ(check(CollectionReq(1, EncodeInterval({10, 0}))).error(), ProblemType::kBatchInvalid);
  EXPECT_EQ(check(CollectionReq(1, Bytes(16, 0xff))).error(), ProblemType::kBatchInvalid);
  EXPECT_EQ(check(CollectionReq(1, config, {0})).error(),
            ProblemType::kInvalidAggregationParameter);
  EXPECT_EQ(check(CollectionReq(1, config, {}, {{7, {}}})).error(),
            ProblemType::kUnsupportedExtension);
  EXPECT_EQ(check(CollectionReq(1, config, {}, {{7, {}}, {7, {}}})).error(),
            ProblemType::kInvalidExtension);
}

class AggregateShareTest : public ::testing::Test {
 protected:
  OfRequest<AggregateShareRequest> Check(ByteView collection_job_req, uint8_t batch_mode,
                                         Bytes selector) {
    AggregateShareReq request;
    request.collection_job_req = DecodeCollectionJobReq(collection_job_req).value();
    request.batch_selector = {batch_mode, std::move(selector)};
    return world_.helper.CheckAggregateShareReq(Encode(request).value());
  }

  World world_;
};

TEST_F(AggregateShareTest, TheSelectorIsWithinTheQuery) {
  const Bytes query = EncodeCollectionJobReq({10, 5}).value();
  const auto check = [&](Time start, Duration duration) {
    return Check(query, 1, EncodeInterval({start, duration}));
  };
  const auto all = check(10, 5);
  ASSERT_TRUE(all.ok());
  EXPECT_EQ(all->selector, (Interval{10, 5}));
  EXPECT_EQ(all->collection_job_req, query);
  EXPECT_TRUE(check(12, 1).ok());
  EXPECT_TRUE(check(14, 1).ok());
  EXPECT_EQ(check(9, 2).error(), ProblemType::kBatchInvalid);
  EXPECT_EQ(check(14, 2).error(), ProblemType::kBatchInvalid);
  EXPECT_EQ(check(12, 0).error(), ProblemType::kBatchInvalid);
  EXPECT_EQ(check(~Time{0}, 1).error(), ProblemType::kBatchInvalid);
  EXPECT_EQ(Check(query, 2, Bytes(32)).error(), ProblemType::kInvalidMessage);
  EXPECT_EQ(Check(query, 1, Bytes(8)).error(), ProblemType::kInvalidMessage);
  EXPECT_EQ(
      Check(CollectionReq(1, EncodeInterval({10, 5}), {1}), 1, EncodeInterval({10, 5})).error(),
      ProblemType::kInvalidAggregationParameter);
  EXPECT_EQ(world_.helper.CheckAggregateShareReq(query).error(), ProblemType::kInvalidMessage);
}

TEST_F(AggregateShareTest, BothAggregatorsMeanTheSameReports) {
  BatchBucket batch = world_.helper.EmptyBucket();
  batch.report_count = 5;
  batch.checksum = {1};
  AggregateShareRequest request;
  request.report_count = 5;
  request.checksum = {1};
  EXPECT_EQ(world_.helper.CheckBatch(request, batch), std::nullopt);
  request.checksum = {2};
  EXPECT_EQ(world_.helper.CheckBatch(request, batch), ProblemType::kBatchMismatch);
  request = {{}, {}, 6, {1}};
  EXPECT_EQ(world_.helper.CheckBatch(request, batch), ProblemType::kBatchMismatch);
  request.report_count = batch.report_count = 4;
  EXPECT_EQ(world_.helper.CheckBatch(request, batch), ProblemType::kInvalidBatchSize);
}

TEST_F(AggregateShareTest, SharesOfAnotherTaskAreRefused) {
  EXPECT_THAT(world_.leader.SealAggregateShare({}, Bytes(16), world_.host),
              StatusIs(StatusCode::kInvalidArgument));
  BatchBucket bucket = world_.leader.EmptyBucket();
  EXPECT_THAT(world_.leader.Commit({}, Bytes(16), &bucket), StatusIs(StatusCode::kInvalidArgument));
  BatchBucket other;
  other.agg_share = SecretBytes(16);
  other.report_count = 3;
  EXPECT_THAT(world_.leader.Merge(other, &bucket), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(bucket.report_count, 0u);
  EXPECT_THAT(world_.leader.EncodeCollectionJobResp(5, {1, 1}, Bytes{}, Bytes{}),
              StatusIs(StatusCode::kInvalidArgument));
  const Bytes share =
      world_.leader.SealAggregateShare({}, bucket.agg_share.Expose(), world_.host).value();
  EXPECT_THAT(world_.leader.EncodeCollectionJobResp(5, {1, 1}, share, Bytes{1}),
              StatusIs(StatusCode::kDataLoss));
  EXPECT_THAT(world_.leader.EncodeCollectionJobResp(5, {1, 1}, share, share), IsOk());
}

TEST(AggregatorTest, ParametersThatCannotBeUsedAreRefused) {
  World world;
  AggregatorParameters parameters = world.Parameters();
  parameters.vdaf_verify_key = SecretBytes(31);
  EXPECT_THAT(Leader::Create(std::move(parameters)), StatusIs(StatusCode::kInvalidArgument));
  parameters = world.Parameters();
  parameters.collector_hpke_config.aead_id = 1;
  EXPECT_THAT(Helper::Create(std::move(parameters)), StatusIs(StatusCode::kInvalidArgument));
}

TEST(ProblemTest, TypesAreUrns) {
  EXPECT_EQ(ProblemUrn(ProblemType::kInvalidMessage),
            "urn:ietf:params:ppm:dap:error:invalidMessage");
  for (int type = 0; type <= static_cast<int>(ProblemType::kInvalidExtension); ++type) {
    EXPECT_TRUE(
        ProblemUrn(static_cast<ProblemType>(type)).starts_with("urn:ietf:params:ppm:dap:error:"));
  }
}

}  // namespace
}  // namespace baya::dap
