#include "engine/engine.h"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/secret_bytes.h"
#include "engine/device.h"
#include "engine/operations.h"
#include "engine/ops.h"
#include "vdaf/draft.h"
#include "vdaf/prio3_client.h"

namespace baya::engine {
namespace {

// Draws the VDAF's whole randomness at once, so that a conformance vector's can be fed through
// the host.
Result<vdaf::Prio3Report> Shard(const vdaf::Prio3Client& prio3, Host& host, ByteView ctx,
                                uint64_t measurement, ByteView nonce) {
  SecretBytes rand(prio3.RandSize());
  host.FillRandom(rand.ExposeMutable());
  return prio3.Shard(ctx, {&measurement, 1}, nonce, rand.Expose());
}

std::vector<ByteView> ViewsOf(const std::vector<SecretBytes>& shares) {
  std::vector<ByteView> views;
  views.reserve(shares.size());
  for (const SecretBytes& share : shares) views.push_back(share.Expose());
  return views;
}

}  // namespace

Engine::Engine(Host& host) : host_(host), device_(std::make_unique<Device>(host)) {}

Engine::~Engine() = default;

Result<Bytes> Engine::Call(uint32_t op, ByteView request) {
  switch (static_cast<Op>(op)) {
    case Op::kAbout:
      return About(request);
    case Op::kShardHistogram:
      return ShardHistogram(request);
    case Op::kSetPack:
      return SetPack(*device_, request);
    case Op::kStart:
      return Start(*device_, request);
    case Op::kSignals:
      return Signals(*device_, request);
    case Op::kConsentState:
      return ConsentStateNow(*device_, request);
    case Op::kCreateVault:
      return CreateVault(*device_, request);
    case Op::kOpenVault:
      return OpenVault(*device_, request);
    case Op::kIngest:
      return Ingest(*device_, request);
    case Op::kFlush:
      return Flush(*device_, request);
    case Op::kConfirm:
      return Confirm(*device_, request);
    case Op::kFail:
      return Fail(*device_, request);
    case Op::kOfferSlotSecret:
      return OfferSlotSecret(*device_, request);
    case Op::kRecommend:
      return Recommend(*device_, request);
    case Op::kExplain:
      return Explain(*device_, request);
    case Op::kProfile:
      return ShowProfile(*device_, request);
    case Op::kInventory:
      return Inventory(*device_, request);
    case Op::kAccessLog:
      return ShowAccessLog(*device_, request);
    case Op::kCorrect:
      return Correct(*device_, request);
    case Op::kExportData:
      return ExportData(*device_, request);
    case Op::kImportData:
      return ImportData(*device_, request);
    case Op::kPause:
      return Pause(*device_, request);
    case Op::kErase:
      return Erase(*device_, request);
    case Op::kTick:
      return Tick(*device_, request);
    case Op::kMeasureTasks:
      return MeasureTasks(*device_, request);
    case Op::kDueReports:
      return DueReports(*device_, request);
    case Op::kMakeReport:
      return MakeReport(*device_, request);
    case Op::kTakeUploads:
      return TakeUploads(*device_, request);
    case Op::kUploadDone:
      return UploadDone(*device_, request);
    case Op::kReportLog:
      return ShowReportLog(*device_, request);
  }
  return kError<StatusCode::kUnimplemented, "this build has no such operation">;
}

Result<Bytes> Engine::About(ByteView request) const {
  BAYA_RETURN_IF_ERROR(DecodeAboutRequest(request).status());
  return EncodeAboutReply({.abi_version = kAbiVersion,
                           .package_version = BAYA_VERSION,
                           .vdaf_draft = vdaf::kDraft,
                           .vdaf_version = vdaf::kVersion});
}

Result<Bytes> Engine::ShardHistogram(ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const auto decoded, DecodeShardHistogramRequest(request));
  BAYA_ASSIGN_OR_RETURN(const auto prio3, vdaf::MakeHistogramClient(decoded.shares, decoded.length,
                                                                    decoded.chunk_length));
  BAYA_ASSIGN_OR_RETURN(const auto report,
                        Shard(*prio3, host_, decoded.ctx, decoded.measurement, decoded.nonce));
  return EncodeShardHistogramReply(
      {.public_share = report.public_share, .input_shares = ViewsOf(report.input_shares)});
}

}  // namespace baya::engine
