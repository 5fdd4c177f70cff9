#include "vdaf/discrete_laplace.h"

#include <array>
#include <cstddef>
#include <numeric>

#include "base/secret_bytes.h"
#include "vdaf/field128.h"
#include "vdaf/field_vec.h"

namespace baya::vdaf {
namespace {

constexpr uint64_t kMicro = 1'000'000;

// Exact coins from a host's entropy, drawn a block at a time.
class Coins {
 public:
  explicit Coins(Host& host) : host_(host) {}
  ~Coins() { Wipe(block_); }
  Coins(const Coins&) = delete;
  Coins& operator=(const Coins&) = delete;

  // Uniform in [0, n), n of at least 1: the low bits of a draw, again until they are below n.
  uint64_t Below(uint64_t n) {
    if (n == 1) return 0;
    uint64_t mask = n - 1;
    for (unsigned shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
    for (;;) {
      const uint64_t draw = Draw() & mask;
      if (draw < n) return draw;
    }
  }

  // True with probability exp(-u / t), u in [0, t]: algorithm 1. Its coin of probability
  // u / (t k) is thrown as two, of u / t and 1 / k, so that no product can overflow.
  bool BernoulliExp(uint64_t u, uint64_t t) {
    uint64_t k = 1;
    while (Below(t) < u && Below(k) == 0) ++k;
    return k % 2 == 1;
  }

 private:
  uint64_t Draw() {
    if (used_ == block_.size()) {
      host_.FillRandom(block_);
      used_ = 0;
    }
    const uint64_t value = internal::LoadLe64(&block_[used_]);
    used_ += sizeof(value);
    return value;
  }

  Host& host_;
  std::array<uint8_t, 256> block_ = {};
  size_t used_ = block_.size();
};

// V = 2^20 would need as many heads of probability 1/e in a row: it does not happen, and the bound
// keeps t * V below 2^61.
constexpr uint64_t kMaxRun = uint64_t{1} << 20;
static_assert(DiscreteLaplace::kMaxSensitivity * kMicro < uint64_t{1} << 41);

// Algorithm 2.
int64_t SampleOf(uint64_t s, uint64_t t, Coins& coins) {
  for (;;) {
    const uint64_t u = coins.Below(t);
    if (!coins.BernoulliExp(u, t)) continue;
    uint64_t v = 0;
    while (v < kMaxRun && coins.BernoulliExp(1, 1)) ++v;
    const uint64_t magnitude = (u + t * v) / s;
    const bool negative = coins.Below(2) == 1;
    if (negative && magnitude == 0) continue;
    return negative ? -static_cast<int64_t>(magnitude) : static_cast<int64_t>(magnitude);
  }
}

Field128 ToField(int64_t value) {
  if (value < 0) return -Field128::FromUint(static_cast<uint64_t>(-value));
  return Field128::FromUint(static_cast<uint64_t>(value));
}

}  // namespace

Result<DiscreteLaplace> DiscreteLaplace::Create(uint64_t epsilon_micro, uint64_t sensitivity) {
  if (epsilon_micro < 1 || epsilon_micro > kMaxEpsilonMicro) {
    return kError<StatusCode::kInvalidArgument, "epsilon is 1 to 100,000,000 millionths">;
  }
  if (sensitivity < 1 || sensitivity > kMaxSensitivity) {
    return kError<StatusCode::kInvalidArgument, "a sensitivity is 1 to 2^20">;
  }
  const uint64_t t = kMicro * sensitivity;
  const uint64_t common = std::gcd(epsilon_micro, t);
  return DiscreteLaplace(epsilon_micro / common, t / common);
}

int64_t DiscreteLaplace::Sample(Host& host) const {
  Coins coins(host);
  return SampleOf(s_, t_, coins);
}

Status DiscreteLaplace::AddNoise(Host& host, MutableByteView agg_share) const {
  if (agg_share.empty() || agg_share.size() % Field128::kEncodedSize != 0) {
    return kError<StatusCode::kInvalidArgument, "an aggregate share is not a vector of Field128">;
  }
  FieldVec<Field128> vec(agg_share.size() / Field128::kEncodedSize);
  BAYA_RETURN_IF_ERROR(DecodeVec<Field128>(agg_share, vec));
  Coins coins(host);
  for (Field128& element : vec) element = element + ToField(SampleOf(s_, t_, coins));
  EncodeVec<Field128>(vec, agg_share);
  return OkStatus();
}

}  // namespace baya::vdaf
