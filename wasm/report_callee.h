// report.wasm: the code that makes reports, and nothing of the person's.
#pragma once

#include "dap/report_maker.h"
#include "wasm/callee.h"

namespace baya::wasm {

class ReportCallee final : public Callee {
 public:
  // `host` must outlive it.
  explicit ReportCallee(Host& host) : host_(host), maker_(host) {}
  // Op::kAbout, Op::kShardHistogram, and those of report_call.h.
  Result<Bytes> Call(uint32_t op, ByteView request) override;

 private:
  Result<Bytes> ShardHistogram(ByteView request);

  Host& host_;
  dap::DirectReportMaker maker_;
};

}  // namespace baya::wasm
