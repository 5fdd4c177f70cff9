#include "wasm/imported_report_maker.h"

#include <utility>

#include "wasm/abi.h"
#include "wasm/report_call.h"

namespace baya::wasm {
namespace {

// Sentences do not cross: a status holds constants of its own module.
Status StatusOf(uint32_t code) {
  switch (static_cast<StatusCode>(code)) {
    case StatusCode::kInvalidArgument:
      return kError<StatusCode::kInvalidArgument, "the keys of an aggregator are malformed">;
    case StatusCode::kUnimplemented:
      return kError<StatusCode::kUnimplemented, "no key of an aggregator is supported">;
    case StatusCode::kPermissionDenied:
      return kError<StatusCode::kPermissionDenied, "leader and helper share a key">;
    case StatusCode::kUnavailable:
      return kError<StatusCode::kUnavailable, "what makes reports is not loaded">;
    default:
      return kError<StatusCode::kInternal, "the report was not made">;
  }
}

Result<Bytes> CallReports(ReportOp op, Result<Bytes> request) {
  if (!request.ok()) return request.status();
  const int32_t outcome = baya_report_call(
      static_cast<uint32_t>(op), reinterpret_cast<uintptr_t>(request->data()), request->size());
  if (outcome < 0) return StatusOf(static_cast<uint32_t>(-outcome));
  Bytes reply(static_cast<size_t>(outcome));
  baya_report_reply(reinterpret_cast<uintptr_t>(reply.data()));
  return reply;
}

}  // namespace

Status ImportedReportMaker::Check(const dap::Recipients& recipients) {
  return CallReports(ReportOp::kCheck, Encode(recipients)).status();
}

Result<dap::ClientReport> ImportedReportMaker::Make(const dap::ReportOrder& order) {
  BAYA_ASSIGN_OR_RETURN(const Bytes& reply, CallReports(ReportOp::kMake, Encode(order)));
  return DecodeClientReport(reply);
}

}  // namespace baya::wasm
