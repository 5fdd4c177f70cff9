// engine.wasm in Node, as the engine of devices.
#pragma once

#include <memory>
#include <string>

#include "lib/child_process.h"
#include "simulate/device.h"

namespace baya::tools {

// One Node process, for one thread.
class NodeEngines {
 public:
  // `program`: tools/eval/engine_host.mjs. Throws ToolError.
  explicit NodeEngines(const std::string& program);

  // A new engine, which this must outlive; at most 16 at a time. Throws ToolError.
  std::unique_ptr<DeviceEngine> Open();

 private:
  ChildProcess node_;
};

}  // namespace baya::tools
