// The C ABI of the engine: all that a host, such as the TypeScript loader, can call.
//
//  (1) Every value is a 32-bit integer, an address or a double. There is no 64-bit integer, so that
//      JavaScript needs no BigInt; a time is a double of whole milliseconds since 1970.
//  (2) An engine is known by a handle, never by an address. A handle that is closed, forged or of
//      another kind is refused with kNotFound and nothing happens. 0 is never a handle.
//  (3) Memory that the host writes to comes from baya_alloc. Every address the host passes in is
//      checked to lie in one such block with its whole length; else kInvalidArgument.
//  (4) A status is a StatusCode of core/base/status.h. No function throws, and none calls back but
//      for entropy (baya_get_random) and for reports (baya_report_call, baya_report_reply).
//  (5) A call takes the bytes of a request and gives the bytes of a reply, as wasm/ops.json
//      describes them, through a baya_response that the host provides.
//  (6) Each response owns its memory: it is valid until baya_response_release, whatever is called
//      in between, and must be released exactly once. After an error there is nothing to release
//      (`handle` is 0), and `data` is a constant message in English for developers.
//  (7) Memory is overwritten with zeros before it is given back.
//  (8) Limits are the constants below; past them a call fails with kResourceExhausted, and what
//      returns a handle or an address returns 0.
//  (9) The module has one thread. When it traps, or a host function throws, it must not be called
//      again.
// (10) baya_abi_version changes whenever anything here or in an operation does.
//
// Two modules have it. engine.wasm has every operation of ops.json but shardHistogram. report.wasm
// has that one, about and those of engine/report_call.h: it makes reports, is loaded when one is
// due, and keeps nothing from one call to the next.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __EMSCRIPTEN__
#define BAYA_EXPORT __attribute__((used, visibility("default")))
#define BAYA_IMPORT(name) __attribute__((import_module("env"), import_name(name)))
#else
#define BAYA_EXPORT
#define BAYA_IMPORT(name)
#endif

enum {
  // One block: twice a site pack of 200,000 items with 64 one-byte factors (12.8 MB).
  BAYA_MAX_BLOCK_BYTES = 32 << 20,
  BAYA_MAX_BLOCKS = 64,
  BAYA_MAX_ENGINES = 16,
  BAYA_MAX_RESPONSES = 64,
};

#ifdef __cplusplus
extern "C" {
#endif

// 16 bytes in WebAssembly, four little-endian words.
typedef struct {
  uint32_t status;  // a StatusCode
  uint32_t handle;  // for baya_response_release; 0 when there is nothing to release
  uintptr_t data;   // address of the reply, or of the message
  uintptr_t size;   // in bytes
} baya_response;

BAYA_EXPORT uint32_t baya_abi_version(void);

// A block of `size` zero bytes, aligned to 8; 0 when `size` is 0 or past a limit, or there is
// no memory.
BAYA_EXPORT uintptr_t baya_alloc(uintptr_t size);
// kNotFound when `address` is not that of a live block.
BAYA_EXPORT uint32_t baya_free(uintptr_t address);

// A new engine's handle; 0 when there are BAYA_MAX_ENGINES.
BAYA_EXPORT uint32_t baya_engine_open(void);
// Runs operation `op` at the time `now_ms`, which must be whole and in [0, 2^53]. Returns the
// status that it also writes to `response`, an address aligned to 4 bytes; when `response` itself
// is refused nothing is written. `request` may be any address when `request_size` is 0.
BAYA_EXPORT uint32_t baya_engine_call(uint32_t engine, uint32_t op, double now_ms,
                                      uintptr_t request, uintptr_t request_size,
                                      uintptr_t response);
BAYA_EXPORT uint32_t baya_engine_close(uint32_t engine);

BAYA_EXPORT uint32_t baya_response_release(uint32_t handle);

// How many blocks, engines and responses are alive together: what a leak test watches.
BAYA_EXPORT uint32_t baya_live_count(void);

// The host's part: fills `size` bytes at `address` with entropy fit for keys, or does not return.
BAYA_IMPORT("get_random") void baya_get_random(uintptr_t address, uintptr_t size);

// The host's part in engine.wasm: calls operation `op` of report.wasm and keeps the reply. Returns
// the reply's size, or a StatusCode below zero: kUnavailable when the module is not loaded.
BAYA_IMPORT("report_call")
int32_t baya_report_call(uint32_t op, uintptr_t request, uintptr_t request_size);
// Writes the reply that was kept to `address`.
BAYA_IMPORT("report_reply") void baya_report_reply(uintptr_t address);

#ifdef __cplusplus
}
#endif
