#include "lib/key_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "crypto/ed25519_signing.h"
#include "lib/testing/temp_dir.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(KeyFileTest, TwoKeysDifferAndSign) {
  const testing::TempDir dir;
  MakeKeyFile(dir.Path("a"));
  MakeKeyFile(dir.Path("b"));
  const SecretBytes a = ReadKeyFile(dir.Path("a"));
  const SecretBytes b = ReadKeyFile(dir.Path("b"));
  EXPECT_EQ(a.size(), crypto::ed25519::kSeedBytes);
  EXPECT_FALSE(ConstantTimeEqual(a.Expose(), b.Expose()));
  const auto key = crypto::ed25519::PublicKeyOf(a).value();
  EXPECT_EQ(ParsePublicKey(PublicKeyText(key)), key);
}

TEST(KeyFileTest, RefusesWhatIsNoKey) {
  const testing::TempDir dir;
  for (const std::string& text :
       {std::string(), std::string(83, 'x'), "baya-ed25519-seed " + std::string(63, '0') + "g\n",
        "baya-ed25519-seed " + std::string(64, '0') + "\n\n"}) {
    const std::string path = dir.Write("key", text);
    chmod(path.c_str(), 0600);
    EXPECT_THAT([&] { ReadKeyFile(path); },
                ThrowsMessage<ToolError>(HasSubstr("is not a key that baya keygen made")))
        << text;
  }
  EXPECT_THROW(ParsePublicKey("12"), ToolError);
  EXPECT_THROW(ParsePublicKey(std::string(64, 'x')), ToolError);
}

}  // namespace
}  // namespace baya::tools
