#include "wasm/abi.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/status.h"
#include "base/testing/status_matchers.h"
#include "codec/tls.h"
#include "engine/ops.h"

// The host's part: the bytes 1, 2, 3, ...
void baya_get_random(uintptr_t address, uintptr_t size) {
  auto* const bytes = reinterpret_cast<uint8_t*>(address);
  std::iota(bytes, bytes + size, uint8_t{1});
}

// No module that makes reports is there.
int32_t baya_report_call(uint32_t, uintptr_t, uintptr_t) {
  return -static_cast<int32_t>(baya::StatusCode::kUnavailable);
}

void baya_report_reply(uintptr_t) { std::abort(); }

namespace baya::wasm {
namespace {

constexpr double kNowMs = 1.7e12;
constexpr uint32_t kAbout = static_cast<uint32_t>(engine::Op::kAbout);

uint32_t Code(StatusCode code) { return static_cast<uint32_t>(code); }

class AbiTest : public ::testing::Test {
 protected:
  void SetUp() override {
    live_at_start_ = baya_live_count();
    response_ = baya_alloc(sizeof(baya_response));
    engine_ = baya_engine_open();
    ASSERT_NE(response_, 0u);
    ASSERT_NE(engine_, 0u);
  }

  void TearDown() override {
    baya_free(response_);
    baya_engine_close(engine_);
    EXPECT_EQ(baya_live_count(), live_at_start_) << "the test left something alive";
  }

  uint32_t Call(uint32_t engine, uint32_t op, double now_ms = kNowMs, uintptr_t request = 0,
                uintptr_t request_size = 0) {
    return baya_engine_call(engine, op, now_ms, request, request_size, response_);
  }

  const baya_response& response() const {
    return *reinterpret_cast<const baya_response*>(response_);
  }
  std::string_view ResponseText() const {
    return {reinterpret_cast<const char*>(response().data), response().size};
  }

  uint32_t live_at_start_ = 0;
  uintptr_t response_ = 0;
  uint32_t engine_ = 0;
};

TEST_F(AbiTest, VersionIsThatOfTheOperations) {
  EXPECT_EQ(baya_abi_version(), engine::kAbiVersion);
}

TEST_F(AbiTest, ACallGivesAReplyThatLastsUntilItIsReleased) {
  ASSERT_EQ(Call(engine_, kAbout), 0u);
  const baya_response first = response();
  EXPECT_EQ(first.status, 0u);
  const std::string reply(ResponseText());
  codec::Reader reader{ByteView(reinterpret_cast<const uint8_t*>(first.data), first.size)};
  EXPECT_THAT(reader.U32(), baya::testing::IsOkAndHolds(engine::kAbiVersion));

  ASSERT_EQ(Call(engine_, kAbout), 0u);
  EXPECT_NE(response().handle, first.handle);
  EXPECT_NE(response().data, first.data);
  EXPECT_EQ(baya_response_release(response().handle), 0u);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(first.data), first.size), reply);
  EXPECT_EQ(baya_response_release(first.handle), 0u);
}

TEST_F(AbiTest, AnErrorHasAMessageAndNothingToRelease) {
  EXPECT_EQ(Call(engine_, 999), Code(StatusCode::kUnimplemented));
  EXPECT_EQ(response().status, Code(StatusCode::kUnimplemented));
  EXPECT_EQ(response().handle, 0u);
  EXPECT_EQ(ResponseText(), "this build has no such operation");
}

TEST_F(AbiTest, AClosedEngineIsRefused) {
  const uint32_t other = baya_engine_open();
  EXPECT_EQ(baya_engine_close(other), 0u);
  EXPECT_EQ(baya_engine_close(other), Code(StatusCode::kNotFound));
  EXPECT_EQ(Call(other, kAbout), Code(StatusCode::kNotFound));
  const uint32_t reopened = baya_engine_open();
  EXPECT_NE(reopened, other);
  EXPECT_EQ(Call(other, kAbout), Code(StatusCode::kNotFound));
  EXPECT_EQ(baya_engine_close(reopened), 0u);
}

