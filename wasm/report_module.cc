// report.wasm: makes reports for an engine, and keeps nothing.

#include "engine/report_service.h"
#include "wasm/callee.h"

namespace baya::wasm {
namespace {

class ReportCallee final : public Callee {
 public:
  explicit ReportCallee(Host& host) : service_(host) {}
  Result<Bytes> Call(uint32_t op, ByteView request) override { return service_.Call(op, request); }

 private:
  engine::ReportService service_;
};

}  // namespace

std::unique_ptr<Callee> MakeCallee(Host& host) { return std::make_unique<ReportCallee>(host); }

}  // namespace baya::wasm
