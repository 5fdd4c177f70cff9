#include "http/server.h"

#include <httplib.h>
#include <unistd.h>

#include <atomic>
#include <deque>
#include <exception>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "http/admission.h"
#include "http/connections.h"
#include "http/guarded_stream.h"

namespace baya::tools::http {
namespace {

constexpr size_t kDefaultBody = size_t{1} << 20;

// A request on its way through the library, which has no place for it: it calls us back on the
// connection's thread.
struct Exchange {
  GuardedStream& stream;
  Request request;
  size_t max_body = 0;
  int refusal = 0;
  bool admitted = false;
};
thread_local Exchange* current = nullptr;

// Nothing of the library's own reading of paths, ranges and expectations is wanted: it matches with
// std::regex, which recurses.
constexpr char kOnlyPath[] = "/";

void Admit(const ServerOptions& options, httplib::Request& from) {
  Exchange& exchange = *current;
  exchange.admitted = true;
  exchange.request.method = from.method;
  exchange.request.path = from.path;
  for (const auto& [name, value] : from.headers) {
    exchange.request.headers.emplace_back(name, value);
  }
  exchange.refusal = exchange.stream.malformed() ? 400 : RefusalOf(exchange.request);
  from.path = std::string(kOnlyPath);
  from.ranges.clear();
  if (exchange.refusal != 0) {
    from.method = std::string("GET");  // no body is read
    from.headers.clear();
    from.set_header("Connection", "close");
    return;
  }
  // RFC 9112 §6.3: neither a length nor chunks is no body; the library would read until the end.
  if (!from.has_header("Content-Length") && !from.has_header("Transfer-Encoding")) {
    from.set_header("Content-Length", "0");
  }
  exchange.max_body = options.body_limit ? options.body_limit(exchange.request) : kDefaultBody;
  exchange.stream.BeginBody(exchange.max_body);
}

// False: it did not come whole, and not because it was too long.
bool ReadBody(const httplib::ContentReader& read, Exchange& exchange) {
  Request& request = exchange.request;
  const bool whole = read([&](const char* data, size_t size) {
    if (!request.body_dropped && size <= exchange.max_body - request.body.size()) {
      request.body.append(data, size);
    } else {
      request.body_dropped = true;
      std::string().swap(request.body);
    }
    return true;
  });
  if (exchange.stream.cut() == GuardedStream::Cut::kLongBody) {
    request.body_dropped = true;
    std::string().swap(request.body);
    return true;
  }
  return whole;
}

void Answer(const Response& from, httplib::Response& to) {
  to.status = from.status;
  std::string type;
  for (const auto& [name, value] : from.headers) {
    if (SameName(name, "Content-Type")) {
      type = value;
    } else {
      to.set_header(name, value);
    }
  }
  to.set_content(from.body, type);
  if (type.empty()) to.headers.erase("Content-Type");
}

void Handle(const Handler& handler, const httplib::ContentReader* read, httplib::Response& to) {
  Exchange& exchange = *current;
  to.status = exchange.refusal;
  if (exchange.refusal != 0) return;
  try {
    if (read != nullptr && !ReadBody(*read, exchange)) {
      to.status = 400;
      to.set_header("Connection", "close");
      exchange.refusal = to.status;
      return;
    }
    to.status = 500;
    if (exchange.stream.BeginAnswer()) Answer(handler(exchange.request), to);
  } catch (const std::exception&) {
    to.status = 500;
  }
}

std::string_view Refusal(GuardedStream::Cut cut) {
  if (cut == GuardedStream::Cut::kLongUri) {
    return "HTTP/1.1 414 URI Too Long\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
  }
  return "HTTP/1.1 431 Request Header Fields Too Large\r\n"
         "Connection: close\r\nContent-Length: 0\r\n\r\n";
}

// The library's threads, no more connections than there are of them.
class Workers final : public httplib::TaskQueue {
 public:
  Workers(size_t threads, Connections& connections) : connections_(connections) {
    for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Loop(); });
  }

  // Nothing or, in later versions of the library, whether it was taken.
  using Taken = decltype(std::declval<httplib::TaskQueue&>().enqueue(nullptr));
  Taken enqueue(std::function<void()> work) override {
    connections_.TakePlace();
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(work));
    }
    changed_.notify_one();
    return Taken(true);
  }

  void shutdown() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void Loop() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      const std::function<void()> work = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      work();
      connections_.GivePlace();
      lock.lock();
    }
  }

  Connections& connections_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

