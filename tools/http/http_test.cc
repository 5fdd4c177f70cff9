#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "http/client.h"
#include "http/server.h"
#include "http/url.h"

namespace baya::tools::http {
namespace {

TEST(Url, PartsOfAnAddress) {
  const Url url = *ParseUrl("https://leader.example:8443/api/dap//");
  EXPECT_EQ(url.origin, "https://leader.example:8443");
  EXPECT_EQ(url.path, "/api/dap");
  EXPECT_TRUE(url.secure);
  EXPECT_FALSE(url.loopback);
}

TEST(Url, ThisMachine) {
  for (const char* text : {"http://localhost", "http://127.0.0.1:80/", "http://[::1]:9000/x"}) {
    ASSERT_TRUE(ParseUrl(text).ok()) << text;
    EXPECT_TRUE(ParseUrl(text)->loopback) << text;
    EXPECT_FALSE(ParseUrl(text)->secure) << text;
  }
  EXPECT_FALSE(ParseUrl("http://127.0.0.1.evil.example")->loopback);
}

TEST(Url, RefusesWhatIsNoBaseAddress) {
  for (const char* text :
       {"", "leader.example", "ftp://leader.example", "https://", "https:///dap",
        "https://a@leader.example", "https://leader.example?x=1", "https://leader.example/#x",
        "https://leader.example:", "https://leader.example:123456", "https://leader.example:8x",
        "https://leader example", "https://[::2]"}) {
    EXPECT_FALSE(ParseUrl(text).ok()) << text;
  }
}

// A server on a free port in a thread of its own.
class Running {
 public:
  Running(const ServerOptions& options, Handler handler) : server_(options, std::move(handler)) {
    port_ = server_.Bind("127.0.0.1", 0);
    thread_ = std::thread([this] { server_.Run(); });
  }
  ~Running() {
    server_.Stop();
    thread_.join();
  }
  Url url() const { return *ParseUrl("http://127.0.0.1:" + std::to_string(port_)); }

