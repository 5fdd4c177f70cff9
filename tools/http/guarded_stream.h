// A connection as the HTTP library reads it, with the bounds that the library does not have: on
// bytes of a head, of a line and of a body with its framing, and on the time each may take.
#pragma once

#include <httplib.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/connections.h"
#include "http/server.h"

namespace baya::tools::http {

// Which functions of a Stream there are depends on the library's version, so that none is marked.
// NOLINTBEGIN(modernize-use-override)
class GuardedStream final : public httplib::Stream {
 public:
  enum class Cut : uint8_t {
    kNone,
    kGone,  // the peer, or we to make room
    kTooLate,
    kLongUri,  // these two answer a head; their status is still to be sent
    kLongHead,
    kLongBody,
  };

  GuardedStream(int socket, const ServerOptions& options, Connections& connections);
  ~GuardedStream();
  GuardedStream(const GuardedStream&) = delete;
  GuardedStream& operator=(const GuardedStream&) = delete;

  // Waits for the first byte of a request. False: none came, or we stop.
  bool AwaitRequest();
  // The head is read; at most `max_bytes` of a body, and what frames it, may follow.
  void BeginBody(size_t max_bytes);
  // The request is whole. False when the connection was ended to make room.
  bool BeginAnswer();
  // Sends an answer to a head that the library has not seen whole.
  void Refuse(std::string_view answer);
  // Lets a peer that is still sending read what it was answered, before the connection is closed: a
  // socket that is closed with bytes unread takes the answer back.
  void Linger();

  Cut cut() const { return cut_; }
  // Whether the head had a NUL, or a line that ended otherwise than in CRLF.
  bool malformed() const { return malformed_; }

  bool is_readable() const { return at_ < end_; }
  bool is_writable() const { return true; }
  bool wait_readable() const { return true; }  // read and write wait themselves
  bool wait_writable() const { return true; }
  time_t duration() const { return 0; }
  ssize_t read(char* to, size_t size);
  ssize_t write(const char* from, size_t size);
  // Nobody's address is kept.
  void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const {}
  void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const {}
  socket_t socket() const { return connection_.socket; }

 private:
  enum class Phase : uint8_t { kIdle, kHead, kBody, kHandler, kAnswer };

  void Begin(Phase phase, std::chrono::milliseconds time);
  bool Fill();
  bool WaitUntilReady(short events);
  bool TakeLineByte(char byte);
  Cut TooLong() const;

  const ServerOptions& options_;
  Connections& connections_;
  Connections::Connection connection_;
  std::chrono::steady_clock::time_point deadline_;
  Phase phase_ = Phase::kIdle;
  Cut cut_ = Cut::kNone;
  bool malformed_ = false;
  bool first_line_ = true;
  char previous_ = '\0';
  size_t line_bytes_ = 0;  // since the last line feed
  size_t left_ = 0;        // bytes that the phase may still read
  std::array<char, 4096> buffer_;
  size_t at_ = 0;
  size_t end_ = 0;
};
// NOLINTEND(modernize-use-override)

}  // namespace baya::tools::http
