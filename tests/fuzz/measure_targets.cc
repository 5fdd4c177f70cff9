#include "consent/testing/open_gate.h"
#include "fuzz_target.h"
#include "measure/ledger.h"
#include "measure/report_log.h"
#include "measure/report_queue.h"
#include "measure/task.h"
#include "measure/testing/built_task.h"
#include "measure/testing/samples.h"

namespace baya::fuzz {
namespace {

using namespace baya::measure;  // NOLINT(google-build-using-namespace)

constexpr int64_t kNowMs = 1'795'354'620'000;

bool FuzzDescriptor(ByteView input) {
  return IsEncodedAgain(
      DecodeDescriptor(input), [](const Descriptor& one) { return EncodeDescriptor(one); }, input);
}

std::vector<Bytes> DescriptorSeeds() {
  return {EncodeDescriptor(measure::testing::CategoryInterest()).value(),
          EncodeDescriptor(measure::testing::Conversion()).value()};
}

bool FuzzTasks(ByteView input) {
  return IsEncodedAgain(
      DecodeTasks(input), [](const std::vector<Task>& tasks) { return EncodeTasks(tasks); }, input);
}

std::vector<Bytes> TasksSeeds() {
  return {
      measure::testing::SectionOf({measure::testing::Build(1, measure::testing::CategoryInterest()),
                                   measure::testing::Build(2, measure::testing::Conversion())})};
}

// Whatever is read again can be read by the time, and is written as it was.
bool FuzzLedger(ByteView input) {
  const Result<Ledger> ledger = Ledger::Decode(input);
  if (ledger.ok()) (void)ledger->SpentMicro(kNowMs);
  return IsEncodedAgain(
      ledger, [](const Ledger& one) { return one.Encode(); }, input);
}

std::vector<Bytes> LedgerSeeds() {
  consent::testing::OpenGate gate(kNowMs);
  Ledger ledger(kNowMs);
  const Bytes fresh = ledger.Encode().value();
  Task task;
  task.id.fill(1);
  task.descriptor = measure::testing::CategoryInterest();
  const consent::Use use = gate.Pass(consent::Purpose::kMeasure, consent::Operation::kMeasure);
  Check(ledger.Pay(use, task, kDefaultBudgetMicro).ok());
  return {fresh, ledger.Encode().value()};
}

bool FuzzLog(ByteView input) {
  return IsEncodedAgain(
      ReportLog::Decode(input), [](const ReportLog& log) { return log.Encode(); }, input);
}

std::vector<Bytes> LogSeeds() {
  ReportLog log;
  const Bytes empty = log.Encode().value();
  log.Add({{1},
           ReportState::kWaiting,
           kNowMs,
           0,
           1'000'000,
           "title",
           "mugs",
           "https://l/",
           "https://h/"});
  log.Add({{2},
           ReportState::kWaiting,
           kNowMs,
           0,
           1'000'000,
           "title",
           "mugs",
           "https://l/",
           "https://h/"});
  Check(log.End({1}, ReportState::kSent, kNowMs + 1));
  return {empty, log.Encode().value()};
}

bool FuzzQueue(ByteView input) {
  return IsEncodedAgain(
      ReportQueue::Decode(input), [](const ReportQueue& queue) { return queue.Encode(); }, input);
}

std::vector<Bytes> QueueSeeds() {
  ReportQueue queue;
  const Bytes empty = queue.Encode().value();
  queue.Add({{1}, kNowMs, kNowMs + 1, "https://leader.example/", {1, 2, 3}, 7});
  return {empty, queue.Encode().value()};
}

}  // namespace

std::vector<Target> MeasureTargets() {
  return {{"measure_descriptor", FuzzDescriptor, DescriptorSeeds},
          {"measure_tasks", FuzzTasks, TasksSeeds},
          {"measure_ledger", FuzzLedger, LedgerSeeds},
          {"measure_log", FuzzLog, LogSeeds},
          {"measure_queue", FuzzQueue, QueueSeeds}};
}

}  // namespace baya::fuzz
