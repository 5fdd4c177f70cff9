// engine.wasm: the engine, which has its reports made by the other module.

#include "engine/engine.h"
#include "engine/remote_report_maker.h"
#include "wasm/abi.h"
#include "wasm/callee.h"

namespace baya::wasm {
namespace {

// Sentences do not cross: a status points to constants of its own module.
Status StatusOf(uint32_t code) {
  switch (static_cast<StatusCode>(code)) {
    case StatusCode::kInvalidArgument:
      return kError<StatusCode::kInvalidArgument, "the keys of an aggregator are malformed">;
    case StatusCode::kUnimplemented:
      return kError<StatusCode::kUnimplemented, "no key of an aggregator is supported">;
    case StatusCode::kPermissionDenied:
      return kError<StatusCode::kPermissionDenied, "leader and helper share a key">;
    case StatusCode::kUnavailable:
      return kError<StatusCode::kUnavailable, "what makes reports is not loaded">;
    default:
      return kError<StatusCode::kInternal, "the report was not made">;
  }
}

class HostChannel final : public engine::ReportChannel {
 public:
  Result<Bytes> Call(engine::ReportOp op, ByteView request) override {
    const int32_t outcome = baya_report_call(
        static_cast<uint32_t>(op), reinterpret_cast<uintptr_t>(request.data()), request.size());
    if (outcome < 0) return StatusOf(static_cast<uint32_t>(-outcome));
    Bytes reply(static_cast<size_t>(outcome));
    baya_report_reply(reinterpret_cast<uintptr_t>(reply.data()));
    return reply;
  }
};

class EngineCallee final : public Callee {
 public:
  explicit EngineCallee(Host& host) : maker_(channel_), engine_(host, maker_) {}
  Result<Bytes> Call(uint32_t op, ByteView request) override { return engine_.Call(op, request); }

 private:
  HostChannel channel_;
  engine::RemoteReportMaker maker_;
  engine::Engine engine_;
};

}  // namespace

std::unique_ptr<Callee> MakeCallee(Host& host) { return std::make_unique<EngineCallee>(host); }

}  // namespace baya::wasm
