// Reports of many devices, some of them dishonest, through both Aggregators to the Collector.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/testing/status_matchers.h"
#include "crypto/sha256.h"
#include "dap/collector.h"
#include "dap/helper.h"
#include "dap/leader.h"
#include "dap/testing/store.h"
#include "dap/testing/world.h"
#include "vdaf/discrete_laplace.h"

namespace baya::dap {
namespace {

using ::baya::testing::StatusIs;
using testing::kBuckets;
using testing::kNowS;
using testing::Store;
using testing::World;

class EndToEndTest : public ::testing::Test {
 protected:
  using Rejected = std::map<ReportId, ReportError>;

  // The Leader's answer to an upload; what it accepts is stored.
  std::vector<ReportUploadStatus> Upload(const std::vector<Report>& reports) {
    Bytes body;
    for (const Report& report : reports) {
      const Bytes encoded = Encode(report).value();
      body.insert(body.end(), encoded.begin(), encoded.end());
    }
    auto decoded = world_.leader.DecodeUpload(body);
    EXPECT_TRUE(decoded.ok());
    std::vector<ReportUploadStatus> errors;
    for (const Report& report : *decoded) {
      const ReportId& id = report.report_metadata.report_id;
      const auto stored = world_.leader.CheckUpload(report, world_.leader_keys, kNowS);
      if (!stored.ok()) {
        errors.push_back({id, stored.error()});
      } else if (!uploaded_.insert(id).second) {
        errors.push_back({id, ReportError::kReportReplayed});
      } else {
        stored_.push_back(ToBytes(Encode(*stored)->Expose()));
      }
    }
    return errors;
  }

  Bytes HelperAnswer(ByteView request) {
    auto verify_inits = world_.helper.DecodeInitReq(request);
    EXPECT_TRUE(verify_inits.ok());
    std::vector<VerifyResp> responses;
    for (const VerifyInit& verify_init : *verify_inits) {
      const ReportId& id = verify_init.report_share.report_metadata.report_id;
      auto step = world_.helper.Verify(verify_init, world_.helper_keys, kNowS);
      if (!step.ok()) {
        responses.push_back(Helper::Reject(id, step.error()));
        continue;
      }
      const auto refused = helper_store_.Commit(world_.helper, id, step->time, step->out_share);
      responses.push_back(refused ? Helper::Reject(id, *refused) : std::move(step->response));
    }
    return world_.helper.EncodeResp(responses).value();
  }

  // One aggregation job of everything that is stored; the reports it rejected.
  Rejected Aggregate() {
    Rejected rejected;
    std::vector<LeaderState> states;
    std::vector<VerifyInit> verify_inits;
    for (const Bytes& bytes : std::exchange(stored_, {})) {
      const StoredReport report = DecodeStoredReport(bytes).value();
      auto step = world_.leader.Init(report);
      if (!step.ok()) {
        rejected[report.report_metadata.report_id] = step.error();
        continue;
      }
      states.push_back(std::move(step->state));
      verify_inits.push_back(std::move(step->verify_init));
    }
    const Bytes request = world_.leader.EncodeInitReq(verify_inits).value();
    const auto responses = world_.leader.DecodeResp(HelperAnswer(request), states);
    EXPECT_THAT(responses, ::baya::testing::IsOk());
    for (size_t i = 0; i < states.size(); ++i) {
      const auto out_share = world_.leader.Continue(states[i], (*responses)[i]);
      if (!out_share.ok()) {
        rejected[states[i].report_id] = out_share.error();
      } else {
        EXPECT_EQ(
            leader_store_.Commit(world_.leader, states[i].report_id, states[i].time, *out_share),
            std::nullopt);
      }
    }
    return rejected;
  }

  struct Collected {
    Bytes request;
    Bytes response;
  };
  Collected Collect(const Interval& interval, const vdaf::DiscreteLaplace* noise = nullptr) {
    Collected result;
    result.request = EncodeCollectionJobReq(interval).value();
    const auto asked = world_.leader.CheckCollectionJob(result.request);
    EXPECT_TRUE(asked.ok());
    EXPECT_EQ(*asked, interval);
    BatchBucket leader_batch = leader_store_.Collect(world_.leader, *asked);
    EXPECT_TRUE(world_.leader.IsLargeEnough(leader_batch));

    const Bytes body =
        world_.leader.EncodeAggregateShareReq(result.request, interval, leader_batch).value();
    const auto share_request = world_.helper.CheckAggregateShareReq(body);
    EXPECT_TRUE(share_request.ok());
    EXPECT_EQ(share_request->collection_job_req, result.request);
    BatchBucket helper_batch = helper_store_.Collect(world_.helper, share_request->selector);
    EXPECT_EQ(world_.helper.CheckBatch(*share_request, helper_batch), std::nullopt);
    if (noise != nullptr) {
      BAYA_EXPECT_OK(noise->AddNoise(world_.host, leader_batch.agg_share.ExposeMutable()));
      BAYA_EXPECT_OK(noise->AddNoise(world_.host, helper_batch.agg_share.ExposeMutable()));
    }
    const Bytes helper_share = world_.helper
                                   .SealAggregateShare(share_request->collection_job_req,
                                                       helper_batch.agg_share.Expose(), world_.host)
                                   .value();
    const Bytes leader_share =
        world_.leader
            .SealAggregateShare(result.request, leader_batch.agg_share.Expose(), world_.host)
            .value();
    result.response = world_.leader
                          .EncodeCollectionJobResp(leader_batch.report_count, interval,
                                                   leader_share, helper_share)
                          .value();
    return result;
  }

