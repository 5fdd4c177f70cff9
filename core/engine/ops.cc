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
  if (value > 1) return Status(StatusCode::kInvalidArgument, "a bool is neither 0 nor 1");
  return value == 1;
}

Result<std::string_view> ReadString16(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Opaque16());
  const std::string_view text = AsText(bytes);
  if (!codec::IsUtf8(text)) return Status(StatusCode::kInvalidArgument, "a text is not UTF-8");
  return text;
}

Result<std::string_view> ReadString32(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Opaque32());
  const std::string_view text = AsText(bytes);
  if (!codec::IsUtf8(text)) return Status(StatusCode::kInvalidArgument, "a text is not UTF-8");
  return text;
}

Result<std::string_view> ReadString8(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Opaque8());
  const std::string_view text = AsText(bytes);
  if (!codec::IsUtf8(text)) return Status(StatusCode::kInvalidArgument, "a text is not UTF-8");
  return text;
}

Result<uint64_t> ReadUint64(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint64_t value, reader.U64());
  if (value >> 53 != 0) return Status(StatusCode::kInvalidArgument, "a number is 2^53 or more");
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

}  // namespace

Result<AboutRequest> DecodeAboutRequest(ByteView bytes) {
  const Reader reader(bytes);
  AboutRequest request;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeAboutReply(const AboutReply& reply) {
  Writer writer;
  writer.U32(reply.abi_version);
  writer.Opaque8(AsBytes(reply.package_version));
  writer.Opaque8(AsBytes(reply.vdaf_draft));
  writer.U8(reply.vdaf_version);
  return std::move(writer).Finish();
}

Result<ShardCountRequest> DecodeShardCountRequest(ByteView bytes) {
  Reader reader(bytes);
  ShardCountRequest request;
  BAYA_ASSIGN_OR_RETURN(request.ctx, reader.Opaque16());
  BAYA_ASSIGN_OR_RETURN(request.nonce, reader.Raw(16));
  BAYA_ASSIGN_OR_RETURN(request.shares, reader.U8());
  BAYA_ASSIGN_OR_RETURN(request.measurement, ReadBool(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeShardCountReply(const ShardCountReply& reply) {
  Writer writer;
  writer.Opaque32(reply.public_share);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : reply.input_shares) vector.Opaque32(element);
  });
  return std::move(writer).Finish();
}

Result<ShardHistogramRequest> DecodeShardHistogramRequest(ByteView bytes) {
  Reader reader(bytes);
  ShardHistogramRequest request;
  BAYA_ASSIGN_OR_RETURN(request.ctx, reader.Opaque16());
  BAYA_ASSIGN_OR_RETURN(request.nonce, reader.Raw(16));
  BAYA_ASSIGN_OR_RETURN(request.shares, reader.U8());
  BAYA_ASSIGN_OR_RETURN(request.length, reader.U32());
  BAYA_ASSIGN_OR_RETURN(request.chunk_length, reader.U32());
  BAYA_ASSIGN_OR_RETURN(request.measurement, reader.U32());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeShardHistogramReply(const ShardHistogramReply& reply) {
  Writer writer;
  writer.Opaque32(reply.public_share);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : reply.input_shares) vector.Opaque32(element);
  });
  return std::move(writer).Finish();
}

