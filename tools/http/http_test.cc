#include <gtest/gtest.h>

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
