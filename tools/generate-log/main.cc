// baya-generate-log: a made-up shop's log and catalogue, as large as one asks for.
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "generate-log/generator.h"
#include "lib/progress.h"
#include "lib/run_tool.h"
#include "lib/time_text.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  tools/baya generate-log --items 10000 --out build/medium\n"
    "      11,845 customers, about a million purchases: the density of the Online Retail log\n"
    "  tools/baya train --interactions build/medium/interactions.csv \\\n"
    "      --catalogue build/medium/catalogue.csv --out build/medium/sections --report\n"
    "\n"
    "Model: tools/generate-log/README.md. It shows sizes and times, not quality.\n";

// Customers of the Online Retail log for each of its items.
constexpr double kUsersPerItem = 4334.0 / 3659;
constexpr int64_t kFirstDayMs = 1'293'840'000'000;  // 2011-01-01

struct Options {
  std::string out;
  uint32_t items = 10'000;
  uint32_t users = 0;
  uint32_t seed = 1;
};

class TextFile {
 public:
  explicit TextFile(const std::string& path)
      : path_(path), file_(std::fopen(path.c_str(), "wb"), &std::fclose) {
    if (file_ == nullptr) throw ToolError("cannot write " + path);
  }

  void Print(const char* text) { std::fputs(text, file_.get()); }
  template <typename... Values>
  void Print(const char* format, Values... values) {
    std::fprintf(file_.get(), format, values...);
  }

  void Close() {
    const bool broken = std::ferror(file_.get()) != 0;
    if (std::fclose(file_.release()) != 0 || broken) throw ToolError("cannot write " + path_);
  }

 private:
  std::string path_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

void WriteCatalogue(const LogGenerator& generator, const std::string& path) {
  TextFile file(path);
  file.Print("item,title,categories,price\n");
  for (uint32_t item = 0; item < generator.items().size(); ++item) {
    const MadeUpItem& made = generator.items()[item];
    file.Print("%06u,%s,department %u,%u.%02u\n", item, generator.Title(item).c_str(),
               made.department + 1, 1 + made.range * 7 % 30, item * 37 % 100);
  }
  file.Close();
}

void Generate(const Options& options) {
  const auto users = options.users > 0
                         ? options.users
                         : static_cast<uint32_t>(std::lround(options.items * kUsersPerItem));
  LogGenerator generator(options.items, users, options.seed);
  std::error_code error;
  std::filesystem::create_directories(options.out, error);
  if (error) throw ToolError("cannot create the folder " + options.out);
  const std::filesystem::path folder(options.out);
  WriteCatalogue(generator, (folder / "catalogue.csv").string());
  TextFile file((folder / "interactions.csv").string());
  file.Print("user,item,timestamp\n");
  uint64_t lines = 0;
  {
    Progress progress("making up purchases");
    generator.Generate([&](const MadeUpLine& line) {
      file.Print("%07u,%06u,%lld\n", line.user, line.item,
                 static_cast<long long>((kFirstDayMs + line.day * int64_t{86'400'000}) / 1000));
      if ((++lines & 0xffff) == 0) progress.Update(static_cast<double>(line.user) / users);
    });
  }
  file.Close();
  std::printf("%llu purchases of %u customers with %u items\n",
              static_cast<unsigned long long>(lines), users, options.items);
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  CLI::App app("Makes up a log of any size at the density of a real one",
               "tools/baya generate-log");
  baya::tools::Options options;
  app.add_option("--items", options.items, "In the catalogue")
      ->check(CLI::Range(24, 1 << 20))
      ->capture_default_str();
  app.add_option("--users", options.users, "Customers; 0: as many an item as the real log has")
      ->capture_default_str();
  app.add_option("--out", options.out, "Folder for interactions.csv and catalogue.csv")->required();
  app.add_option("--seed", options.seed, "Another seed, another shop")->capture_default_str();
  app.footer(baya::tools::kExamples);
  return baya::tools::RunTool(app, argc, argv, [&] { baya::tools::Generate(options); });
}
