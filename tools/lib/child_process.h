// Another program, asked and answering over pipes.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace baya::tools {

class ChildProcess {
 public:
  // Starts `command`, looked up in PATH; what it writes to stderr goes to ours. From then on a pipe
  // that nobody reads is an error here and no signal. Throws ToolError.
  explicit ChildProcess(const std::vector<std::string>& command);
  // Ends its input and waits for it.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // A message behind its length, 32 bits, big-endian. Both throw ToolError when the program has
  // ended.
  void Send(ByteView message);
  Bytes Receive();

 private:
  void Write(ByteView bytes);
  void Read(MutableByteView bytes);

  std::string name_;
  pid_t pid_ = 0;
  int to_ = -1, from_ = -1;
};

}  // namespace baya::tools
