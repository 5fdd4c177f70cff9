// engine.wasm: the engine, which has its reports made elsewhere.

#include "engine/engine.h"
#include "wasm/callee.h"
#include "wasm/imported_report_maker.h"

namespace baya::wasm {
namespace {

class EngineCallee final : public Callee {
 public:
  explicit EngineCallee(Host& host) : engine_(host, maker_) {}
  Result<Bytes> Call(uint32_t op, ByteView request) override { return engine_.Call(op, request); }

 private:
  ImportedReportMaker maker_;
  engine::Engine engine_;
};

}  // namespace

std::unique_ptr<Callee> MakeCallee(Host& host) { return std::make_unique<EngineCallee>(host); }

}  // namespace baya::wasm
