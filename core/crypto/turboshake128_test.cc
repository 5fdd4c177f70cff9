#include "crypto/turboshake128.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace baya::crypto {
namespace {

std::string Hex(ByteView bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

Bytes Squeezed(ByteView message, uint8_t domain, size_t length) {
  TurboShake128 xof(domain);
  xof.Absorb(message);
  Bytes out(length);
  xof.Squeeze(out);
  return out;
}

// ptn(n) of RFC 9861 §5: 00 01 .. fa, repeated.
Bytes Ptn(size_t n) {
  Bytes out(n);
  for (size_t i = 0; i < n; ++i) out[i] = static_cast<uint8_t>(i % 251);
  return out;
}

// RFC 9861 §5, TurboSHAKE128.
TEST(TurboShake128, EmptyMessage) {
  EXPECT_EQ(Hex(Squeezed({}, 0x1f, 64)),
            "1e415f1c5983aff2169217277d17bb538cd945a397ddec541f1ce41af2c1b74c"
            "3e8ccae2a4dae56c84a04c2385c03c15e8193bdf58737363321691c05462c8df");
  const Bytes long_output = Squeezed({}, 0x1f, 10032);
  EXPECT_EQ(Hex(ByteView(long_output).last(32)),
            "a3b9b0385900ce761f22aed548e754da10a5242d62e8c658e3f3a923a7555607");
}

TEST(TurboShake128, Patterns) {
  constexpr std::string_view kExpected[] = {
      "55cedd6f60af7bb29a4042ae832ef3f58db7299f893ebb9247247d856958daa9",
      "9c97d036a3bac819db70ede0ca554ec6e4c2a1a4ffbfd9ec269ca6a111161233",
      "96c77c279e0126f7fc07c9b07f5cdae1e0be60bdbe10620040e75d7223a624d2",
      "d4976eb56bcf118520582b709f73e1d6853e001fdaf80e1b13e0d0599d5fb372",
      "da67c7039e98bf530cf7a37830c6664e14cbab7f540f58403b1b82951318ee5c",
      "b97a906fbf83ef7c812517abf3b2d0aea0c4f60318ce11cf103925127f59eecd"};
  size_t length = 1;
  for (std::string_view expected : kExpected) {
    EXPECT_EQ(Hex(Squeezed(Ptn(length), 0x1f, 32)), expected) << length;
    length *= 17;
  }
}

TEST(TurboShake128, Domains) {
  const Bytes ff(7, 0xff);
  const ByteView one = ByteView(ff).first(1);
  const ByteView three = ByteView(ff).first(3);
  EXPECT_EQ(Hex(Squeezed(three, 0x01, 32)),
            "bf323f940494e88ee1c540fe660be8a0c93f43d15ec006998462fa994eed5dab");
  EXPECT_EQ(Hex(Squeezed(one, 0x06, 32)),
            "8ec9c66465ed0d4a6c35d13506718d687a25cb05c74cca1e42501abd83874a67");
  EXPECT_EQ(Hex(Squeezed(three, 0x07, 32)),
            "b658576001cad9b1e5f399a9f77723bba05458042d68206f7252682dba3663ed");
  EXPECT_EQ(Hex(Squeezed(ff, 0x0b, 32)),
            "8deeaa1aec47ccee569f659c21dfa8e112db3cee37b18178b2acd805b799cc37");
  EXPECT_EQ(Hex(Squeezed(one, 0x30, 32)),
            "553122e2135e363c3292bed2c6421fa232bab03daa07c7d6636603286506325b");
  EXPECT_EQ(Hex(Squeezed(three, 0x7f, 32)),
            "16274cc656d44cefd422395d0f9053bda6d28e122aba15c765e5ad0e6eaf26f9");
}

TEST(TurboShake128, AnyChunkingGivesTheSameBytes) {
  const Bytes message = Ptn(3 * TurboShake128::kRate + 5);
  const Bytes expected = Squeezed(message, 0x01, 2 * TurboShake128::kRate + 3);
  for (size_t step = 1; step <= TurboShake128::kRate + 9; ++step) {
    TurboShake128 xof(0x01);
    for (size_t at = 0; at < message.size(); at += step) {
      xof.Absorb(ByteView(message).subspan(at, std::min(step, message.size() - at)));
    }
    Bytes out(expected.size());
    for (size_t at = 0; at < out.size(); at += step) {
      xof.Squeeze(MutableByteView(out).subspan(at, std::min(step, out.size() - at)));
    }
    ASSERT_EQ(out, expected) << step;
  }
}

// The last byte of a block is where the domain byte and the final bit share a byte.
TEST(TurboShake128, LengthsAroundTheRateDiffer) {
  const Bytes message(TurboShake128::kRate + 1, 0);
  for (size_t length = TurboShake128::kRate - 2; length < message.size(); ++length) {
    EXPECT_NE(Squeezed(ByteView(message).first(length), 0x01, 32),
              Squeezed(ByteView(message).first(length + 1), 0x01, 32));
  }
}

TEST(TurboShake128, EmptyChunksChangeNothing) {
  TurboShake128 xof(0x1f);
  xof.Absorb({});
  xof.Squeeze({});
  Bytes out(32);
  xof.Squeeze(out);
  EXPECT_EQ(out, Squeezed({}, 0x1f, 32));
}

#if GTEST_HAS_DEATH_TEST
TEST(TurboShake128DeathTest, RefusesMisuse) {
  EXPECT_DEATH(TurboShake128(0x00), "");
  EXPECT_DEATH(TurboShake128(0x80), "");
  TurboShake128 xof(0x01);
  xof.Squeeze({});
  EXPECT_DEATH(xof.Absorb(AsBytes("late")), "");
}
#endif

}  // namespace
}  // namespace baya::crypto
