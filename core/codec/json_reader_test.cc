#include "codec/json_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <regex>
#include <string>
#include <vector>

#include "base/testing/status_matchers.h"

namespace baya::codec {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::Eq;

constexpr size_t kDepth = 8;

Status Accept(std::string_view text, size_t max_depth = kDepth) {
  JsonReader reader(text, max_depth);
  BAYA_RETURN_IF_ERROR(reader.Skip());
  return reader.Finish();
}

TEST(JsonReaderTest, ReadsWhatIsAskedFor) {
  JsonReader reader(" { \"n\" : [ -5 , 0 ,\t9223372036854775807 ] , \"t\" : \"\\u00e9\\n\" } ",
                    kDepth);
  std::string name;
  BAYA_ASSERT_OK(reader.BeginObject());
  EXPECT_THAT(reader.NextMember(name), IsOkAndHolds(Eq(true)));
  EXPECT_EQ(name, "n");
  BAYA_ASSERT_OK(reader.BeginArray());
  for (const int64_t value : {int64_t{-5}, int64_t{0}, std::numeric_limits<int64_t>::max()}) {
    EXPECT_THAT(reader.NextElement(), IsOkAndHolds(Eq(true)));
    EXPECT_THAT(reader.Integer(), IsOkAndHolds(Eq(value)));
  }
  EXPECT_THAT(reader.NextElement(), IsOkAndHolds(Eq(false)));
  EXPECT_THAT(reader.NextMember(name), IsOkAndHolds(Eq(true)));
  EXPECT_EQ(name, "t");
  EXPECT_THAT(reader.Text(), IsOkAndHolds(Eq("\xC3\xA9\n")));
  EXPECT_THAT(reader.NextMember(name), IsOkAndHolds(Eq(false)));
  BAYA_EXPECT_OK(reader.Finish());
}

TEST(JsonReaderTest, RefusesWhatIsNotAskedFor) {
  EXPECT_THAT(JsonReader("1", kDepth).Text(), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(JsonReader("\"1\"", kDepth).Integer(), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(JsonReader("{}", kDepth).BeginArray(), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(JsonReader("[]", kDepth).BeginObject(), StatusIs(StatusCode::kInvalidArgument));
  JsonReader left_over("1 2", kDepth);
  EXPECT_THAT(left_over.Integer(), IsOkAndHolds(Eq(1)));
  EXPECT_THAT(left_over.Finish(), StatusIs(StatusCode::kInvalidArgument));
}

TEST(JsonReaderTest, IntegersKeepAll64Bits) {
  const auto read = [](std::string_view text) { return JsonReader(text, kDepth).Integer(); };
  EXPECT_THAT(read("-9223372036854775808"), IsOkAndHolds(Eq(INT64_MIN)));
  EXPECT_THAT(read("-0"), IsOkAndHolds(Eq(0)));
  for (const char* text : {"9223372036854775808", "-9223372036854775809", "18446744073709551616",
                           "99999999999999999999999", "1.0", "1e2", "-", "+1", ".5", ""}) {
    EXPECT_THAT(read(text), StatusIs(StatusCode::kInvalidArgument)) << text;
  }
}

TEST(JsonReaderTest, DepthIsBounded) {
  const auto nested = [](size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  BAYA_EXPECT_OK(Accept(nested(3), 3));
  EXPECT_THAT(Accept(nested(4), 3), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Accept(std::string(1'000'000, '['), kDepth), StatusIs(StatusCode::kInvalidArgument));
  BAYA_EXPECT_OK(Accept("[[[]],[[]],{\"a\":[]}]", 3)) << "closing gives depth back";
}

// A random value of the given depth at most, with text of every length of UTF-8.
nlohmann::json RandomValue(std::mt19937& random, int depth) {
  static constexpr std::array<const char*, 6> kTexts = {"",
                                                        "a",
                                                        "\"\\/\b\f\n\r\t\x01",
                                                        "\xC3\xA9\x7F",
                                                        "\xE2\x82\xAC\xEF\xBF\xBF",
                                                        "\xF0\x9F\x90\xA6"};
  const auto text = [&] { return kTexts[random() % kTexts.size()]; };
  switch (random() % (depth > 0 ? 8 : 6)) {
    case 0:
      return nullptr;
    case 1:
      return random() % 2 == 0;
    case 2:
      return static_cast<int64_t>((uint64_t{random()} << 32 | random()) >> random() % 64);
    case 3:
      return 0 - static_cast<int64_t>(random());
    case 4:
      return static_cast<double>(random() % 1000) / 64;
    case 5:
      return text();
    case 6: {
      nlohmann::json list = nlohmann::json::array();
      for (size_t i = random() % 4; i > 0; --i) list.push_back(RandomValue(random, depth - 1));
      return list;
    }
    default: {
      nlohmann::json object = nlohmann::json::object();
      for (size_t i = random() % 4; i > 0; --i) object[text()] = RandomValue(random, depth - 1);
      return object;
    }
  }
}

// What the reader says of a value that it knows the shape of, against the tree.
void ExpectReads(JsonReader& reader, const nlohmann::json& value) {
  if (value.is_string()) {
    ASSERT_THAT(reader.Text(), IsOkAndHolds(Eq(value.get<std::string>())));
  } else if (value.is_number_integer()) {
    ASSERT_THAT(reader.Integer(), IsOkAndHolds(Eq(value.get<int64_t>())));
  } else if (value.is_array()) {
    BAYA_ASSERT_OK(reader.BeginArray());
    for (const nlohmann::json& element : value) {
      ASSERT_THAT(reader.NextElement(), IsOkAndHolds(Eq(true)));
      ExpectReads(reader, element);
    }
    ASSERT_THAT(reader.NextElement(), IsOkAndHolds(Eq(false)));
  } else if (value.is_object()) {
    std::string name;
    BAYA_ASSERT_OK(reader.BeginObject());
    for (const auto& [expected, member] : value.items()) {
      ASSERT_THAT(reader.NextMember(name), IsOkAndHolds(Eq(true)));
      ASSERT_EQ(name, expected);
      ExpectReads(reader, member);
    }
    ASSERT_THAT(reader.NextMember(name), IsOkAndHolds(Eq(false)));
  } else {
    BAYA_ASSERT_OK(reader.Skip());
  }
}

TEST(JsonReaderTest, ReadsWhatNlohmannWrites) {
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same on every run
  for (int i = 0; i < 3000; ++i) {
    const nlohmann::json value = RandomValue(random, 4);
    const std::string text = value.dump(i % 3 - 1, ' ', /*ensure_ascii=*/i % 2 == 0);
    JsonReader reader(text, kDepth);
    ExpectReads(reader, value);
    ASSERT_FALSE(HasFatalFailure()) << text;
    BAYA_ASSERT_OK(reader.Finish());
  }
}

// Changes one byte, leaves one out or puts one in, of those that a grammar hangs on.
std::string Mutated(std::mt19937& random, std::string text) {
  static constexpr std::string_view kBytes =
      "{}[],:\"\\ u0019dDcCfF-+.eE\n\x01\x80\xBF\xC3\xED\xF4";
  const size_t place = random() % (text.size() + 1);
  const char byte = kBytes[random() % kBytes.size()];
  const size_t removed = place < text.size() ? random() % 2 : 0;
  return text.replace(place, removed, random() % 3 == 0 ? 0 : 1, byte);
}

TEST(JsonReaderTest, AcceptsWhatNlohmannAccepts) {
  // There a double overflows; here a number that is passed over has no value.
  const std::regex overflows("[eE]\\+?[0-9]{3}|[0-9]{300}");
  std::mt19937 random(11);  // NOLINT(cert-msc51-cpp): the same on every run
  int accepted = 0;
  for (int i = 0; i < 30'000; ++i) {
    std::string text = RandomValue(random, 3).dump(i % 3 - 1, ' ', i % 2 == 0);
    for (size_t changes = random() % 3; changes > 0; --changes) text = Mutated(random, text);
    if (std::regex_search(text, overflows)) continue;
    const bool expected = nlohmann::json::accept(text);
    ASSERT_EQ(Accept(text, 100).ok(), expected) << text;
    accepted += expected ? 1 : 0;
  }
  EXPECT_GT(accepted, 3'000);
  EXPECT_LT(accepted, 27'000);
}

}  // namespace
}  // namespace baya::codec
