// The state behind the C ABI: the blocks, engines and responses that are alive.
#pragma once

#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "base/status.h"
#include "wasm/abi.h"
#include "wasm/callee.h"
#include "wasm/handle_table.h"

namespace baya::wasm {

// Memory lent to the host, wiped when it ends.
class Blocks {
 public:
  // As baya_alloc.
  uintptr_t Add(size_t size);
  Status Remove(uintptr_t address);

  // Whether [address, address + size) lies in one block.
  bool Contain(uintptr_t address, size_t size) const;
  size_t size() const;

 private:
  struct Block {
    uintptr_t address = 0;  // 0: free
    size_t size = 0;
  };

  std::array<Block, BAYA_MAX_BLOCKS> blocks_;
};

// The clock and entropy that the host of the module supplies.
class ModuleHost final : public Host {
 public:
  int64_t NowMs() override { return now_ms_; }
  void FillRandom(MutableByteView out) override;

  void SetNowMs(int64_t now_ms) { now_ms_ = now_ms; }

 private:
  int64_t now_ms_ = 0;
};

class Module {
 public:
  Blocks& blocks() { return blocks_; }

  uint32_t OpenEngine();
  Status CloseEngine(uint32_t handle);
  // As baya_engine_call; `request` has been checked.
  Status Call(uint32_t engine, uint32_t op, double now_ms, ByteView request,
              baya_response& response);
  Status ReleaseResponse(uint32_t handle);
  size_t LiveCount() const;

 private:
  struct OpenEngineState {
    ModuleHost host;
    std::unique_ptr<Callee> callee = MakeCallee(host);
  };

  Result<Bytes> Run(uint32_t engine, uint32_t op, double now_ms, ByteView request);

  Blocks blocks_;
  HandleTable<OpenEngineState, BAYA_MAX_ENGINES> engines_;
  HandleTable<SecretBytes, BAYA_MAX_RESPONSES> responses_;
};

}  // namespace baya::wasm