 private:
  Server server_;
  int port_;
  std::thread thread_;
};

TEST(Server, BytesGoThereAndBack) {
  const Running running({}, [](const Request& request) {
    Response response{201, {{"Content-Type", "application/x;message=y"}, {"Location", "/z"}}, {}};
    response.body = request.method + request.path +
                    std::string(FindHeader(request.headers, "x-word")) + request.body;
    return response;
  });
  Client client(running.url(), std::chrono::seconds(5));
  const std::string body("\0\xff\r\n", 4);
  for (const char* method : {"POST", "DELETE"}) {
    const auto response =
        client.Send({method, "/a/B-_", {{"X-Word", "hello"}, {"Content-Type", "a/b"}}, body});
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->body, std::string(method) + "/a/B-_hello" + body);
    EXPECT_EQ(FindHeader(response->headers, "location"), "/z");
    EXPECT_EQ(FindHeader(response->headers, "content-type"), "application/x;message=y");
  }
}

TEST(Server, AnEmptyAnswerHasNoType) {
  const Running running({}, [](const Request&) { return Response{}; });
  Client client(running.url(), std::chrono::seconds(5));
  const auto response = client.Send({"GET", "/", {}, ""});
  ASSERT_TRUE(response.has_value());
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(FindHeader(response->headers, "content-type"), "");
}

TEST(Server, BodyPastTheLimit) {
  ServerOptions options;
  options.max_body_bytes = 1000;
  const Running running(options, [](const Request&) { return Response{}; });
  Client client(running.url(), std::chrono::seconds(5));
  EXPECT_EQ(client.Send({"POST", "/", {{"Content-Type", "a/b"}}, std::string(1000, 'x')})->status,
            200);
  EXPECT_EQ(client.Send({"POST", "/", {{"Content-Type", "a/b"}}, std::string(1001, 'x')})->status,
            413);
}

// The bytes that come back on a connection to which those of `sent` were written.
std::string Exchange(const Url& url, const std::string& sent) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(std::stoi(url.origin.substr(17))));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  EXPECT_EQ(connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(send(descriptor, sent.data(), sent.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(sent.size()));
  std::string answer(1 << 16, '\0');
  size_t size = 0;
  ssize_t got = 0;
  while ((got = recv(descriptor, &answer[size], answer.size() - size, 0)) > 0) {
    size += static_cast<size_t>(got);
  }
  close(descriptor);
  answer.resize(size);
  return answer;
}

// Whatever the framing: without a Content-Length nothing announces how much there is.
TEST(Server, ABodyPastTheLimitInChunks) {
  ServerOptions options;
  options.max_body_bytes = 1000;
  options.idle = std::chrono::seconds(1);
  std::atomic<size_t> most{0};
  const Running running(options, [&most](const Request& request) {
    most = std::max<size_t>(most, request.body.size());
    return Response{200, {}, request.body};
  });
  const auto chunk = [](const std::string& data) {
    return std::to_string(data.size()) + "\r\n" + data + "\r\n";  // of less than 10: hex, too
  };
  for (const char* method : {"POST", "PUT", "PATCH"}) {
    const std::string head = std::string(method) + " / HTTP/1.1\r\nConnection: close\r\n" +
                             "Transfer-Encoding: chunked\r\n\r\n";
    std::string full = head;
    for (int i = 0; i < 200; ++i) full += chunk("five!");
    EXPECT_EQ(Exchange(running.url(), full + chunk("")).substr(9, 3), "200") << method;
    EXPECT_EQ(Exchange(running.url(), full + chunk("x") + chunk("")).substr(9, 3), "413") << method;
  }
  EXPECT_EQ(most, 1000U);
  // What is dropped is not taken for the next request.
  std::string inner = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n";
  inner += std::string(1001, 'x') + "\r\n12\r\nGET / HTTP/1.1\r\n\r\n\r\n" + chunk("");
  const std::string answer = Exchange(running.url(), inner);
  EXPECT_EQ(answer.substr(9, 3), "413");
  EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos);
}

TEST(Server, AHandlerThatThrows) {
  const Running running({},
                        [](const Request&) -> Response { throw std::runtime_error("the reason"); });
  Client client(running.url(), std::chrono::seconds(5));
  const auto response = client.Send({"GET", "/", {}, ""});
  ASSERT_TRUE(response.has_value());
  EXPECT_EQ(response->status, 500);
  EXPECT_EQ(response->body, "");
}

TEST(Server, StopsHoweverEarly) {
  for (int i = 0; i < 300; ++i) {
    Server server({}, [](const Request&) { return Response{}; });
    ASSERT_GT(server.Bind("127.0.0.1", 0), 0);
    std::thread thread([&server] { server.Run(); });
    for (int spin = 0; spin < i % 20; ++spin) std::this_thread::yield();
    server.Stop();
    thread.join();
  }
}

TEST(Server, APortIsTakenOnce) {
  Server one({}, [](const Request&) { return Response{}; });
  const int port = one.Bind("127.0.0.1", 0);
  ASSERT_GT(port, 0);
  std::thread thread([&one] { one.Run(); });
  Server two({}, [](const Request&) { return Response{}; });
  EXPECT_EQ(two.Bind("127.0.0.1", port), -1);
  Client client(*ParseUrl("http://127.0.0.1:" + std::to_string(port)), std::chrono::seconds(5));
  EXPECT_TRUE(client.Send({"GET", "/", {}, ""}).has_value());
  one.Stop();
  thread.join();
}

TEST(Client, NobodyThere) {
  Client client(*ParseUrl("http://127.0.0.1:1"), std::chrono::seconds(1));
  EXPECT_FALSE(client.Send({"GET", "/", {}, ""}).has_value());
}

}  // namespace
}  // namespace baya::tools::http
