// An HTTP/1.1 server with one handler for everything.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "http/message.h"

namespace baya::tools::http {

// Called by many threads at once. May throw: the answer is then 500, without a word about why.
using Handler = std::function<Response(const Request&)>;

struct ServerOptions {
  size_t max_body_bytes = 1 << 20;  // more is never held, and answered with 413
  size_t threads = 32;              // connections served at once; others wait
  std::chrono::seconds idle{2};     // a connection without a request is closed
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
