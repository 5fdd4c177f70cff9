#include "aggregator/noise.h"

#include "lib/tool_error.h"

namespace baya::aggregator {

void AddNoise(const std::optional<vdaf::DiscreteLaplace>& noise, Host& host,
              dap::BatchBucket& batch) {
  if (!noise) return;
  tools::OrThrow(noise->AddNoise(host, batch.agg_share.ExposeMutable()), "adding noise");
}

}  // namespace baya::aggregator
