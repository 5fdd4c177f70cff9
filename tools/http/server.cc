#include "http/server.h"

#include <httplib.h>

#include <atomic>
#include <cctype>
#include <exception>
#include <thread>
#include <utility>

namespace baya::tools::http {
namespace {

bool SameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

Request ToRequest(const httplib::Request& from) {
  Request request{from.method, from.path, {}, {}};
  for (const auto& [name, value] : from.headers) request.headers.emplace_back(name, value);
  return request;
}

// The library holds a body to its limit only where a Content-Length announces it. What is past the
// limit is read and dropped, or it would be taken for the next request. Returns 0 or the status of
// a body that did not come whole.
int ReadBody(const httplib::ContentReader& read, size_t max_bytes, std::string& body) {
  bool fits = true;
  const bool whole = read([&](const char* data, size_t size) {
    fits = fits && size <= max_bytes - body.size();
    if (fits) body.append(data, size);
    return true;
  });
  if (!fits) return 413;
  return whole ? 0 : 400;
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

}  // namespace

std::string_view FindHeader(const Headers& headers, std::string_view name) {
  for (const auto& [one, value] : headers) {
    if (SameName(one, name)) return value;
  }
  return {};
}

struct Server::Parts {
  httplib::Server server;
  Handler handler;
  std::atomic<bool> running{false};
  std::atomic<bool> stopped{false};
};

Server::Server(const ServerOptions& options, Handler handler) : parts_(std::make_unique<Parts>()) {
  parts_->handler = std::move(handler);
  httplib::Server& server = parts_->server;
  server.new_task_queue = [threads = options.threads] { return new httplib::ThreadPool(threads); };
  server.set_payload_max_length(options.max_body_bytes);
  server.set_keep_alive_timeout(options.idle.count());
  server.set_keep_alive_max_count(1'000'000);
  server.set_tcp_nodelay(true);
  // Without SO_REUSEPORT, which would let two processes share the port in silence.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    (void)setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  const auto answer = [this](const Request& request, httplib::Response& response) {
    try {
      Answer(parts_->handler(request), response);
    } catch (const std::exception&) {
      response.status = 500;
    }
  };
  const auto serve = [answer](const httplib::Request& request, httplib::Response& response) {
    answer(ToRequest(request), response);
  };
  const auto serve_with_body = [answer, max_bytes = options.max_body_bytes](
                                   const httplib::Request& from, httplib::Response& response,
                                   const httplib::ContentReader& read) {
    Request request = ToRequest(from);
    const int failed = ReadBody(read, max_bytes, request.body);
    if (failed == 0) return answer(request, response);
    if (response.status < 400) response.status = failed;  // the library has its own reasons
  };
  constexpr char kEverything[] = R"([\s\S]*)";
  server.Get(kEverything, serve);
  server.Options(kEverything, serve);
  server.Post(kEverything, serve_with_body);
  server.Put(kEverything, serve_with_body);
  server.Patch(kEverything, serve_with_body);
  server.Delete(kEverything, serve_with_body);
}

Server::~Server() = default;

int Server::Bind(const std::string& host, int port) {
  if (port == 0) return parts_->server.bind_to_any_port(host);
  return parts_->server.bind_to_port(host, port) ? port : -1;
}

void Server::Run() {
  parts_->running = true;
  if (!parts_->stopped) parts_->server.listen_after_bind();
  parts_->running = false;
}

void Server::Stop() {
  parts_->stopped = true;
  // The library forgets a stop() that comes before it listens.
  while (parts_->running && !parts_->server.is_running()) std::this_thread::yield();
  if (parts_->running) parts_->server.stop();
}

}  // namespace baya::tools::http
