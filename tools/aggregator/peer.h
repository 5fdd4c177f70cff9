// The Helper, seen from the Leader.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "dap/errors.h"
#include "dap/messages.h"
#include "http/client.h"

namespace baya::aggregator {

struct PeerAnswer {
  enum class Kind : uint8_t {
    kAnswered,
    kRefused,  // with a problem of DAP
    kFailed,   // not reached, or not able: the same request may be sent again
  };
  Kind kind = Kind::kFailed;
  std::string body;
  std::string path;  // of the resource, when it was named
  std::optional<dap::ProblemType> problem;
  int status = 0;  // 0: no answer

  // Of one that is not kAnswered, for the log.
  std::string Why() const;
};

class Peer {
 public:
  // `token`: of the aggregators. Throws ToolError for an address that is none.
  Peer(const std::string& url, std::string token);

  // Makes a resource of a task and waits until it is there ("Asynchronous Request Handling").
  PeerAnswer Create(const dap::TaskId& task, std::string_view resource, std::string_view type,
                    ByteView body);
  // Best effort.
  void Delete(const std::string& path);

  // Ends waiting; every later call fails at once. Any thread.
  void Stop();

 private:
  PeerAnswer Send(const char* method, const std::string& path, std::string_view type,
                  ByteView body);
  // False when stopped.
  bool Wait(std::chrono::seconds time);

  tools::http::Url url_;
  std::string token_;
  tools::http::Client client_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopped_ = false;
};

}  // namespace baya::aggregator
