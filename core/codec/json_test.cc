#include "codec/json.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "base/testing/status_matchers.h"

namespace baya::codec {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Eq;

JsonValue Parse(std::string_view text) {
  Result<JsonValue> value = ParseJson(text);
  EXPECT_TRUE(value.ok()) << text;
  return value.ok() ? *std::move(value) : JsonValue();
}

std::string Nested(size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(ParseJsonTest, ReadsEveryKind) {
  const JsonValue value =
      Parse(R"({"n":null,"t":true,"u":18446744073709551615,"i":-9223372036854775808,)"
            R"("d":2.5e-1,"s":"\u00e9\n","a":[1,[2]],"h":"00ff","o":{}})");
  BAYA_ASSERT_OK_AND_ASSIGN(const JsonValue* null, value.Member("n"));
  EXPECT_TRUE(null->IsNull());
  EXPECT_THAT(value.BoolAt("t"), IsOkAndHolds(Eq(true)));
  EXPECT_THAT(value.Uint64At("u"), IsOkAndHolds(Eq(UINT64_MAX)));
  EXPECT_THAT(value.Int64At("i"), IsOkAndHolds(Eq(INT64_MIN)));
  EXPECT_THAT(value.DoubleAt("d"), IsOkAndHolds(Eq(0.25)));
  EXPECT_THAT(value.StringAt("s"), IsOkAndHolds(Eq("\xC3\xA9\n")));
  EXPECT_THAT(value.HexAt("h"), IsOkAndHolds(ElementsAre(0, 255)));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto elements, value.ElementsAt("a"));
  ASSERT_EQ(elements.size(), 2u);
  BAYA_ASSERT_OK_AND_ASSIGN(const JsonValue* inner, elements[1].Element(0));
  EXPECT_THAT(inner->AsUint64(), IsOkAndHolds(Eq(2u)));
  BAYA_ASSERT_OK_AND_ASSIGN(const JsonValue* object, value.Member("o"));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto members, object->Members());
  EXPECT_TRUE(members.empty());
}

TEST(ParseJsonTest, TellsWhereItIsMalformed) {
  size_t offset = 99;
  EXPECT_FALSE(ParseJson("[1,\n x]", {}, &offset).ok());
  EXPECT_EQ(offset, 6u);
  EXPECT_FALSE(ParseJson(R"({"a":1,"a":2})", {}, &offset).ok());
  EXPECT_EQ(offset, 6u) << "a name that occurs twice is seen at the end of its object";
}

TEST(ParseJsonTest, RefusesMalformedText) {
  for (const char* text :
       {"",      " ",      "nul",     "{",           "[1,]", "{\"a\":1,}", "[1 2]",   "1 2",
        "[]x",   "'a'",    "{a:1}",   "01",          "+1",   ".5",         "NaN",     "Infinity",
        "1e999", "\"\t\"", "\"\\x\"", "\"\\ud800\"", "\"a",  "// c\n1",    "/* c */1"}) {
    EXPECT_THAT(ParseJson(text), StatusIs(StatusCode::kInvalidArgument)) << text;
  }
}

TEST(ParseJsonTest, RefusesTextThatIsNotUtf8) {
  EXPECT_THAT(ParseJson("\"\xFF\""), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseJson("\"\xC0\x80\""), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseJson("\"\xED\xA0\x80\""), StatusIs(StatusCode::kInvalidArgument));
}

TEST(ParseJsonTest, RefusesANameThatOccursTwice) {
  EXPECT_THAT(ParseJson(R"({"a":1,"b":2,"a":1})"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseJson(R"([{"a":1,"\u0061":2}])"), StatusIs(StatusCode::kInvalidArgument));
}

TEST(ParseJsonTest, HoldsItsLimits) {
  EXPECT_TRUE(ParseJson(Nested(32)).ok());
  EXPECT_THAT(ParseJson(Nested(33)), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseJson(std::string(100000, '[')), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_TRUE(ParseJson(Nested(3), {.max_bytes = 6}).ok());
  EXPECT_THAT(ParseJson(Nested(3), {.max_bytes = 5}), StatusIs(StatusCode::kResourceExhausted));
  EXPECT_THAT(ParseJson(Nested(3), {.max_depth = 2}), StatusIs(StatusCode::kInvalidArgument));
}

TEST(JsonValueTest, GettersRefuseAnotherKind) {
  const JsonValue value = Parse(R"({"s":"1","u":1,"m":-1,"f":1.0,"big":9223372036854775808})");
  EXPECT_THAT(value.Uint64At("s"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(value.Uint64At("f"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(value.Uint64At("m"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(value.Int64At("big"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(value.BoolAt("u"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(value.StringAt("u"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(value.HexAt("s"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(value.ElementsAt("s"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(value.DoubleAt("m"), IsOkAndHolds(Eq(-1.0)));
  EXPECT_THAT(value.Uint64At("none"), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(value.Element(0), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Parse("[1]").Element(1), StatusIs(StatusCode::kOutOfRange));
  EXPECT_THAT(Parse("[1]").Member("a"), StatusIs(StatusCode::kInvalidArgument));
}

TEST(JsonValueTest, SetReplacesAMemberOfTheSameName) {
  JsonValue value;
  value.Set("a", 1);
  value.Set("a", "two");
  EXPECT_THAT(WriteJson(value), IsOkAndHolds(Eq(R"({"a":"two"})")));
}

TEST(WriteJsonTest, IsTheSameWhateverTheOrderOfBuilding) {
  JsonValue value = JsonValue::Object();
  value.Set("z", JsonValue::Array());
  JsonValue& list = value.Set("list", {});
  list.Append(true);
  list.Append(-5);
  list.Append(UINT64_MAX);
  list.Append(0.1);
  list.Append(1.0);
  list.Append(JsonValue());
  value.Set("a", JsonValue::Object());
  EXPECT_THAT(
      WriteJson(value),
      IsOkAndHolds(Eq(R"({"a":{},"list":[true,-5,18446744073709551615,0.1,1.0,null],"z":[]})")));
}

TEST(WriteJsonTest, IndentsByTwoSpaces) {
  JsonValue value;
  value.Set("a", {}).Append(1);
  EXPECT_THAT(WriteJson(value, JsonStyle::kIndented),
              IsOkAndHolds(Eq("{\n  \"a\": [\n    1\n  ]\n}\n")));
}

TEST(WriteJsonTest, EscapesAndReadsBack) {
  std::string text;
  for (char c = 0; c < 0x7F; ++c) text.push_back(c);
  text += "\xC3\xA9\xF0\x9F\x90\xA6";
  BAYA_ASSERT_OK_AND_ASSIGN(const std::string written, WriteJson(JsonValue(text)));
  EXPECT_THAT(Parse(written).AsString(), IsOkAndHolds(Eq(text)));
}

TEST(WriteJsonTest, RefusesWhatJsonCannotSay) {
  EXPECT_THAT(WriteJson(JsonValue("\xFF")), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(WriteJson(JsonValue(std::numeric_limits<double>::infinity())),
              StatusIs(StatusCode::kInvalidArgument));
  JsonValue inside;
  inside.Append(std::numeric_limits<double>::quiet_NaN());
  EXPECT_THAT(WriteJson(inside), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::codec
