// Field64 and Field128 against long arithmetic one bit at a time.

#include "vdaf/field.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "vdaf/field128.h"
#include "vdaf/field64.h"
#include "vdaf/testing/random.h"

namespace baya::vdaf {
namespace {

// The residues as plain integers; knows nothing of the fields' own reductions.
template <typename F>
struct Plain {
  static constexpr Uint128 kModulus = F::kModulus;

  static Uint128 Add(Uint128 a, Uint128 b) {
    return a >= kModulus - b ? a - (kModulus - b) : a + b;
  }
  static Uint128 Multiply(Uint128 a, Uint128 b) {
    Uint128 product = 0;
    for (int bit = 127; bit >= 0; --bit) {
      product = Add(product, product);
      if ((b >> bit) & 1) product = Add(product, a);
    }
    return product;
  }
  static F ToField(Uint128 value) {
    uint8_t bytes[16];
    for (int i = 0; i < 16; ++i) bytes[i] = static_cast<uint8_t>(value >> (8 * i));
    F element;
    EXPECT_TRUE(F::Decode(bytes, &element));
    return element;
  }
  static Uint128 FromField(F element) {
    uint8_t bytes[16] = {};
    element.Encode(bytes);
    Uint128 value = 0;
    for (int i = 15; i >= 0; --i) value = (value << 8) | bytes[i];
    return value;
  }
  // Edges and random residues.
  static std::vector<Uint128> Samples() {
    std::vector<Uint128> samples;
    const Uint128 around[] = {0,
                              kModulus / 2,
                              Uint128{1} << 32,
                              Uint128{1} << 63,
                              kModulus - (Uint128{1} << 32),
                              (Uint128{1} << 64) % kModulus,
                              (Uint128{1} << 96) % kModulus,
                              (0 - kModulus) % kModulus,
                              kModulus - 3};
    for (Uint128 value : around) {
      for (Uint128 offset = 0; offset < 3; ++offset) samples.push_back(Add(value, offset));
      samples.push_back(Add(value, kModulus - 1));
    }
    testing::Random random(3);
    for (int i = 0; i < 30; ++i) samples.push_back(Join(random.Word(), random.Word()) % kModulus);
    return samples;
  }
};

template <typename F>
class FieldTest : public ::testing::Test {};
using Fields = ::testing::Types<Field64, Field128>;
TYPED_TEST_SUITE(FieldTest, Fields);

TYPED_TEST(FieldTest, EncodingsComeBack) {
  using P = Plain<TypeParam>;
  for (Uint128 a : P::Samples()) EXPECT_TRUE(P::FromField(P::ToField(a)) == a);
}

TYPED_TEST(FieldTest, ArithmeticAgrees) {
  using P = Plain<TypeParam>;
  const std::vector<Uint128> samples = P::Samples();
  for (Uint128 a : samples) {
    const TypeParam x = P::ToField(a);
    EXPECT_TRUE(P::FromField(-x) == (a == 0 ? 0 : P::kModulus - a));
    for (Uint128 b : samples) {
      const TypeParam y = P::ToField(b);
      EXPECT_TRUE(P::FromField(x + y) == P::Add(a, b));
      EXPECT_TRUE(P::FromField(x - y) == (a >= b ? a - b : a + (P::kModulus - b)));
      EXPECT_TRUE(P::FromField(x * y) == P::Multiply(a, b));
      EXPECT_EQ(x == y, a == b);
    }
  }
}

TYPED_TEST(FieldTest, Laws) {
  testing::Random random(4);
  for (int i = 0; i < 50; ++i) {
    const auto a = random.Element<TypeParam>();
    const auto b = random.Element<TypeParam>();
    const auto c = random.Element<TypeParam>();
    EXPECT_TRUE((a + b) + c == a + (b + c));
    EXPECT_TRUE((a * b) * c == a * (b * c));
    EXPECT_TRUE(a * (b + c) == a * b + a * c);
    EXPECT_TRUE(a - b == a + (-b));
    EXPECT_TRUE(a * a.Inv() == TypeParam::One());
    EXPECT_TRUE(a + TypeParam() == a);
  }
  EXPECT_TRUE(TypeParam().Inv() == TypeParam());
}

TYPED_TEST(FieldTest, DecodeRefusesTheModulusAndAbove) {
  const Uint128 above = TypeParam::kEncodedSize == 8 ? Uint128{~uint64_t{0}} : ~Uint128{0};
  for (Uint128 value : {Uint128{TypeParam::kModulus}, Uint128{TypeParam::kModulus} + 1, above}) {
    uint8_t bytes[16];
    for (int i = 0; i < 16; ++i) bytes[i] = static_cast<uint8_t>(value >> (8 * i));
    TypeParam element;
    EXPECT_FALSE(TypeParam::Decode(bytes, &element));
  }
}

TYPED_TEST(FieldTest, Integers) {
  using P = Plain<TypeParam>;
  for (uint64_t value : {uint64_t{0}, uint64_t{1}, uint64_t{1} << 63, ~uint64_t{0}}) {
    EXPECT_TRUE(P::FromField(TypeParam::FromUint(value)) == value % P::kModulus);
  }
  EXPECT_TRUE(TypeParam::FromBit(0) == TypeParam());
  EXPECT_TRUE(TypeParam::FromBit(1) == TypeParam::One());
  EXPECT_EQ(TypeParam::FromUint(77).ToUint64(), 77u);
  EXPECT_EQ(TypeParam::FromUint(77).ToInt64(), 77);
  EXPECT_EQ((-TypeParam::FromUint(77)).ToInt64(), -77);
  EXPECT_EQ(TypeParam().ToInt64(), 0);
}

TEST(Field64, LargestIntegers) {
  EXPECT_EQ((-Field64::One()).ToUint64(), Field64::kModulus - 1);
  EXPECT_EQ(Field64::FromUint(uint64_t{1} << 62).ToInt64(), int64_t{1} << 62);
}

TEST(Field128, IntegersThatDoNotFit) {
  EXPECT_EQ((-Field128::One()).ToUint64(), std::nullopt);
  const Field128 two_to_63 = Field128::FromUint(uint64_t{1} << 63);
  EXPECT_EQ(two_to_63.ToInt64(), std::nullopt);
  EXPECT_EQ((two_to_63 - Field128::One()).ToInt64(), std::numeric_limits<int64_t>::max());
  EXPECT_EQ((-two_to_63).ToInt64(), std::numeric_limits<int64_t>::min());
  EXPECT_EQ((-two_to_63 - Field128::One()).ToInt64(), std::nullopt);
}

// The order of NthRoot(k) is exactly 2^k, and each root is the square of the next (§6.1.2).
TYPED_TEST(FieldTest, RootsOfUnity) {
  EXPECT_TRUE(TypeParam::NthRoot(0) == TypeParam::One());
  EXPECT_TRUE(TypeParam::NthRoot(1) == -TypeParam::One());
  for (unsigned k = 1; k <= TypeParam::kLogGenOrder; ++k) {
    EXPECT_TRUE(TypeParam::NthRoot(k) * TypeParam::NthRoot(k) == TypeParam::NthRoot(k - 1));
  }
  // gen() = 7^((p - 1) / GEN_ORDER), the table of §6.1.4.
  const Uint128 exponent = (Uint128{TypeParam::kModulus} - 1) >> TypeParam::kLogGenOrder;
  Uint128 power = 1;
  for (int bit = 127; bit >= 0; --bit) {
    power = Plain<TypeParam>::Multiply(power, power);
    if ((exponent >> bit) & 1) power = Plain<TypeParam>::Multiply(power, 7);
  }
  EXPECT_TRUE(Plain<TypeParam>::ToField(power) == TypeParam::NthRoot(TypeParam::kLogGenOrder));
}

}  // namespace
}  // namespace baya::vdaf
