// What only an Aggregator and a Collector do.

#include <utility>

#include "dap/collector.h"
#include "dap/leader.h"

namespace dap = baya::dap;
using baya::ByteView;
using baya::SecretBytes;

// `data` points at `size` bytes.
extern "C" __attribute__((used, visibility("default"))) bool CallLeader(const uint8_t* data,
                                                                        size_t size) {
  const ByteView bytes(data, size);
  const auto task = dap::MakeTask({}, bytes);
  const auto collector = dap::DecodeHpkeConfig(bytes);
  const auto stored = dap::DecodeStoredReport(bytes);
  if (!task.ok() || !collector.ok() || !stored.ok()) return false;
  const dap::HpkeKey key = {*collector, SecretBytes::CopyOf(bytes)};
  const auto leader = dap::Leader::Create({*task, 0, SecretBytes::CopyOf(bytes), key.config});
  return leader.ok() && leader->Init(*stored).ok() &&
         dap::OpenCollectionJobResp(*task, key, bytes, bytes).ok();
}
