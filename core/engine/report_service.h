// The other way into the core: reports made for an engine elsewhere, and nothing of the person's.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "dap/report_maker.h"

namespace baya::engine {

class ReportService {
 public:
  // `host` must outlive it.
  explicit ReportService(Host& host) : host_(host), maker_(host) {}
  // Op::kAbout and Op::kShardHistogram of engine/ops.h, and those of engine/report_call.h.
  // kUnimplemented for any other.
  Result<Bytes> Call(uint32_t op, ByteView request);

 private:
  Result<Bytes> ShardHistogram(ByteView request);

  Host& host_;
  dap::DirectReportMaker maker_;
};

}  // namespace baya::engine
