#include "simulate/device.h"

#include <algorithm>
#include <utility>

#include "engine/engine.h"

namespace baya::tools {
namespace {

using engine::Op;

constexpr size_t kSecretBytes = 32;

// What a host has to do about its vault: wasm/ops.json, Effects.
constexpr uint8_t kCreateVault = 2;

class EngineHere final : public DeviceEngine {
 public:
  Bytes Call(engine::Op op, ByteView request, int64_t now_ms) override {
    clock_.now_ms = now_ms;
    return OrThrow(engine_.Call(static_cast<uint32_t>(op), request), "the engine");
  }

 private:
  class Clock final : public Host {
   public:
    int64_t NowMs() override { return now_ms; }
    void FillRandom(MutableByteView out) override { entropy_.FillRandom(out); }
    int64_t now_ms = 0;

   private:
    SystemHost entropy_;
  };

  Clock clock_;
  dap::DirectReportMaker maker_{clock_};
  engine::Engine engine_{clock_, maker_};
};

std::vector<ReportToSend> ToSend(const engine::TakeUploadsReply& taken) {
  std::vector<ReportToSend> reports;
  reports.reserve(taken.uploads.size());
  for (const engine::Upload& upload : taken.uploads) {
    reports.push_back({ToBytes(upload.id), std::string(upload.url), ToBytes(upload.body)});
  }
  return reports;
}

}  // namespace

std::unique_ptr<DeviceEngine> OwnEngine() { return std::make_unique<EngineHere>(); }

Device::Device(const Site& site, int64_t now_ms, std::unique_ptr<DeviceEngine> engine)
    : engine_(std::move(engine)), now_ms_(now_ms) {
  Call(Op::kSetPack,
       engine::EncodeSetPackRequest({.site = site.name,
                                     .signer = site.signer,
                                     .test_tasks = site.test_tasks,
                                     .pack = site.pack}),
       engine::DecodeSetPackReply);
  Call(Op::kStart, engine::EncodeStartRequest({}), engine::DecodeStartReply);
  Agree();
}

void Device::Agree() {
  engine::SignalsRequest signals;
  for (const std::string_view purpose : {"store", "personalize", "measure"}) {
    signals.choices.push_back({purpose, true});
  }
  const auto heard =
      Call(Op::kSignals, engine::EncodeSignalsRequest(signals), engine::DecodeSignalsReply);
  CarryOut(heard->effects);
  for (const engine::PurposeState& state : heard->consent.purposes) {
    if (state.purpose == "measure" && !state.allowed) {
      throw ToolError("the site's plan does not ask for consent to measure");
    }
  }
}

void Device::CarryOut(const engine::Effects& effects) {
  if (effects.vault == kCreateVault) {
    Bytes secret(kSecretBytes);
    entropy_.FillRandom(secret);
    Call(Op::kCreateVault, engine::EncodeCreateVaultRequest({.secret = secret}),
         engine::DecodeCreateVaultReply);
  }
  Save();
}

void Device::OfferSecret() {
  Bytes secret(kSecretBytes);
  entropy_.FillRandom(secret);
  Call(Op::kOfferSlotSecret, engine::EncodeOfferSlotSecretRequest({.secret = secret}),
       engine::DecodeOfferSlotSecretReply);
}

void Device::Save() {
  while (true) {
    const auto batch = Call(Op::kFlush, engine::EncodeFlushRequest({}), engine::DecodeFlushReply);
    if (!batch->has_batch) {
      if (!batch->store.wants_slot_secret) return;
      OfferSecret();
      continue;
    }
    for (const engine::Blob& blob : batch->puts) {
      stored_[std::string(blob.name)] = ToBytes(blob.bytes);
    }
    for (const std::string_view name : batch->deletes) stored_.erase(std::string(name));
    Call(Op::kConfirm, engine::EncodeConfirmRequest({.id = batch->id}), engine::DecodeConfirmReply);
  }
}

void Device::SetTime(int64_t now_ms) { now_ms_ = std::max(now_ms_, now_ms); }

void Device::Track(profile::Call call) {
  const std::string message_id = "event-" + std::to_string(++events_);
  call.verb = profile::Verb::kTrack;
  call.source = profile::EventSource::kPage;
  call.message_id = message_id;
  call.time_ms = now_ms_;
  const Bytes record = OrThrow(profile::EncodeCall(call), "an event");
  engine::IngestRequest request;
  request.caller = "page";
  request.events.emplace_back(record);
  const auto taken =
      Call(Op::kIngest, engine::EncodeIngestRequest(request), engine::DecodeIngestReply);
  if (!taken->verdicts.at(0).accepted) {
    throw ToolError("an event was not taken: " + std::string(taken->verdicts[0].reason));
  }
  Save();
}

std::vector<std::string> Device::Recommend(uint16_t count) {
  const auto shelf =
      Call(Op::kRecommend, engine::EncodeRecommendRequest({.caller = "shelf", .limit = count}),
           engine::DecodeRecommendReply);
  std::vector<std::string> items;
  items.reserve(shelf->items.size());
  for (const engine::ShelfItem& item : shelf->items) items.emplace_back(item.item);
  return items;
}

std::vector<ReportToMake> Device::ReportsToMake() {
  const auto due =
      Call(Op::kDueReports, engine::EncodeDueReportsRequest({}), engine::DecodeDueReportsReply);
  std::vector<ReportToMake> reports;
  reports.reserve(due->reports.size());
  for (const engine::DueReport& report : due->reports) {
    reports.push_back({ToBytes(report.task_id), std::string(report.leader_config_url),
                       std::string(report.helper_config_url)});
  }
  return reports;
}

void Device::MakeReport(const ReportToMake& report, ByteView leader_configs,
                        ByteView helper_configs) {
  Call(Op::kMakeReport,
       engine::EncodeMakeReportRequest({.task_id = report.task_id,
                                        .leader_configs = leader_configs,
                                        .helper_configs = helper_configs}),
       engine::DecodeMakeReportReply);
  Save();
}

std::vector<ReportToSend> Device::ReportsToSend() {
  while (true) {
    const auto taken = Call(Op::kTakeUploads, engine::EncodeTakeUploadsRequest({}),
                            engine::DecodeTakeUploadsReply);
    if (!taken->uploads.empty() || taken->next_ms == 0) return ToSend(taken.value);
    SetTime(static_cast<int64_t>(taken->next_ms));
  }
}

void Device::ReportDone(const ReportToSend& report, bool accepted) {
  Call(Op::kUploadDone, engine::EncodeUploadDoneRequest({.id = report.id, .accepted = accepted}),
       engine::DecodeUploadDoneReply);
  Save();
}

}  // namespace baya::tools