  Result<dap::Aggregate> Open(const Collected& collected) {
    return OpenCollectionJobResp(world_.task, world_.collector_key, collected.request,
                                 collected.response);
  }

  World world_;
  Store leader_store_;
  Store helper_store_;
  std::set<ReportId> uploaded_;
  std::vector<Bytes> stored_;
};

TEST_F(EndToEndTest, HonestReportsAddUpAndOthersAreAnswered) {
  std::vector<int64_t> expected(kBuckets);
  std::vector<Report> reports;
  std::map<ReportId, ReportError> at_upload;
  Rejected at_verification;
  for (uint64_t i = 0; i < 30; ++i) {
    const auto bucket = static_cast<size_t>(i * i % kBuckets);
    ++expected[bucket];
    reports.push_back(world_.Honest(bucket, world_.Now() - i % 3));
  }
  const auto add = [&](Report report, std::map<ReportId, ReportError>& where, ReportError error) {
    where[report.report_metadata.report_id] = error;
    reports.insert(reports.begin() + 5, std::move(report));
  };
  Report bad = world_.Honest(0);
  bad.leader_encrypted_input_share.payload[0] ^= 1;
  add(bad, at_upload, ReportError::kHpkeDecryptError);
  bad = world_.Honest(0);
  bad.leader_encrypted_input_share.config_id = 200;
  add(bad, at_upload, ReportError::kOutdatedConfig);
  add(world_.Honest(0, world_.Now() + 2), at_upload, ReportError::kReportTooEarly);
  testing::Parts parts = world_.MakeParts(0);
  parts.metadata.public_extensions = {{1, {}}};
  add(world_.SealParts(parts), at_upload, ReportError::kInvalidMessage);
  bad = world_.Honest(0);
  bad.helper_encrypted_input_share.payload[0] ^= 1;
  add(bad, at_verification, ReportError::kHpkeDecryptError);
  parts = world_.MakeParts(0);
  parts.shares[0][0] ^= 1;
  add(world_.SealParts(parts), at_verification, ReportError::kVdafVerifyError);
  parts = world_.MakeParts(0);
  std::fill_n(parts.shares[0].begin(), 16, uint8_t{0xff});
  add(world_.SealParts(parts), at_verification, ReportError::kInvalidMessage);
  // The same report twice in an upload.
  at_upload[reports.back().report_metadata.report_id] = ReportError::kReportReplayed;
  reports.push_back(reports.back());

  std::map<ReportId, ReportError> errors;
  for (const ReportUploadStatus& status : Upload(reports)) errors[status.id] = status.error;
  EXPECT_EQ(errors, at_upload);
  EXPECT_EQ(Aggregate(), at_verification);

  const Interval interval{world_.Now() - 10, 11};
  const Collected collected = Collect(interval);
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::Aggregate result, Open(collected));
  EXPECT_EQ(result.report_count, 30u);
  EXPECT_EQ(result.interval, interval);
  EXPECT_EQ(result.counts, expected);
}

TEST_F(EndToEndTest, BucketsAreCollectedApart) {
  std::vector<Report> reports;
  reports.reserve(12);
  for (uint64_t i = 0; i < 12; ++i) reports.push_back(world_.Honest(i % 2, world_.Now() - i % 2));
  EXPECT_TRUE(Upload(reports).empty());
  EXPECT_TRUE(Aggregate().empty());
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::Aggregate now, Open(Collect({world_.Now(), 1})));
  EXPECT_EQ(now.counts, (std::vector<int64_t>{6, 0, 0, 0, 0, 0}));
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::Aggregate before, Open(Collect({world_.Now() - 1, 1})));
  EXPECT_EQ(before.counts, (std::vector<int64_t>{0, 6, 0, 0, 0, 0}));
}

