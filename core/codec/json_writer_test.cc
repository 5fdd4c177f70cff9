#include "codec/json_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <utility>

#include "base/testing/status_matchers.h"
#include "codec/decimal.h"
#include "codec/json.h"

namespace baya::codec {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::Eq;

TEST(JsonWriterTest, WritesEveryKind) {
  JsonWriter json;
  json.BeginObject();
  json.BeginArray("a");
  json.EndArray();
  json.BeginArray("b");
  json.Number(-1);
  json.Text("x");
  json.BeginObject();
  json.EndObject();
  json.BeginArray();
  json.EndArray();
  json.EndArray();
  json.Bool("c", true);
  json.Number("d", std::numeric_limits<int64_t>::min());
  json.BeginObject("e");
  json.Text("", "");
  json.EndObject();
  json.Bool("f", false);
  json.EndObject();
  EXPECT_THAT(
      std::move(json).Finish(),
      IsOkAndHolds(Eq(
          R"({"a":[],"b":[-1,"x",{},[]],"c":true,"d":-9223372036854775808,"e":{"":""},"f":false})")));
}

TEST(JsonWriterTest, EscapesAsTheTreeWriterDoes) {
  std::string text;
  for (char c = 0; c < 0x7F; ++c) text.push_back(c);
  text += "\xC3\xA9\xF0\x9F\x90\xA6";
  JsonWriter json;
  json.Text(text);
  EXPECT_THAT(std::move(json).Finish(), IsOkAndHolds(Eq(WriteJson(JsonValue(text)).value())));
}

TEST(JsonWriterTest, RefusesWhatIsNotUtf8) {
  JsonWriter json;
  json.BeginArray();
  json.Text("\xFF");
  json.Text("fine");
  json.EndArray();
  EXPECT_THAT(std::move(json).Finish(), StatusIs(StatusCode::kInvalidArgument));
}

TEST(DecimalTextTest, EqualsTheLibrary) {
  for (const int64_t value : {INT64_MIN, INT64_MIN + 1, int64_t{-10}, int64_t{-9}, int64_t{0},
                              int64_t{7}, int64_t{100}, INT64_MAX}) {
    EXPECT_EQ(DecimalText(value), std::to_string(value));
  }
}

}  // namespace
}  // namespace baya::codec
