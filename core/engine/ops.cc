// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.
#include "engine/ops.h"

#include <utility>

#include "codec/tls.h"
#include "codec/utf8.h"

namespace baya::engine {
namespace {

using codec::Reader;
using codec::Writer;

Result<bool> ReadBool(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint8_t value, reader.U8());
  if (value > 1) return kError<StatusCode::kInvalidArgument, "a bool is neither 0 nor 1">;
  return value == 1;
}

Result<std::string_view> ReadString16(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Opaque16());
  const std::string_view text = AsText(bytes);
  if (!codec::IsUtf8(text)) return kError<StatusCode::kInvalidArgument, "a text is not UTF-8">;
  return text;
}

Result<std::string_view> ReadString8(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Opaque8());
  const std::string_view text = AsText(bytes);
  if (!codec::IsUtf8(text)) return kError<StatusCode::kInvalidArgument, "a text is not UTF-8">;
  return text;
}

Result<uint64_t> ReadUint64(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint64_t value, reader.U64());
  if (value >> 53 != 0) return kError<StatusCode::kInvalidArgument, "a number is 2^53 or more">;
  return value;
}

void WriteFixed(Writer& writer, ByteView bytes, size_t size) {
  Bytes padded(bytes.begin(), bytes.end());
  padded.resize(size);
  writer.Raw(padded);
}

Result<Choice> ReadChoice(Reader& reader) {
  Choice value;
  BAYA_ASSIGN_OR_RETURN(value.purpose, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.granted, ReadBool(reader));
  return value;
}

Result<ConsentModeSetting> ReadConsentModeSetting(Reader& reader) {
  ConsentModeSetting value;
  BAYA_ASSIGN_OR_RETURN(value.update, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(value.key, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.granted, ReadBool(reader));
  return value;
}

Result<Blob> ReadBlob(Reader& reader) {
  Blob value;
  BAYA_ASSIGN_OR_RETURN(value.name, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.bytes, reader.Opaque32());
  return value;
}

void WriteEffects(Writer& writer, const Effects& value) {
  writer.Opaque8(AsBytes(value.write_record));
  writer.U8(value.delete_record ? 1 : 0);
  writer.U8(value.vault);
}

void WriteStoreState(Writer& writer, const StoreState& value) {
  writer.U8(value.open ? 1 : 0);
  writer.U64(value.durable_end);
  writer.U64(value.next_sequence);
  writer.U64(value.generation);
  writer.U32(value.epoch);
  writer.U8(value.wants_slot_secret ? 1 : 0);
  writer.U8(value.destruction_pending ? 1 : 0);
  writer.U8(value.health);
}

void WritePurposeState(Writer& writer, const PurposeState& value) {
  writer.Opaque8(AsBytes(value.purpose));
  writer.U8(value.allowed ? 1 : 0);
  writer.Opaque8(AsBytes(value.reason));
  writer.U8(value.memory_only ? 1 : 0);
}

void WriteConsentState(Writer& writer, const ConsentState& value) {
  writer.U8(value.asked ? 1 : 0);
  writer.U8(value.paused ? 1 : 0);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : value.purposes) WritePurposeState(vector, element);
  });
}

void WriteBlob(Writer& writer, const Blob& value) {
  writer.Opaque8(AsBytes(value.name));
  writer.Opaque32(value.bytes);
}

void WriteExpectation(Writer& writer, const Expectation& value) {
  writer.Opaque8(AsBytes(value.name));
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : value.prefixes) vector.Opaque8(element);
  });
  writer.U8(value.may_be_absent ? 1 : 0);
}

void WriteRecovery(Writer& writer, const Recovery& value) {
  writer.U64(value.generation);
  writer.U16(value.secret_index);
  writer.U64(value.records);
  writer.U64(value.lost_records);
  writer.U32(value.damaged_blobs);
  writer.U64(value.torn_bytes);
  writer.U32(value.skipped_records);
  writer.U8(value.head_lost ? 1 : 0);
  writer.U8(value.rolled_back ? 1 : 0);
}

void WriteVerdict(Writer& writer, const Verdict& value) {
  writer.U8(value.accepted ? 1 : 0);
  writer.U64(value.sequence);
  writer.Opaque16(AsBytes(value.reason));
}

