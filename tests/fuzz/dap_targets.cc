#include <utility>

#include "dap/collector.h"
#include "dap/messages.h"
#include "dap/testing/world.h"
#include "fuzz_target.h"

namespace baya::fuzz {
namespace {

using namespace baya::dap;  // NOLINT(google-build-using-namespace)
using dap::testing::World;

Report SeedReport() {
  World world;
  Report report = world.Honest(1);
  report.report_metadata.public_extensions = {{1, {2, 3}}, {7, {}}};
  return report;
}

template <typename Message>
Result<Bytes> Again(const Message& message) {
  return Encode(message);
}

Result<Bytes> EncodeUpload(const std::vector<Report>& reports) {
  Bytes body;
  for (const Report& report : reports) {
    BAYA_ASSIGN_OR_RETURN(const Bytes encoded, Encode(report));
    body.insert(body.end(), encoded.begin(), encoded.end());
  }
  return body;
}

bool FuzzUpload(ByteView input) {
  return IsEncodedAgain(DecodeUploadRequest(input), EncodeUpload, input);
}
std::vector<Bytes> UploadSeeds() { return {EncodeUpload({SeedReport()}).value()}; }

bool FuzzUploadErrors(ByteView input) {
  return IsEncodedAgain(
      DecodeUploadErrors(input),
      [](const auto& statuses) { return Result<Bytes>(EncodeUploadErrors(statuses)); }, input);
}
std::vector<Bytes> UploadErrorsSeeds() {
  return {EncodeUploadErrors(std::vector<ReportUploadStatus>{{{1}, ReportError::kReportReplayed}})};
}

bool FuzzConfigs(ByteView input) {
  return IsEncodedAgain(
      DecodeHpkeConfigList(input),
      [](const auto& configs) { return EncodeHpkeConfigList(configs); }, input);
}
std::vector<Bytes> ConfigsSeeds() {
  World world;
  return {EncodeHpkeConfigList(
              std::vector<HpkeConfig>{world.leader_keys[0].config, world.helper_keys[0].config})
              .value()};
}

bool FuzzConfig(ByteView input) {
  return IsEncodedAgain(DecodeHpkeConfig(input), Again<HpkeConfig>, input);
}
std::vector<Bytes> ConfigSeeds() { return {Encode(World().leader_keys[0].config).value()}; }

bool FuzzCiphertext(ByteView input) {
  return IsEncodedAgain(DecodeHpkeCiphertext(input), Again<HpkeCiphertext>, input);
}
std::vector<Bytes> CiphertextSeeds() {
  return {Encode(SeedReport().helper_encrypted_input_share).value()};
}

bool FuzzInputShare(ByteView input) { return DecodePlaintextInputShare(input).ok(); }
std::vector<Bytes> InputShareSeeds() {
  codec::Writer writer;
  writer.Vector16([](codec::Writer& list) {
    list.U16(1);
    list.Opaque16(Bytes{2, 3});
  });
  writer.Opaque32(Bytes(40, 5));
  return {std::move(writer).Finish().value()};
}

bool FuzzJob(ByteView input) {
  const Result<AggregationJobInitReq> request = DecodeAggregationJobInitReq(input);
  if (!request.ok()) return false;
  if (!request->agg_param.empty() || !request->extensions.empty()) return true;  // not ours to send
  const Result<Bytes> again =
      EncodeAggregationJobInitReq(request->verification_key_id, request->verify_inits);
  Check(again.ok() && BytesEqual(*again, input));
  return true;
}
std::vector<Bytes> JobSeeds() {
  const Report report = SeedReport();
  const std::vector<VerifyInit> inits = {
      {{report.report_metadata, {1}, report.helper_encrypted_input_share}, {2}}};
  return {EncodeAggregationJobInitReq(1, inits).value()};
}

bool FuzzResponses(ByteView input) {
  return IsEncodedAgain(
      DecodeAggregationJobResp(input),
      [](const auto& responses) { return EncodeAggregationJobResp(responses); }, input);
}
std::vector<Bytes> ResponsesSeeds() {
  const std::vector<VerifyResp> responses = {
      {{1}, VerifyRespType::kContinue, {1, 2, 3}, ReportError::kReserved},
      {{2}, VerifyRespType::kFinish, {}, ReportError::kReserved},
      {{3}, VerifyRespType::kReject, {}, ReportError::kReportDropped}};
  return {EncodeAggregationJobResp(responses).value()};
}

bool FuzzCollection(ByteView input) {
  return IsEncodedAgain(DecodeCollectionJobReq(input), Again<CollectionJobReq>, input);
}
std::vector<Bytes> CollectionSeeds() { return {EncodeCollectionJobReq({10, 5}).value()}; }

bool FuzzCollected(ByteView input) {
  return IsEncodedAgain(DecodeCollectionJobResp(input), Again<CollectionJobResp>, input);
}
std::vector<Bytes> CollectedSeeds() {
  const HpkeCiphertext share = SeedReport().helper_encrypted_input_share;
  return {Encode(CollectionJobResp{7, {10, 5}, share, share}).value()};
}

bool FuzzShareRequest(ByteView input) {
  return IsEncodedAgain(DecodeAggregateShareReq(input), Again<AggregateShareReq>, input);
}
std::vector<Bytes> ShareRequestSeeds() {
  AggregateShareReq request;
  request.collection_job_req = DecodeCollectionJobReq(CollectionSeeds()[0]).value();
  request.collection_job_req.extensions = {{3, {4}}};
  request.batch_selector = {1, EncodeInterval({10, 5})};
  return {Encode(request).value()};
}

bool FuzzInterval(ByteView input) {
  return IsEncodedAgain(
      DecodeInterval(input),
      [](const Interval& interval) { return Result<Bytes>(EncodeInterval(interval)); }, input);
}
std::vector<Bytes> IntervalSeeds() { return {EncodeInterval({10, 5})}; }

bool FuzzTask(ByteView input) {
  const bool decodes =
      IsEncodedAgain(DecodeTaskConfiguration(input), Again<TaskConfiguration>, input);
  const Result<Task> task = MakeTask({1}, input);
  Check(decodes || !task.ok());
  return decodes;
}
std::vector<Bytes> TaskSeeds() { return {World().task.configuration}; }

bool FuzzStoredReport(ByteView input) {
  return IsEncodedAgain(
      DecodeStoredReport(input),
      [](const StoredReport& report) -> Result<Bytes> {
        BAYA_ASSIGN_OR_RETURN(const SecretBytes bytes, Encode(report));
        return ToBytes(bytes.Expose());
      },
      input);
}
std::vector<Bytes> StoredReportSeeds() {
  const Report report = SeedReport();
  const StoredReport stored{report.report_metadata, report.public_share,
                            SecretBytes::CopyOf(Bytes(40, 5)), report.helper_encrypted_input_share};
  return {ToBytes(Encode(stored)->Expose())};
}

}  // namespace

std::vector<Target> DapTargets() {
  return {{"dap_upload", FuzzUpload, UploadSeeds},
          {"dap_upload_errors", FuzzUploadErrors, UploadErrorsSeeds},
          {"dap_hpke_configs", FuzzConfigs, ConfigsSeeds},
          {"dap_hpke_config", FuzzConfig, ConfigSeeds},
          {"dap_hpke_ciphertext", FuzzCiphertext, CiphertextSeeds},
          {"dap_input_share", FuzzInputShare, InputShareSeeds},
          {"dap_job", FuzzJob, JobSeeds},
          {"dap_responses", FuzzResponses, ResponsesSeeds},
          {"dap_collection", FuzzCollection, CollectionSeeds},
          {"dap_collected", FuzzCollected, CollectedSeeds},
          {"dap_share_request", FuzzShareRequest, ShareRequestSeeds},
          {"dap_interval", FuzzInterval, IntervalSeeds},
          {"dap_task", FuzzTask, TaskSeeds},
          {"dap_stored_report", FuzzStoredReport, StoredReportSeeds}};
}

}  // namespace baya::fuzz
