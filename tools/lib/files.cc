#include "lib/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "lib/tool_error.h"

namespace baya::tools {
namespace {

// Closes a file descriptor at the end of a block.
class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile() { close(descriptor_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

 private:
  int descriptor_;
};

bool WriteAll(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(descriptor, bytes.data(), bytes.size());
    if (count <= 0) return false;
    bytes = bytes.subspan(static_cast<size_t>(count));
  }
  return true;
}

}  // namespace

Bytes ReadFile(const std::string& path, size_t limit) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  const auto size = file ? static_cast<std::streamoff>(file.tellg()) : -1;
  if (size < 0) throw ToolError("cannot read " + path);
  if (static_cast<size_t>(size) > limit) {
    throw ToolError(path + " is larger than " + SizeText(limit));
  }
  Bytes bytes(static_cast<size_t>(size));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(bytes.data()), size);
  if (!file) throw ToolError("cannot read " + path);
  return bytes;
}

void WriteFile(const std::string& path, ByteView bytes) {
  const std::string beside = path + ".part";
  std::ofstream file(beside, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(beside, path, error);
  if (!file || error) throw ToolError("cannot write " + path);
}

void WriteSecretFile(const std::string& path, const SecretBytes& bytes) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    throw ToolError(access(path.c_str(), F_OK) == 0
                        ? path + " exists already and a key is never overwritten"
                        : "cannot write " + path);
  }
  const OpenFile file(descriptor);
  if (!WriteAll(descriptor, bytes.Expose()) || fsync(descriptor) != 0) {
    unlink(path.c_str());
    throw ToolError("cannot write " + path);
  }
}

SecretBytes ReadSecretFile(const std::string& path, size_t limit) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw ToolError("cannot read " + path);
  const OpenFile file(descriptor);
  struct stat status {};
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    throw ToolError("cannot read " + path);
  }
  if ((status.st_mode & 077) != 0) {
    throw ToolError(path + " can be read by others: chmod 600 " + path);
  }
  if (static_cast<size_t>(status.st_size) > limit) throw ToolError(path + " is not a key file");
  SecretBytes bytes(static_cast<size_t>(status.st_size));
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count =
        read(descriptor, bytes.ExposeMutable().data() + done, bytes.size() - done);
    if (count <= 0) throw ToolError("cannot read " + path);
    done += static_cast<size_t>(count);
  }
  return bytes;
}

size_t GzipSize(ByteView bytes) {
  z_stream stream{};
  // 15 + 16: the largest window, and a gzip header and trailer around it.
  if (deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw ToolError("gzip: out of memory");
  }
  Bytes out(deflateBound(&stream, bytes.size()));
  stream.next_in = const_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  const int code = deflate(&stream, Z_FINISH);
  const size_t size = stream.total_out;
  deflateEnd(&stream);
  if (code != Z_STREAM_END) throw ToolError("gzip failed");
  return size;
}

std::string SizeText(size_t bytes) {
  char text[32];
  if (bytes < 1000) {
    std::snprintf(text, sizeof text, "%zu bytes", bytes);
  } else if (bytes < 1'000'000) {
    std::snprintf(text, sizeof text, "%.1f KB", static_cast<double>(bytes) / 1e3);
  } else {
    std::snprintf(text, sizeof text, "%.2f MB", static_cast<double>(bytes) / 1e6);
  }
  return text;
}

}  // namespace baya::tools
