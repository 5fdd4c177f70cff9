#include "lib/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/testing/temp_dir.h"

namespace baya::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

class TableTest : public ::testing::Test {
 protected:
  std::unique_ptr<RecordTable> Open(std::string_view text) {
    const std::string path = dir_.Write("a.txt", text);
    return OpenTable(path, DetectFormat(path));
  }
  std::vector<std::vector<std::string>> ReadAll(std::string_view text) {
    const auto table = Open(text);
    std::vector<std::vector<std::string>> rows;
    while (table->Next()) rows.push_back(table->fields());
    return rows;
  }
  void ExpectError(std::string_view text, const char* message) {
    EXPECT_THAT([&] { ReadAll(text); }, ThrowsMessage<LineError>(HasSubstr(message)));
  }

  testing::TempDir dir_;
};

TEST_F(TableTest, TellsFormatsByTheirFirstBytes) {
  const auto format = [&](std::string_view text) { return DetectFormat(dir_.Write("f", text)); };
  EXPECT_EQ(format("a,b\n"), TableFormat::kCsv);
  EXPECT_EQ(format("a\tb, c\td\n1,2,3,4,5\n"), TableFormat::kTsv);
  EXPECT_EQ(format("\xEF\xBB\xBF {\"a\": 1}\n"), TableFormat::kJsonLines);
  EXPECT_EQ(format("[1]"), TableFormat::kJsonLines);
  EXPECT_EQ(format("\xEF\xBB\xBF\r\n<?xml"), TableFormat::kXml);
  EXPECT_EQ(format(""), TableFormat::kCsv);
}

TEST_F(TableTest, TabsMayHaveQuotesInside) {
  EXPECT_THAT(ReadAll("a\tb\n5\" pipe\t\"x\ty\"\"\"\n"),
              ElementsAre(ElementsAre("5\" pipe", "x\ty\"")));
}

TEST_F(TableTest, ReadsJsonOfEveryKind) {
  EXPECT_THAT(
      ReadAll("{\"a\": \"x\", \"b\": 12}\n\n{\"b\": -3, \"a\": true, \"c\": [1, \"y\", null]}\r\n"
              "{\"a\": 1.5, \"b\": 1.7e9, \"c\": null}"),
      ElementsAre(ElementsAre("x", "12"), ElementsAre("yes", "-3", "1|y|"),
                  ElementsAre("1.5", "1700000000", "")));
}

TEST_F(TableTest, AnObjectInsideMattersOnlyWhenItIsAskedFor) {
  const auto table = Open("{\"a\": 1, \"b\": {\"c\": 2}, \"d\": [[1]]}\n{\"b\": 3}\n");
  ASSERT_TRUE(table->Next());
  EXPECT_EQ(table->Text(table->Column("a")), "1");
  for (const char* name : {"b", "d"}) {
    EXPECT_THAT([&] { table->Text(table->Column(name)); },
                ThrowsMessage<LineError>(HasSubstr("line 1: column")));
  }
  ASSERT_TRUE(table->Next());
  EXPECT_EQ(table->Text(table->Column("b")), "3");
  EXPECT_EQ(table->Text(table->Column("a")), "");
}

TEST_F(TableTest, NamesTheLineOfBrokenJson) {
  ExpectError("{\"a\": 1}\n{\"a\": \n", "line 2: this is no JSON object");
  ExpectError("{\"a\": 1}\n{\"a\": \"\xff\"}\n", "line 2: this is no JSON object");
  ExpectError("{\"a\": 1, \"a\": 2}\n", "line 1: this is no JSON object");
  ExpectError("[{\"a\": 1}]\n", "one object a line");
  ExpectError("{\"a\": 1}\n{\"a\": \"" + std::string(70000, 'x') + "\"}\n",
              "line 2: column a has more than 65536 bytes");
  ExpectError("{\"a\": 1}\n{\"a\": \"" + std::string(1200000, 'x') + "\"}\n",
              "line 2: a line longer than 1 MiB");
  ExpectError("{\"a\": " + std::string(100, '[') + std::string(100, ']') + "}\n", "line 1");
  EXPECT_THAT([&] { Open("{\"a\": 1}")->Column("b"); },
              ThrowsMessage<LineError>(HasSubstr("there is no column b")));
}

TEST_F(TableTest, NamesAreLimited) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "{\"n" + std::to_string(i) + "\": 1}\n";
  ExpectError(text, "line 1025: more than 1024 different columns");
}

TEST_F(TableTest, GoesOnBehindABrokenLine) {
  const auto table = Open("{\"a\": 1}\n{\n{\"a\": 3}\n");
  ASSERT_TRUE(table->Next());
  EXPECT_THROW(table->Next(), LineError);
  ASSERT_TRUE(table->Next());
  EXPECT_THAT(table->fields(), ElementsAre("3"));
  EXPECT_EQ(table->line(), 3);
  EXPECT_FALSE(table->Next());
}

}  // namespace
}  // namespace baya::tools
