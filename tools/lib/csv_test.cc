#include "lib/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "lib/testing/temp_dir.h"

namespace baya::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Property;
using ::testing::ThrowsMessage;

class CsvTest : public ::testing::Test {
 protected:
  std::vector<std::vector<std::string>> ReadAll(std::string_view text) {
    CsvReader reader(dir_.Write("a.csv", text));
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> fields;
    while (reader.Next(fields)) rows.push_back(fields);
    return rows;
  }
  void ExpectError(std::string_view text, const char* message) {
    EXPECT_THAT([&] { ReadAll(text); }, ThrowsMessage<LineError>(HasSubstr(message))) << text;
  }

  testing::TempDir dir_;
};

TEST_F(CsvTest, ReadsPlainAndQuotedFields) {
  EXPECT_THAT(ReadAll("a,b\n1,2\n\"x, \"\"y\"\"\nz\",\"\"\n"),
              ElementsAre(ElementsAre("1", "2"), ElementsAre("x, \"y\"\nz", "")));
}

TEST_F(CsvTest, TakesEveryLineEndAndAMarkAtTheFront) {
  EXPECT_THAT(ReadAll("\xEF\xBB\xBF"
                      "a,b\r\n1,2\r\n\r\n3,\"4\"\r\n"),
              ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "4")));
  EXPECT_THAT(ReadAll("a,b\n1,2"), ElementsAre(ElementsAre("1", "2")));
  EXPECT_THAT(ReadAll("a,b\n,\n"), ElementsAre(ElementsAre("", "")));
}

TEST_F(CsvTest, NamesTheLineOfAMistake) {
  ExpectError("a,b\n1,2\n1,2,3\n", "a.csv, line 3: expected 2 fields, found 3");
  ExpectError("a,b\n\"1\n\n\",2\n1\n", "line 5: expected 2 fields, found 1");
  ExpectError("a,b\n1,2\n\"1,2\n", "line 3: a quoted field is never closed");
  ExpectError("a,b\n1,\"2\"x\n", "line 2: text after a closing quote");
  ExpectError("a,b\n1,2\"\n", "line 2: a quote inside a field that is not quoted");
  ExpectError("a,b\n1,\xff\n", "line 2: the text is not UTF-8");
  ExpectError(std::string_view("a,b\n1,\0\n", 8), "line 2: a zero byte");
  ExpectError("a,a\n", "line 1: the header names column a twice");
  ExpectError("a,\n", "line 1: column 2 of the header has no name");
  ExpectError("a,b\n1," + std::string(70000, 'x') + "\n", "line 2: a field longer than");
}

TEST_F(CsvTest, GoesOnBehindAMistake) {
  CsvReader reader(dir_.Write("a.csv", "a,b\n1\n1,2\"3\n\"4\"5,6\n7,8\n"));
  std::vector<std::string> fields;
  for (int i = 0; i < 3; ++i) EXPECT_THROW(reader.Next(fields), LineError);
  ASSERT_TRUE(reader.Next(fields));
  EXPECT_THAT(fields, ElementsAre("7", "8"));
  EXPECT_EQ(reader.line(), 5);
}

TEST_F(CsvTest, FindsColumnsByName) {
  const CsvReader reader(dir_.Write("a.csv", "a,b\n"));
  EXPECT_EQ(reader.Column("b"), 1u);
  EXPECT_THAT([&] { reader.Column("c"); },
              ThrowsMessage<LineError>(HasSubstr("line 1: the header has no column c")));
}

TEST_F(CsvTest, ReadsGzipAndSaysWhenItIsCutOff) {
  std::string text = "a,b\n";
  for (int i = 0; i < 20000; ++i) text += std::to_string(i * 7919 % 10007) + ",2\n";
  const std::string path = dir_.Path("a.csv.gz");
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  const auto count = [](const std::string& name) {
    CsvReader reader(name);
    std::vector<std::string> fields;
    int rows = 0;
    while (reader.Next(fields)) ++rows;
    return rows;
  };
  EXPECT_EQ(count(path), 20000);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  EXPECT_THAT([&] { count(path); }, ThrowsMessage<ToolError>(HasSubstr("cut off")));
}

TEST_F(CsvTest, SaysWhatIsWrongWithAFile) {
  EXPECT_THAT([&] { CsvReader reader(dir_.Path("none.csv")); },
              ThrowsMessage<ToolError>(HasSubstr("cannot open")));
  EXPECT_THAT([&] { CsvReader reader(dir_.Path("")); },
              ThrowsMessage<ToolError>(HasSubstr("is a directory")));
  EXPECT_THAT([&] { CsvReader reader(dir_.Write("e.csv", "")); },
              ThrowsMessage<ToolError>(HasSubstr("is empty")));
}

}  // namespace
}  // namespace baya::tools
