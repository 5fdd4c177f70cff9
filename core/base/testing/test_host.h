// A Host whose clock and entropy a test decides.
#pragma once

#include <cstdint>

#include "base/host.h"

namespace baya::testing {

// Bytes queued with PushRandom come out first, in order; after them a fixed pseudo-random
// stream (xorshift64*, never for keys outside tests) that depends on the seed alone.
class TestHost final : public Host {
 public:
  explicit TestHost(uint64_t seed = 1) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}

  int64_t NowMs() override { return now_ms_; }
  void FillRandom(MutableByteView out) override {
    for (uint8_t& byte : out) byte = NextByte();
  }

  void SetNowMs(int64_t now_ms) { now_ms_ = now_ms; }
  void PushRandom(ByteView bytes) { queue_.insert(queue_.end(), bytes.begin(), bytes.end()); }

 private:
  uint8_t NextByte() {
    if (next_ < queue_.size()) return queue_[next_++];
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<uint8_t>((state_ * 0x2545F4914F6CDD1Du) >> 56);
  }

  uint64_t state_;
  int64_t now_ms_ = 1'700'000'000'000;
  Bytes queue_;
  size_t next_ = 0;
};

}  // namespace baya::testing
