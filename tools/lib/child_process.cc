#include "lib/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "lib/tool_error.h"

namespace baya::tools {

ChildProcess::ChildProcess(const std::vector<std::string>& command) : name_(command.front()) {
  (void)std::signal(SIGPIPE, SIG_IGN);
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0) throw ToolError("no pipe to " + name_);
  if (pipe2(out, O_CLOEXEC) != 0) {
    close(in[0]);
    close(in[1]);
    throw ToolError("no pipe to " + name_);
  }
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  const int failed =
      posix_spawnp(&pid_, name_.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]);
  close(out[1]);
  to_ = in[1];
  from_ = out[0];
  if (failed == 0) return;
  close(to_);
  close(from_);
  throw ToolError("cannot start " + name_);
}

ChildProcess::~ChildProcess() {
  close(to_);
  close(from_);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
}

void ChildProcess::Send(ByteView message) {
  const auto size = static_cast<uint32_t>(message.size());
  const uint8_t head[] = {static_cast<uint8_t>(size >> 24), static_cast<uint8_t>(size >> 16),
                          static_cast<uint8_t>(size >> 8), static_cast<uint8_t>(size)};
  Write(head);
  Write(message);
}

Bytes ChildProcess::Receive() {
  uint8_t head[4];
  Read(head);
  Bytes message(uint32_t{head[0]} << 24 | uint32_t{head[1]} << 16 | uint32_t{head[2]} << 8 |
                head[3]);
  Read(message);
  return message;
}

void ChildProcess::Write(ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(to_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw ToolError(name_ + " has ended");
    bytes = bytes.subspan(static_cast<size_t>(count));
  }
}

void ChildProcess::Read(MutableByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t count = read(from_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw ToolError(name_ + " has ended");
    bytes = bytes.subspan(static_cast<size_t>(count));
  }
}

}  // namespace baya::tools
