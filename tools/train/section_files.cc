#include "train/section_files.h"

#include <filesystem>
#include <utility>

#include "lib/files.h"
#include "lib/tool_error.h"
#include "pack/limits.h"

namespace baya::tools {
namespace {

constexpr std::pair<pack::SectionType, const char*> kNames[] = {
    {pack::SectionType::kCatalogue, "catalogue"},
    {pack::SectionType::kModel, "model"},
    {pack::SectionType::kPopularity, "popularity"},
    {pack::SectionType::kAttributes, "attributes"},
    {pack::SectionType::kPlan, "plan"},
    {pack::SectionType::kTasks, "tasks"},
    {pack::SectionType::kSession, "session"},
    {pack::SectionType::kRepeat, "repeat"},
};

std::string PathOf(const std::string& folder, const char* name) {
  return (std::filesystem::path(folder) / (std::string(name) + ".section")).string();
}

}  // namespace

std::string SectionName(pack::SectionType type) {
  for (const auto& [known, name] : kNames) {
    if (known == type) return name;
  }
  return "type " + std::to_string(static_cast<int>(type));
}

void WriteSections(const std::string& folder, const std::vector<pack::Section>& sections) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw ToolError("cannot create the folder " + folder);
  for (const pack::Section& section : sections) {
    WriteFile(PathOf(folder, SectionName(section.type).c_str()), section.body);
  }
}

std::vector<pack::Section> ReadSections(const std::string& folder) {
  std::vector<pack::Section> sections;
  for (const auto& [type, name] : kNames) {
    const std::string path = PathOf(folder, name);
    if (!std::filesystem::exists(path)) continue;
    sections.push_back({type, ReadFile(path, pack::kMaxPackBytes)});
  }
  if (sections.empty()) throw ToolError(folder + " has no *.section file: run baya train first");
  return sections;
}

}  // namespace baya::tools
