// The one way into the core: an operation's request in, its reply out.
#pragma once

#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "dap/report_maker.h"

namespace baya::engine {

class Device;

class Engine {
 public:
  // Both must outlive the engine, which asks them for anything only during Call.
  Engine(Host& host, dap::ReportMaker& maker);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Runs operation `op`, an Op of engine/ops.h, and returns its encoded reply. kUnimplemented for
  // an `op` that is not one.
  Result<Bytes> Call(uint32_t op, ByteView request);

 private:
  std::unique_ptr<Device> device_;
};

}  // namespace baya::engine
