// The connections of a server: a bounded number, and nobody holds all of them against a newcomer.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <vector>

namespace baya::tools::http {

// Any thread may call any function.
class Connections {
 public:
  // One that a thread serves. Belongs to that thread; the rest is behind Connections.
  struct Connection {
    int socket = -1;
    bool waiting = true;  // for the peer; false: the peer waits for us
    bool ended = false;   // shut down to make room
  };

  explicit Connections(size_t most) : most_(most) {}

  // Waits for a place. While there is none, ends the oldest connection that is not being answered.
  // The oldest, not the one that is silent for longest: who is busy all the time could else keep
  // the slow out with few connections.
  void TakePlace();
  void GivePlace();

  // Between the two the connection may be ended. Remove comes before its socket is closed.
  void Add(Connection& connection);
  void Remove(Connection& connection);

  // We wait for the peer's next request, or for it to take its answer.
  void WaitFor(Connection& connection);
  // The peer waits for us. False when the connection was ended before.
  bool Answer(Connection& connection);

  // Ends what waits, now and from now on; what is being answered is finished.
  void Stop();
  bool stopped();

 private:
  void EndOldest();  // mutex_ held
  static void End(Connection& connection);

  const size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Connection*> connections_;  // oldest first
  size_t taken_ = 0;
  bool stopped_ = false;
};

}  // namespace baya::tools::http
