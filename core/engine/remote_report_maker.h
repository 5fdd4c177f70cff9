// Has reports made by a ReportService elsewhere: the other module of a page.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "dap/report_maker.h"
#include "engine/report_call.h"

namespace baya::engine {

// The way there. Errors: what the service answered, with a sentence of the channel's own;
// kUnavailable (there is no service).
class ReportChannel {
 public:
  ReportChannel() = default;
  virtual ~ReportChannel() = default;
  ReportChannel(const ReportChannel&) = delete;
  ReportChannel& operator=(const ReportChannel&) = delete;

  virtual Result<Bytes> Call(ReportOp op, ByteView request) = 0;
};

class RemoteReportMaker final : public dap::ReportMaker {
 public:
  // `channel` must outlive it.
  explicit RemoteReportMaker(ReportChannel& channel) : channel_(channel) {}
  Status Check(const dap::Recipients& recipients) override;
  Result<dap::ClientReport> Make(const dap::ReportOrder& order) override;

 private:
  ReportChannel& channel_;
};

}  // namespace baya::engine
