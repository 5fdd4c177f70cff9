#include "aggregator/service.h"

#include <utility>

#include "aggregator/hpke_keys.h"
#include "aggregator/log.h"
#include "aggregator/problem.h"
#include "dap/draft.h"
#include "dap/helper.h"
#include "dap/leader.h"
#include "lib/tool_error.h"

namespace baya::aggregator {

using tools::http::Request;
using tools::http::Response;

template <typename Machine>
ServedTasks<Machine> ServeTasks(Settings& settings, Writer& writer) {
  ServedTasks<Machine> served;
  for (TaskSettings& task : settings.tasks) {
    const dap::TaskId id = task.parameters.task.id;
    const TaskKey key =
        writer.Do([&](Database& database) { return AddTask(database, task.parameters.task); });
    if (!task.noise) Log("task " + task.name + " adds no noise: for tests only");
    Machine machine = tools::OrThrow(Machine::Create(std::move(task.parameters)), task.name);
    if (!served.emplace(id, ServedTask<Machine>{key, task.name, task.noise, std::move(machine)})
             .second) {
      throw tools::ToolError("two tasks have the same id");
    }
  }
  return served;
}

template ServedTasks<dap::Leader> ServeTasks(Settings&, Writer&);
template ServedTasks<dap::Helper> ServeTasks(Settings&, Writer&);

Service::Service(Parts& parts) : parts_(parts), hpke_config_(AsText(AnnouncedConfig(parts.keys))) {}

bool Service::IsFromPage(Resource resource) const {
  return resource == Resource::kHpkeConfig ||
         (resource == Resource::kReports && parts_.settings.role == dap::Role::kLeader);
}

size_t Service::BodyLimit(const Request& head) const {
  const Route route = FindRoute(head.path, parts_.prefix);
  const bool task = route.resource != Resource::kNone && route.resource != Resource::kHpkeConfig;
  return task && head.method == "POST" ? TaskBodyLimit(head, route) : 0;
}

Response Service::Handle(const Request& request) {
  const Route route = FindRoute(request.path, parts_.prefix);
  const bool from_page = IsFromPage(route.resource);
  if (request.method == "OPTIONS" && from_page) return Preflight(route.resource);
  Response response;
  try {
    response = Answer(request, route);
  } catch (const tools::ToolError& error) {
    Log(error.what());
    response = Problem(503, "Service Unavailable");
    response.headers.emplace_back("Retry-After", "5");
  }
  if (from_page) AllowPages(response);
  return response;
}

Response Service::Answer(const Request& request, const Route& route) {
  if (route.resource == Resource::kNone) return Problem(404, "Not Found");
  if (route.resource != Resource::kHpkeConfig) return HandleTask(request, route);
  if (request.method != "GET") return WrongMethod("GET, OPTIONS");
  return {200,
          {{"Content-Type", std::string(dap::kHpkeConfigListType)},
           {"Cache-Control", "max-age=" + std::to_string(kConfigMaxAgeS)}},
          hpke_config_};
}

Response Service::Unauthorized() {
  Response response = Problem(401, "Unauthorized");
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

Response Service::WrongMethod(const char* allowed) {
  Response response = Problem(405, "Method Not Allowed");
  response.headers.emplace_back("Allow", allowed);
  return response;
}

Response Service::WrongMediaType() { return Problem(415, "Unsupported Media Type"); }

Response Service::TooLarge() { return Problem(413, "Content Too Large"); }

Response Service::Created(const Route& route, const ResourceId& id, ByteView body,
                          std::string_view type) const {
  return {
      200,
      {{"Location", ResourcePath(parts_.prefix, route, id)}, {"Content-Type", std::string(type)}},
      std::string(AsText(body))};
}

}  // namespace baya::aggregator
