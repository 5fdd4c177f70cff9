// An HTTP/1.1 client of one origin. For one thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "http/message.h"
#include "http/url.h"

namespace baya::tools::http {

class Client {
 public:
  // Of a job of 10,000 reports, the largest that is asked for, the answer has 1.2 MB.
  static constexpr size_t kMaxBodyBytes = size_t{16} << 20;

  // `timeout`: without a byte for that long, an exchange has failed; with more than
  // `max_body_bytes` in the answer, too.
  Client(const Url& url, std::chrono::seconds timeout, size_t max_body_bytes = kMaxBodyBytes);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Methods GET, POST, DELETE and OPTIONS. The path is the whole one, with the base address's
  // own. nullopt when no answer came: the server may or may not have heard the request.
  // Redirects are not followed; https certificates are checked.
  std::optional<Response> Send(const Request& request);

  // Ends an exchange that another thread is waiting for.
  void Stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace baya::tools::http
