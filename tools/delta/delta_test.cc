#include "delta/delta.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zstd.h>

#include "codec/hex.h"
#include "crypto/sha256.h"

namespace baya::tools {
namespace {

using ::testing::EndsWith;
using ::testing::StartsWith;

constexpr size_t kPrefixBytes = 40;

// Bytes that do not compress by themselves (xorshift32).
Bytes Noise(size_t size, uint32_t seed) {
  Bytes bytes(size);
  for (uint8_t& byte : bytes) {
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    byte = static_cast<uint8_t>(seed);
  }
  return bytes;
}

// What a browser makes of `delta`, which has to name `base`; empty when it cannot.
Bytes Apply(const Bytes& base, const Bytes& delta, size_t size) {
  const crypto::Sha256Digest digest = crypto::Sha256(base);
  const bool named = std::equal(digest.begin(), digest.end(), delta.begin() + 8);
  if (!named) return {};
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ZSTD_DCtx_refPrefix(context, base.data(), base.size());
  Bytes out(size);
  const size_t made = ZSTD_decompressDCtx(context, out.data(), out.size(),
                                          delta.data() + kPrefixBytes, delta.size() - kPrefixBytes);
  ZSTD_freeDCtx(context);
  return made == size ? out : Bytes();
}

TEST(Delta, MakesTheNewVersionFromTheOld) {
  const Bytes base = Noise(300'000, 1);
  Bytes target = base;
  for (size_t i = 0; i < target.size(); i += 10'000) target[i] ^= 0xff;
  target.insert(target.begin() + 1234, 7, 0);
  const Bytes delta = MakeDelta(base, target);
  EXPECT_EQ(Apply(base, delta, target.size()), target);
  EXPECT_LT(delta.size(), 1'000u);
  EXPECT_GT(ZstdSize(target), 290'000u);
}

TEST(Delta, BeginsAsRfc9842Says) {
  const Bytes base = Noise(100, 1);
  const Bytes delta = MakeDelta(base, Noise(100, 2));
  EXPECT_THAT(codec::EncodeHex(delta),
              StartsWith("5e2a4d1820000000" + codec::EncodeHex(crypto::Sha256(base)) + "28b52ffd"));
}

TEST(Delta, NeedsTheBaseThatItNames) {
  const Bytes base = Noise(1'000, 1);
  const Bytes delta = MakeDelta(base, base);
  EXPECT_EQ(Apply(Noise(1'000, 2), delta, base.size()), Bytes());
}

TEST(Delta, OfAVersionThatSharesNothingIsTheVersion) {
  const Bytes target = Noise(10'000, 2);
  const Bytes delta = MakeDelta(Noise(10'000, 1), target);
  EXPECT_EQ(Apply(Noise(10'000, 1), delta, target.size()), target);
  EXPECT_LT(delta.size(), target.size() + 100);
}

TEST(Delta, OfEmptyFiles) {
  const Bytes base = Noise(10, 1);
  EXPECT_EQ(Apply(base, MakeDelta(base, {}), 0), Bytes());
  EXPECT_EQ(Apply({}, MakeDelta({}, base), base.size()), base);
}

TEST(Delta, LiesBesideTheNewVersion) {
  const Bytes base = Noise(10, 1);
  EXPECT_THAT(DeltaName("shop.pack", base),
              StartsWith("shop.pack." + codec::EncodeHex(crypto::Sha256(base))));
  EXPECT_THAT(DeltaName("shop.pack", base), EndsWith(".dcz"));
}

}  // namespace
}  // namespace baya::tools
