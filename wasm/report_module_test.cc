// report.wasm through the C ABI.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "engine/client_ops.h"
#include "engine/ops.h"
#include "wasm/abi.h"

namespace {

// How many bytes each call of baya_get_random asked for.
std::vector<size_t>& EntropySizes() {
  static auto* const sizes = new std::vector<size_t>;
  return *sizes;
}

}  // namespace

// The host's part: the bytes 1, 2, 3, ...
void baya_get_random(uintptr_t address, uintptr_t size) {
  EntropySizes().push_back(size);
  auto* const bytes = reinterpret_cast<uint8_t*>(address);
  std::iota(bytes, bytes + size, uint8_t{1});
}

namespace baya::wasm {
namespace {

TEST(ReportModuleTest, ShardsWithTheEntropyOfTheHost) {
  const Bytes nonce(16, 7);
  const Bytes request = engine::EncodeShardHistogramRequest({.ctx = AsBytes("ctx"),
                                                             .nonce = nonce,
                                                             .shares = 2,
                                                             .length = 4,
                                                             .chunk_length = 2,
                                                             .measurement = 3})
                            .value();
  const uint32_t service = baya_engine_open();
  const uintptr_t response = baya_alloc(sizeof(baya_response));
  const uintptr_t block = baya_alloc(request.size());
  std::memcpy(reinterpret_cast<void*>(block), request.data(), request.size());
  ASSERT_EQ(baya_engine_call(service, static_cast<uint32_t>(engine::Op::kShardHistogram), 1.7e12,
                             block, request.size(), response),
            0u);
  const auto& out = *reinterpret_cast<const baya_response*>(response);
  const ByteView bytes(reinterpret_cast<const uint8_t*>(out.data), out.size);
  const auto reply = engine::DecodeShardHistogramReply(bytes);
  ASSERT_TRUE(reply.ok());
  ASSERT_EQ(reply->input_shares.size(), 2u);
  // Four seeds of 32 bytes: the helper's share is two of them as they were drawn, draft §7.2.1.2.
  EXPECT_EQ(EntropySizes(), std::vector<size_t>{4 * 32});
  Bytes entropy(4 * 32);
  std::iota(entropy.begin(), entropy.end(), uint8_t{1});
  const ByteView helper = reply->input_shares[1];
  EXPECT_FALSE(std::search(entropy.begin(), entropy.end(), helper.begin(), helper.begin() + 32) ==
               entropy.end());
  EXPECT_EQ(baya_response_release(out.handle), 0u);
  baya_free(block);
  baya_free(response);
  baya_engine_close(service);
  EXPECT_EQ(baya_live_count(), 0u);
}

}  // namespace
}  // namespace baya::wasm
