#include "vault/chunk.h"

#include <cstdlib>
#include <utility>

#include "codec/tls.h"

namespace baya::vault {
namespace {

constexpr size_t kTypeBytes = 1;
constexpr size_t kHeaderBytes = kTypeBytes + 4 + 8 + 8 + 4 + 4;

constexpr Status kNotAChunk = kError<StatusCode::kInvalidArgument, "the content is not a chunk">;

uint64_t RandomId(Host& host) {
  uint8_t bytes[8];
  host.FillRandom(bytes);
  uint64_t id = 0;
  for (const uint8_t byte : bytes) id = id << 8 | byte;
  return id;
}

// Epoch and generation are still 0.
void WriteHeader(FixedWriter& writer, const ListedChunk& listed) {
  writer.U8(static_cast<uint8_t>(listed.type));
  writer.U32(0);
  writer.U64(0);
  writer.U64(listed.first_sequence);
  writer.U32(listed.span);
  writer.U32(listed.records);
}

// The record at the front of `rest`, which is shortened by it; false when none lies there.
bool TakeRecord(ByteView& rest, uint64_t first_sequence, RecordView& record) {
  if (rest.size() < kRecordHeaderBytes) return false;
  const uint32_t offset = uint32_t{rest[1]} << 16 | uint32_t{rest[2]} << 8 | rest[3];
  const size_t length = size_t{rest[4]} << 8 | rest[5];
  if (rest.size() - kRecordHeaderBytes < length) return false;
  record = {first_sequence + offset, rest[0], rest.subspan(kRecordHeaderBytes, length)};
  rest = rest.subspan(kRecordHeaderBytes + length);
  return true;
}

// Whether the records of a log chunk are as its header says.
bool LogIsWhole(const Chunk& chunk) {
  const ListedChunk& listed = chunk.listed;
  ByteView rest = chunk.body();
  RecordView record;
  uint64_t next = listed.first_sequence;
  for (uint32_t i = 0; i < listed.records; ++i) {
    if (!TakeRecord(rest, listed.first_sequence, record)) return false;
    if (i == 0 ? record.sequence != next : record.sequence < next) return false;
    next = record.sequence + 1;
  }
  return rest.empty() && listed.records > 0 && next - 1 - listed.first_sequence == listed.span;
}

bool BodyIsWhole(const Chunk& chunk) {
  if (chunk.listed.type == ChunkType::kLog) return LogIsWhole(chunk);
  return !chunk.body().empty() && chunk.listed.span == 0 && chunk.listed.records == 0;
}

}  // namespace

ByteView Chunk::body() const { return plaintext.content().subspan(kHeaderBytes); }

std::vector<RecordView> Chunk::Records() const {
  std::vector<RecordView> records(listed.records);
  ByteView rest = body();
  for (RecordView& record : records) {
    if (!TakeRecord(rest, listed.first_sequence, record)) std::abort();
  }
  return records;
}

size_t CountForOneChunk(std::span<const RecordView> records) {
  size_t bytes = 0;
  size_t count = 0;
  for (const RecordView& record : records) {
    bytes += kRecordHeaderBytes + record.payload.size();
    const bool fits =
        bytes <= kMaxLogBytes && record.sequence - records.front().sequence <= kMaxSpan;
    if (count > 0 && !fits) break;
    ++count;
  }
  return count;
}

ChunkPtr MakeLogChunk(Host& host, uint32_t key_id, std::span<const RecordView> records) {
  const uint64_t first = records.front().sequence;
  size_t bytes = kHeaderBytes;
  for (const RecordView& record : records) bytes += kRecordHeaderBytes + record.payload.size();
  auto chunk = ChunkPtr::Make();
  chunk->listed = {.id = RandomId(host),
                   .key_id = key_id,
                   .type = ChunkType::kLog,
                   .first_sequence = first,
                   .span = static_cast<uint32_t>(records.back().sequence - first),
                   .records = static_cast<uint32_t>(records.size())};
  chunk->plaintext = Plaintext(bytes);
  FixedWriter writer(chunk->plaintext.mutable_content());
  WriteHeader(writer, chunk->listed);
  for (const RecordView& record : records) {
    writer.U8(record.kind);
    writer.U24(static_cast<uint32_t>(record.sequence - first));
    writer.U16(static_cast<uint16_t>(record.payload.size()));
    writer.Raw(record.payload);
  }
  return chunk;
}

ChunkPtr MakeSnapshotChunk(Host& host, uint32_t key_id, uint8_t kind, uint64_t through_sequence,
                           ByteView bytes) {
  auto chunk = ChunkPtr::Make();
  chunk->listed = {.id = RandomId(host),
                   .key_id = key_id,
                   .type = ChunkType::kSnapshot,
                   .first_sequence = through_sequence,
                   .span = 0,
                   .records = 0};
  chunk->plaintext = Plaintext(kHeaderBytes + 1 + bytes.size());
  FixedWriter writer(chunk->plaintext.mutable_content());
  WriteHeader(writer, chunk->listed);
  writer.U8(kind);
  writer.Raw(bytes);
  return chunk;
}

Result<Bytes> SealChunk(Host& host, const SecretBytes& key, const VaultId& vault_id, uint32_t epoch,
                        uint64_t generation, Chunk& chunk) {
  chunk.epoch = epoch;
  chunk.generation = generation;
  FixedWriter writer(chunk.plaintext.mutable_content().subspan(kTypeBytes));
  writer.U32(epoch);
  writer.U64(generation);
  return SealBlob(host, key, {kChunkLabel, vault_id, chunk.listed.id, chunk.listed.key_id},
                  chunk.plaintext);
}

OpenedChunk OpenChunk(const SecretBytes& key, uint32_t key_id, const VaultId& vault_id, uint64_t id,
                      ByteView blob) {
  OpenedBlob opened = OpenBlob(key, {kChunkLabel, vault_id, id, key_id}, blob);
  if (opened.fault != Fault::kNone) return {opened.fault, nullptr};
  Result<ChunkPtr> chunk = DecodeChunk(id, key_id, std::move(opened.plaintext));
  if (!chunk.ok()) return {Fault::kMalformed, nullptr};
  return {Fault::kNone, std::move(*chunk)};
}

Result<ChunkPtr> DecodeChunk(uint64_t id, uint32_t key_id, Plaintext plaintext) {
  auto chunk = ChunkPtr::Make();
  codec::Reader reader(plaintext.content());
  BAYA_ASSIGN_OR_RETURN(const uint8_t type, reader.U8());
  BAYA_ASSIGN_OR_RETURN(chunk->epoch, reader.U32());
  BAYA_ASSIGN_OR_RETURN(chunk->generation, reader.U64());
  BAYA_ASSIGN_OR_RETURN(chunk->listed.first_sequence, reader.U64());
  BAYA_ASSIGN_OR_RETURN(chunk->listed.span, reader.U32());
  BAYA_ASSIGN_OR_RETURN(chunk->listed.records, reader.U32());
  if (type != static_cast<uint8_t>(ChunkType::kLog) &&
      type != static_cast<uint8_t>(ChunkType::kSnapshot)) {
    return kNotAChunk;
  }
  chunk->listed.id = id;
  chunk->listed.key_id = key_id;
  chunk->listed.type = static_cast<ChunkType>(type);
  chunk->plaintext = std::move(plaintext);
  if (!BodyIsWhole(*chunk)) return kNotAChunk;
  return chunk;
}

}  // namespace baya::vault
