// One aggregator behind HTTP: a request in, its answer out.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "aggregator/config.h"
#include "aggregator/routes.h"
#include "aggregator/store.h"
#include "aggregator/writer.h"
#include "base/host.h"
#include "dap/hpke_info.h"
#include "http/message.h"

namespace baya::aggregator {

// What both roles hold for as long as they run.
struct Parts {
  Settings settings;
  std::vector<dap::HpkeKey> keys;  // newest first
  std::string prefix;              // path of our own address
  Writer& writer;
  Host& host;

  uint64_t NowS() const { return static_cast<uint64_t>(host.NowMs()) / 1000; }
};

// A task with the state machine of its role.
template <typename Machine>
struct ServedTask {
  TaskKey key = 0;
  std::string name;
  std::optional<vdaf::DiscreteLaplace> noise;
  Machine machine;
};

template <typename Machine>
using ServedTasks = std::map<dap::TaskId, ServedTask<Machine>>;

// Moves the tasks out of `settings`. Throws ToolError.
template <typename Machine>
ServedTasks<Machine> ServeTasks(Settings& settings, Writer& writer);

class Service {
 public:
  virtual ~Service() = default;

  // How much of a body is held for a request, by its head: none for who may not send one. Any
  // thread, as Handle.
  size_t BodyLimit(const tools::http::Request& head) const;
  tools::http::Response Handle(const tools::http::Request& request);

 protected:
  explicit Service(Parts& parts);

  // Anything but kNone and kHpkeConfig.
  virtual tools::http::Response HandleTask(const tools::http::Request& request,
                                           const Route& route) = 0;

  // Of a resource of a task; by size alone or with who asks.
  virtual size_t TaskBodyLimit(const tools::http::Request& head, const Route& route) const = 0;

  Parts& Common() { return parts_; }
  const Parts& Common() const { return parts_; }
  bool IsFromPage(Resource resource) const;

  static tools::http::Response Unauthorized();
  static tools::http::Response WrongMethod(const char* allowed);
  static tools::http::Response WrongMediaType();
  static tools::http::Response TooLarge();

  // {location, body} of a resource that was made or found.
  tools::http::Response Created(const Route& route, const ResourceId& id, ByteView body,
                                std::string_view type) const;

 private:
  tools::http::Response Answer(const tools::http::Request& request, const Route& route);

  Parts& parts_;
  std::string hpke_config_;
};

}  // namespace baya::aggregator
