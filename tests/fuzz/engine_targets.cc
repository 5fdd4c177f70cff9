#include "consent/purpose.h"
#include "dap/testing/world.h"
#include "engine/client_ops.h"
#include "engine/ops.h"
#include "engine/plan_section.h"
#include "engine/report_call.h"
#include "engine/settings.h"
#include "engine/site_plan.h"
#include "engine/testing/shop.h"
#include "fuzz_target.h"

namespace baya::fuzz {
namespace {

using namespace baya::engine;  // NOLINT(google-build-using-namespace)

bool FuzzPlan(ByteView input) {
  const bool decodes = IsEncodedAgain(
      DecodePlanSection(input), [](const PlanSection& plan) { return EncodePlanSection(plan); },
      input);
  Check(decodes || !ParseSitePlan(input).ok());
  return decodes;
}
std::vector<Bytes> PlanSeeds() {
  PlanSection plan = engine::testing::Plan();
  const Bytes plain = EncodePlanSection(plan).value();
  plan.promotions = {{"mug-1", 2, 100, "of the week"}};
  plan.exploration_permille = 50;
  return {plain, EncodePlanSection(plan).value()};
}

// Written as today's version, whichever was read.
bool FuzzSettings(ByteView input) {
  const Result<Settings> settings = DecodeSettings(input);
  if (!settings.ok()) return false;
  const Bytes again = EncodeSettings(*settings).value();
  return IsEncodedAgain(
      DecodeSettings(again), [](const Settings& one) { return EncodeSettings(one); }, again);
}
std::vector<Bytes> SettingsSeeds() {
  Settings settings;
  const Bytes plain = EncodeSettings(settings).value();
  settings.paused = true;
  settings.floor.site = "shop.example";
  settings.floor.highest_version = 3;
  settings.floor.current.emplace();
  settings.floor.next_key.emplace();
  return {plain, EncodeSettings(settings).value()};
}

bool FuzzRecipients(ByteView input) {
  return IsEncodedAgain(
      DecodeRecipients(input), [](const dap::Recipients& one) { return Encode(one); }, input);
}
std::vector<Bytes> RecipientsSeeds() {
  return {Encode(dap::Recipients{AsBytes("leader"), AsBytes("helper")}).value()};
}

bool FuzzOrder(ByteView input) {
  return IsEncodedAgain(
      DecodeReportOrder(input), [](const dap::ReportOrder& one) { return Encode(one); }, input);
}
std::vector<Bytes> OrderSeeds() {
  const dap::testing::World world;
  dap::ReportOrder order;
  order.task_id = {1};
  order.task_configuration = world.task.configuration;
  order.recipients = {AsBytes("leader"), AsBytes("helper")};
  order.time = 7;
  order.measurement = 2;
  return {Encode(order).value()};
}

bool FuzzClientReport(ByteView input) {
  return IsEncodedAgain(
      DecodeClientReport(input), [](const dap::ClientReport& one) { return Encode(one); }, input);
}
std::vector<Bytes> ClientReportSeeds() {
  return {Encode(dap::ClientReport{{1}, {1, 2, 3}}).value()};
}

// What an operation may be asked with; empty where the defaults do.
template <typename Request>
Request Sample() {
  return {};
}

constexpr uint8_t kThirtyTwo[32] = {1, 2, 3};

template <>
ShardHistogramRequest Sample() {
  return {.ctx = AsBytes("a task"),
          .nonce = ByteView(kThirtyTwo).first(16),
          .shares = 2,
          .length = 4,
          .chunk_length = 2};
}
template <>
SetPackRequest Sample() {
  return {.site = "shop.example", .signer = kThirtyTwo, .pack = AsBytes("a pack")};
}
template <>
SignalsRequest Sample() {
  return {.choices = {{"store", true}, {"measure", false}},
          .text_version = "2026-11",
          .global_privacy_control = true,
          .consent_mode = {{true, "personalization_storage", true}}};
}
template <>
CreateVaultRequest Sample() {
  return {.secret = kThirtyTwo};
}
template <>
OpenVaultRequest Sample() {
  return {.blobs = {{"slots", AsBytes("bytes")}},
          .secrets = {kThirtyTwo},
          .newest_generation_seen = 3,
          .record = "a record"};
}
template <>
IngestRequest Sample() {
  return {.caller = "page", .events = {AsBytes("a call"), AsBytes("")}};
}
template <>
OfferSlotSecretRequest Sample() {
  return {.secret = kThirtyTwo};
}
template <>
RecommendRequest Sample() {
  return {.caller = "shelf:home", .limit = 20, .exclude = {"mug-1"}, .category = "mugs"};
}
template <>
CorrectRequest Sample() {
  return {.action = 1, .field = "trait.email", .value = "a@b.example"};
}
template <>
MakeReportRequest Sample() {
  return {.task_id = kThirtyTwo, .leader_configs = AsBytes("l"), .helper_configs = AsBytes("h")};
}
template <>
UploadDoneRequest Sample() {
  return {.id = ByteView(kThirtyTwo).first(16), .accepted = true};
}

#define BAYA_FUZZ_REQUEST(Name)                                                              \
  bool Fuzz##Name##Request(ByteView input) {                                                 \
    return IsEncodedAgain(                                                                   \
        Decode##Name##Request(input),                                                        \
        [](const Name##Request& request) { return Encode##Name##Request(request); }, input); \
  }                                                                                          \
  std::vector<Bytes> Name##RequestSeeds() {                                                  \
    return {Encode##Name##Request(Sample<Name##Request>()).value()};                         \
  }
BAYA_FUZZ_REQUEST(About)
BAYA_FUZZ_REQUEST(ShardHistogram)
BAYA_FUZZ_REQUEST(SetPack)
BAYA_FUZZ_REQUEST(Start)
BAYA_FUZZ_REQUEST(Signals)
BAYA_FUZZ_REQUEST(ConsentState)
BAYA_FUZZ_REQUEST(CreateVault)
BAYA_FUZZ_REQUEST(OpenVault)
BAYA_FUZZ_REQUEST(Ingest)
BAYA_FUZZ_REQUEST(Flush)
BAYA_FUZZ_REQUEST(Confirm)
BAYA_FUZZ_REQUEST(Fail)
BAYA_FUZZ_REQUEST(OfferSlotSecret)
BAYA_FUZZ_REQUEST(Recommend)
BAYA_FUZZ_REQUEST(Explain)
BAYA_FUZZ_REQUEST(Inventory)
BAYA_FUZZ_REQUEST(AccessLog)
BAYA_FUZZ_REQUEST(Correct)
BAYA_FUZZ_REQUEST(ExportData)
BAYA_FUZZ_REQUEST(ImportData)
BAYA_FUZZ_REQUEST(Pause)
BAYA_FUZZ_REQUEST(Erase)
BAYA_FUZZ_REQUEST(Tick)
BAYA_FUZZ_REQUEST(MeasureTasks)
BAYA_FUZZ_REQUEST(DueReports)
BAYA_FUZZ_REQUEST(MakeReport)
BAYA_FUZZ_REQUEST(TakeUploads)
BAYA_FUZZ_REQUEST(UploadDone)
BAYA_FUZZ_REQUEST(ReportLog)
BAYA_FUZZ_REQUEST(Receipts)
#undef BAYA_FUZZ_REQUEST

}  // namespace

#define BAYA_FUZZ_ROW(Name) \
  { "request_" #Name, Fuzz##Name##Request, Name##RequestSeeds }
std::vector<Target> EngineTargets() {
  return {{"engine_plan", FuzzPlan, PlanSeeds},
          {"engine_settings", FuzzSettings, SettingsSeeds},
          {"engine_recipients", FuzzRecipients, RecipientsSeeds},
          {"engine_report_order", FuzzOrder, OrderSeeds},
          {"engine_client_report", FuzzClientReport, ClientReportSeeds},
          BAYA_FUZZ_ROW(About),
          BAYA_FUZZ_ROW(ShardHistogram),
          BAYA_FUZZ_ROW(SetPack),
          BAYA_FUZZ_ROW(Start),
          BAYA_FUZZ_ROW(Signals),
          BAYA_FUZZ_ROW(ConsentState),
          BAYA_FUZZ_ROW(CreateVault),
          BAYA_FUZZ_ROW(OpenVault),
          BAYA_FUZZ_ROW(Ingest),
          BAYA_FUZZ_ROW(Flush),
          BAYA_FUZZ_ROW(Confirm),
          BAYA_FUZZ_ROW(Fail),
          BAYA_FUZZ_ROW(OfferSlotSecret),
          BAYA_FUZZ_ROW(Recommend),
          BAYA_FUZZ_ROW(Explain),
          BAYA_FUZZ_ROW(Inventory),
          BAYA_FUZZ_ROW(AccessLog),
          BAYA_FUZZ_ROW(Correct),
          BAYA_FUZZ_ROW(ExportData),
          BAYA_FUZZ_ROW(ImportData),
          BAYA_FUZZ_ROW(Pause),
          BAYA_FUZZ_ROW(Erase),
          BAYA_FUZZ_ROW(Tick),
          BAYA_FUZZ_ROW(MeasureTasks),
          BAYA_FUZZ_ROW(DueReports),
          BAYA_FUZZ_ROW(MakeReport),
          BAYA_FUZZ_ROW(TakeUploads),
          BAYA_FUZZ_ROW(UploadDone),
          BAYA_FUZZ_ROW(ReportLog),
          BAYA_FUZZ_ROW(Receipts)};
}

#undef BAYA_FUZZ_ROW

}  // namespace baya::fuzz
