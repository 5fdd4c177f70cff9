// The one place where what a device measured becomes a report.
#pragma once

#include <cstdint>

#include "base/host.h"
#include "base/result.h"
#include "consent/gate.h"
#include "dap/report_maker.h"
#include "measure/agreement.h"
#include "measure/ledger.h"
#include "measure/report_log.h"
#include "measure/report_queue.h"

namespace baya::measure {

struct MadeReport {
  WaitingReport waiting;
  LogEntry logged;
};

// A report cannot be without leave to measure and a charge for this very task: both are used up.
//
//   use     for measuring, now
//   dap     what Agree gave for `task`
//   bucket  in [0, labels)
//   host    for when it leaves
//
// Errors: kInvalidArgument (another use, a charge for another task, a bucket out of range), and
// those of dap::ReportMaker::Make.
Result<MadeReport> MakeReport(consent::Use use, Charge charge, const Task& task,
                              const dap::Task& dap, uint32_t bucket,
                              const dap::Recipients& recipients, dap::ReportMaker& maker,
                              Host& host);

}  // namespace baya::measure
