#include "eval/node_engine.h"

#include <utility>

#include "codec/tls.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

enum class Ask : uint8_t { kOpen = 1, kCall = 2, kClose = 3 };

Bytes AskNode(ChildProcess& node, Ask ask, codec::Writer&& rest) {
  Bytes message = OrThrow(std::move(rest).Finish(), "a request");
  message.insert(message.begin(), static_cast<uint8_t>(ask));
  node.Send(message);
  Bytes answer = node.Receive();
  if (answer.empty()) throw ToolError("the engine's answer is empty");
  const bool refused = answer.front() != 0;
  answer.erase(answer.begin());
  if (refused) throw ToolError("the engine: " + std::string(AsText(answer)));
  return answer;
}

class NodeEngine final : public DeviceEngine {
 public:
  NodeEngine(ChildProcess& node, uint32_t handle) : node_(node), handle_(handle) {}
  NodeEngine(const NodeEngine&) = delete;
  NodeEngine& operator=(const NodeEngine&) = delete;
  ~NodeEngine() override {
    try {
      codec::Writer rest;
      rest.U32(handle_);
      AskNode(node_, Ask::kClose, std::move(rest));
    } catch (const ToolError&) {  // the process has ended, and the engine with it
    }
  }

  Bytes Call(engine::Op op, ByteView request, int64_t now_ms) override {
    codec::Writer rest;
    rest.U32(handle_);
    rest.U32(static_cast<uint32_t>(op));
    rest.U64(static_cast<uint64_t>(now_ms));
    rest.Raw(request);
    return AskNode(node_, Ask::kCall, std::move(rest));
  }

 private:
  ChildProcess& node_;
  uint32_t handle_;
};

}  // namespace

NodeEngines::NodeEngines(const std::string& program) : node_({"node", program}) {}

std::unique_ptr<DeviceEngine> NodeEngines::Open() {
  const Bytes answer = AskNode(node_, Ask::kOpen, codec::Writer());
  const uint32_t handle = OrThrow(Result<uint32_t>(codec::Reader(answer).U32()), "a handle");
  return std::make_unique<NodeEngine>(node_, handle);
}

}  // namespace baya::tools