TEST_F(AbiTest, ForgedEnginesAreRefused) {
  for (const uint32_t forged : {0u, 1u, 255u, engine_ + 1, engine_ ^ 0x100, UINT32_MAX}) {
    EXPECT_EQ(Call(forged, kAbout), Code(StatusCode::kNotFound)) << forged;
    EXPECT_EQ(baya_engine_close(forged), Code(StatusCode::kNotFound)) << forged;
  }
}

TEST_F(AbiTest, AResponseIsReleasedOnce) {
  ASSERT_EQ(Call(engine_, kAbout), 0u);
  const uint32_t handle = response().handle;
  EXPECT_EQ(baya_response_release(handle ^ 0x100), Code(StatusCode::kNotFound));
  EXPECT_EQ(baya_response_release(handle), 0u);
  EXPECT_EQ(baya_response_release(handle), Code(StatusCode::kNotFound));
  EXPECT_EQ(baya_response_release(0), Code(StatusCode::kNotFound));
}

TEST_F(AbiTest, AnEngineHandleIsNoResponseHandle) {
  ASSERT_EQ(Call(engine_, kAbout), 0u);
  const uint32_t handle = response().handle;
  EXPECT_EQ(baya_response_release(handle), 0u);
  EXPECT_EQ(baya_response_release(engine_), Code(StatusCode::kNotFound));
  EXPECT_EQ(Call(engine_, kAbout), 0u) << "the engine is still there";
  EXPECT_EQ(baya_response_release(response().handle), 0u);
}

TEST_F(AbiTest, EnginesAreLimited) {
  std::vector<uint32_t> engines;
  for (;;) {
    const uint32_t engine = baya_engine_open();
    if (engine == 0) break;
    engines.push_back(engine);
    ASSERT_LE(engines.size(), static_cast<size_t>(BAYA_MAX_ENGINES));
  }
  EXPECT_EQ(engines.size(), static_cast<size_t>(BAYA_MAX_ENGINES) - 1) << "one is the fixture's";
  for (const uint32_t engine : engines) EXPECT_EQ(baya_engine_close(engine), 0u);
}

TEST_F(AbiTest, ResponsesThatWaitAreLimited) {
  std::vector<uint32_t> handles;
  while (Call(engine_, kAbout) == 0) {
    handles.push_back(response().handle);
    ASSERT_LE(handles.size(), static_cast<size_t>(BAYA_MAX_RESPONSES));
  }
  EXPECT_EQ(handles.size(), static_cast<size_t>(BAYA_MAX_RESPONSES));
  EXPECT_EQ(response().status, Code(StatusCode::kResourceExhausted));
  EXPECT_EQ(response().handle, 0u);
  EXPECT_EQ(ResponseText(), "too many responses wait to be released");
  for (const uint32_t handle : handles) EXPECT_EQ(baya_response_release(handle), 0u);
}

TEST_F(AbiTest, BlocksAreZeroAndLimited) {
  EXPECT_EQ(baya_alloc(0), 0u);
  EXPECT_EQ(baya_alloc(BAYA_MAX_BLOCK_BYTES + 1), 0u);
  EXPECT_EQ(baya_alloc(UINTPTR_MAX), 0u);
  std::vector<uintptr_t> blocks;
  while (const uintptr_t block = baya_alloc(8)) {
    blocks.push_back(block);
    ASSERT_LE(blocks.size(), static_cast<size_t>(BAYA_MAX_BLOCKS));
    EXPECT_EQ(block % 8, 0u);
    for (int i = 0; i < 8; ++i) EXPECT_EQ(reinterpret_cast<uint8_t*>(block)[i], 0);
  }
  EXPECT_EQ(blocks.size(), static_cast<size_t>(BAYA_MAX_BLOCKS) - 1) << "one is the fixture's";
  for (const uintptr_t block : blocks) EXPECT_EQ(baya_free(block), 0u);
}

