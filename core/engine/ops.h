// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.
//
// The engine's operations. What is encoded follows the order of the members, in the TLS
// presentation language. Bytes and texts are borrowed: a request's from what it was decoded from.
// Decoders fail with kInvalidArgument, encoders with kOutOfRange when something is longer than its
// length field.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace baya::engine {

inline constexpr uint32_t kAbiVersion = 1;

enum class Op : uint32_t {
  kAbout = 1,
  kShardCount = 2,
  kShardHistogram = 3,
};

// About: What this build is.
struct AboutRequest {};
Result<AboutRequest> DecodeAboutRequest(ByteView bytes);

struct AboutReply {
  // of the exports and of these operations
  uint32_t abi_version = 0;
  // semantic version of the release
  std::string_view package_version;
  // name of the VDAF draft it follows
  std::string_view vdaf_draft;
  // the version byte in the draft's domain separation tag
  uint8_t vdaf_version = 0;
};
Result<Bytes> EncodeAboutReply(const AboutReply& reply);

// ShardCount: Splits one Prio3Count measurement into shares.
struct ShardCountRequest {
  // application context, the same for all parties of a task
  ByteView ctx;
  // 16 bytes: public, never used twice in a task
  ByteView nonce;
  // number of aggregators, at least 2
  uint8_t shares = 0;
  // counted when true
  bool measurement = false;
};
Result<ShardCountRequest> DecodeShardCountRequest(ByteView bytes);

struct ShardCountReply {
  // for every aggregator
  ByteView public_share;
  // secret, one for each aggregator, the leader's first
  std::vector<ByteView> input_shares;
};
Result<Bytes> EncodeShardCountReply(const ShardCountReply& reply);

// ShardHistogram: Splits one Prio3Histogram measurement into shares.
struct ShardHistogramRequest {
  // application context, the same for all parties of a task
  ByteView ctx;
  // 16 bytes: public, never used twice in a task
  ByteView nonce;
  // number of aggregators, at least 2
  uint8_t shares = 0;
  // number of buckets
  uint32_t length = 0;
  // buckets proved together; the square root of length is best
  uint32_t chunk_length = 0;
  // the bucket, below length
  uint32_t measurement = 0;
};
Result<ShardHistogramRequest> DecodeShardHistogramRequest(ByteView bytes);

struct ShardHistogramReply {
  // for every aggregator
  ByteView public_share;
  // secret, one for each aggregator, the leader's first
  std::vector<ByteView> input_shares;
};
Result<Bytes> EncodeShardHistogramReply(const ShardHistogramReply& reply);

}  // namespace baya::engine
