#include "wasm/abi.h"

#include "engine/ops.h"
#include "wasm/module.h"

#ifdef __EMSCRIPTEN__
static_assert(sizeof(baya_response) == 16);
#endif

namespace {

// Made at the first call and never destroyed: a module has no end. Not inlined into each export.
[[gnu::noinline]] baya::wasm::Module& TheModule() {
  static auto* const module = new baya::wasm::Module;
  return *module;
}

uint32_t CodeOf(const baya::Status& status) { return static_cast<uint32_t>(status.code()); }

constexpr auto kInvalidArgument = static_cast<uint32_t>(baya::StatusCode::kInvalidArgument);

}  // namespace

uint32_t baya_abi_version(void) { return baya::engine::kAbiVersion; }

uintptr_t baya_alloc(uintptr_t size) { return TheModule().blocks().Add(size); }

uint32_t baya_free(uintptr_t address) { return CodeOf(TheModule().blocks().Remove(address)); }

uint32_t baya_engine_open(void) { return TheModule().OpenEngine(); }

uint32_t baya_engine_call(uint32_t engine, uint32_t op, double now_ms, uintptr_t request,
                          uintptr_t request_size, uintptr_t response) {
  baya::wasm::Module& module = TheModule();
  if (response % alignof(baya_response) != 0 ||
      !module.blocks().Contain(response, sizeof(baya_response))) {
    return kInvalidArgument;
  }
  auto& out = *reinterpret_cast<baya_response*>(response);
  baya::ByteView bytes;
  if (request_size != 0) {
    if (!module.blocks().Contain(request, request_size)) {
      static constexpr baya::Status kOutside =
          baya::kError<baya::StatusCode::kInvalidArgument, "the request does not lie in a block">;
      out = {kInvalidArgument, 0, reinterpret_cast<uintptr_t>(kOutside.message().data()),
             kOutside.message().size()};
      return kInvalidArgument;
    }
    bytes = {reinterpret_cast<const uint8_t*>(request), request_size};
  }
  return CodeOf(module.Call(engine, op, now_ms, bytes, out));
}

uint32_t baya_engine_close(uint32_t engine) { return CodeOf(TheModule().CloseEngine(engine)); }

uint32_t baya_response_release(uint32_t handle) {
  return CodeOf(TheModule().ReleaseResponse(handle));
}

uint32_t baya_live_count(void) { return static_cast<uint32_t>(TheModule().LiveCount()); }
