// Aggregate measurements: what the site asks for, what is due, what leaves and what has left.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/fixed_bytes.h"
#include "dap/client.h"
#include "engine/device.h"
#include "engine/operations.h"
#include "engine/ops.h"

namespace baya::engine {
namespace {

uint64_t Ms(int64_t time_ms) { return static_cast<uint64_t>(std::max<int64_t>(time_ms, 0)); }

std::string_view StateName(TaskState state, bool has_preview) {
  switch (state) {
    case TaskState::kOff:
      return "off";
    case TaskState::kRefused:
      return "refused";
    case TaskState::kOver:
      return "over";
    case TaskState::kWaiting:
      return "waiting";
    case TaskState::kReported:
      return "reported";
    case TaskState::kNoBudget:
      return "no_budget";
    case TaskState::kFree:
      break;
  }
  return has_preview ? "ready" : "nothing";
}

MeasureTask TaskOf(Device& device, const OfferedTask& offered) {
  MeasureDesk& desk = device.measure();
  const measure::Descriptor& descriptor = offered.declared.descriptor;
  // Nothing is shown where nothing may be held.
  const Result<std::optional<uint32_t>> preview =
      desk.Preview(offered, *device.pack(), device.profile());
  MeasureTask task;
  task.id = offered.declared.id;
  task.name = descriptor.name;
  task.title = descriptor.title;
  task.text = descriptor.text;
  task.epsilon_micro = descriptor.epsilon_micro;
  task.min_batch = descriptor.min_batch_size;
  task.period_s = descriptor.period_s;
  task.window_s = descriptor.window_s;
  task.delay_s = descriptor.delay_s;
  task.test = descriptor.policy == measure::Policy::kTest;
  task.labels = descriptor.labels;
  task.has_preview = offered.dap && preview.ok() && *preview;
  if (task.has_preview) task.preview = **preview;
  if (offered.dap) {
    task.leader_url = offered.dap->leader_url;
    task.helper_url = offered.dap->helper_url;
  }
  const TaskState state = desk.StateOf(offered);
  task.state = StateName(state, task.has_preview);
  if (state == TaskState::kReported) {
    task.next_ms = Ms(desk.ledger()->NextReportMs(offered.declared.id));
  }
  return task;
}

}  // namespace

Result<Bytes> MeasureTasks(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeMeasureTasksRequest(request).status());
  BAYA_RETURN_IF_ERROR(device.RequireData());
  MeasureTasksReply reply;
  for (const OfferedTask& offered : device.measure().tasks()) {
    reply.tasks.push_back(TaskOf(device, offered));
  }
  reply.budget_micro = device.measure().budget_micro();
  const int64_t now_ms = device.host().NowMs();
  if (const measure::Ledger* ledger = device.measure().ledger()) {
    reply.spent_micro = std::min(ledger->SpentMicro(now_ms), reply.budget_micro);
    reply.epoch_end_ms = Ms(ledger->EpochEndMs(now_ms));
    reply.since_ms = Ms(ledger->since_ms());
  }
  return EncodeMeasureTasksReply(reply);
}

Result<Bytes> DueReports(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeDueReportsRequest(request).status());
  BAYA_RETURN_IF_ERROR(device.RequireWritable());
  MeasureDesk& desk = device.measure();
  BAYA_ASSIGN_OR_RETURN(const std::vector<const OfferedTask*>& due,
                        desk.Due(*device.pack(), device.profile()));
  std::vector<std::string> urls;
  urls.reserve(2 * due.size());  // what the reply borrows must stay where it is
  DueReportsReply reply;
  for (const OfferedTask* task : due) {
    urls.push_back(dap::HpkeConfigUrl(task->dap->leader_url));
    urls.push_back(dap::HpkeConfigUrl(task->dap->helper_url));
    reply.reports.push_back({task->declared.id, urls[urls.size() - 2], urls.back()});
  }
  reply.next_ms = Ms(desk.NextRoomMs());
  return EncodeDueReportsReply(reply);
}

Result<Bytes> MakeReport(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const MakeReportRequest& decoded, DecodeMakeReportRequest(request));
  BAYA_RETURN_IF_ERROR(device.RequireWritable());
  BAYA_ASSIGN_OR_RETURN(const measure::TaskId& id,
                        crypto::FixedBytes<measure::kTaskIdBytes>(decoded.task_id));
  BAYA_RETURN_IF_ERROR(device.measure().Make(id, {decoded.leader_configs, decoded.helper_configs},
                                             *device.pack(), device.profile()));
  return EncodeMakeReportReply({.store = device.State()});
}

Result<Bytes> TakeUploads(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeTakeUploadsRequest(request).status());
  BAYA_RETURN_IF_ERROR(device.RequireWritable());
  MeasureDesk& desk = device.measure();
  BAYA_ASSIGN_OR_RETURN(const std::vector<const measure::WaitingReport*>& due, desk.TakeUploads());
  TakeUploadsReply reply;
  for (const measure::WaitingReport* report : due) {
    reply.uploads.push_back({report->id, report->url, report->body});
  }
  reply.next_ms = Ms(desk.queue().NextDueMs());
  return EncodeTakeUploadsReply(reply);
}

Result<Bytes> UploadDone(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const UploadDoneRequest& decoded, DecodeUploadDoneRequest(request));
  BAYA_RETURN_IF_ERROR(device.RequireWritable());
  BAYA_ASSIGN_OR_RETURN(const measure::ReportId& id,
                        crypto::FixedBytes<measure::kReportIdBytes>(decoded.id));
  BAYA_RETURN_IF_ERROR(device.measure().End(id, decoded.accepted));
  return EncodeUploadDoneReply({.store = device.State()});
}

Result<Bytes> ShowReportLog(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeReportLogRequest(request).status());
  BAYA_RETURN_IF_ERROR(device.RequireData());
  BAYA_RETURN_IF_ERROR(
      device.desk()
          .Check(consent::Purpose::kStore, consent::Operation::kShow, consent::kPerson)
          .status());
  ReportLogReply reply;
  const auto& waiting = device.measure().queue().reports();
  for (const measure::LogEntry& entry : device.measure().log().entries()) {
    LoggedReport report;
    report.state = measure::ReportStateName(entry.state);
    report.title = entry.title;
    report.label = entry.label;
    report.epsilon_micro = entry.epsilon_micro;
    report.made_ms = Ms(entry.made_ms);
    report.ended_ms = Ms(entry.ended_ms);
    report.leader_url = entry.leader_url;
    report.helper_url = entry.helper_url;
    const auto found = std::find_if(waiting.begin(), waiting.end(),
                                    [&entry](const auto& r) { return r.id == entry.id; });
    if (found != waiting.end()) report.due_ms = Ms(found->due_ms);
    reply.reports.push_back(report);
  }
  return EncodeReportLogReply(reply);
}

}  // namespace baya::engine
