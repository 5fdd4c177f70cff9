// baya-keygen: makes the key that signs a site's packs.
#include <cstdio>
#include <string>

#include "crypto/ed25519_signing.h"
#include "lib/key_file.h"
#include "lib/run_tool.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  tools/baya keygen --out shop.key\n"
    "      makes the key and prints the public half for the tag's configuration\n"
    "  tools/baya keygen --show shop.key\n"
    "      prints the public half again\n"
    "\n"
    "The key file is readable by you alone and is never printed. Keep it off the web server:\n"
    "whoever has it can change what every visitor's device runs on.\n";

void Run(const std::string& out, const std::string& show) {
  if (out.empty() == show.empty()) throw ToolError("give either --out FILE or --show FILE");
  if (!out.empty()) MakeKeyFile(out);
  const SecretBytes seed = ReadKeyFile(out.empty() ? show : out);
  const auto key = OrThrow(crypto::ed25519::PublicKeyOf(seed), "the key");
  std::printf("%s\n", PublicKeyText(key).c_str());
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  CLI::App app("Makes the key that signs a site's packs", "tools/baya keygen");
  std::string out, show;
  app.add_option("--out", out, "New file for the key");
  app.add_option("--show", show, "Key file whose public half to print")->check(CLI::ExistingFile);
  app.footer(baya::tools::kExamples);
  return baya::tools::RunTool(app, argc, argv, [&] { baya::tools::Run(out, show); });
}
