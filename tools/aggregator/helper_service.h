// The Helper: verifies what the Leader sends, gives its share of a batch.
#pragma once

#include "aggregator/service.h"
#include "dap/helper.h"

namespace baya::aggregator {

class HelperService final : public Service {
 public:
  // `parts` must outlive the service. Throws ToolError.
  explicit HelperService(Parts& parts);

 private:
  using Task = ServedTask<dap::Helper>;

  tools::http::Response HandleTask(const tools::http::Request& request,
                                   const Route& route) override;
  size_t TaskBodyLimit(const tools::http::Request& head, const Route& route) const override;
  tools::http::Response CreateJob(const Task& task, const tools::http::Request& request,
                                  const Route& route);
  tools::http::Response CreateShare(const Task& task, const tools::http::Request& request,
                                    const Route& route);
  tools::http::Response Existing(const Task& task, const tools::http::Request& request,
                                 const Route& route);

  ServedTasks<dap::Helper> tasks_;
};

}  // namespace baya::aggregator
