// An HTTP/1.1 server with one handler for everything, and a bound on all that a stranger can make
// it hold: max_connections times a head, the body that body_limit grants, and a buffer.
//
// It is meant to stand behind a proxy, so that what two readers could read differently is refused,
// and the connection closed (RFC 9112 §6.3, §11.2): two lengths, a length beside chunks, a body of
// a method that has none here, lines that do not end in CRLF. A body is taken as it is: one that is
// compressed or in parts is refused with 415.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "http/message.h"

namespace baya::tools::http {

// Called by many threads at once, for GET, HEAD, OPTIONS, POST, PUT, PATCH and DELETE. May throw:
// the answer is then 500, without a word about why.
using Handler = std::function<Response(const Request&)>;

// How much of a request's body is held, by its head. What is longer is dropped.
using BodyLimit = std::function<size_t(const Request& head)>;

struct ServerOptions {
  BodyLimit body_limit;  // none: 1 MiB of any

  // A thread each. A newcomer beyond them takes the place of the oldest; never of one that is being
  // answered. So it takes that many newer connections to end one.
  size_t max_connections = 64;

  // Past these a request is refused: 414 for its first line, else 431. In a body, where the framing
  // of chunks has lines, the connection is closed.
  size_t max_line_bytes = 8 << 10;
  size_t max_head_bytes = 16 << 10;

  // Past these the connection is closed without a word: no first byte of a request, no whole head,
  // no whole body, an answer that is not taken.
  std::chrono::milliseconds idle{2'000};
  std::chrono::milliseconds head_time{5'000};
  std::chrono::milliseconds body_time{30'000};
  std::chrono::milliseconds answer_time{10'000};
};

class Server {
 public:
  Server(const ServerOptions& options, Handler handler);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Takes the port, 0 for any free one, and returns it; -1 when it cannot be had.
  int Bind(const std::string& host, int port);

  // Serves until Stop, which any thread may call, once and at any time; then what was being
  // answered is finished. Returns at once after a Stop.
  void Run();
  void Stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace baya::tools::http