TEST_F(AbiTest, OnlyTheStartOfALiveBlockIsFreed) {
  const uintptr_t block = baya_alloc(64);
  EXPECT_EQ(baya_free(0), Code(StatusCode::kNotFound));
  EXPECT_EQ(baya_free(block + 8), Code(StatusCode::kNotFound));
  EXPECT_EQ(baya_free(UINTPTR_MAX), Code(StatusCode::kNotFound));
  EXPECT_EQ(baya_free(block), 0u);
  EXPECT_EQ(baya_free(block), Code(StatusCode::kNotFound));
}

TEST_F(AbiTest, ARequestOutsideEveryBlockIsRefused) {
  const uintptr_t block = baya_alloc(64);
  const struct {
    uintptr_t address;
    uintptr_t size;
  } kOutside[] = {{0, 1},
                  {block, 65},
                  {block + 64, 1},
                  {block + 65, 1},
                  {block - 1, 2},
                  {block, UINTPTR_MAX},
                  {UINTPTR_MAX, 1},
                  {UINTPTR_MAX, UINTPTR_MAX},
                  {block + 1, 64},
                  {8, 8},
                  {block + 32, UINTPTR_MAX - 16}};
  for (const auto& [address, size] : kOutside) {
    EXPECT_EQ(Call(engine_, kAbout, kNowMs, address, size), Code(StatusCode::kInvalidArgument));
    EXPECT_EQ(ResponseText(), "the request does not lie in a block");
    EXPECT_EQ(response().handle, 0u);
  }
  EXPECT_EQ(baya_free(block), 0u);
  EXPECT_EQ(Call(engine_, kAbout, kNowMs, block, 8), Code(StatusCode::kInvalidArgument))
      << "a block that was given back";
  ASSERT_EQ(Call(engine_, kAbout, kNowMs, UINTPTR_MAX, 0), 0u) << "no bytes lie anywhere";
  EXPECT_EQ(baya_response_release(response().handle), 0u);
}

TEST_F(AbiTest, AResponseOutsideEveryBlockIsNotWritten) {
  const uintptr_t block = baya_alloc(sizeof(baya_response) + 8);
  for (const uintptr_t address :
       {uintptr_t{0}, block + 1, block + 12, block - 8, block + 16, UINTPTR_MAX, UINTPTR_MAX - 7}) {
    EXPECT_EQ(baya_engine_call(engine_, kAbout, kNowMs, 0, 0, address),
              Code(StatusCode::kInvalidArgument));
  }
  for (size_t i = 0; i < sizeof(baya_response) + 8; ++i) {
    EXPECT_EQ(reinterpret_cast<uint8_t*>(block)[i], 0) << i;
  }
  EXPECT_EQ(baya_free(block), 0u);
}

TEST_F(AbiTest, ARequestMayShareTheBlockOfTheResponse) {
  const uintptr_t block = baya_alloc(sizeof(baya_response) + 1);
  EXPECT_EQ(baya_engine_call(engine_, kAbout, kNowMs, block + sizeof(baya_response), 1, block),
            Code(StatusCode::kInvalidArgument))
      << "about takes an empty request";
  EXPECT_EQ(reinterpret_cast<baya_response*>(block)->status, Code(StatusCode::kInvalidArgument));
  EXPECT_EQ(baya_free(block), 0u);
}

TEST_F(AbiTest, TheTimeMustBeWholeMilliseconds) {
  for (const double time : {-1.0, 0.5, 9007199254740994.0, 1e300, std::nan(""),
                            std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(Call(engine_, kAbout, time), Code(StatusCode::kInvalidArgument)) << time;
  }
  for (const double time : {0.0, 9007199254740992.0}) {
    ASSERT_EQ(Call(engine_, kAbout, time), 0u) << time;
    EXPECT_EQ(baya_response_release(response().handle), 0u);
  }
}

}  // namespace
}  // namespace baya::wasm
