// What a module does behind the C ABI.
#pragma once

#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"

namespace baya::wasm {

class Callee {
 public:
  Callee() = default;
  virtual ~Callee() = default;
  Callee(const Callee&) = delete;
  Callee& operator=(const Callee&) = delete;

  // As baya_engine_call. kUnimplemented for an `op` that the module does not have.
  virtual Result<Bytes> Call(uint32_t op, ByteView request) = 0;
};

// Each module defines its own. `host` must outlive what is made.
std::unique_ptr<Callee> MakeCallee(Host& host);

}  // namespace baya::wasm
