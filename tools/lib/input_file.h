// A file read from front to back, plain or gzip.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

struct gzFile_s;

namespace baya::tools {

class InputFile {
 public:
  // Throws ToolError when the file cannot be opened.
  explicit InputFile(const std::string& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  // The next byte, or -1 at the end. Throws ToolError on a read error or damaged gzip data.
  int Next() {
    if (begin_ == end_ && !Fill()) return -1;
    return buffer_[begin_++];
  }

  // The share of the file that was read so far, [0, 1].
  double Progress() const;

  const std::string& path() const { return path_; }

 private:
  bool Fill();

  std::string path_;
  gzFile_s* file_ = nullptr;
  double size_ = 0;
  std::vector<uint8_t> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
};

}  // namespace baya::tools
