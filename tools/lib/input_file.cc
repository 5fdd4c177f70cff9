#include "lib/input_file.h"

#include <zlib.h>

#include <algorithm>
#include <filesystem>

#include "lib/tool_error.h"

namespace baya::tools {
namespace {

constexpr size_t kBufferBytes = 1 << 16;

}  // namespace

InputFile::InputFile(const std::string& path) : path_(path), buffer_(kBufferBytes) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw ToolError(path + " is a directory");
  file_ = gzopen(path.c_str(), "rb");
  if (file_ == nullptr) throw ToolError("cannot open " + path);
  const auto size = std::filesystem::file_size(path, error);
  size_ = error ? 0 : static_cast<double>(size);
}

InputFile::~InputFile() { gzclose(file_); }

double InputFile::Progress() const {
  if (size_ <= 0) return 0;
  return std::clamp(static_cast<double>(gzoffset(file_)) / size_, 0.0, 1.0);
}

bool InputFile::Fill() {
  const int count = gzread(file_, buffer_.data(), static_cast<unsigned>(buffer_.size()));
  int code = Z_OK;
  const char* message = gzerror(file_, &code);
  if (count < 0 || (code != Z_OK && code != Z_STREAM_END)) {
    // A gzip file that was cut off reads to its last byte and then reports Z_BUF_ERROR.
    const std::string why = code == Z_BUF_ERROR ? "the gzip data is cut off" : message;
    throw ToolError("cannot read " + path_ + ": " + why);
  }
  begin_ = 0;
  end_ = static_cast<size_t>(count);
  return count > 0;
}

}  // namespace baya::tools
