// The Collector's part: asks for a batch, opens both aggregate shares, adds them up.
//
// Source: draft-ietf-ppm-dap-18, "Collecting Results".
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "dap/hpke_info.h"
#include "dap/messages.h"
#include "dap/task.h"

namespace baya::dap {

// A CollectionJobReq for a time-interval batch. To ask again after any failure, send the same
// bytes.
Result<Bytes> EncodeCollectionJobReq(const Interval& interval);

struct Aggregate {
  uint64_t report_count = 0;
  Interval interval;            // smallest that holds the times of the reports
  std::vector<int64_t> counts;  // one for each bucket; with noise, it may be below zero
};

// What the Leader answered to `collection_job_req`.
//
// Errors: kInvalidArgument (malformed); kNotFound (sealed to another key); kDataLoss (does not
// open, or is no aggregate share of this task); kOutOfRange (a count of 2^63 or more).
Result<Aggregate> OpenCollectionJobResp(const Task& task, const HpkeKey& key,
                                        ByteView collection_job_req, ByteView response);

}  // namespace baya::dap
