// A folder that goes away with the test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace baya::tools::testing {

class TempDir {
 public:
  TempDir() {
    std::string pattern = (std::filesystem::temp_directory_path() / "baya-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  std::string Path(const std::string& name) const { return (path_ / name).string(); }

  // The path of a new file with this text.
  std::string Write(const std::string& name, std::string_view text) const {
    std::ofstream file(Path(name), std::ios::binary);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    return Path(name);
  }

 private:
  std::filesystem::path path_;
};

}  // namespace baya::tools::testing