void WriteShelfReason(Writer& writer, const ShelfReason& value) {
  writer.Opaque8(AsBytes(value.code));
  writer.Opaque16(AsBytes(value.because));
  writer.U16(value.share_permille);
}

void WriteShelfItem(Writer& writer, const ShelfItem& value) {
  writer.Opaque8(AsBytes(value.item));
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : value.reasons) WriteShelfReason(vector, element);
  });
}

void WriteScorePart(Writer& writer, const ScorePart& value) {
  writer.Opaque8(AsBytes(value.code));
  writer.Opaque16(AsBytes(value.because));
  writer.U64(static_cast<uint64_t>(value.points));
}

void WriteHeldField(Writer& writer, const HeldField& value) {
  writer.Opaque16(AsBytes(value.name));
  writer.U8(value.card);
  writer.U8(value.form);
  writer.U64(static_cast<uint64_t>(value.number));
  writer.Opaque16(AsBytes(value.text));
  writer.U8(value.origin);
  writer.U8(value.contradicted ? 1 : 0);
  writer.U8(value.source);
  writer.U8(value.purposes);
  writer.U64(value.since_ms);
  writer.U64(value.updated_ms);
  writer.U64(value.last_used_ms);
  writer.U64(value.expires_ms);
}

void WriteAccessCount(Writer& writer, const AccessCount& value) {
  writer.U32(value.hour);
  writer.Opaque8(AsBytes(value.caller));
  writer.U16(value.purpose);
  writer.U8(value.operation);
  writer.U32(value.allowed);
  writer.U32(value.refused);
}

void WriteConsentText(Writer& writer, const ConsentText& value) {
  writer.U16(value.purpose);
  WriteFixed(writer, value.hash, 32);
  writer.U64(value.max_age_ms);
}

void WriteMeasureTask(Writer& writer, const MeasureTask& value) {
  WriteFixed(writer, value.id, 32);
  writer.Opaque8(AsBytes(value.name));
  writer.Opaque8(AsBytes(value.title));
  writer.Opaque16(AsBytes(value.text));
  writer.U64(value.epsilon_micro);
  writer.U32(value.min_batch);
  writer.U32(value.period_s);
  writer.U32(value.window_s);
  writer.U32(value.delay_s);
  writer.U8(value.test ? 1 : 0);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : value.labels) vector.Opaque8(AsBytes(element));
  });
  writer.Opaque16(AsBytes(value.leader_url));
  writer.Opaque16(AsBytes(value.helper_url));
  writer.Opaque8(AsBytes(value.state));
  writer.U8(value.has_preview ? 1 : 0);
  writer.U32(value.preview);
  writer.U64(value.next_ms);
}

void WriteDueReport(Writer& writer, const DueReport& value) {
  WriteFixed(writer, value.task_id, 32);
  writer.Opaque16(AsBytes(value.leader_config_url));
  writer.Opaque16(AsBytes(value.helper_config_url));
}

void WriteUpload(Writer& writer, const Upload& value) {
  WriteFixed(writer, value.id, 16);
  writer.Opaque16(AsBytes(value.url));
  writer.Opaque16(value.body);
}

void WriteLoggedReport(Writer& writer, const LoggedReport& value) {
  writer.Opaque8(AsBytes(value.state));
  writer.Opaque8(AsBytes(value.title));
  writer.Opaque8(AsBytes(value.label));
  writer.U64(value.epsilon_micro);
  writer.U64(value.made_ms);
  writer.U64(value.due_ms);
  writer.U64(value.ended_ms);
  writer.Opaque16(AsBytes(value.leader_url));
  writer.Opaque16(AsBytes(value.helper_url));
}

}  // namespace

Result<AboutRequest> DecodeAboutRequest(ByteView bytes) {
  const Reader reader(bytes);
  AboutRequest message;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeAboutReply(const AboutReply& message) {
  Writer writer;
  writer.U32(message.abi_version);
  writer.Opaque8(AsBytes(message.package_version));
  writer.Opaque8(AsBytes(message.vdaf_draft));
  writer.U8(message.vdaf_version);
  return std::move(writer).Finish();
}

Result<ShardHistogramRequest> DecodeShardHistogramRequest(ByteView bytes) {
  Reader reader(bytes);
  ShardHistogramRequest message;
  BAYA_ASSIGN_OR_RETURN(message.ctx, reader.Opaque16());
  BAYA_ASSIGN_OR_RETURN(message.nonce, reader.Raw(16));
  BAYA_ASSIGN_OR_RETURN(message.shares, reader.U8());
  BAYA_ASSIGN_OR_RETURN(message.length, reader.U32());
  BAYA_ASSIGN_OR_RETURN(message.chunk_length, reader.U32());
  BAYA_ASSIGN_OR_RETURN(message.measurement, reader.U32());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeShardHistogramReply(const ShardHistogramReply& message) {
  Writer writer;
  writer.Opaque32(message.public_share);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.input_shares) vector.Opaque32(element);
  });
  return std::move(writer).Finish();
}

