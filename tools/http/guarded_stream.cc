#include "http/guarded_stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace baya::tools::http {
namespace {

using Clock = std::chrono::steady_clock;

// A body in chunks has at least one byte in each: of these, "1", two line ends and the byte are six
// for one, but nobody sends them. Twice the body leaves room for chunks of six bytes and more.
constexpr size_t kFramingFactor = 2;
// Of a body that is not wanted, this much is dropped for the sake of the connection.
constexpr size_t kDropped = size_t{64} << 10;

// How long a peer that we refuse may take to read why.
constexpr std::chrono::milliseconds kLinger{500};

}  // namespace

GuardedStream::GuardedStream(int socket, const ServerOptions& options, Connections& connections)
    : options_(options), connections_(connections) {
  connection_.socket = socket;
  connections_.Add(connection_);
}

GuardedStream::~GuardedStream() { connections_.Remove(connection_); }

void GuardedStream::Begin(Phase phase, std::chrono::milliseconds time) {
  phase_ = phase;
  deadline_ = Clock::now() + time;
}

bool GuardedStream::AwaitRequest() {
  if (cut_ != Cut::kNone || connections_.stopped()) return false;
  connections_.WaitFor(connection_);
  Begin(Phase::kIdle, options_.idle);
  if (at_ == end_ && !Fill()) return false;
  Begin(Phase::kHead, options_.head_time);
  left_ = options_.max_head_bytes;
  first_line_ = true;
  malformed_ = false;
  line_bytes_ = 0;
  previous_ = '\0';
  return true;
}

void GuardedStream::BeginBody(size_t max_bytes) {
  Begin(Phase::kBody, options_.body_time);
  left_ = max_bytes * kFramingFactor + kDropped;
  line_bytes_ = 0;
}

bool GuardedStream::BeginAnswer() {
  phase_ = Phase::kHandler;
  return connections_.Answer(connection_);
}

void GuardedStream::Refuse(std::string_view answer) {
  phase_ = Phase::kHandler;
  (void)write(answer.data(), answer.size());
}

void GuardedStream::Linger() {
  connections_.WaitFor(connection_);
  Begin(Phase::kAnswer, kLinger);
  (void)shutdown(connection_.socket, SHUT_WR);
  while (Fill()) continue;
}

ssize_t GuardedStream::read(char* to, size_t size) {
  if (cut_ != Cut::kNone) return -1;
  if (left_ == 0) {
    cut_ = TooLong();
    return -1;
  }
  if (at_ == end_ && !Fill()) return -1;
  const size_t count = std::min({size, end_ - at_, left_});
  // The library reads lines, and nothing else that is longer, byte by byte.
  if (size == 1 && !TakeLineByte(buffer_[at_])) return -1;
  std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(at_), count, to);
  at_ += count;
  left_ -= count;
  return static_cast<ssize_t>(count);
}

bool GuardedStream::TakeLineByte(char byte) {
  if (++line_bytes_ > options_.max_line_bytes) {
    cut_ = TooLong();
    return false;
  }
  if (phase_ == Phase::kHead) {
    malformed_ = malformed_ || byte == '\0' || (byte == '\n' && previous_ != '\r');
  }
  if (byte == '\n') {
    line_bytes_ = 0;
    first_line_ = false;
  }
  previous_ = byte;
  return true;
}

GuardedStream::Cut GuardedStream::TooLong() const {
  if (phase_ != Phase::kHead) return Cut::kLongBody;
  return first_line_ ? Cut::kLongUri : Cut::kLongHead;
}

bool GuardedStream::Fill() {
  if (!WaitUntilReady(POLLIN)) return false;
  const ssize_t got = recv(connection_.socket, buffer_.data(), buffer_.size(), 0);
  if (got <= 0) {
    cut_ = Cut::kGone;
    return false;
  }
  at_ = 0;
  end_ = static_cast<size_t>(got);
  return true;
}

ssize_t GuardedStream::write(const char* from, size_t size) {
  // What the library makes of a head that did not end is not what we say about it.
  if (phase_ == Phase::kHead && cut_ != Cut::kNone) return -1;
  if (phase_ == Phase::kHandler) {
    connections_.WaitFor(connection_);
    Begin(Phase::kAnswer, options_.answer_time);
  }
  while (WaitUntilReady(POLLOUT)) {
    const ssize_t sent = send(connection_.socket, from, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) return sent;
    if (errno == EAGAIN || errno == EINTR) continue;
    cut_ = Cut::kGone;
    break;
  }
  return -1;
}

// False past the deadline.
bool GuardedStream::WaitUntilReady(short events) {
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
    pollfd descriptor{connection_.socket, events, 0};
    const int ready = left.count() > 0 ? poll(&descriptor, 1, static_cast<int>(left.count())) : 0;
    if (ready > 0) return true;
    if (ready < 0 && errno == EINTR) continue;
    cut_ = Cut::kTooLate;
    return false;
  }
}

}  // namespace baya::tools::http
