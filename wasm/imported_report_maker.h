// Has reports made by the other module, through its host: baya_report_call of abi.h.
#pragma once

#include "dap/report_maker.h"

namespace baya::wasm {

class ImportedReportMaker final : public dap::ReportMaker {
 public:
  Status Check(const dap::Recipients& recipients) override;
  Result<dap::ClientReport> Make(const dap::ReportOrder& order) override;
};

}  // namespace baya::wasm
