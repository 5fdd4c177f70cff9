#include "engine/remote_report_maker.h"

namespace baya::engine {

Status RemoteReportMaker::Check(const dap::Recipients& recipients) {
  BAYA_ASSIGN_OR_RETURN(const Bytes& request, Encode(recipients));
  return channel_.Call(ReportOp::kCheck, request).status();
}

Result<dap::ClientReport> RemoteReportMaker::Make(const dap::ReportOrder& order) {
  BAYA_ASSIGN_OR_RETURN(const Bytes& request, Encode(order));
  BAYA_ASSIGN_OR_RETURN(const Bytes& reply, channel_.Call(ReportOp::kMake, request));
  return DecodeClientReport(reply);
}

}  // namespace baya::engine
