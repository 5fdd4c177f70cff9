#include "lib/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "lib/testing/temp_dir.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(FilesTest, ReadsWhatItWroteAndLeavesNoPart) {
  const testing::TempDir dir;
  const Bytes bytes = {0, 1, 255};
  WriteFile(dir.Path("a"), bytes);
  EXPECT_EQ(ReadFile(dir.Path("a"), 3), bytes);
  EXPECT_FALSE(std::filesystem::exists(dir.Path("a.part")));
  EXPECT_THAT([&] { ReadFile(dir.Path("a"), 2); },
              ThrowsMessage<ToolError>(HasSubstr("larger than 2 bytes")));
  EXPECT_THROW(ReadFile(dir.Path("none"), 9), ToolError);
  EXPECT_THROW(WriteFile(dir.Path("none/a"), bytes), ToolError);
}

TEST(FilesTest, ASecretFileIsItsOwnersAlone) {
  const testing::TempDir dir;
  const SecretBytes secret = SecretBytes::CopyOf(Bytes{1, 2, 3});
  const std::string path = dir.Path("key");
  WriteSecretFile(path, secret);
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_TRUE(ConstantTimeEqual(ReadSecretFile(path, 10).Expose(), secret.Expose()));
  EXPECT_THAT([&] { WriteSecretFile(path, secret); },
              ThrowsMessage<ToolError>(HasSubstr("never overwritten")));
  chmod(path.c_str(), 0640);
  EXPECT_THAT([&] { ReadSecretFile(path, 10); },
              ThrowsMessage<ToolError>(HasSubstr("can be read by others")));
}

TEST(FilesTest, MeasuresAsGzip) {
  EXPECT_LT(GzipSize(Bytes(100000, 7)), 200u);
  EXPECT_GE(GzipSize({}), 18u);  // RFC 1952: ten bytes in front, eight behind
  EXPECT_EQ(SizeText(999), "999 bytes");
  EXPECT_EQ(SizeText(12345), "12.3 KB");
  EXPECT_EQ(SizeText(2500000), "2.50 MB");
}

}  // namespace
}  // namespace baya::tools
