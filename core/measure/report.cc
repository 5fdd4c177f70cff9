#include "measure/report.h"

#include <array>
#include <utility>

#include "dap/client.h"
#include "measure/limits.h"

namespace baya::measure {
namespace {

constexpr Status kWrongCharge =
    kError<StatusCode::kInvalidArgument, "this leave or charge is not for this report">;

// Uniform in [0, delay_s] seconds, to the millisecond; of 2^64 values one in 2^21 occurs once more
// than the others at the most.
int64_t DelayMs(uint32_t delay_s, Host& host) {
  std::array<uint8_t, 8> random{};
  host.FillRandom(random);
  uint64_t value = 0;
  for (const uint8_t byte : random) value = (value << 8) | byte;
  return static_cast<int64_t>(value % (uint64_t{delay_s} * 1000 + 1));
}

}  // namespace

Result<MadeReport> MakeReport(consent::Use use, Charge charge, const Task& task,
                              const dap::Task& dap, uint32_t bucket,
                              const dap::Recipients& recipients, dap::ReportMaker& maker,
                              Host& host) {
  const Descriptor& descriptor = task.descriptor;
  if (use.operation() != consent::Operation::kMeasure || charge.task() != task.id ||
      charge.epsilon_micro() != descriptor.epsilon_micro || bucket >= descriptor.labels.size()) {
    return kWrongCharge;
  }
  const int64_t now_ms = use.now_ms();
  const auto now_s = static_cast<uint64_t>(now_ms < 0 ? 0 : now_ms / 1000);
  BAYA_ASSIGN_OR_RETURN(auto&& report, maker.Make({dap.id, dap.configuration, recipients,
                                                   dap.TimeAt(now_s), bucket}));
  MadeReport made;
  made.waiting.id = report.id;
  made.waiting.made_ms = now_ms;
  made.waiting.due_ms = now_ms + DelayMs(descriptor.delay_s, host);
  made.waiting.url = dap::ReportsUrl(dap);
  made.waiting.body = std::move(report.encoded);
  made.logged.id = report.id;
  made.logged.made_ms = now_ms;
  made.logged.epsilon_micro = charge.epsilon_micro();
  made.logged.title = descriptor.title;
  made.logged.label = descriptor.labels[bucket];
  made.logged.leader_url = dap.leader_url;
  made.logged.helper_url = dap.helper_url;
  return made;
}

}  // namespace baya::measure