Result<SetPackRequest> DecodeSetPackRequest(ByteView bytes) {
  Reader reader(bytes);
  SetPackRequest message;
  BAYA_ASSIGN_OR_RETURN(message.site, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(message.signer, reader.Raw(32));
  BAYA_ASSIGN_OR_RETURN(message.test_tasks, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(message.sha256, reader.Opaque16());
  BAYA_ASSIGN_OR_RETURN(message.pack, reader.Opaque32());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeSetPackReply(const SetPackReply& message) {
  Writer writer;
  writer.U64(message.version);
  WriteFixed(writer, message.pack_id, 32);
  writer.U32(message.items);
  WriteEffects(writer, message.effects);
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<StartRequest> DecodeStartRequest(ByteView bytes) {
  Reader reader(bytes);
  StartRequest message;
  BAYA_ASSIGN_OR_RETURN(message.record, ReadString16(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeStartReply(const StartReply& message) {
  Writer writer;
  WriteEffects(writer, message.effects);
  return std::move(writer).Finish();
}

Result<SignalsRequest> DecodeSignalsRequest(ByteView bytes) {
  Reader reader(bytes);
  SignalsRequest message;
  BAYA_ASSIGN_OR_RETURN(Reader choices, reader.Vector32());
  while (choices.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadChoice(choices));
    message.choices.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(message.text_version, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(message.global_privacy_control, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(Reader consent_mode, reader.Vector32());
  while (consent_mode.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadConsentModeSetting(consent_mode));
    message.consent_mode.push_back(std::move(element));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeSignalsReply(const SignalsReply& message) {
  Writer writer;
  WriteConsentState(writer, message.consent);
  WriteEffects(writer, message.effects);
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<ConsentStateRequest> DecodeConsentStateRequest(ByteView bytes) {
  const Reader reader(bytes);
  ConsentStateRequest message;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeConsentStateReply(const ConsentStateReply& message) {
  Writer writer;
  WriteConsentState(writer, message.consent);
  return std::move(writer).Finish();
}

Result<CreateVaultRequest> DecodeCreateVaultRequest(ByteView bytes) {
  Reader reader(bytes);
  CreateVaultRequest message;
  BAYA_ASSIGN_OR_RETURN(message.secret, reader.Raw(32));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeCreateVaultReply(const CreateVaultReply& message) {
  Writer writer;
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<OpenVaultRequest> DecodeOpenVaultRequest(ByteView bytes) {
  Reader reader(bytes);
  OpenVaultRequest message;
  BAYA_ASSIGN_OR_RETURN(Reader blobs, reader.Vector32());
  while (blobs.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadBlob(blobs));
    message.blobs.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(Reader secrets, reader.Vector32());
  while (secrets.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, secrets.Opaque8());
    message.secrets.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(message.newest_generation_seen, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(message.record, ReadString16(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeOpenVaultReply(const OpenVaultReply& message) {
  Writer writer;
  writer.U8(message.found ? 1 : 0);
  WriteRecovery(writer, message.recovery);
  writer.U8(message.pack_outdated ? 1 : 0);
  WriteConsentState(writer, message.consent);
  WriteEffects(writer, message.effects);
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<IngestRequest> DecodeIngestRequest(ByteView bytes) {
  Reader reader(bytes);
  IngestRequest message;
  BAYA_ASSIGN_OR_RETURN(message.caller, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(Reader events, reader.Vector32());
  while (events.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, events.Opaque16());
    message.events.push_back(std::move(element));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeIngestReply(const IngestReply& message) {
  Writer writer;
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.verdicts) WriteVerdict(vector, element);
  });
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<FlushRequest> DecodeFlushRequest(ByteView bytes) {
  const Reader reader(bytes);
  FlushRequest message;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeFlushReply(const FlushReply& message) {
  Writer writer;
  writer.U8(message.has_batch ? 1 : 0);
  writer.U64(message.id);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.expects) WriteExpectation(vector, element);
  });
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.puts) WriteBlob(vector, element);
  });
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.deletes) vector.Opaque8(AsBytes(element));
  });
  writer.U32(message.epoch);
  writer.U8(message.rotates ? 1 : 0);
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<ConfirmRequest> DecodeConfirmRequest(ByteView bytes) {
  Reader reader(bytes);
  ConfirmRequest message;
  BAYA_ASSIGN_OR_RETURN(message.id, ReadUint64(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeConfirmReply(const ConfirmReply& message) {
  Writer writer;
  writer.U8(message.vault_gone ? 1 : 0);
  WriteEffects(writer, message.effects);
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<FailRequest> DecodeFailRequest(ByteView bytes) {
  Reader reader(bytes);
  FailRequest message;
  BAYA_ASSIGN_OR_RETURN(message.id, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(message.code, reader.U8());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeFailReply(const FailReply& message) {
  Writer writer;
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<OfferSlotSecretRequest> DecodeOfferSlotSecretRequest(ByteView bytes) {
  Reader reader(bytes);
  OfferSlotSecretRequest message;
  BAYA_ASSIGN_OR_RETURN(message.secret, reader.Raw(32));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeOfferSlotSecretReply(const OfferSlotSecretReply& message) {
  Writer writer;
  writer.U32(message.epoch);
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<RecommendRequest> DecodeRecommendRequest(ByteView bytes) {
  Reader reader(bytes);
  RecommendRequest message;
  BAYA_ASSIGN_OR_RETURN(message.caller, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(message.limit, reader.U16());
  BAYA_ASSIGN_OR_RETURN(Reader exclude, reader.Vector32());
  while (exclude.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadString16(exclude));
    message.exclude.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(message.category, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(message.region, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(message.adult, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(message.plain, ReadBool(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeRecommendReply(const RecommendReply& message) {
  Writer writer;
  writer.U8(message.personal ? 1 : 0);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.items) WriteShelfItem(vector, element);
  });
  return std::move(writer).Finish();
}

Result<ExplainRequest> DecodeExplainRequest(ByteView bytes) {
  Reader reader(bytes);
  ExplainRequest message;
  BAYA_ASSIGN_OR_RETURN(message.item, ReadString16(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeExplainReply(const ExplainReply& message) {
  Writer writer;
  writer.U8(message.personal ? 1 : 0);
  writer.U64(static_cast<uint64_t>(message.score));
  writer.Opaque8(AsBytes(message.withheld));
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.parts) WriteScorePart(vector, element);
  });
  return std::move(writer).Finish();
}

Result<InventoryRequest> DecodeInventoryRequest(ByteView bytes) {
  const Reader reader(bytes);
  InventoryRequest message;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeInventoryReply(const InventoryReply& message) {
  Writer writer;
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.fields) WriteHeldField(vector, element);
  });
  return std::move(writer).Finish();
}

Result<AccessLogRequest> DecodeAccessLogRequest(ByteView bytes) {
  const Reader reader(bytes);
  AccessLogRequest message;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeAccessLogReply(const AccessLogReply& message) {
  Writer writer;
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.rows) WriteAccessCount(vector, element);
  });
  return std::move(writer).Finish();
}

Result<CorrectRequest> DecodeCorrectRequest(ByteView bytes) {
  Reader reader(bytes);
  CorrectRequest message;
  BAYA_ASSIGN_OR_RETURN(message.action, reader.U8());
  BAYA_ASSIGN_OR_RETURN(message.field, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(message.value, ReadString16(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeCorrectReply(const CorrectReply& message) {
  Writer writer;
  WriteVerdict(writer, message.verdict);
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<ExportDataRequest> DecodeExportDataRequest(ByteView bytes) {
  const Reader reader(bytes);
  ExportDataRequest message;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeExportDataReply(const ExportDataReply& message) {
  Writer writer;
  writer.U64(message.exported_ms);
  writer.Opaque32(message.snapshot);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.fields) WriteHeldField(vector, element);
  });
  return std::move(writer).Finish();
}

Result<ImportDataRequest> DecodeImportDataRequest(ByteView bytes) {
  Reader reader(bytes);
  ImportDataRequest message;
  BAYA_ASSIGN_OR_RETURN(message.snapshot, reader.Opaque32());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeImportDataReply(const ImportDataReply& message) {
  Writer writer;
  writer.U32(message.added);
  writer.U64(message.sequence);
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<PauseRequest> DecodePauseRequest(ByteView bytes) {
  Reader reader(bytes);
  PauseRequest message;
  BAYA_ASSIGN_OR_RETURN(message.paused, ReadBool(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodePauseReply(const PauseReply& message) {
  Writer writer;
  WriteConsentState(writer, message.consent);
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<EraseRequest> DecodeEraseRequest(ByteView bytes) {
  Reader reader(bytes);
  EraseRequest message;
  BAYA_ASSIGN_OR_RETURN(message.scope, reader.U8());
  BAYA_ASSIGN_OR_RETURN(message.name, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(message.from_ms, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(message.to_ms, ReadUint64(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeEraseReply(const EraseReply& message) {
  Writer writer;
  writer.U32(message.removed);
  WriteEffects(writer, message.effects);
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<TickRequest> DecodeTickRequest(ByteView bytes) {
  const Reader reader(bytes);
  TickRequest message;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeTickReply(const TickReply& message) {
  Writer writer;
  writer.U32(message.expired);
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<MeasureTasksRequest> DecodeMeasureTasksRequest(ByteView bytes) {
  const Reader reader(bytes);
  MeasureTasksRequest message;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeMeasureTasksReply(const MeasureTasksReply& message) {
  Writer writer;
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.tasks) WriteMeasureTask(vector, element);
  });
  writer.U64(message.budget_micro);
  writer.U64(message.spent_micro);
  writer.U64(message.epoch_end_ms);
  writer.U64(message.since_ms);
  return std::move(writer).Finish();
}

Result<DueReportsRequest> DecodeDueReportsRequest(ByteView bytes) {
  const Reader reader(bytes);
  DueReportsRequest message;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeDueReportsReply(const DueReportsReply& message) {
  Writer writer;
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.reports) WriteDueReport(vector, element);
  });
  writer.U64(message.next_ms);
  return std::move(writer).Finish();
}

Result<MakeReportRequest> DecodeMakeReportRequest(ByteView bytes) {
  Reader reader(bytes);
  MakeReportRequest message;
  BAYA_ASSIGN_OR_RETURN(message.task_id, reader.Raw(32));
  BAYA_ASSIGN_OR_RETURN(message.leader_configs, reader.Opaque16());
  BAYA_ASSIGN_OR_RETURN(message.helper_configs, reader.Opaque16());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeMakeReportReply(const MakeReportReply& message) {
  Writer writer;
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<TakeUploadsRequest> DecodeTakeUploadsRequest(ByteView bytes) {
  const Reader reader(bytes);
  TakeUploadsRequest message;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeTakeUploadsReply(const TakeUploadsReply& message) {
  Writer writer;
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.uploads) WriteUpload(vector, element);
  });
  writer.U64(message.next_ms);
  return std::move(writer).Finish();
}

Result<UploadDoneRequest> DecodeUploadDoneRequest(ByteView bytes) {
  Reader reader(bytes);
  UploadDoneRequest message;
  BAYA_ASSIGN_OR_RETURN(message.id, reader.Raw(16));
  BAYA_ASSIGN_OR_RETURN(message.accepted, ReadBool(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeUploadDoneReply(const UploadDoneReply& message) {
  Writer writer;
  WriteStoreState(writer, message.store);
  return std::move(writer).Finish();
}

Result<ReportLogRequest> DecodeReportLogRequest(ByteView bytes) {
  const Reader reader(bytes);
  ReportLogRequest message;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeReportLogReply(const ReportLogReply& message) {
  Writer writer;
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.reports) WriteLoggedReport(vector, element);
  });
  return std::move(writer).Finish();
}

Result<ReceiptsRequest> DecodeReceiptsRequest(ByteView bytes) {
  const Reader reader(bytes);
  ReceiptsRequest message;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeReceiptsReply(const ReceiptsReply& message) {
  Writer writer;
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.receipts) vector.Opaque16(element);
  });
  writer.Opaque8(AsBytes(message.text_version));
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.texts) WriteConsentText(vector, element);
  });
  writer.U64(message.retention_ms);
  return std::move(writer).Finish();
}

}  // namespace baya::engine
