// The device's part: a measurement to an encoded report.
//
// Source: draft-ietf-ppm-dap-18, "Uploading Reports". Links no part of the VDAF that Aggregators
// need.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "dap/messages.h"
#include "dap/task.h"

namespace baya::dap {

// The first configuration of an encoded HpkeConfigList that this build can seal to.
//
// Errors: kInvalidArgument (not a list, an id twice), kUnimplemented (none can be used).
Result<HpkeConfig> SelectHpkeConfig(ByteView hpke_config_list);

struct ClientReport {
  ReportId id = {};
  Bytes encoded;  // an UploadRequest of this one report; a retry sends the same bytes
};

// Its length depends on the task alone.
//
//   time         when the measurement was taken
//   measurement  the bucket, in [0, task.histogram.length)
//
// Errors: kInvalidArgument (a bucket out of range, a key of small order), kUnimplemented (a
// configuration that is not supported).
Result<ClientReport> MakeReport(const Task& task, const HpkeConfig& leader,
                                const HpkeConfig& helper, Time time, uint64_t measurement,
                                Host& host);

// {leader}/tasks/{task-id}/reports, where reports are POSTed with kUploadReqType.
std::string ReportsUrl(const Task& task);
// {aggregator}/hpke_config. `endpoint`: one of the task's two.
std::string HpkeConfigUrl(std::string_view endpoint);

}  // namespace baya::dap
