#include "vault/storage.h"

#include <gtest/gtest.h>

namespace baya::vault {
namespace {

TEST(ChunkNameTest, RoundTrips) {
  EXPECT_EQ(ChunkName(0x0123456789abcdef), "c0123456789abcdef");
  EXPECT_EQ(ChunkName(0), "c0000000000000000");
  for (const uint64_t id : {uint64_t{0}, uint64_t{1}, uint64_t{0x0123456789abcdef}, UINT64_MAX}) {
    EXPECT_EQ(ParseChunkName(ChunkName(id)), id);
  }
}

TEST(ChunkNameTest, RefusesOtherNames) {
  for (const char* name : {"", "c", "c012345678abcdef", "c0123456789abcdef0", "C0123456789abcdef",
                           "c0123456789ABCDEF", "c0123456789abcdeg", "slots0", "head1"}) {
    EXPECT_FALSE(ParseChunkName(name).has_value()) << name;
  }
}

TEST(ExpectationTest, IsMetByAnyOfItsPrefixesOrByAbsence) {
  const Bytes blob = {1, 2, 3};
  const Bytes prefix = {1, 2};
  const Bytes other = {2};
  const Bytes longer = {1, 2, 3, 4};
  EXPECT_TRUE(Meets({"n", {prefix}}, &blob));
  EXPECT_TRUE(Meets({"n", {other, prefix}}, &blob));
  EXPECT_TRUE(Meets({"n", {std::nullopt, prefix}}, &blob));
  EXPECT_FALSE(Meets({"n", {other}}, &blob));
  EXPECT_FALSE(Meets({"n", {longer}}, &blob));
  EXPECT_FALSE(Meets({"n", {std::nullopt}}, &blob));
  EXPECT_FALSE(Meets({"n", {prefix}}, nullptr));
  EXPECT_TRUE(Meets({"n", {prefix, std::nullopt}}, nullptr));
  EXPECT_FALSE(Meets({"n", {}}, nullptr));
}

}  // namespace
}  // namespace baya::vault
