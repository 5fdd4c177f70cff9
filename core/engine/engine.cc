#include "engine/engine.h"

#include <memory>

#include "engine/about.h"
#include "engine/device.h"
#include "engine/operations.h"
#include "engine/ops.h"

namespace baya::engine {
Engine::Engine(Host& host, dap::ReportMaker& maker)
    : device_(std::make_unique<Device>(host, maker)) {}

Engine::~Engine() = default;

Result<Bytes> Engine::Call(uint32_t op, ByteView request) {
  switch (static_cast<Op>(op)) {
    case Op::kAbout:
      return About(request);
    case Op::kShardHistogram:
      break;  // of the module that makes reports
    case Op::kSetPack:
      return SetPack(*device_, request);
    case Op::kStart:
      return Start(*device_, request);
    case Op::kSignals:
      return Signals(*device_, request);
    case Op::kConsentState:
      return ConsentStateNow(*device_, request);
    case Op::kCreateVault:
      return CreateVault(*device_, request);
    case Op::kOpenVault:
      return OpenVault(*device_, request);
    case Op::kIngest:
      return Ingest(*device_, request);
    case Op::kFlush:
      return Flush(*device_, request);
    case Op::kConfirm:
      return Confirm(*device_, request);
    case Op::kFail:
      return Fail(*device_, request);
    case Op::kOfferSlotSecret:
      return OfferSlotSecret(*device_, request);
    case Op::kRecommend:
      return Recommend(*device_, request);
    case Op::kExplain:
      return Explain(*device_, request);
    case Op::kProfile:
      return ShowProfile(*device_, request);
    case Op::kInventory:
      return Inventory(*device_, request);
    case Op::kAccessLog:
      return ShowAccessLog(*device_, request);
    case Op::kCorrect:
      return Correct(*device_, request);
    case Op::kExportData:
      return ExportData(*device_, request);
    case Op::kImportData:
      return ImportData(*device_, request);
    case Op::kPause:
      return Pause(*device_, request);
    case Op::kErase:
      return Erase(*device_, request);
    case Op::kTick:
      return Tick(*device_, request);
    case Op::kMeasureTasks:
      return MeasureTasks(*device_, request);
    case Op::kDueReports:
      return DueReports(*device_, request);
    case Op::kMakeReport:
      return MakeReport(*device_, request);
    case Op::kTakeUploads:
      return TakeUploads(*device_, request);
    case Op::kUploadDone:
      return UploadDone(*device_, request);
    case Op::kReportLog:
      return ShowReportLog(*device_, request);
  }
  return kError<StatusCode::kUnimplemented, "this build has no such operation">;
}

}  // namespace baya::engine