// A Leader that presents a report once more, or one for a batch that was given out.
TEST_F(EndToEndTest, TheHelperCommitsAReportOnceAndNeverToACollectedBatch) {
  std::vector<Report> reports;
  reports.reserve(6);
  for (int i = 0; i < 6; ++i) reports.push_back(world_.Honest(1));
  EXPECT_TRUE(Upload(reports).empty());
  const std::vector<Bytes> kept = stored_;
  EXPECT_TRUE(Aggregate().empty());
  stored_ = kept;
  for (const auto& [id, error] : Aggregate()) EXPECT_EQ(error, ReportError::kReportReplayed);
  Collect({world_.Now(), 1});
  const Report late = world_.Honest(1);
  EXPECT_TRUE(Upload({late}).empty());
  EXPECT_EQ(Aggregate(),
            (Rejected{{late.report_metadata.report_id, ReportError::kBatchCollected}}));
}

TEST_F(EndToEndTest, TheNoiseOfBothIsInTheResult) {
  std::vector<Report> reports;
  reports.reserve(20);
  for (int i = 0; i < 20; ++i) reports.push_back(world_.Honest(2));
  EXPECT_TRUE(Upload(reports).empty());
  EXPECT_TRUE(Aggregate().empty());
  BAYA_ASSERT_OK_AND_ASSIGN(const auto noise, vdaf::DiscreteLaplace::Create(100'000, 2));
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::Aggregate result, Open(Collect({world_.Now(), 1}, &noise)));
  EXPECT_EQ(result.report_count, 20u);
  // Twice the noise of scale 20 on six counts: that none is below zero has probability under 3 %,
  // and the entropy of this test is always the same.
  EXPECT_TRUE(std::any_of(result.counts.begin(), result.counts.end(),
                          [](int64_t count) { return count < 0; }));
  EXPECT_NE(result.counts, (std::vector<int64_t>{0, 0, 20, 0, 0, 0}));
}

TEST_F(EndToEndTest, TheCollectorOpensOnlyItsOwn) {
  std::vector<Report> reports;
  reports.reserve(5);
  for (int i = 0; i < 5; ++i) reports.push_back(world_.Honest(2));
  EXPECT_TRUE(Upload(reports).empty());
  EXPECT_TRUE(Aggregate().empty());
  const Collected collected = Collect({world_.Now(), 1});
  BAYA_EXPECT_OK(Open(collected));

  // Shares that answer another request.
  Collected other = collected;
  other.request = EncodeCollectionJobReq({world_.Now(), 2}).value();
  EXPECT_THAT(Open(other), StatusIs(StatusCode::kDataLoss));
  // The Leader's share in the Helper's place.
  CollectionJobResp swapped = DecodeCollectionJobResp(collected.response).value();
  std::swap(swapped.leader_encrypted_agg_share, swapped.helper_encrypted_agg_share);
  other = {collected.request, Encode(swapped).value()};
  EXPECT_THAT(Open(other), StatusIs(StatusCode::kDataLoss));
  // No reports at all.
  CollectionJobResp none = DecodeCollectionJobResp(collected.response).value();
  none.report_count = 0;
  other.response = Encode(none).value();
  EXPECT_THAT(Open(other), StatusIs(StatusCode::kDataLoss));
  // Every part of the answer.
  for (size_t size = 0; size < collected.response.size(); size += 3) {
    other.response = ToBytes(ByteView(collected.response).first(size));
    EXPECT_THAT(Open(other), StatusIs(StatusCode::kInvalidArgument));
  }
  // Another key: by its id, and by itself.
  const HpkeKey stranger = MakeHpkeKey(3, world_.host).value();
  EXPECT_THAT(OpenCollectionJobResp(world_.task, stranger, collected.request, collected.response),
              StatusIs(StatusCode::kDataLoss));
  const HpkeKey renamed = MakeHpkeKey(4, world_.host).value();
  EXPECT_THAT(OpenCollectionJobResp(world_.task, renamed, collected.request, collected.response),
              StatusIs(StatusCode::kNotFound));
}

TEST_F(EndToEndTest, TheChecksumIsTheXorOfTheDigestsOfTheIds) {
  std::vector<Report> reports;
  Checksum expected = {};
  for (int i = 0; i < 3; ++i) {
    reports.push_back(world_.Honest(0, world_.Now() - (i == 0 ? 1 : 0)));
    const auto digest = crypto::Sha256(reports.back().report_metadata.report_id);
    for (size_t j = 0; j < expected.size(); ++j) expected[j] ^= digest[j];
  }
  EXPECT_TRUE(Upload(reports).empty());
  EXPECT_TRUE(Aggregate().empty());
  const BatchBucket batch = leader_store_.Collect(world_.leader, {0, world_.Now() + 1});
  EXPECT_EQ(batch.report_count, 3u);
  EXPECT_EQ(batch.checksum, expected);
  EXPECT_FALSE(world_.leader.IsLargeEnough(batch));
}

}  // namespace
}  // namespace baya::dap
