// baya-pack: puts sections into one signed site pack.
#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>

#include "codec/hex.h"
#include "inspect/measurements.h"
#include "lib/files.h"
#include "lib/key_file.h"
#include "lib/run_tool.h"
#include "lib/tool_error.h"
#include "measure/task.h"
#include "pack/limits.h"
#include "pack/site_pack.h"
#include "pack/writer/seal.h"
#include "plan/plan_json.h"
#include "train/section_files.h"

namespace baya::tools {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  tools/baya pack --sections build/shop --site example.com --version 1 \\\n"
    "      --plan plan.json --key shop.key --out shop.pack\n"
    "  tools/baya pack --sections build/shop --site example.com --version 8 --replaces 9 \\\n"
    "      --key shop.key --out shop.pack\n"
    "      takes version 9 back: devices that have it go to this one\n"
    "  tools/baya pack --sections build/shop --site example.com --version 10 --key shop.key \\\n"
    "      --out shop.pack --parts www\n"
    "      writes www/shop.pack, the signed front alone, and each section as www/SHA256.section,\n"
    "      which never changes: a visitor who comes back loads only the sections that are new\n"
    "\n"
    "Versions must rise: a device refuses a pack that is older than one it has accepted.\n";

struct Options {
  std::string sections, site, key, out, parts, plan, tasks, next_key;
  uint64_t version = 0;
  uint64_t replaces = 0;
};

void Add(pack::SectionType type, Bytes body, pack::SealRequest& request) {
  std::erase_if(request.sections,
                [type](const pack::Section& section) { return section.type == type; });
  request.sections.push_back({type, std::move(body)});
}

// `bytes`: a whole pack, of which `header` is the front.
void WriteParts(const std::filesystem::path& folder, const std::string& name, ByteView bytes,
                const pack::Header& header) {
  size_t begin = header.size;
  for (const pack::SectionEntry& entry : header.sections) {
    WriteFile(folder / (codec::EncodeHex(entry.sha256) + ".section"),
              bytes.subspan(begin, entry.length));
    begin += entry.length;
  }
  // Last: whoever finds the front finds what it names.
  WriteFile(folder / name, bytes.first(header.size));
}

void Pack(const Options& options) {
  pack::SealRequest request;
  request.site = options.site;
  request.version = options.version;
  request.replaces = options.replaces;
  if (!options.next_key.empty()) request.next_key = ParsePublicKey(options.next_key);
  if (!options.sections.empty()) request.sections = ReadSections(options.sections);
  if (!options.plan.empty()) {
    const Bytes json = ReadFile(options.plan, pack::kMaxPackBytes);
    Add(pack::SectionType::kPlan, PlanFromJson(AsText(json)), request);
  }
  if (!options.tasks.empty()) {
    Bytes tasks = ReadFile(options.tasks, pack::kMaxPackBytes);
    OrThrow(measure::DecodeTasks(tasks).status(), options.tasks + " is no tasks.section");
    Add(pack::SectionType::kTasks, std::move(tasks), request);
  }
  if (request.sections.empty()) throw ToolError("nothing to pack: give --sections FOLDER");
  const Bytes bytes = OrThrow(pack::Seal(request, ReadKeyFile(options.key)), "making the pack");
  const pack::SitePack made = OrThrow(pack::SitePack::OpenFromAnySigner(bytes), "reading the pack");
  const pack::Header& header = made.header();
  for (const std::string& doubt : DoubtsAboutMeasurements(made)) {
    (void)std::fprintf(stderr, "warning: %s\n", doubt.c_str());
  }
  WriteFile(options.out, bytes);
  if (!options.parts.empty()) {
    WriteParts(options.parts, std::filesystem::path(options.out).filename(), bytes, header);
  }
  std::printf("%s: %s, gzip %s\nid   %s\nkey  %s\n", options.out.c_str(),
              SizeText(bytes.size()).c_str(), SizeText(GzipSize(bytes)).c_str(),
              codec::EncodeHex(pack::PackId(header)).c_str(), PublicKeyText(header.key).c_str());
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  CLI::App app("Puts sections into one signed site pack", "tools/baya pack");
  baya::tools::Options options;
  app.add_option("--sections", options.sections, "Folder that baya train wrote")
      ->check(CLI::ExistingDirectory);
  app.add_option("--site", options.site, "Site id, as in the tag's configuration")->required();
  app.add_option("--version", options.version, "Above every version published before")
      ->required()
      ->check(CLI::Range(uint64_t{1}, UINT64_MAX));
  app.add_option("--replaces", options.replaces, "A published higher version to take back");
  app.add_option("--key", options.key, "Key file of baya keygen")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--next-key", options.next_key, "Public key that may sign later packs as well");
  app.add_option("--plan", options.plan, "plan.json to include (core/docs/formats/plan.md)")
      ->check(CLI::ExistingFile);
  app.add_option("--tasks", options.tasks, "tasks.section of baya tasks")->check(CLI::ExistingFile);
  app.add_option("--out", options.out, "The pack")->required();
  app.add_option("--parts", options.parts, "Folder to publish it in as parts, cached one by one")
      ->check(CLI::ExistingDirectory);
  app.footer(baya::tools::kExamples);
  return baya::tools::RunTool(app, argc, argv, [&] { baya::tools::Pack(options); });
}
