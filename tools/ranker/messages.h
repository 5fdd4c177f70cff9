// What a ranker in another process is asked, and what it answers: the pack first, then one shelf
// after the other. Every message goes behind its length, 32 bits, big-endian (RFC 8446 §3).
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "recommend/interaction.h"
#include "recommend/ranked_item.h"
#include "recommend/shelf_request.h"

namespace baya::tools {

struct HeardInteraction {
  recommend::Interaction interaction;
  int64_t now_ms = 0;  // when it was heard of
};

struct RankCall {
  bool forget = false;  // what was heard before
  std::vector<HeardInteraction> heard;
  recommend::ShelfRequest request;            // without promotions
  std::vector<recommend::ItemIndex> exclude;  // of the request, whose span is not carried
  int64_t now_ms = 0;
};

Bytes EncodeRankCall(const RankCall& call);
// Errors: kInvalidArgument.
Result<RankCall> DecodeRankCall(ByteView bytes);

Bytes EncodeShelf(const std::vector<recommend::RankedItem>& shelf);
// Errors: kInvalidArgument.
Result<std::vector<recommend::RankedItem>> DecodeShelf(ByteView bytes);

}  // namespace baya::tools
