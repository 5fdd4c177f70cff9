#include "engine/report_service.h"

#include <vector>

#include "base/secret_bytes.h"
#include "engine/about.h"
#include "engine/ops.h"
#include "engine/report_call.h"
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

Result<Bytes> ReportService::Call(uint32_t op, ByteView request) {
  switch (op) {
    case static_cast<uint32_t>(Op::kAbout):
      return About(request);
    case static_cast<uint32_t>(Op::kShardHistogram):
      return ShardHistogram(request);
    case static_cast<uint32_t>(ReportOp::kCheck): {
      BAYA_ASSIGN_OR_RETURN(const dap::Recipients& recipients, DecodeRecipients(request));
      BAYA_RETURN_IF_ERROR(maker_.Check(recipients));
      return Bytes();
    }
    case static_cast<uint32_t>(ReportOp::kMake): {
      BAYA_ASSIGN_OR_RETURN(const dap::ReportOrder& order, DecodeReportOrder(request));
      BAYA_ASSIGN_OR_RETURN(const dap::ClientReport& report, maker_.Make(order));
      return Encode(report);
    }
    default:
      return kError<StatusCode::kUnimplemented, "this build has no such operation">;
  }
}

Result<Bytes> ReportService::ShardHistogram(ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const auto& decoded, DecodeShardHistogramRequest(request));
  BAYA_ASSIGN_OR_RETURN(const auto& prio3, vdaf::MakeHistogramClient(decoded.shares, decoded.length,
                                                                     decoded.chunk_length));
  BAYA_ASSIGN_OR_RETURN(const auto& report,
                        Shard(*prio3, host_, decoded.ctx, decoded.measurement, decoded.nonce));
  return EncodeShardHistogramReply(
      {.public_share = report.public_share, .input_shares = ViewsOf(report.input_shares)});
}

}  // namespace baya::engine