class GuardedServer final : public httplib::Server {
 public:
  GuardedServer(const ServerOptions& options, http::Handler handler)
      : options_(options), handler_(std::move(handler)), connections_(options.max_connections) {
    new_task_queue = [this] { return new Workers(options_.max_connections, connections_); };
    // What the library says of it; it is the stream that waits.
    set_keep_alive_timeout(std::chrono::ceil<std::chrono::seconds>(options_.idle).count());
    set_keep_alive_max_count(1'000'000);
    set_tcp_nodelay(true);
    // Without SO_REUSEPORT, which would let two processes share the port in silence.
    set_socket_options([](socket_t socket) {
      const int yes = 1;
      (void)setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    const auto plain = [this](const httplib::Request&, httplib::Response& response) {
      Handle(handler_, nullptr, response);
    };
    const auto with_body = [this](const httplib::Request&, httplib::Response& response,
                                  const httplib::ContentReader& read) {
      Handle(handler_, &read, response);
    };
    Get(kOnlyPath, plain);
    Options(kOnlyPath, plain);
    Post(kOnlyPath, with_body);
    Put(kOnlyPath, with_body);
    Patch(kOnlyPath, with_body);
    Delete(kOnlyPath, with_body);
  }

  // The port, -1 when it cannot be had.
  int Bind(const std::string& host, int port) {
    const int bound = port == 0 ? bind_to_any_port(host) : bind_to_port(host, port) ? port : -1;
    // The library's backlog of 5 makes the sixth of a rush wait a second for its second try.
    if (bound > 0) (void)::listen(svr_sock_, SOMAXCONN);
    return bound;
  }

  Connections& connections() { return connections_; }

 private:
  bool process_and_close_socket(socket_t socket) override {
    {
      GuardedStream stream(socket, options_, connections_);
      bool open = true;
      while (open && stream.AwaitRequest()) open = ServeOne(*this, stream);
    }
    (void)shutdown(socket, SHUT_RDWR);
    (void)close(socket);
    return true;
  }

  // False: the connection is over. A template, for the sake of process_request's parameters: later
  // versions of the library take both addresses.
  template <typename Self>
  static bool ServeOne(Self& self, GuardedStream& stream) {
    Exchange exchange{stream, {}};
    current = &exchange;
    bool closed = false;
    const std::function<void(httplib::Request&)> admit = [&self](httplib::Request& request) {
      Admit(self.options_, request);
    };
    bool served = false;
    if constexpr (requires { self.process_request(stream, false, closed, admit); }) {
      served = self.process_request(stream, false, closed, admit);
    } else {
      served = self.process_request(stream, {}, 0, {}, 0, false, closed, admit);
    }
    current = nullptr;
    using Cut = GuardedStream::Cut;
    const Cut cut = stream.cut();
    if (cut == Cut::kLongUri || cut == Cut::kLongHead) stream.Refuse(Refusal(cut));
    const bool early = !exchange.admitted || exchange.refusal != 0 || cut == Cut::kLongBody;
    if (early) stream.Linger();
    return served && !closed && !early;
  }

  const ServerOptions options_;
  const http::Handler handler_;
  Connections connections_;
};

}  // namespace

struct Server::Parts {
  Parts(const ServerOptions& options, Handler handler) : server(options, std::move(handler)) {}
  GuardedServer server;
  std::atomic<bool> running{false};
  std::atomic<bool> stopped{false};
};

Server::Server(const ServerOptions& options, Handler handler)
    : parts_(std::make_unique<Parts>(options, std::move(handler))) {}

Server::~Server() = default;

int Server::Bind(const std::string& host, int port) { return parts_->server.Bind(host, port); }

void Server::Run() {
  parts_->running = true;
  if (!parts_->stopped) parts_->server.listen_after_bind();
  parts_->running = false;
}

void Server::Stop() {
  parts_->stopped = true;
  parts_->server.connections().Stop();
  // The library forgets a stop() that comes before it listens.
  while (parts_->running && !parts_->server.is_running()) std::this_thread::yield();
  if (parts_->running) parts_->server.stop();
}

}  // namespace baya::tools::http
