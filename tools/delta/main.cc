// baya-delta: what devices with an older site pack need to have the new one.
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "delta/delta.h"
#include "lib/files.h"
#include "lib/run_tool.h"
#include "lib/tool_error.h"
#include "pack/limits.h"
#include "pack/site_pack.h"

namespace baya::tools {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  tools/baya train --interactions log.csv --previous old/shop.pack --out build/shop\n"
    "  tools/baya pack --sections build/shop --site example.com --version 2 --key shop.key \\\n"
    "      --out www/shop.pack\n"
    "  tools/baya delta --base old/shop.pack --pack www/shop.pack\n"
    "      writes www/shop.pack.SHA256.dcz, SHA256 that of the old pack, to be sent with\n"
    "      Content-Encoding: dcz to a browser whose Available-Dictionary names it (RFC 9842)\n"
    "\n"
    "How a server offers it: core/docs/formats/pack.md, \"Publishing an update\".\n";

struct Options {
  std::vector<std::string> bases;
  std::string pack;
};

Bytes ReadPack(const std::string& path) {
  Bytes bytes = ReadFile(path, pack::kMaxPackBytes);
  OrThrow(pack::SitePack::OpenFromAnySigner(bytes).status(), path);
  return bytes;
}

void WriteDeltas(const Options& options) {
  const Bytes target = ReadPack(options.pack);
  const size_t whole = ZstdSize(target);
  std::printf("%s: %s, zstd %s\n", options.pack.c_str(), SizeText(target.size()).c_str(),
              SizeText(whole).c_str());
  const std::filesystem::path pack = options.pack;
  for (const std::string& path : options.bases) {
    const Bytes base = ReadPack(path);
    const Bytes delta = MakeDelta(base, target);
    const std::string out = pack.parent_path() / DeltaName(pack.filename(), base);
    WriteFile(out, delta);
    std::printf("%s: %s, %.0f %% of the whole\n", out.c_str(), SizeText(delta.size()).c_str(),
                100.0 * static_cast<double>(delta.size()) / static_cast<double>(whole));
  }
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  CLI::App app("Makes what devices with an older site pack need to have the new one",
               "tools/baya delta");
  baya::tools::Options options;
  app.add_option("--base", options.bases, "A version that devices have; more than one may be given")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--pack", options.pack, "The new version; the deltas are written beside it")
      ->required()
      ->check(CLI::ExistingFile);
  app.footer(baya::tools::kExamples);
  return baya::tools::RunTool(app, argc, argv, [&] { baya::tools::WriteDeltas(options); });
}
