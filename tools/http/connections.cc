#include "http/connections.h"

#include <sys/socket.h>

#include <algorithm>
#include <chrono>

namespace baya::tools::http {
namespace {

// An ended connection leaves at once, unless its thread gets no time; then another is ended.
constexpr std::chrono::milliseconds kLeaves{1000};

}  // namespace

void Connections::TakePlace() {
  std::unique_lock lock(mutex_);
  const auto free = [this] { return taken_ < most_ || stopped_; };
  while (!free()) {
    EndOldest();
    changed_.wait_for(lock, kLeaves, free);
  }
  ++taken_;
}

void Connections::GivePlace() {
  {
    const std::lock_guard lock(mutex_);
    --taken_;
  }
  changed_.notify_all();
}

void Connections::Add(Connection& connection) {
  const std::lock_guard lock(mutex_);
  connections_.push_back(&connection);
  if (stopped_) End(connection);
}

void Connections::Remove(Connection& connection) {
  const std::lock_guard lock(mutex_);
  std::erase(connections_, &connection);
}

void Connections::WaitFor(Connection& connection) {
  const std::lock_guard lock(mutex_);
  connection.waiting = true;
}

bool Connections::Answer(Connection& connection) {
  const std::lock_guard lock(mutex_);
  connection.waiting = false;
  return !connection.ended;
}

void Connections::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    for (Connection* const connection : connections_) {
      if (connection->waiting) End(*connection);
    }
  }
  changed_.notify_all();
}

bool Connections::stopped() {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

void Connections::EndOldest() {
  const auto oldest = std::find_if(
      connections_.begin(), connections_.end(),
      [](const Connection* connection) { return connection->waiting && !connection->ended; });
  if (oldest != connections_.end()) End(**oldest);
}

// Wakes the thread that reads from it or writes to it.
void Connections::End(Connection& connection) {
  connection.ended = true;
  (void)shutdown(connection.socket, SHUT_RDWR);
}

}  // namespace baya::tools::http
