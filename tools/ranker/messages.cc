#include "ranker/messages.h"

#include <limits>
#include <optional>
#include <utility>

#include "base/status.h"
#include "codec/tls.h"

namespace baya::tools {
namespace {

using codec::Reader;
using codec::Writer;
using recommend::AttributeId;

constexpr uint32_t kNoAttribute = 0xffffffff;

uint32_t NumberOf(const std::optional<AttributeId>& attribute) {
  return attribute ? uint32_t{*attribute} : kNoAttribute;
}

Result<std::optional<AttributeId>> ReadAttribute(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint32_t number, reader.U32());
  if (number == kNoAttribute) return std::optional<AttributeId>();
  if (number > std::numeric_limits<AttributeId>::max()) {
    return kError<StatusCode::kInvalidArgument, "no number of an attribute">;
  }
  return std::optional<AttributeId>(static_cast<AttributeId>(number));
}

Result<bool> ReadBool(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint8_t value, reader.U8());
  if (value > 1) return kError<StatusCode::kInvalidArgument, "a bool is neither 0 nor 1">;
  return value == 1;
}

void WriteHeard(const HeardInteraction& heard, Writer& writer) {
  writer.U32(heard.interaction.item);
  writer.U8(static_cast<uint8_t>(heard.interaction.kind));
  writer.U64(static_cast<uint64_t>(heard.interaction.time_ms));
  writer.U16(heard.interaction.weight_permille);
  writer.U64(static_cast<uint64_t>(heard.now_ms));
}

Result<HeardInteraction> ReadHeard(Reader& reader) {
  HeardInteraction heard;
  BAYA_ASSIGN_OR_RETURN(heard.interaction.item, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const uint8_t kind, reader.U8());
  heard.interaction.kind = static_cast<recommend::InteractionKind>(kind);
  if (heard.interaction.kind < recommend::InteractionKind::kViewed ||
      heard.interaction.kind > recommend::InteractionKind::kDisliked) {
    return kError<StatusCode::kInvalidArgument, "no kind of interaction">;
  }
  BAYA_ASSIGN_OR_RETURN(const uint64_t time_ms, reader.U64());
  heard.interaction.time_ms = static_cast<int64_t>(time_ms);
  BAYA_ASSIGN_OR_RETURN(heard.interaction.weight_permille, reader.U16());
  BAYA_ASSIGN_OR_RETURN(const uint64_t now_ms, reader.U64());
  heard.now_ms = static_cast<int64_t>(now_ms);
  return heard;
}

Status ReadRequest(Reader& reader, RankCall& call) {
  BAYA_ASSIGN_OR_RETURN(call.request.k, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const uint8_t bought, reader.U8());
  call.request.bought = static_cast<recommend::Bought>(bought);
  if (call.request.bought > recommend::Bought::kShow) {
    return kError<StatusCode::kInvalidArgument, "no way to treat what was bought">;
  }
  BAYA_ASSIGN_OR_RETURN(call.request.adult, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(call.request.varied, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(call.request.region, ReadAttribute(reader));
  BAYA_ASSIGN_OR_RETURN(call.request.asked, ReadAttribute(reader));
  BAYA_ASSIGN_OR_RETURN(Reader excluded, reader.Vector32());
  while (excluded.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(const uint32_t item, excluded.U32());
    call.exclude.push_back(item);
  }
  return OkStatus();
}

}  // namespace

Bytes EncodeRankCall(const RankCall& call) {
  Writer writer;
  writer.U8(call.forget ? 1 : 0);
  writer.Vector32([&](Writer& body) {
    for (const HeardInteraction& heard : call.heard) WriteHeard(heard, body);
  });
  writer.U32(call.request.k);
  writer.U8(static_cast<uint8_t>(call.request.bought));
  writer.U8(call.request.adult ? 1 : 0);
  writer.U8(call.request.varied ? 1 : 0);
  writer.U32(NumberOf(call.request.region));
  writer.U32(NumberOf(call.request.asked));
  writer.Vector32([&](Writer& body) {
    for (const recommend::ItemIndex item : call.exclude) body.U32(item);
  });
  writer.U64(static_cast<uint64_t>(call.now_ms));
  return std::move(writer).Finish().value();
}

Result<RankCall> DecodeRankCall(ByteView bytes) {
  Reader reader(bytes);
  RankCall call;
  BAYA_ASSIGN_OR_RETURN(call.forget, ReadBool(reader));
  BAYA_ASSIGN_OR_RETURN(Reader heard, reader.Vector32());
  while (heard.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(const HeardInteraction& one, ReadHeard(heard));
    call.heard.push_back(one);
  }
  BAYA_RETURN_IF_ERROR(ReadRequest(reader, call));
  BAYA_ASSIGN_OR_RETURN(const uint64_t now_ms, reader.U64());
  call.now_ms = static_cast<int64_t>(now_ms);
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return call;
}

Bytes EncodeShelf(const std::vector<recommend::RankedItem>& shelf) {
  Writer writer;
  for (const recommend::RankedItem& ranked : shelf) {
    writer.U32(ranked.item);
    for (const int64_t points : {ranked.score, ranked.variety, ranked.promoted}) {
      writer.U64(static_cast<uint64_t>(points));
    }
  }
  return std::move(writer).Finish().value();
}

Result<std::vector<recommend::RankedItem>> DecodeShelf(ByteView bytes) {
  Reader reader(bytes);
  std::vector<recommend::RankedItem> shelf;
  while (reader.remaining() > 0) {
    recommend::RankedItem ranked;
    BAYA_ASSIGN_OR_RETURN(ranked.item, reader.U32());
    for (int64_t* points : {&ranked.score, &ranked.variety, &ranked.promoted}) {
      BAYA_ASSIGN_OR_RETURN(const uint64_t value, reader.U64());
      *points = static_cast<int64_t>(value);
    }
    shelf.push_back(ranked);
  }
  return shelf;
}

}  // namespace baya::tools
