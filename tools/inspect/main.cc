// baya-inspect: explains a site pack in words.
#include <algorithm>
#include <cstdio>
#include <string>

#include "codec/hex.h"
#include "inspect/report.h"
#include "lib/files.h"
#include "lib/key_file.h"
#include "lib/run_tool.h"
#include "lib/tool_error.h"
#include "pack/limits.h"
#include "pack/site_pack.h"

namespace baya::tools {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  tools/baya inspect shop.pack\n"
    "      who signed it, what is in it, bytes by section\n"
    "  tools/baya inspect shop.pack --item 85123A\n"
    "      what the pack says about an item and what speaks for it\n"
    "  tools/baya inspect shop.pack --items\n"
    "      all items and their categories, as CSV\n"
    "  tools/baya inspect shop.pack --trust NU2RVorALKzt... --site example.com\n"
    "      exits with 1 unless a device with this pinned key would take it\n";

struct Options {
  std::string pack, item, trust, site;
  bool items = false;
};

std::string TextFor(const Options& options, ByteView file, const pack::SitePack& pack) {
  if (options.items) return ListItems(pack);
  return options.item.empty() ? DescribePack(pack, file) : DescribeItem(pack, options.item);
}

void Inspect(const Options& options) {
  const Bytes bytes = ReadFile(options.pack, pack::kMaxPackBytes);
  const auto open = [&]() -> Result<pack::SitePack> {
    if (options.trust.empty()) return pack::SitePack::OpenFromAnySigner(bytes);
    pack::Trust trust;
    trust.site = options.site;
    trust.pinned_key = ParsePublicKey(options.trust);
    return pack::SitePack::Open(bytes, trust);
  };
  if (!options.trust.empty() && options.site.empty()) throw ToolError("--trust needs --site");
  const pack::SitePack pack = OrThrow(open(), options.pack);
  std::fputs(TextFor(options, bytes, pack).c_str(), stdout);
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  CLI::App app("Explains a site pack in words", "tools/baya inspect");
  baya::tools::Options options;
  app.add_option("pack", options.pack, "The pack")->required()->check(CLI::ExistingFile);
  app.add_option("--item", options.item, "Id of an item to explain");
  app.add_flag("--items", options.items, "List all items as CSV")->excludes("--item");
  app.add_option("--trust", options.trust, "Public key that must have signed the pack");
  app.add_option("--site", options.site, "Site that the pack must be for");
  app.footer(baya::tools::kExamples);
  return baya::tools::RunTool(app, argc, argv, [&] { baya::tools::Inspect(options); });
}
