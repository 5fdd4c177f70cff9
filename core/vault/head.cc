#include "vault/head.h"

#include <algorithm>
#include <cstddef>
#include <limits>

#include "base/sort.h"
#include "codec/tls.h"
#include "vault/limits.h"

namespace baya::vault {
namespace {

constexpr size_t kHeadFixedBytes = 8 + 4 + 8 + 8 + 1;
constexpr size_t kListedChunkBytes = 8 + 4 + 1 + 8 + 4 + 4;
constexpr size_t kGapBytes = 8 + 8 + 4 + 1;
constexpr uint8_t kRotationOwed = 1;

bool IsChunkType(uint8_t type) {
  return type == static_cast<uint8_t>(ChunkType::kLog) ||
         type == static_cast<uint8_t>(ChunkType::kSnapshot);
}

Result<ListedChunk> ReadChunk(codec::Reader& reader) {
  ListedChunk chunk;
  BAYA_ASSIGN_OR_RETURN(chunk.id, reader.U64());
  BAYA_ASSIGN_OR_RETURN(chunk.key_id, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const uint8_t type, reader.U8());
  BAYA_ASSIGN_OR_RETURN(chunk.first_sequence, reader.U64());
  BAYA_ASSIGN_OR_RETURN(chunk.span, reader.U32());
  BAYA_ASSIGN_OR_RETURN(chunk.records, reader.U32());
  if (!IsChunkType(type)) {
    return kError<StatusCode::kInvalidArgument, "a head lists a chunk of an unknown type">;
  }
  chunk.type = static_cast<ChunkType>(type);
  return chunk;
}

Result<Gap> ReadGap(codec::Reader& reader) {
  Gap gap;
  BAYA_ASSIGN_OR_RETURN(gap.first_sequence, reader.U64());
  BAYA_ASSIGN_OR_RETURN(gap.last_sequence, reader.U64());
  BAYA_ASSIGN_OR_RETURN(gap.records, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const uint8_t reason, reader.U8());
  if (gap.last_sequence < gap.first_sequence || (reason != 1 && reason != 2)) {
    return kError<StatusCode::kInvalidArgument, "a head holds a gap that is none">;
  }
  gap.reason = static_cast<GapReason>(reason);
  return gap;
}

bool Touch(const Gap& before, const Gap& after) {
  return after.first_sequence <= before.last_sequence ||
         after.first_sequence - before.last_sequence == 1;
}

void Join(Gap& into, const Gap& gap) {
  constexpr uint64_t kMost = std::numeric_limits<uint32_t>::max();
  into.first_sequence = std::min(into.first_sequence, gap.first_sequence);
  into.last_sequence = std::max(into.last_sequence, gap.last_sequence);
  into.records =
      static_cast<uint32_t>(std::min<uint64_t>(kMost, uint64_t{into.records} + gap.records));
}

// Of gaps that follow each other among those of one reason, the two nearest in sequence become one.
// REQUIRES: more gaps than there are reasons.
void JoinNearest(std::vector<Gap>& gaps) {
  constexpr size_t kNone = std::numeric_limits<size_t>::max();
  size_t last_of_reason[] = {kNone, kNone, kNone};  // by the value of GapReason
  size_t into = 0;
  size_t from = 0;
  uint64_t nearest = std::numeric_limits<uint64_t>::max();
  for (size_t i = 0; i < gaps.size(); ++i) {
    size_t& last = last_of_reason[static_cast<size_t>(gaps[i].reason)];
    if (last != kNone && gaps[i].first_sequence - gaps[last].first_sequence < nearest) {
      nearest = gaps[i].first_sequence - gaps[last].first_sequence;
      into = last;
      from = i;
    }
    last = i;
  }
  Join(gaps[into], gaps[from]);
  gaps.erase(gaps.begin() + static_cast<std::ptrdiff_t>(from));
}

}  // namespace

void AddGap(std::vector<Gap>& gaps, const Gap& gap) {
  Gap joined = gap;
  for (size_t i = 0; i < gaps.size();) {
    const bool meets = gaps[i].first_sequence <= joined.first_sequence ? Touch(gaps[i], joined)
                                                                       : Touch(joined, gaps[i]);
    if (gaps[i].reason != joined.reason || !meets) {
      ++i;
      continue;
    }
    Join(joined, gaps[i]);
    gaps.erase(gaps.begin() + static_cast<std::ptrdiff_t>(i));
    i = 0;  // what was joined may reach further
  }
  InsertSorted(gaps, joined,
               [](const Gap& a, const Gap& b) { return a.first_sequence < b.first_sequence; });
  if (gaps.size() > kMaxGaps) JoinNearest(gaps);
}

Plaintext EncodeHead(const Head& head) {
  const size_t chunk_bytes = head.chunks.size() * kListedChunkBytes;
  const size_t gap_bytes = head.gaps.size() * kGapBytes;
  Plaintext plaintext(kHeadFixedBytes + 4 + chunk_bytes + 2 + gap_bytes);
  FixedWriter writer(plaintext.mutable_content());
  writer.U64(head.generation);
  writer.U32(head.epoch);
  writer.U64(head.next_sequence);
  writer.U64(head.keys_generation);
  writer.U8(head.rotation_owed ? kRotationOwed : 0);
  writer.U32(static_cast<uint32_t>(chunk_bytes));
  for (const ListedChunk& chunk : head.chunks) {
    writer.U64(chunk.id);
    writer.U32(chunk.key_id);
    writer.U8(static_cast<uint8_t>(chunk.type));
    writer.U64(chunk.first_sequence);
    writer.U32(chunk.span);
    writer.U32(chunk.records);
  }
  writer.U16(static_cast<uint16_t>(gap_bytes));
  for (const Gap& gap : head.gaps) {
    writer.U64(gap.first_sequence);
    writer.U64(gap.last_sequence);
    writer.U32(gap.records);
    writer.U8(static_cast<uint8_t>(gap.reason));
  }
  return plaintext;
}

static_assert(kMaxGaps * kGapBytes <= std::numeric_limits<uint16_t>::max());

Result<Head> DecodeHead(ByteView content) {
  codec::Reader reader(content);
  Head head;
  BAYA_ASSIGN_OR_RETURN(head.generation, reader.U64());
  BAYA_ASSIGN_OR_RETURN(head.epoch, reader.U32());
  BAYA_ASSIGN_OR_RETURN(head.next_sequence, reader.U64());
  BAYA_ASSIGN_OR_RETURN(head.keys_generation, reader.U64());
  BAYA_ASSIGN_OR_RETURN(const uint8_t flags, reader.U8());
  if (flags > kRotationOwed) {
    return kError<StatusCode::kInvalidArgument, "a head has unknown flags">;
  }
  head.rotation_owed = flags == kRotationOwed;
  BAYA_ASSIGN_OR_RETURN(codec::Reader chunks, reader.Vector32());
  while (chunks.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(const ListedChunk& chunk, ReadChunk(chunks));
    head.chunks.push_back(chunk);
  }
  BAYA_ASSIGN_OR_RETURN(codec::Reader gaps, reader.Vector16());
  while (gaps.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(const Gap& gap, ReadGap(gaps));
    head.gaps.push_back(gap);
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return head;
}

}  // namespace baya::vault
