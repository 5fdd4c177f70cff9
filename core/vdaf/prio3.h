// Prio3: a measurement in shares that prove themselves valid, over bytes.
//
// Source: draft-irtf-cfrg-vdaf-20 §7.2; the names are the draft's. Every byte string is an encoded
// message of §7.2.7. Decoders refuse a wrong length and an element that is not below the modulus.
//
//   device       Shard (prio3_client.h)    -> public share, one input share for each Aggregator
//   Aggregator   VerifyInit                -> verify state (keep), verifier share (send)
//   any of them  VerifierSharesToMessage   -> verifier message (send), or refusal
//   Aggregator   VerifyNext                -> out share
//   Aggregator   AggInit, AggUpdate, Merge -> agg share
//   Collector    Unshard                   -> result
//
// Prio3 has no aggregation parameter and one round. Measurements, shares and states are secret:
// no branch or address depends on them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "base/status.h"
#include "vdaf/prio3_client.h"

namespace baya::vdaf {

struct Prio3Verification {
  SecretBytes verify_state;  // our own format, for the same build of the same instance
  SecretBytes verifier_share;
};

// One instance: a type with its parameters and number of shares. Immutable, shared freely.
class Prio3 : public Prio3Client {
 public:
  static constexpr size_t kVerifyKeySize = 32;

  virtual uint32_t AlgorithmId() const = 0;

  // Bytes on the wire; the same for every measurement.
  virtual size_t VerifierShareSize() const = 0;
  virtual size_t VerifierMessageSize() const = 0;
  virtual size_t AggShareSize() const = 0;

  // §7.2.2. `agg_id` in [0, Shares()). kInvalidArgument for a size, an id or a malformed share;
  // kFailedPrecondition when key and nonce cannot be used together.
  virtual Result<Prio3Verification> VerifyInit(ByteView verify_key, ByteView ctx, size_t agg_id,
                                               ByteView nonce, ByteView public_share,
                                               ByteView input_share) const = 0;

  // §7.2.2. `verifier_shares`: all of them, by Aggregator. kInvalidArgument when malformed,
  // kDataLoss when the proof does not hold: the report is not valid.
  virtual Result<Bytes> VerifierSharesToMessage(
      ByteView ctx, std::span<const ByteView> verifier_shares) const = 0;

  // §7.2.2. kInvalidArgument when malformed, kDataLoss when the joint randomness is not what the
  // client claimed: the report is not valid.
  virtual Result<SecretBytes> VerifyNext(ByteView ctx, ByteView verify_state,
                                         ByteView verifier_message) const = 0;

  // §7.2.4. kInvalidArgument when malformed; `agg_share` is then unchanged.
  virtual SecretBytes AggInit() const = 0;
  virtual Status AggUpdate(MutableByteView agg_share, ByteView out_share) const = 0;
  virtual Result<SecretBytes> Merge(std::span<const ByteView> agg_shares) const = 0;

  // §7.2.5. `agg_shares`: all of them; `num_measurements` at least 1. kOutOfRange for a value of
  // 2^64 or more.
  virtual Result<std::vector<uint64_t>> Unshard(std::span<const ByteView> agg_shares,
                                                uint64_t num_measurements) const = 0;

  // The same for shares with noise, which may pass below zero: each value is the integer nearest
  // zero that the field element stands for. kOutOfRange when it is not in [-2^63, 2^63).
  virtual Result<std::vector<int64_t>> UnshardNoised(std::span<const ByteView> agg_shares,
                                                     uint64_t num_measurements) const = 0;

 protected:
  Prio3() = default;
};

}  // namespace baya::vdaf
