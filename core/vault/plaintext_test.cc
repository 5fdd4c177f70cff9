#include "vault/plaintext.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "vault/limits.h"

namespace baya::vault {
namespace {

TEST(PadmeTest, RoundsUpAsThePaperDoes) {
  // Nikitin et al., §4: 9 becomes 10; the rest by the formula, worked out by hand.
  EXPECT_EQ(Padme(0), 0u);
  EXPECT_EQ(Padme(1), 1u);
  EXPECT_EQ(Padme(8), 8u);
  EXPECT_EQ(Padme(9), 10u);
  EXPECT_EQ(Padme(512), 512u);
  EXPECT_EQ(Padme(513), 544u);
  EXPECT_EQ(Padme(1'000'000), 1'015'808u);
}

TEST(PadmeTest, NeverShrinksIsStableAndCostsAtMostTwelvePercent) {
  for (uint64_t length = 1; length < 200'000; ++length) {
    const uint64_t padded = Padme(length);
    ASSERT_GE(padded, length);
    ASSERT_EQ(Padme(padded), padded) << length;
    ASSERT_LE((padded - length) * 100, length * 12) << length;
  }
}

TEST(PlaintextTest, ReadsBackItsContent) {
  for (const size_t size : {size_t{0}, size_t{1}, size_t{508}, size_t{509}, size_t{5000}}) {
    Plaintext plaintext(size);
    FixedWriter(plaintext.mutable_content()).Raw(Bytes(size, 7));
    EXPECT_EQ(plaintext.padded().size(), Padme(std::max(kMinPlaintextBytes, size + 4)));
    const auto parsed = Plaintext::Parse(SecretBytes::CopyOf(plaintext.padded()));
    ASSERT_TRUE(parsed.has_value());
    EXPECT_TRUE(BytesEqual(parsed->content(), Bytes(size, 7)));
  }
}

TEST(PlaintextTest, RefusesAnotherLengthSizeOrPadding) {
  const Plaintext plaintext(100);
  const Bytes good = ToBytes(plaintext.padded());
  const auto parses = [](const Bytes& bytes) {
    return Plaintext::Parse(SecretBytes::CopyOf(bytes)).has_value();
  };
  EXPECT_TRUE(parses(good));
  EXPECT_FALSE(parses({}));
  EXPECT_FALSE(parses(Bytes(3)));
  EXPECT_FALSE(parses(Bytes(good.begin(), good.end() - 1)));
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(parses(longer));
  Bytes padding = good;
  padding.back() = 1;
  EXPECT_FALSE(parses(padding));
  Bytes length = good;
  length[0] = 0xff;
  EXPECT_FALSE(parses(length));
  length[0] = 0;
  length[2] = 2;  // 612 bytes of content do not fit into 512
  EXPECT_FALSE(parses(length));
}

TEST(FixedWriterTest, WritesBigEndian) {
  Bytes out(1 + 2 + 3 + 4 + 8);
  FixedWriter writer(out);
  writer.U8(1);
  writer.U16(0x0203);
  writer.U24(0x040506);
  writer.U32(0x0708090a);
  writer.U64(0x0b0c0d0e0f101112);
  for (size_t i = 0; i < out.size(); ++i) EXPECT_EQ(out[i], i + 1);
}

#if !defined(__EMSCRIPTEN__)  // which has no processes to die in
TEST(FixedWriterDeathTest, AbortsPastTheEnd) {
  Bytes out(1);
  EXPECT_DEATH(FixedWriter(out).U16(1), "");
}
#endif

}  // namespace
}  // namespace baya::vault
