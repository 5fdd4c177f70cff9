#include <memory>
#include <utility>

#include "base/testing/test_host.h"
#include "codec/tls.h"
#include "dap/report_maker.h"
#include "engine/client_ops.h"
#include "engine/engine.h"
#include "engine/testing/shop.h"
#include "fuzz_target.h"
#include "measure/testing/built_task.h"
#include "measure/testing/samples.h"

namespace baya::fuzz {
namespace {

using namespace baya::engine;  // NOLINT(google-build-using-namespace)

constexpr int64_t kNowMs = 1'795'354'620'000;

struct Asked {
  Op op{};
  Bytes request;
};

// One engine and the host around it, whose storage keeps nothing.
class Device {
 public:
  Device() { host_.SetNowMs(kNowMs); }

  Result<Bytes> Call(uint32_t op, ByteView request) { return engine_.Call(op, request); }

  Bytes Expect(const Asked& asked) {
    return Call(static_cast<uint32_t>(asked.op), asked.request).value();
  }

 private:
  baya::testing::TestHost host_{9};
  dap::DirectReportMaker maker_{host_};
  Engine engine_{host_, maker_};
};

Bytes MeasuringPack() {
  pack::SealRequest request = pack::testing::LampsAndMugs().Request();
  request.sections.push_back(
      {pack::SectionType::kPlan, EncodePlanSection(engine::testing::Plan()).value()});
  request.sections.push_back(
      {pack::SectionType::kTasks, measure::testing::SectionOf({measure::testing::Build(
                                      1, measure::testing::CategoryInterest())})});
  return pack::Seal(request, pack::testing::TestSeed()).value();
}

// A page with consent to everything that the shop asks for, an open vault and one event in it.
std::vector<Asked> Setup() {
  const Bytes pack = MeasuringPack();
  const Bytes signer = engine::testing::ShopSigner();
  const Bytes secret(32, 7);
  const Bytes call = engine::testing::Track("Product Viewed", "mug-1", "m0", kNowMs - 1, "mugs");
  return {
      {Op::kSetPack, EncodeSetPackRequest({.signer = signer, .pack = pack}).value()},
      {Op::kStart, EncodeStartRequest({}).value()},
      {Op::kSignals, EncodeSignalsRequest(
                         {.choices = {{"store", true}, {"personalize", true}, {"measure", true}}})
                         .value()},
      {Op::kCreateVault, EncodeCreateVaultRequest({.secret = secret}).value()},
      {Op::kIngest, EncodeIngestRequest({.caller = "page", .events = {call}}).value()},
  };
}

void Prepare(Device& device) {
  static const std::vector<Asked> kSetup = Setup();
  for (const Asked& asked : kSetup) device.Expect(asked);
}

// Calls one after the other: a byte for the operation, then the request behind its length of 16
// bits. Whether one of them was answered.
bool FuzzCalls(ByteView input) {
  Device device;
  Prepare(device);
  codec::Reader reader(input);
  bool answered = false;
  for (int calls = 0; reader.remaining() > 0 && calls < 16; ++calls) {
    const Result<uint8_t> op = reader.U8();
    if (!op.ok()) return false;
    const Result<ByteView> request = reader.Opaque16();
    if (!request.ok()) return false;
    answered |= device.Call(*op, *request).ok();
  }
  // Whatever was asked, the person can look and the device goes on.
  (void)device.Call(static_cast<uint32_t>(Op::kInventory), {});
  Check(device.Call(static_cast<uint32_t>(Op::kConsentState), {}).ok());
  return answered;
}

Bytes Sequence(const std::vector<Asked>& calls) {
  codec::Writer writer;
  for (const Asked& asked : calls) {
    writer.U8(static_cast<uint8_t>(asked.op));
    writer.Opaque16(asked.request);
  }
  return std::move(writer).Finish().value();
}

std::vector<Bytes> CallsSeeds() {
  using engine::testing::Track;
  const Bytes order = engine::testing::Order({"mug-1", "lamp-2"}, "m1", kNowMs);
  const Bytes liked = Track("Product Liked", "mug-1", "m2", kNowMs);
  const Bytes snapshot = [] {
    Device device;
    Prepare(device);
    const Bytes reply = device.Expect({Op::kExportData, {}});
    return ToBytes(DecodeExportDataReply(reply)->snapshot);
  }();
  const Bytes secret(32, 8);
  const Bytes task(32, 1);
  const Asked inventory = {Op::kInventory, {}};
  const Asked flush = {Op::kFlush, {}};
  const Asked confirm = {Op::kConfirm, EncodeConfirmRequest({.id = 1}).value()};
  const Asked ingest = {Op::kIngest,
                        EncodeIngestRequest({.caller = "page", .events = {order, liked}}).value()};
  const Asked shelf = {
      Op::kRecommend,
      EncodeRecommendRequest({.caller = "shelf:home", .limit = 6, .exclude = {"mug-2"}}).value()};
  const auto erase = [](uint8_t scope, std::string_view name) {
    return Asked{Op::kErase, EncodeEraseRequest({.scope = scope, .name = name}).value()};
  };
  const auto correct = [](uint8_t action, std::string_view field, std::string_view value) {
    return Asked{Op::kCorrect,
                 EncodeCorrectRequest({.action = action, .field = field, .value = value}).value()};
  };
  return {
      Sequence({ingest, shelf, {Op::kExplain, EncodeExplainRequest({.item = "mug-1"}).value()}}),
      Sequence({flush, confirm, ingest, flush}),
      Sequence({ingest, inventory, {Op::kAccessLog, {}}, {Op::kReceipts, {}}, {Op::kTick, {}}}),
      Sequence({{Op::kImportData, EncodeImportDataRequest({.snapshot = snapshot}).value()},
                {Op::kExportData, {}}}),
      Sequence({correct(1, "trait.email", "a@b.example"), correct(2, "reason.item.mug-1", ""),
                correct(3, "learning", "")}),
      Sequence({ingest, erase(3, "mug-1"), erase(4, ""), flush}),
      Sequence({erase(2, "personalize"), erase(1, ""), flush}),
      Sequence({{Op::kPause, EncodePauseRequest({.paused = true}).value()}, shelf, inventory}),
      Sequence({{Op::kMeasureTasks, {}},
                {Op::kDueReports, {}},
                {Op::kTakeUploads, {}},
                {Op::kReportLog, {}}}),
      Sequence({{Op::kOfferSlotSecret, EncodeOfferSlotSecretRequest({.secret = secret}).value()},
                inventory}),
      Sequence({flush, {Op::kFail, EncodeFailRequest({.id = 1, .code = 8}).value()}, flush}),
      Sequence(
          {{Op::kMakeReport, EncodeMakeReportRequest({.task_id = task}).value()},
           {Op::kUploadDone, EncodeUploadDoneRequest({.id = ByteView(task).first(16)}).value()},
           inventory}),
      Sequence({{Op::kSignals, EncodeSignalsRequest(
                                   {.choices = {{"store", false}}, .global_privacy_control = true})
                                   .value()},
                shelf}),
      Sequence(
          {{Op::kOpenVault,
            EncodeOpenVaultRequest({.blobs = {{"slots", secret}}, .secrets = {secret}}).value()}}),
  };
}

}  // namespace

std::vector<Target> DeviceTargets() { return {{"device_calls", FuzzCalls, CallsSeeds}}; }

}  // namespace baya::fuzz
