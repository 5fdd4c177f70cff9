// What an engine asks of a ReportService elsewhere, as bytes in the TLS presentation language (RFC
// 8446 §3).
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "dap/report_maker.h"

namespace baya::engine {

// Beside Op::kShardHistogram of engine/ops.h, far from the ids of operations to come.
enum class ReportOp : uint32_t {
  kCheck = 1001,  // Recipients; no reply
  kMake = 1002,   // ReportOrder; ClientReport
};

//  struct {
//    opaque leader_configs<0..2^16-1>;
//    opaque helper_configs<0..2^16-1>;
//  } Recipients;
Result<Bytes> Encode(const dap::Recipients& recipients);
Result<dap::Recipients> DecodeRecipients(ByteView bytes);

//  struct {
//    opaque task_id[32];
//    opaque task_configuration<0..2^16-1>;
//    Recipients recipients;
//    uint64 time;
//    uint64 measurement;
//  } ReportOrder;
//
// Views in what was decoded point into `bytes`.
Result<Bytes> Encode(const dap::ReportOrder& order);
Result<dap::ReportOrder> DecodeReportOrder(ByteView bytes);

//  struct {
//    opaque id[16];
//    opaque encoded<0..2^32-1>;
//  } ClientReport;
Result<Bytes> Encode(const dap::ClientReport& report);
Result<dap::ClientReport> DecodeClientReport(ByteView bytes);

}  // namespace baya::engine
