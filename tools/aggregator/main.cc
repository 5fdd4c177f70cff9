// baya-aggregator: one of the two servers that add reports up.
#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "aggregator/config.h"
#include "aggregator/driver.h"
#include "aggregator/helper_service.h"
#include "aggregator/hpke_keys.h"
#include "aggregator/leader_service.h"
#include "aggregator/limits.h"
#include "aggregator/log.h"
#include "http/server.h"
#include "http/url.h"
#include "lib/run_tool.h"
#include "lib/system_host.h"
#include "lib/tool_error.h"

namespace baya::aggregator {
namespace {

using tools::OrThrow;
using tools::ToolError;

constexpr char kExamples[] =
    "Examples:\n"
    "  tools/baya tasks --definition tasks.def.json --leader http://127.0.0.1:8081 \\\n"
    "      --helper http://127.0.0.1:8082 --out tasks\n"
    "  mkdir leader helper && mv tasks/leader.json leader && mv tasks/helper.json helper\n"
    "  tools/baya aggregator --role helper --folder helper --port 8082\n"
    "  tools/baya aggregator --role leader --folder leader --port 8081\n"
    "\n"
    "The two belong on machines of two operators: whoever has both folders can read every report.\n"
    "A folder holds leader.json or helper.json, the aggregator's own HPKE keys and its database.\n"
    "Behind https: put a reverse proxy before it. SIGTERM stops it cleanly; nothing that was\n"
    "answered is lost when it dies in any other way.\n";

struct Options {
  std::string role, folder;
  std::string host = "127.0.0.1";
  int port = 0;
  int helper_patience_s = 3600;
  bool new_key = false;
};

// Two processes with one database would count reports twice.
class FolderLock {
 public:
  explicit FolderLock(const std::string& folder)
      : descriptor_(open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) throw ToolError("cannot write to " + folder);
    if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      close(descriptor_);
      throw ToolError("another aggregator runs in " + folder);
    }
  }
  ~FolderLock() { close(descriptor_); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

// SIGTERM and SIGINT, held back from every thread that is started later.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  void Wait() {
    int signal = 0;
    sigwait(&set_, &signal);
  }

 private:
  sigset_t set_;
};

void Serve(Service& service, const Options& options, StopSignals& signals,
           const std::function<void()>& stop) {
  tools::http::ServerOptions server_options;
  server_options.body_limit = [&service](const tools::http::Request& head) {
    return service.BodyLimit(head);
  };
  tools::http::Server server(server_options, [&service](const tools::http::Request& request) {
    return service.Handle(request);
  });
  const int port = server.Bind(options.host, options.port);
  if (port < 0) {
    throw ToolError("cannot listen on " + options.host + ", port " + std::to_string(options.port));
  }
  std::thread thread([&server] { server.Run(); });
  std::printf("%s listens on http://%s:%d\n", options.role.c_str(), options.host.c_str(), port);
  (void)std::fflush(stdout);
  signals.Wait();
  Log("stopping");
  stop();
  server.Stop();
  thread.join();
}

void Run(const Options& options) {
  StopSignals signals;
  (void)std::signal(SIGPIPE, SIG_IGN);
  SetLogName(options.role);
  const dap::Role role = options.role == "leader" ? dap::Role::kLeader : dap::Role::kHelper;
  const std::string folder = options.folder + "/";
  const FolderLock lock(options.folder);
  Settings settings = ReadSettings(folder + options.role + ".json", role);
  const std::string prefix = OrThrow(tools::http::ParseUrl(settings.url), "our address").path;
  tools::SystemHost host;
  Writer writer(OpenDatabase(folder + options.role + ".sqlite", role));
  HpkeKeyOptions key_options;
  key_options.new_key = options.new_key;
  // The Helper keeps no report.
  key_options.drop_old = role == dap::Role::kHelper ||
                         writer.Do([](Database& database) { return CountShares(database) == 0; });
  Parts parts{std::move(settings),
              LoadHpkeKeys(folder + options.role + ".hpke.json", key_options, host), prefix, writer,
              host};
  if (role == dap::Role::kHelper) {
    HelperService service(parts);
    Serve(service, options, signals, [] {});
    return;
  }
  const ServedTasks<dap::Leader> tasks = ServeTasks<dap::Leader>(parts.settings, writer);
  Driver driver(parts, tasks, std::chrono::seconds(options.helper_patience_s));
  LeaderService service(parts, tasks, [&driver] { driver.Notify(); });
  driver.Start();
  Serve(service, options, signals, [&driver] { driver.Stop(); });
}

int Main(int argc, char** argv) {
  CLI::App app("Adds up reports without reading them: one of two servers", "tools/baya aggregator");
  Options options;
  app.add_option("--role", options.role, "leader or helper")
      ->required()
      ->check(CLI::IsMember({"leader", "helper"}));
  app.add_option("--folder", options.folder, "Folder with leader.json or helper.json")
      ->required()
      ->check(CLI::ExistingDirectory);
  app.add_option("--port", options.port, "0: any free one, which is printed")
      ->required()
      ->check(CLI::Range(0, 65535));
  app.add_option("--host", options.host, "Address to listen on (127.0.0.1)");
  app.add_option("--helper-patience", options.helper_patience_s,
                 "Seconds for which a leader asks the helper for a share, until the collector\n"
                 "asks again (3600)")
      ->check(CLI::Range(0, 1'000'000));
  app.add_flag("--new-key", options.new_key,
               "Announce a new HPKE key; the one before is good for two more days");
  app.footer(kExamples);
  return tools::RunTool(app, argc, argv, [&] { Run(options); });
}

}  // namespace
}  // namespace baya::aggregator

int main(int argc, char** argv) {
  try {
    return baya::aggregator::Main(argc, argv);
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "baya-aggregator: %s\n", error.what());
    return 1;
  }
}
