// The Leader: takes reports from devices and queries from the Collector. The work on both is the
// driver's (aggregator/driver.h).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "aggregator/leader_store.h"
#include "aggregator/service.h"
#include "dap/leader.h"

namespace baya::aggregator {

class LeaderService final : public Service {
 public:
  // `parts` and `tasks` must outlive the service. `notify` is called when there is work.
  LeaderService(Parts& parts, const ServedTasks<dap::Leader>& tasks, std::function<void()> notify);

 private:
  using Task = ServedTask<dap::Leader>;

  tools::http::Response HandleTask(const tools::http::Request& request,
                                   const Route& route) override;
  size_t TaskBodyLimit(const tools::http::Request& head, const Route& route) const override;
  tools::http::Response Upload(const Task& task, const tools::http::Request& request,
                               const Route& route);
  tools::http::Response CreateCollection(const Task& task, const tools::http::Request& request,
                                         const Route& route);
  tools::http::Response ExistingCollection(const Task& task, const tools::http::Request& request,
                                           const Route& route);
  tools::http::Response State(const CollectionJob& job, const Route& route,
                              const ResourceId& id) const;

  const ServedTasks<dap::Leader>& tasks_;
  std::function<void()> notify_;
  std::atomic<uint64_t> busy_logged_s_{0};
};

}  // namespace baya::aggregator