Result<SetPackRequest> DecodeSetPackRequest(ByteView bytes) {
  Reader reader(bytes);
  SetPackRequest request;
  BAYA_ASSIGN_OR_RETURN(request.site, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(request.signer, reader.Raw(32));
  BAYA_ASSIGN_OR_RETURN(request.pack, reader.Opaque32());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeSetPackReply(const SetPackReply& reply) {
  Writer writer;
  writer.U64(reply.version);
  WriteFixed(writer, reply.pack_id, 32);
  writer.U32(reply.items);
  writer.Opaque32(AsBytes(reply.plan));
  WriteEffects(writer, reply.effects);
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<StartRequest> DecodeStartRequest(ByteView bytes) {
  Reader reader(bytes);
  StartRequest request;
  BAYA_ASSIGN_OR_RETURN(request.record, ReadString16(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeStartReply(const StartReply& reply) {
  Writer writer;
  WriteEffects(writer, reply.effects);
  return std::move(writer).Finish();
}

Result<SignalsRequest> DecodeSignalsRequest(ByteView bytes) {
  Reader reader(bytes);
  SignalsRequest request;
  BAYA_ASSIGN_OR_RETURN(Reader choices, reader.Vector32());
  while (choices.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadChoice(choices));
    request.choices.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(request.text_version, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(request.global_privacy_control, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(Reader consent_mode, reader.Vector32());
  while (consent_mode.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadConsentModeSetting(consent_mode));
    request.consent_mode.push_back(std::move(element));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeSignalsReply(const SignalsReply& reply) {
  Writer writer;
  WriteConsentState(writer, reply.consent);
  WriteEffects(writer, reply.effects);
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<ConsentStateRequest> DecodeConsentStateRequest(ByteView bytes) {
  const Reader reader(bytes);
  ConsentStateRequest request;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeConsentStateReply(const ConsentStateReply& reply) {
  Writer writer;
  WriteConsentState(writer, reply.consent);
  return std::move(writer).Finish();
}

Result<CreateVaultRequest> DecodeCreateVaultRequest(ByteView bytes) {
  Reader reader(bytes);
  CreateVaultRequest request;
  BAYA_ASSIGN_OR_RETURN(request.secret, reader.Raw(32));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeCreateVaultReply(const CreateVaultReply& reply) {
  Writer writer;
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<OpenVaultRequest> DecodeOpenVaultRequest(ByteView bytes) {
  Reader reader(bytes);
  OpenVaultRequest request;
  BAYA_ASSIGN_OR_RETURN(Reader blobs, reader.Vector32());
  while (blobs.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadBlob(blobs));
    request.blobs.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(Reader secrets, reader.Vector32());
  while (secrets.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, secrets.Opaque8());
    request.secrets.push_back(std::move(element));
  }
  BAYA_ASSIGN_OR_RETURN(request.newest_generation_seen, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(request.record, ReadString16(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeOpenVaultReply(const OpenVaultReply& reply) {
  Writer writer;
  writer.U8(reply.found ? 1 : 0);
  WriteRecovery(writer, reply.recovery);
  writer.U8(reply.pack_outdated ? 1 : 0);
  WriteConsentState(writer, reply.consent);
  WriteEffects(writer, reply.effects);
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<IngestRequest> DecodeIngestRequest(ByteView bytes) {
  Reader reader(bytes);
  IngestRequest request;
  BAYA_ASSIGN_OR_RETURN(request.caller, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(Reader events, reader.Vector32());
  while (events.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, events.Opaque16());
    request.events.push_back(std::move(element));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeIngestReply(const IngestReply& reply) {
  Writer writer;
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : reply.verdicts) WriteVerdict(vector, element);
  });
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<FlushRequest> DecodeFlushRequest(ByteView bytes) {
  const Reader reader(bytes);
  FlushRequest request;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeFlushReply(const FlushReply& reply) {
  Writer writer;
  writer.U8(reply.has_batch ? 1 : 0);
  writer.U64(reply.id);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : reply.expects) WriteExpectation(vector, element);
  });
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : reply.puts) WriteBlob(vector, element);
  });
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : reply.deletes) vector.Opaque8(AsBytes(element));
  });
  writer.U32(reply.epoch);
  writer.U8(reply.rotates ? 1 : 0);
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<ConfirmRequest> DecodeConfirmRequest(ByteView bytes) {
  Reader reader(bytes);
  ConfirmRequest request;
  BAYA_ASSIGN_OR_RETURN(request.id, ReadUint64(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeConfirmReply(const ConfirmReply& reply) {
  Writer writer;
  writer.U8(reply.vault_gone ? 1 : 0);
  WriteEffects(writer, reply.effects);
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<FailRequest> DecodeFailRequest(ByteView bytes) {
  Reader reader(bytes);
  FailRequest request;
  BAYA_ASSIGN_OR_RETURN(request.id, ReadUint64(reader));
  BAYA_ASSIGN_OR_RETURN(request.code, reader.U8());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeFailReply(const FailReply& reply) {
  Writer writer;
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<OfferSlotSecretRequest> DecodeOfferSlotSecretRequest(ByteView bytes) {
  Reader reader(bytes);
  OfferSlotSecretRequest request;
  BAYA_ASSIGN_OR_RETURN(request.secret, reader.Raw(32));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeOfferSlotSecretReply(const OfferSlotSecretReply& reply) {
  Writer writer;
  writer.U32(reply.epoch);
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<RecommendRequest> DecodeRecommendRequest(ByteView bytes) {
  Reader reader(bytes);
  RecommendRequest request;
  BAYA_ASSIGN_OR_RETURN(request.caller, ReadString8(reader));
  BAYA_ASSIGN_OR_RETURN(request.limit, reader.U16());
  BAYA_ASSIGN_OR_RETURN(Reader exclude, reader.Vector32());
  while (exclude.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ReadString16(exclude));
    request.exclude.push_back(std::move(element));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeRecommendReply(const RecommendReply& reply) {
  Writer writer;
  writer.U8(reply.personal ? 1 : 0);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : reply.items) WriteShelfItem(vector, element);
  });
  return std::move(writer).Finish();
}

Result<ExplainRequest> DecodeExplainRequest(ByteView bytes) {
  Reader reader(bytes);
  ExplainRequest request;
  BAYA_ASSIGN_OR_RETURN(request.item, ReadString16(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeExplainReply(const ExplainReply& reply) {
  Writer writer;
  writer.Opaque32(AsBytes(reply.explanation));
  return std::move(writer).Finish();
}

Result<ProfileRequest> DecodeProfileRequest(ByteView bytes) {
  const Reader reader(bytes);
  ProfileRequest request;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeProfileReply(const ProfileReply& reply) {
  Writer writer;
  writer.Opaque32(AsBytes(reply.profile));
  return std::move(writer).Finish();
}

Result<InventoryRequest> DecodeInventoryRequest(ByteView bytes) {
  const Reader reader(bytes);
  InventoryRequest request;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeInventoryReply(const InventoryReply& reply) {
  Writer writer;
  writer.Opaque32(AsBytes(reply.fields));
  return std::move(writer).Finish();
}

Result<AccessLogRequest> DecodeAccessLogRequest(ByteView bytes) {
  const Reader reader(bytes);
  AccessLogRequest request;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeAccessLogReply(const AccessLogReply& reply) {
  Writer writer;
  writer.Opaque32(AsBytes(reply.rows));
  return std::move(writer).Finish();
}

Result<CorrectRequest> DecodeCorrectRequest(ByteView bytes) {
  Reader reader(bytes);
  CorrectRequest request;
  BAYA_ASSIGN_OR_RETURN(request.action, reader.U8());
  BAYA_ASSIGN_OR_RETURN(request.field, ReadString16(reader));
  BAYA_ASSIGN_OR_RETURN(request.value, ReadString16(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeCorrectReply(const CorrectReply& reply) {
  Writer writer;
  WriteVerdict(writer, reply.verdict);
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<ExportDataRequest> DecodeExportDataRequest(ByteView bytes) {
  const Reader reader(bytes);
  ExportDataRequest request;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeExportDataReply(const ExportDataReply& reply) {
  Writer writer;
  writer.Opaque32(AsBytes(reply.json));
  return std::move(writer).Finish();
}

Result<ImportDataRequest> DecodeImportDataRequest(ByteView bytes) {
  Reader reader(bytes);
  ImportDataRequest request;
  BAYA_ASSIGN_OR_RETURN(request.json, ReadString32(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeImportDataReply(const ImportDataReply& reply) {
  Writer writer;
  writer.U32(reply.added);
  writer.U64(reply.sequence);
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<PauseRequest> DecodePauseRequest(ByteView bytes) {
  Reader reader(bytes);
  PauseRequest request;
  BAYA_ASSIGN_OR_RETURN(request.paused, ReadBool(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodePauseReply(const PauseReply& reply) {
  Writer writer;
  WriteConsentState(writer, reply.consent);
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<EraseRequest> DecodeEraseRequest(ByteView bytes) {
  Reader reader(bytes);
  EraseRequest request;
  BAYA_ASSIGN_OR_RETURN(request.scope, reader.U8());
  BAYA_ASSIGN_OR_RETURN(request.name, ReadString16(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeEraseReply(const EraseReply& reply) {
  Writer writer;
  writer.U32(reply.removed);
  WriteEffects(writer, reply.effects);
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

Result<TickRequest> DecodeTickRequest(ByteView bytes) {
  const Reader reader(bytes);
  TickRequest request;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeTickReply(const TickReply& reply) {
  Writer writer;
  writer.U32(reply.expired);
  WriteStoreState(writer, reply.store);
  return std::move(writer).Finish();
}

}  // namespace baya::engine
