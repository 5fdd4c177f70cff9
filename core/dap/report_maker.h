// What turns a measurement into a report: a port, so that a page can keep the code behind it in a
// module that it loads when a report is due.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/status.h"
#include "dap/client.h"
#include "dap/messages.h"

namespace baya::dap {

// The encoded HpkeConfigLists that the aggregators answered with.
struct Recipients {
  ByteView leader_configs;
  ByteView helper_configs;
};

struct ReportOrder {
  TaskId task_id = {};
  ByteView task_configuration;  // encoded
  Recipients recipients;
  Time time = 0;             // when the measurement was taken
  uint64_t measurement = 0;  // the bucket
};

class ReportMaker {
 public:
  ReportMaker() = default;
  virtual ~ReportMaker() = default;
  ReportMaker(const ReportMaker&) = delete;
  ReportMaker& operator=(const ReportMaker&) = delete;

  // Whether a report can be sealed to them.
  //
  // Errors: those of SelectHpkeConfig; kPermissionDenied (one key for both halves); kUnavailable
  // (the code is not loaded).
  virtual Status Check(const Recipients& recipients) = 0;

  // Errors: those of Check, MakeTask and MakeReport.
  virtual Result<ClientReport> Make(const ReportOrder& order) = 0;
};

// Makes reports itself. `host` must outlive it.
class DirectReportMaker final : public ReportMaker {
 public:
  explicit DirectReportMaker(Host& host) : host_(host) {}
  Status Check(const Recipients& recipients) override;
  Result<ClientReport> Make(const ReportOrder& order) override;

 private:
  Host& host_;
};

}  // namespace baya::dap
