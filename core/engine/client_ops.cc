// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.
#include "engine/client_ops.h"

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

Result<int64_t> ReadInt64(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint64_t value, reader.U64());
  return static_cast<int64_t>(value);
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

Result<Effects> ReadEffects(Reader& reader) {
  Effects value;
  BAYA_ASSIGN_OR_RETURN(value.write_record, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.delete_record, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(value.vault, reader.U8());
  return value;
}

Result<StoreState> ReadStoreState(Reader& reader) {
  StoreState value;
  BAYA_ASSIGN_OR_RETURN(value.open, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(value.durable_end, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.next_sequence, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.generation, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.epoch, reader.U32());
  BAYA_ASSIGN_OR_RETURN(value.wants_slot_secret, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(value.destruction_pending, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(value.health, reader.U8());
  return value;
}

Result<PurposeState> ReadPurposeState(Reader& reader) {
  PurposeState value;
  BAYA_ASSIGN_OR_RETURN(value.purpose, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.allowed, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(value.reason, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.memory_only, ReadBool(reader));
  return value;
}

Result<ConsentState> ReadConsentState(Reader& reader) {
  ConsentState value;
  BAYA_ASSIGN_OR_RETURN(value.asked, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(value.paused, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(Reader purposes, reader.Vector32());
  while (purposes.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadPurposeState(purposes));
    value.purposes.push_back(std::move(element));
  }
  return value;
}

Result<Blob> ReadBlob(Reader& reader) {
  Blob value;
  BAYA_ASSIGN_OR_RETURN(value.name, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.bytes, reader.Opaque32());
  return value;
}

Result<Expectation> ReadExpectation(Reader& reader) {
  Expectation value;
  BAYA_ASSIGN_OR_RETURN(value.name, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(Reader prefixes, reader.Vector32());
  while (prefixes.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, prefixes.Opaque8());
    value.prefixes.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(value.may_be_absent, ReadBool(reader));
  return value;
}

Result<Recovery> ReadRecovery(Reader& reader) {
  Recovery value;
  BAYA_ASSIGN_OR_RETURN(value.generation, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.secret_index, reader.U16());
  BAYA_ASSIGN_OR_RETURN(value.records, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.lost_records, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.damaged_blobs, reader.U32());
  BAYA_ASSIGN_OR_RETURN(value.torn_bytes, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.skipped_records, reader.U32());
  BAYA_ASSIGN_OR_RETURN(value.head_lost, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(value.rolled_back, ReadBool(reader));
  return value;
}

Result<Verdict> ReadVerdict(Reader& reader) {
  Verdict value;
  BAYA_ASSIGN_OR_RETURN(value.accepted, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(value.sequence, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.reason, ReadString16(reader));
  return value;
}

Result<ShelfReason> ReadShelfReason(Reader& reader) {
  ShelfReason value;
  BAYA_ASSIGN_OR_RETURN(value.code, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.because, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(value.share_permille, reader.U16());
  return value;
}

Result<ShelfItem> ReadShelfItem(Reader& reader) {
  ShelfItem value;
  BAYA_ASSIGN_OR_RETURN(value.item, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(Reader reasons, reader.Vector32());
  while (reasons.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadShelfReason(reasons));
    value.reasons.push_back(std::move(element));
  }
  return value;
}

Result<ScorePart> ReadScorePart(Reader& reader) {
  ScorePart value;
  BAYA_ASSIGN_OR_RETURN(value.code, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.because, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(value.points, ReadInt64(reader));
  return value;
}

Result<HeldField> ReadHeldField(Reader& reader) {
  HeldField value;
  BAYA_ASSIGN_OR_RETURN(value.name, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(value.card, reader.U8());
  BAYA_ASSIGN_OR_RETURN(value.form, reader.U8());
  BAYA_ASSIGN_OR_RETURN(value.number, ReadInt64(reader));
  BAYA_ASSIGN_OR_RETURN(value.text, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(value.origin, reader.U8());
  BAYA_ASSIGN_OR_RETURN(value.contradicted, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(value.source, reader.U8());
  BAYA_ASSIGN_OR_RETURN(value.purposes, reader.U8());
  BAYA_ASSIGN_OR_RETURN(value.since_ms, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.updated_ms, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.last_used_ms, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.expires_ms, ReadUint64(reader));
  return value;
}

Result<AccessCount> ReadAccessCount(Reader& reader) {
  AccessCount value;
  BAYA_ASSIGN_OR_RETURN(value.hour, reader.U32());
  BAYA_ASSIGN_OR_RETURN(value.caller, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.purpose, reader.U16());
  BAYA_ASSIGN_OR_RETURN(value.operation, reader.U8());
  BAYA_ASSIGN_OR_RETURN(value.allowed, reader.U32());
  BAYA_ASSIGN_OR_RETURN(value.refused, reader.U32());
  return value;
}

Result<ConsentText> ReadConsentText(Reader& reader) {
  ConsentText value;
  BAYA_ASSIGN_OR_RETURN(value.purpose, reader.U16());
  BAYA_ASSIGN_OR_RETURN(value.hash, reader.Raw(32));
  BAYA_ASSIGN_OR_RETURN(value.max_age_ms, ReadUint64(reader));
  return value;
}

Result<MeasureTask> ReadMeasureTask(Reader& reader) {
  MeasureTask value;
  BAYA_ASSIGN_OR_RETURN(value.id, reader.Raw(32));
  BAYA_ASSIGN_OR_RETURN(value.name, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.title, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.text, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(value.epsilon_micro, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.min_batch, reader.U32());
  BAYA_ASSIGN_OR_RETURN(value.period_s, reader.U32());
  BAYA_ASSIGN_OR_RETURN(value.window_s, reader.U32());
  BAYA_ASSIGN_OR_RETURN(value.delay_s, reader.U32());
  BAYA_ASSIGN_OR_RETURN(value.test, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(Reader labels, reader.Vector32());
  while (labels.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadString8(labels));
    value.labels.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(value.leader_url, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(value.helper_url, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(value.state, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.has_preview, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(value.preview, reader.U32());
  BAYA_ASSIGN_OR_RETURN(value.next_ms, ReadUint64(reader));
  return value;
}

Result<DueReport> ReadDueReport(Reader& reader) {
  DueReport value;
  BAYA_ASSIGN_OR_RETURN(value.task_id, reader.Raw(32));
  BAYA_ASSIGN_OR_RETURN(value.leader_config_url, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(value.helper_config_url, ReadString16(reader));
  return value;
}

Result<Upload> ReadUpload(Reader& reader) {
  Upload value;
  BAYA_ASSIGN_OR_RETURN(value.id, reader.Raw(16));
  BAYA_ASSIGN_OR_RETURN(value.url, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(value.body, reader.Opaque16());
  return value;
}

Result<LoggedReport> ReadLoggedReport(Reader& reader) {
  LoggedReport value;
  BAYA_ASSIGN_OR_RETURN(value.state, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.title, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.label, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(value.epsilon_micro, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.made_ms, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.due_ms, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.ended_ms, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(value.leader_url, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(value.helper_url, ReadString16(reader));
  return value;
}

void WriteChoice(Writer& writer, const Choice& value) {
  writer.Opaque8(AsBytes(value.purpose));
  writer.U8(value.granted ? 1 : 0);
}

void WriteConsentModeSetting(Writer& writer, const ConsentModeSetting& value) {
  writer.U8(value.update ? 1 : 0);
  writer.Opaque8(AsBytes(value.key));
  writer.U8(value.granted ? 1 : 0);
}

void WriteBlob(Writer& writer, const Blob& value) {
  writer.Opaque8(AsBytes(value.name));
  writer.Opaque32(value.bytes);
}

}  // namespace

Result<AboutReply> DecodeAboutReply(ByteView bytes) {
  Reader reader(bytes);
  AboutReply message;
  BAYA_ASSIGN_OR_RETURN(message.abi_version, reader.U32());
  BAYA_ASSIGN_OR_RETURN(message.package_version, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(message.vdaf_draft, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(message.vdaf_version, reader.U8());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeAboutRequest(const AboutRequest&) {
  Writer writer;
  return std::move(writer).Finish();
}

Result<ShardHistogramReply> DecodeShardHistogramReply(ByteView bytes) {
  Reader reader(bytes);
  ShardHistogramReply message;
  BAYA_ASSIGN_OR_RETURN(message.public_share, reader.Opaque32());
  BAYA_ASSIGN_OR_RETURN(Reader input_shares, reader.Vector32());
  while (input_shares.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, input_shares.Opaque32());
    message.input_shares.push_back(std::move(element));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeShardHistogramRequest(const ShardHistogramRequest& message) {
  Writer writer;
  writer.Opaque16(message.ctx);
  WriteFixed(writer, message.nonce, 16);
  writer.U8(message.shares);
  writer.U32(message.length);
  writer.U32(message.chunk_length);
  writer.U32(message.measurement);
  return std::move(writer).Finish();
}

Result<SetPackReply> DecodeSetPackReply(ByteView bytes) {
  Reader reader(bytes);
  SetPackReply message;
  BAYA_ASSIGN_OR_RETURN(message.version, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(message.pack_id, reader.Raw(32));
  BAYA_ASSIGN_OR_RETURN(message.items, reader.U32());
  BAYA_ASSIGN_OR_RETURN(message.effects, ReadEffects(reader));
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeSetPackRequest(const SetPackRequest& message) {
  Writer writer;
  writer.Opaque8(AsBytes(message.site));
  WriteFixed(writer, message.signer, 32);
  writer.U8(message.test_tasks ? 1 : 0);
  writer.Opaque16(message.sha256);
  writer.Opaque32(message.pack);
  return std::move(writer).Finish();
}

Result<StartReply> DecodeStartReply(ByteView bytes) {
  Reader reader(bytes);
  StartReply message;
  BAYA_ASSIGN_OR_RETURN(message.effects, ReadEffects(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeStartRequest(const StartRequest& message) {
  Writer writer;
  writer.Opaque16(AsBytes(message.record));
  return std::move(writer).Finish();
}

Result<SignalsReply> DecodeSignalsReply(ByteView bytes) {
  Reader reader(bytes);
  SignalsReply message;
  BAYA_ASSIGN_OR_RETURN(message.consent, ReadConsentState(reader));
  BAYA_ASSIGN_OR_RETURN(message.effects, ReadEffects(reader));
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeSignalsRequest(const SignalsRequest& message) {
  Writer writer;
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.choices) WriteChoice(vector, element);
  });
  writer.Opaque8(AsBytes(message.text_version));
  writer.U8(message.global_privacy_control ? 1 : 0);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.consent_mode) WriteConsentModeSetting(vector, element);
  });
  return std::move(writer).Finish();
}

Result<ConsentStateReply> DecodeConsentStateReply(ByteView bytes) {
  Reader reader(bytes);
  ConsentStateReply message;
  BAYA_ASSIGN_OR_RETURN(message.consent, ReadConsentState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeConsentStateRequest(const ConsentStateRequest&) {
  Writer writer;
  return std::move(writer).Finish();
}

Result<CreateVaultReply> DecodeCreateVaultReply(ByteView bytes) {
  Reader reader(bytes);
  CreateVaultReply message;
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeCreateVaultRequest(const CreateVaultRequest& message) {
  Writer writer;
  WriteFixed(writer, message.secret, 32);
  return std::move(writer).Finish();
}

Result<OpenVaultReply> DecodeOpenVaultReply(ByteView bytes) {
  Reader reader(bytes);
  OpenVaultReply message;
  BAYA_ASSIGN_OR_RETURN(message.found, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(message.recovery, ReadRecovery(reader));
  BAYA_ASSIGN_OR_RETURN(message.pack_outdated, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(message.consent, ReadConsentState(reader));
  BAYA_ASSIGN_OR_RETURN(message.effects, ReadEffects(reader));
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeOpenVaultRequest(const OpenVaultRequest& message) {
  Writer writer;
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.blobs) WriteBlob(vector, element);
  });
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.secrets) vector.Opaque8(element);
  });
  writer.U64(message.newest_generation_seen);
  writer.Opaque16(AsBytes(message.record));
  return std::move(writer).Finish();
}

Result<IngestReply> DecodeIngestReply(ByteView bytes) {
  Reader reader(bytes);
  IngestReply message;
  BAYA_ASSIGN_OR_RETURN(Reader verdicts, reader.Vector32());
  while (verdicts.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadVerdict(verdicts));
    message.verdicts.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeIngestRequest(const IngestRequest& message) {
  Writer writer;
  writer.Opaque8(AsBytes(message.caller));
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.events) vector.Opaque16(element);
  });
  return std::move(writer).Finish();
}

Result<FlushReply> DecodeFlushReply(ByteView bytes) {
  Reader reader(bytes);
  FlushReply message;
  BAYA_ASSIGN_OR_RETURN(message.has_batch, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(message.id, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(Reader expects, reader.Vector32());
  while (expects.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadExpectation(expects));
    message.expects.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(Reader puts, reader.Vector32());
  while (puts.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadBlob(puts));
    message.puts.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(Reader deletes, reader.Vector32());
  while (deletes.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadString8(deletes));
    message.deletes.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(message.epoch, reader.U32());
  BAYA_ASSIGN_OR_RETURN(message.rotates, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeFlushRequest(const FlushRequest&) {
  Writer writer;
  return std::move(writer).Finish();
}

Result<ConfirmReply> DecodeConfirmReply(ByteView bytes) {
  Reader reader(bytes);
  ConfirmReply message;
  BAYA_ASSIGN_OR_RETURN(message.vault_gone, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(message.effects, ReadEffects(reader));
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeConfirmRequest(const ConfirmRequest& message) {
  Writer writer;
  writer.U64(message.id);
  return std::move(writer).Finish();
}

Result<FailReply> DecodeFailReply(ByteView bytes) {
  Reader reader(bytes);
  FailReply message;
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeFailRequest(const FailRequest& message) {
  Writer writer;
  writer.U64(message.id);
  writer.U8(message.code);
  return std::move(writer).Finish();
}

Result<OfferSlotSecretReply> DecodeOfferSlotSecretReply(ByteView bytes) {
  Reader reader(bytes);
  OfferSlotSecretReply message;
  BAYA_ASSIGN_OR_RETURN(message.epoch, reader.U32());
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeOfferSlotSecretRequest(const OfferSlotSecretRequest& message) {
  Writer writer;
  WriteFixed(writer, message.secret, 32);
  return std::move(writer).Finish();
}

Result<RecommendReply> DecodeRecommendReply(ByteView bytes) {
  Reader reader(bytes);
  RecommendReply message;
  BAYA_ASSIGN_OR_RETURN(message.personal, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(Reader items, reader.Vector32());
  while (items.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadShelfItem(items));
    message.items.push_back(std::move(element));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeRecommendRequest(const RecommendRequest& message) {
  Writer writer;
  writer.Opaque8(AsBytes(message.caller));
  writer.U16(message.limit);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : message.exclude) vector.Opaque16(AsBytes(element));
  });
  writer.Opaque16(AsBytes(message.category));
  writer.Opaque16(AsBytes(message.region));
  writer.U8(message.adult ? 1 : 0);
  writer.U8(message.plain ? 1 : 0);
  return std::move(writer).Finish();
}

Result<ExplainReply> DecodeExplainReply(ByteView bytes) {
  Reader reader(bytes);
  ExplainReply message;
  BAYA_ASSIGN_OR_RETURN(message.personal, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(message.score, ReadInt64(reader));
  BAYA_ASSIGN_OR_RETURN(message.withheld, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(Reader parts, reader.Vector32());
  while (parts.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadScorePart(parts));
    message.parts.push_back(std::move(element));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeExplainRequest(const ExplainRequest& message) {
  Writer writer;
  writer.Opaque16(AsBytes(message.item));
  return std::move(writer).Finish();
}

Result<InventoryReply> DecodeInventoryReply(ByteView bytes) {
  Reader reader(bytes);
  InventoryReply message;
  BAYA_ASSIGN_OR_RETURN(Reader fields, reader.Vector32());
  while (fields.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadHeldField(fields));
    message.fields.push_back(std::move(element));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeInventoryRequest(const InventoryRequest&) {
  Writer writer;
  return std::move(writer).Finish();
}

Result<AccessLogReply> DecodeAccessLogReply(ByteView bytes) {
  Reader reader(bytes);
  AccessLogReply message;
  BAYA_ASSIGN_OR_RETURN(Reader rows, reader.Vector32());
  while (rows.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadAccessCount(rows));
    message.rows.push_back(std::move(element));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeAccessLogRequest(const AccessLogRequest&) {
  Writer writer;
  return std::move(writer).Finish();
}

Result<CorrectReply> DecodeCorrectReply(ByteView bytes) {
  Reader reader(bytes);
  CorrectReply message;
  BAYA_ASSIGN_OR_RETURN(message.verdict, ReadVerdict(reader));
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeCorrectRequest(const CorrectRequest& message) {
  Writer writer;
  writer.U8(message.action);
  writer.Opaque16(AsBytes(message.field));
  writer.Opaque16(AsBytes(message.value));
  return std::move(writer).Finish();
}

Result<ExportDataReply> DecodeExportDataReply(ByteView bytes) {
  Reader reader(bytes);
  ExportDataReply message;
  BAYA_ASSIGN_OR_RETURN(message.exported_ms, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(message.snapshot, reader.Opaque32());
  BAYA_ASSIGN_OR_RETURN(Reader fields, reader.Vector32());
  while (fields.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadHeldField(fields));
    message.fields.push_back(std::move(element));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeExportDataRequest(const ExportDataRequest&) {
  Writer writer;
  return std::move(writer).Finish();
}

Result<ImportDataReply> DecodeImportDataReply(ByteView bytes) {
  Reader reader(bytes);
  ImportDataReply message;
  BAYA_ASSIGN_OR_RETURN(message.added, reader.U32());
  BAYA_ASSIGN_OR_RETURN(message.sequence, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeImportDataRequest(const ImportDataRequest& message) {
  Writer writer;
  writer.Opaque32(message.snapshot);
  return std::move(writer).Finish();
}

Result<PauseReply> DecodePauseReply(ByteView bytes) {
  Reader reader(bytes);
  PauseReply message;
  BAYA_ASSIGN_OR_RETURN(message.consent, ReadConsentState(reader));
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodePauseRequest(const PauseRequest& message) {
  Writer writer;
  writer.U8(message.paused ? 1 : 0);
  return std::move(writer).Finish();
}

Result<EraseReply> DecodeEraseReply(ByteView bytes) {
  Reader reader(bytes);
  EraseReply message;
  BAYA_ASSIGN_OR_RETURN(message.removed, reader.U32());
  BAYA_ASSIGN_OR_RETURN(message.effects, ReadEffects(reader));
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeEraseRequest(const EraseRequest& message) {
  Writer writer;
  writer.U8(message.scope);
  writer.Opaque16(AsBytes(message.name));
  writer.U64(message.from_ms);
  writer.U64(message.to_ms);
  return std::move(writer).Finish();
}

Result<TickReply> DecodeTickReply(ByteView bytes) {
  Reader reader(bytes);
  TickReply message;
  BAYA_ASSIGN_OR_RETURN(message.expired, reader.U32());
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeTickRequest(const TickRequest&) {
  Writer writer;
  return std::move(writer).Finish();
}

Result<MeasureTasksReply> DecodeMeasureTasksReply(ByteView bytes) {
  Reader reader(bytes);
  MeasureTasksReply message;
  BAYA_ASSIGN_OR_RETURN(Reader tasks, reader.Vector32());
  while (tasks.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadMeasureTask(tasks));
    message.tasks.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(message.budget_micro, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(message.spent_micro, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(message.epoch_end_ms, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(message.since_ms, ReadUint64(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeMeasureTasksRequest(const MeasureTasksRequest&) {
  Writer writer;
  return std::move(writer).Finish();
}

Result<DueReportsReply> DecodeDueReportsReply(ByteView bytes) {
  Reader reader(bytes);
  DueReportsReply message;
  BAYA_ASSIGN_OR_RETURN(Reader reports, reader.Vector32());
  while (reports.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadDueReport(reports));
    message.reports.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(message.next_ms, ReadUint64(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeDueReportsRequest(const DueReportsRequest&) {
  Writer writer;
  return std::move(writer).Finish();
}

Result<MakeReportReply> DecodeMakeReportReply(ByteView bytes) {
  Reader reader(bytes);
  MakeReportReply message;
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeMakeReportRequest(const MakeReportRequest& message) {
  Writer writer;
  WriteFixed(writer, message.task_id, 32);
  writer.Opaque16(message.leader_configs);
  writer.Opaque16(message.helper_configs);
  return std::move(writer).Finish();
}

Result<TakeUploadsReply> DecodeTakeUploadsReply(ByteView bytes) {
  Reader reader(bytes);
  TakeUploadsReply message;
  BAYA_ASSIGN_OR_RETURN(Reader uploads, reader.Vector32());
  while (uploads.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadUpload(uploads));
    message.uploads.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(message.next_ms, ReadUint64(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeTakeUploadsRequest(const TakeUploadsRequest&) {
  Writer writer;
  return std::move(writer).Finish();
}

Result<UploadDoneReply> DecodeUploadDoneReply(ByteView bytes) {
  Reader reader(bytes);
  UploadDoneReply message;
  BAYA_ASSIGN_OR_RETURN(message.store, ReadStoreState(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeUploadDoneRequest(const UploadDoneRequest& message) {
  Writer writer;
  WriteFixed(writer, message.id, 16);
  writer.U8(message.accepted ? 1 : 0);
  return std::move(writer).Finish();
}

Result<ReportLogReply> DecodeReportLogReply(ByteView bytes) {
  Reader reader(bytes);
  ReportLogReply message;
  BAYA_ASSIGN_OR_RETURN(Reader reports, reader.Vector32());
  while (reports.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadLoggedReport(reports));
    message.reports.push_back(std::move(element));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeReportLogRequest(const ReportLogRequest&) {
  Writer writer;
  return std::move(writer).Finish();
}

Result<ReceiptsReply> DecodeReceiptsReply(ByteView bytes) {
  Reader reader(bytes);
  ReceiptsReply message;
  BAYA_ASSIGN_OR_RETURN(Reader receipts, reader.Vector32());
  while (receipts.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, receipts.Opaque16());
    message.receipts.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(message.text_version, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(Reader texts, reader.Vector32());
  while (texts.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadConsentText(texts));
    message.texts.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(message.retention_ms, ReadUint64(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

Result<Bytes> EncodeReceiptsRequest(const ReceiptsRequest&) {
  Writer writer;
  return std::move(writer).Finish();
}

}  // namespace baya::engine
