#include "base/secret_bytes.h"

#include <gtest/gtest.h>

#include <ostream>
#include <type_traits>

namespace baya {
namespace {

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
template <typename T>
concept Comparable = requires(const T& a, const T& b) {
  a == b;
};

static_assert(!std::is_copy_constructible_v<SecretBytes>);
static_assert(!std::is_copy_assignable_v<SecretBytes>);
static_assert(!Printable<SecretBytes>);
static_assert(!Comparable<SecretBytes>);

TEST(WipeTest, ZeroesEveryByte) {
  Bytes bytes = {1, 2, 3};
  Wipe(bytes);
  EXPECT_EQ(bytes, Bytes({0, 0, 0}));
}

TEST(ConstantTimeEqualTest, ComparesContentAndLength) {
  EXPECT_TRUE(ConstantTimeEqual(AsBytes("key"), AsBytes("key")));
  EXPECT_TRUE(ConstantTimeEqual({}, {}));
  EXPECT_FALSE(ConstantTimeEqual(AsBytes("key"), AsBytes("kez")));
  EXPECT_FALSE(ConstantTimeEqual(AsBytes("key"), AsBytes("keys")));
}

TEST(SecretBytesTest, MovingEmptiesTheSource) {
  SecretBytes a = SecretBytes::CopyOf(AsBytes("seed"));
  SecretBytes b = std::move(a);
  EXPECT_TRUE(a.empty());  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(AsText(b.Expose()), "seed");
}

TEST(SecretBytesTest, MoveAssignmentWipesWhatItReplaces) {
  SecretBytes target = SecretBytes::CopyOf(AsBytes("old!"));
  target = SecretBytes::CopyOf(AsBytes("new!"));
  EXPECT_EQ(AsText(target.Expose()), "new!");
}

}  // namespace
}  // namespace baya
