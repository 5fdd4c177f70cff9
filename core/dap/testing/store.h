// What an Aggregator keeps, in memory, for tests.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "dap/aggregator.h"

namespace baya::dap::testing {

struct Store {
  std::map<Time, BatchBucket> buckets;
  std::set<ReportId> aggregated;
  std::set<Time> collected;

  // "Batch Buckets": why an out share may not be committed, or nothing once it is.
  std::optional<ReportError> Commit(const Aggregator& aggregator, const ReportId& id, Time time,
                                    const SecretBytes& out_share) {
    if (collected.contains(time)) return ReportError::kBatchCollected;
    if (!aggregated.insert(id).second) return ReportError::kReportReplayed;
    const auto bucket = buckets.try_emplace(time, aggregator.EmptyBucket()).first;
    if (!aggregator.Commit(id, out_share.Expose(), &bucket->second).ok()) std::abort();
    return std::nullopt;
  }

  // The batch of all buckets in `interval`, which are collected from then on.
  BatchBucket Collect(const Aggregator& aggregator, const Interval& interval) {
    BatchBucket batch = aggregator.EmptyBucket();
    for (const auto& [time, bucket] : buckets) {
      if (!interval.Contains(time)) continue;
      if (!aggregator.Merge(bucket, &batch).ok()) std::abort();
      collected.insert(time);
    }
    return batch;
  }
};

}  // namespace baya::dap::testing
