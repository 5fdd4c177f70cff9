// Every decoder on messages that were changed at random: what it takes, it writes back the same,
// and it never reads past the end.
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <vector>

#include "base/testing/test_host.h"
#include "dap/collector.h"
#include "dap/helper.h"
#include "dap/leader.h"
#include "dap/messages.h"
#include "dap/testing/world.h"

namespace baya::dap {
namespace {

using ::baya::testing::TestHost;
using testing::World;

// Nothing for a message that is refused, else the message as it is written back.
using Rewrite = std::function<Result<Bytes>(ByteView)>;

struct Subject {
  const char* name;
  Bytes seed;
  Rewrite rewrite;
};

template <typename Message, typename Encoder>
Rewrite Through(Result<Message> (*decode)(ByteView), Encoder encode) {
  return [=](ByteView bytes) -> Result<Bytes> {
    BAYA_ASSIGN_OR_RETURN(const Message message, decode(bytes));
    return encode(message);
  };
}

Result<Bytes> EncodeUpload(const std::vector<Report>& reports) {
  Bytes body;
  for (const Report& report : reports) {
    BAYA_ASSIGN_OR_RETURN(const Bytes encoded, Encode(report));
    body.insert(body.end(), encoded.begin(), encoded.end());
  }
  return body;
}

std::vector<Subject> Subjects() {
  World world;
  Report report = world.Honest(1);
  report.report_metadata.public_extensions = {{1, {2, 3}}, {7, {}}};
  const StoredReport stored{report.report_metadata, report.public_share,
                            SecretBytes::CopyOf(Bytes(40, 5)), report.helper_encrypted_input_share};
  const HpkeCiphertext& ciphertext = report.helper_encrypted_input_share;
  const std::vector<HpkeConfig> configs = {world.leader_keys[0].config,
                                           world.helper_keys[0].config};
  const std::vector<VerifyResp> responses = {
      {{1}, VerifyRespType::kContinue, {1, 2, 3}, ReportError::kReserved},
      {{2}, VerifyRespType::kFinish, {}, ReportError::kReserved},
      {{3}, VerifyRespType::kReject, {}, ReportError::kReportDropped}};
  const Bytes collection = EncodeCollectionJobReq({10, 5}).value();
  const CollectionJobResp collected{7, {10, 5}, ciphertext, ciphertext};
  AggregateShareReq share_request;
  share_request.collection_job_req = DecodeCollectionJobReq(collection).value();
  share_request.collection_job_req.extensions = {{3, {4}}};
  share_request.batch_selector = {1, EncodeInterval({10, 5})};
  const std::vector<ReportUploadStatus> statuses = {{{1}, ReportError::kReportReplayed}};
  const auto encode = [](const auto& message) { return Encode(message); };
  return {
      {"upload", EncodeUpload({report, report}).value(),
       Through(DecodeUploadRequest, EncodeUpload)},
      {"upload errors", EncodeUploadErrors(statuses),
       Through(DecodeUploadErrors,
               [](const auto& list) -> Result<Bytes> { return EncodeUploadErrors(list); })},
      {"configurations", EncodeHpkeConfigList(configs).value(),
       Through(DecodeHpkeConfigList, [](const auto& list) { return EncodeHpkeConfigList(list); })},
      {"responses", EncodeAggregationJobResp(responses).value(),
       Through(DecodeAggregationJobResp,
               [](const auto& list) { return EncodeAggregationJobResp(list); })},
      {"collection", collection, Through(DecodeCollectionJobReq, encode)},
      {"collected", Encode(collected).value(), Through(DecodeCollectionJobResp, encode)},
      {"share request", Encode(share_request).value(), Through(DecodeAggregateShareReq, encode)},
      {"task", world.task.configuration, Through(DecodeTaskConfiguration, encode)},
      {"stored report", ToBytes(Encode(stored)->Expose()),
       Through(DecodeStoredReport,
               [](const StoredReport& message) -> Result<Bytes> {
                 BAYA_ASSIGN_OR_RETURN(const SecretBytes bytes, Encode(message));
                 return ToBytes(bytes.Expose());
               })},
      {"job",
       EncodeAggregationJobInitReq(
           1, std::vector<VerifyInit>{{{report.report_metadata, {1}, ciphertext}, {2}}})
           .value(),
       [](ByteView bytes) -> Result<Bytes> {
         BAYA_ASSIGN_OR_RETURN(const AggregationJobInitReq request,
                               DecodeAggregationJobInitReq(bytes));
         if (!request.agg_param.empty() || !request.extensions.empty()) return ToBytes(bytes);
         return EncodeAggregationJobInitReq(request.verification_key_id, request.verify_inits);
       }},
  };
}

size_t Draw(TestHost& host, size_t below) {
  std::array<uint8_t, 2> bytes;
  host.FillRandom(bytes);
  return (size_t{bytes[0]} << 8 | bytes[1]) % below;
}

void Mutate(TestHost& host, Bytes& bytes) {
  if (bytes.empty()) return;
  const size_t at = Draw(host, bytes.size());
  const auto where = bytes.begin() + static_cast<ptrdiff_t>(at);
  switch (Draw(host, 5)) {
    case 0:
      bytes[at] ^= static_cast<uint8_t>(1U << Draw(host, 8));
      return;
    case 1:
      bytes[at] = static_cast<uint8_t>(Draw(host, 2) == 0 ? 0 : 0xff);
      return;
    case 2:
      bytes.insert(where, static_cast<uint8_t>(Draw(host, 256)));
      return;
    case 3:
      bytes.erase(where);
      return;
    default:
      bytes.resize(at);
      return;
  }
}

TEST(FuzzMessagesTest, WhatADecoderTakesItWritesBack) {
  constexpr int kRounds = 3000;
  TestHost host(11);
  for (const Subject& subject : Subjects()) {
    const Result<Bytes> whole = subject.rewrite(subject.seed);
    ASSERT_TRUE(whole.ok()) << subject.name;
    ASSERT_EQ(*whole, subject.seed) << subject.name;
    int taken = 0;
    for (int round = 0; round < kRounds; ++round) {
      Bytes bytes = subject.seed;
      for (size_t n = 1 + Draw(host, 3); n > 0; --n) Mutate(host, bytes);
      const Result<Bytes> again = subject.rewrite(bytes);
      if (!again.ok()) continue;
      ++taken;
      ASSERT_EQ(*again, bytes) << subject.name;
    }
    EXPECT_GT(taken, 0) << subject.name;
    EXPECT_LT(taken, kRounds) << subject.name;
  }
}

}  // namespace
}  // namespace baya::dap
