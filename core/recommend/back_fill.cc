#include "recommend/back_fill.h"

namespace baya::recommend {
namespace {

// 2^-12 (blend) * 2^-8 (level) is 2^-20; this many of 2^-30.
constexpr int64_t kToScore = 1 << 10;

}  // namespace

int64_t PopularityScore(const pack::Popularity& popularity, const pack::Blend& blend,
                        pack::ItemIndex item) {
  return int64_t{blend.popularity} * popularity.level(item) * kToScore;
}

int64_t TrendScore(const pack::Popularity& popularity, const pack::Blend& blend,
                   pack::ItemIndex item) {
  return int64_t{blend.trend} * popularity.trend(item) * kToScore;
}

}  // namespace baya::recommend
