#include "conformance/vdaf.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "codec/json.h"
#include "conformance/disagreement.h"
#include "conformance/prio3_check.h"
#include "conformance/xof_check.h"
#include "vdaf/draft.h"
#include "vdaf/prio3_types.h"

namespace baya::conformance {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxFileBytes = size_t{64} << 20;

// The type a file is about: its name up to the first underscore or point, as the draft names them.
std::string TypeOf(const fs::path& file) {
  const std::string stem = file.stem().string();
  return stem.substr(0, stem.find('_'));
}

std::vector<fs::path> VectorFiles(const std::string& directory, std::error_code& error) {
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".json") files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Result<codec::JsonValue> ReadJson(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return kError<StatusCode::kNotFound, "the file cannot be read">;
  codec::JsonLimits limits;
  limits.max_bytes = kMaxFileBytes;
  return codec::ParseJson(text.str(), limits);
}

Outcome CheckFile(const fs::path& file, const vdaf::Prio3Type* type) {
  const auto json = ReadJson(file);
  if (!json.ok()) return Malformed(json.status());
  return type == nullptr ? CheckXofTurboShake128(*json) : CheckPrio3(*json, *type);
}

}  // namespace

int RunVdaf(const std::string& directory) {
  std::error_code error;
  const std::vector<fs::path> files = VectorFiles(directory, error);
  if (error) {
    std::cerr << "baya conformance: cannot read " << directory << ": " << error.message() << "\n";
    return 1;
  }
  size_t passed = 0;
  std::map<std::string, size_t> not_built;
  for (const fs::path& file : files) {
    const std::string type_name = TypeOf(file);
    const vdaf::Prio3Type* const type = vdaf::FindPrio3Type(type_name);
    if (type == nullptr && type_name != "XofTurboShake128") {
      ++not_built[type_name];
      continue;
    }
    if (const Outcome outcome = CheckFile(file, type)) {
      std::cout << "FAIL  " << file.filename().string() << std::endl;
      std::cerr << file.string() << ": " << outcome->where << "\n  expected: " << outcome->expected
                << "\n  got:      " << outcome->got << "\n";
      return 1;
    }
    std::cout << "pass  " << file.filename().string() << "\n";
    ++passed;
  }
  for (const auto& [type_name, count] : not_built) {
    std::cout << "not built yet: " << type_name << " (" << count
              << (count == 1 ? " file)" : " files)") << "\n";
  }
  if (passed == 0) {
    std::cout.flush();
    std::cerr << "baya conformance: no vector of a type this build has in " << directory << "\n";
    return 1;
  }
  std::cout << passed << " passed, 0 failed, against " << vdaf::kDraft << std::endl;
  return 0;
}

}  // namespace baya::conformance
