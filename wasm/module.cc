#include "wasm/module.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace baya::wasm {
namespace {

// The largest integer up to which a double holds every one.
constexpr double kMaxNowMs = 9007199254740992.0;

constexpr Status kNoEngine = kError<StatusCode::kNotFound, "no engine has this handle">;

MutableByteView MemoryAt(uintptr_t address, size_t size) {
  return {reinterpret_cast<uint8_t*>(address), size};
}

}  // namespace

uintptr_t Blocks::Add(size_t size) {
  if (size == 0 || size > BAYA_MAX_BLOCK_BYTES) return 0;
  const auto free = std::find_if(blocks_.begin(), blocks_.end(),
                                 [](const Block& block) { return block.address == 0; });
  if (free == blocks_.end()) return 0;
  const auto address = reinterpret_cast<uintptr_t>(std::malloc(size));
  if (address == 0) return 0;
  Wipe(MemoryAt(address, size));  // one instruction; calloc's is a loop
  *free = Block{address, size};
  return address;
}

Status Blocks::Remove(uintptr_t address) {
  const auto found = std::find_if(blocks_.begin(), blocks_.end(), [&](const Block& block) {
    return address != 0 && block.address == address;
  });
  if (found == blocks_.end()) return kError<StatusCode::kNotFound, "no block has this address">;
  Wipe(MemoryAt(found->address, found->size));
  std::free(reinterpret_cast<void*>(found->address));
  *found = Block{};
  return OkStatus();
}

bool Blocks::Contain(uintptr_t address, size_t size) const {
  return std::any_of(blocks_.begin(), blocks_.end(), [&](const Block& block) {
    return block.address != 0 && address >= block.address &&
           address - block.address <= block.size && size <= block.size - (address - block.address);
  });
}

size_t Blocks::size() const {
  return static_cast<size_t>(std::count_if(blocks_.begin(), blocks_.end(),
                                           [](const Block& block) { return block.address != 0; }));
}

void ModuleHost::FillRandom(MutableByteView out) {
  if (out.empty()) return;
  baya_get_random(reinterpret_cast<uintptr_t>(out.data()), out.size());
}

uint32_t Module::OpenEngine() { return engines_.Add(std::make_unique<OpenEngineState>()); }

Status Module::CloseEngine(uint32_t handle) {
  if (engines_.Take(handle) == nullptr) return kNoEngine;
  return OkStatus();
}

Result<Bytes> Module::Run(uint32_t engine, uint32_t op, double now_ms, ByteView request) {
  OpenEngineState* state = engines_.Find(engine);
  if (state == nullptr) return kNoEngine;
  if (!(now_ms >= 0 && now_ms <= kMaxNowMs && std::trunc(now_ms) == now_ms)) {
    return kError<StatusCode::kInvalidArgument, "the time is not whole milliseconds since 1970">;
  }
  state->host.SetNowMs(static_cast<int64_t>(now_ms));
  return state->callee->Call(op, request);
}

Status Module::Call(uint32_t engine, uint32_t op, double now_ms, ByteView request,
                    baya_response& response) {
  Result<Bytes> reply = Run(engine, op, now_ms, request);
  Status status = reply.status();
  response = {};
  if (status.ok()) {
    auto owned = std::make_unique<SecretBytes>(SecretBytes::CopyOf(*reply));
    Wipe(*reply);
    const ByteView bytes = owned->Expose();
    response.data = reinterpret_cast<uintptr_t>(bytes.data());
    response.size = bytes.size();
    response.handle = responses_.Add(std::move(owned));
    if (response.handle == 0) {
      status = kError<StatusCode::kResourceExhausted, "too many responses wait to be released">;
    }
  }
  if (!status.ok()) {
    response.data = reinterpret_cast<uintptr_t>(status.message().data());
    response.size = status.message().size();
  }
  response.status = static_cast<uint32_t>(status.code());
  return status;
}

Status Module::ReleaseResponse(uint32_t handle) {
  if (responses_.Take(handle) == nullptr) {
    return kError<StatusCode::kNotFound, "no response has this handle">;
  }
  return OkStatus();
}

size_t Module::LiveCount() const { return blocks_.size() + engines_.size() + responses_.size(); }

}  // namespace baya::wasm
