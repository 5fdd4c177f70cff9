// The one place where what a device measured becomes a report.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "consent/gate.h"
#include "dap/messages.h"
#include "measure/agreement.h"
#include "measure/ledger.h"
#include "measure/report_log.h"
#include "measure/report_queue.h"

namespace baya::measure {

// The keys that the two halves are sealed to.
struct Recipients {
  dap::HpkeConfig leader;
  dap::HpkeConfig helper;
};

// From what the aggregators answered for their HPKE configurations.
//
// Errors: those of dap::SelectHpkeConfig; kPermissionDenied (one key for both halves).
Result<Recipients> ReadRecipients(ByteView leader_config_list, ByteView helper_config_list);

struct MadeReport {
  WaitingReport waiting;
  LogEntry logged;
};

// A report cannot be without leave to measure and a charge for this very task: both are used up.
//
//   use     for measuring, now
//   dap     what Agree gave for `task`
//   bucket  in [0, labels)
//
// Errors: kInvalidArgument (another use, a charge for another task, a bucket out of range), and
// those of dap::MakeReport.
Result<MadeReport> MakeReport(consent::Use use, Charge charge, const Task& task,
                              const dap::Task& dap, uint32_t bucket, const Recipients& recipients,
                              Host& host);

}  // namespace baya::measure
