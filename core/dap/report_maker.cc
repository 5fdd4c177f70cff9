#include "dap/report_maker.h"

#include "dap/task.h"

namespace baya::dap {
namespace {

struct Keys {
  HpkeConfig leader;
  HpkeConfig helper;
};

Result<Keys> Select(const Recipients& recipients) {
  Keys keys;
  BAYA_ASSIGN_OR_RETURN(keys.leader, SelectHpkeConfig(recipients.leader_configs));
  BAYA_ASSIGN_OR_RETURN(keys.helper, SelectHpkeConfig(recipients.helper_configs));
  if (keys.leader.public_key == keys.helper.public_key) {
    return kError<StatusCode::kPermissionDenied, "leader and helper share a key">;
  }
  return keys;
}

}  // namespace

Status DirectReportMaker::Check(const Recipients& recipients) {
  return Select(recipients).status();
}

Result<ClientReport> DirectReportMaker::Make(const ReportOrder& order) {
  BAYA_ASSIGN_OR_RETURN(const Keys& keys, Select(order.recipients));
  BAYA_ASSIGN_OR_RETURN(const Task& task, MakeTask(order.task_id, order.task_configuration));
  return MakeReport(task, keys.leader, keys.helper, order.time, order.measurement, host_);
}

}  // namespace baya::dap
