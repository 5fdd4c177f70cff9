#include "http/client.h"

#include <httplib.h>

#include <utility>

namespace baya::tools::http {

namespace {

// Paths are sent as they are; the function's name depends on the library's version.
template <typename Library>
void SendPathsAsTheyAre(Library& client) {
  if constexpr (requires { client.set_path_encode(false); }) {
    client.set_path_encode(false);
  } else {
    client.set_url_encode(false);
  }
}

}  // namespace

struct Client::Parts {
  Parts(const std::string& origin, size_t max_body_bytes)
      : client(origin), max_body(max_body_bytes) {}
  httplib::Client client;
  const size_t max_body;
};

Client::Client(const Url& url, std::chrono::seconds timeout, size_t max_body_bytes)
    : parts_(std::make_unique<Parts>(url.origin, max_body_bytes)) {
  httplib::Client& client = parts_->client;
  client.set_connection_timeout(timeout);
  client.set_read_timeout(timeout);
  client.set_write_timeout(timeout);
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  SendPathsAsTheyAre(client);
}

Client::~Client() = default;

std::optional<Response> Client::Send(const Request& request) {
  httplib::Request sent;
  sent.method = request.method;
  sent.path = request.path;
  sent.body = request.body;
  for (const auto& [name, value] : request.headers) sent.set_header(name, value);
  std::string body;
  sent.content_receiver = [&body, max_body = parts_->max_body](const char* data, size_t size,
                                                               uint64_t, uint64_t) {
    if (size > max_body - body.size()) return false;
    body.append(data, size);
    return true;
  };
  const httplib::Result result = parts_->client.send(sent);
  if (!result) return std::nullopt;
  Response response{result->status, {}, std::move(body)};
  for (const auto& [name, value] : result->headers) response.headers.emplace_back(name, value);
  return response;
}

void Client::Stop() { parts_->client.stop(); }

}  // namespace baya::tools::http
