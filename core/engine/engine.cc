#include "engine/engine.h"

#include <memory>

#include "engine/about.h"
#include "engine/device.h"
#include "engine/operations.h"
#include "engine/ops.h"

namespace baya::engine {
namespace {

using Operation = Result<Bytes> (*)(Device&, ByteView);

// Null when there is none. By address, so that no compiler makes one function of them all: a page
// would wait until the whole of it is compiled.
Operation OperationOf(Op op) {
  switch (op) {
    case Op::kAbout:
      return [](Device&, ByteView request) { return About(request); };
    case Op::kShardHistogram:
      break;  // of the module that makes reports
    case Op::kSetPack:
      return SetPack;
    case Op::kStart:
      return Start;
    case Op::kSignals:
      return Signals;
    case Op::kConsentState:
      return ConsentStateNow;
    case Op::kCreateVault:
      return CreateVault;
    case Op::kOpenVault:
      return OpenVault;
    case Op::kIngest:
      return Ingest;
    case Op::kFlush:
      return Flush;
    case Op::kConfirm:
      return Confirm;
    case Op::kFail:
      return Fail;
    case Op::kOfferSlotSecret:
      return OfferSlotSecret;
    case Op::kRecommend:
      return Recommend;
    case Op::kExplain:
      return Explain;
    case Op::kInventory:
      return Inventory;
    case Op::kAccessLog:
      return ShowAccessLog;
    case Op::kCorrect:
      return Correct;
    case Op::kReceipts:
      return ShowReceipts;
    case Op::kExportData:
      return ExportData;
    case Op::kImportData:
      return ImportData;
    case Op::kPause:
      return Pause;
    case Op::kErase:
      return Erase;
    case Op::kTick:
      return Tick;
    case Op::kMeasureTasks:
      return MeasureTasks;
    case Op::kDueReports:
      return DueReports;
    case Op::kMakeReport:
      return MakeReport;
    case Op::kTakeUploads:
      return TakeUploads;
    case Op::kUploadDone:
      return UploadDone;
    case Op::kReportLog:
      return ShowReportLog;
  }
  return nullptr;
}

}  // namespace

Engine::Engine(Host& host, dap::ReportMaker& maker)
    : device_(std::make_unique<Device>(host, maker)) {}

Engine::~Engine() = default;

Result<Bytes> Engine::Call(uint32_t op, ByteView request) {
  const Operation operation = OperationOf(static_cast<Op>(op));
  if (operation == nullptr) {
    return kError<StatusCode::kUnimplemented, "this build has no such operation">;
  }
  return operation(*device_, request);
}

}  // namespace baya::engine
