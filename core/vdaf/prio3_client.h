// The device's half of Prio3: a measurement in shares that prove themselves valid.
//
// Source: draft-irtf-cfrg-vdaf-20 §7.2.1; the names are the draft's. What an Aggregator and a
// Collector do with the shares is in prio3.h; nothing of it is linked by this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"

namespace baya::vdaf {

struct Prio3Report {
  Bytes public_share;
  std::vector<SecretBytes> input_shares;  // [shares]; 0 is the Leader's, the others Helpers'
};

// One instance: a type with its parameters and number of shares. Immutable, shared freely.
class Prio3Client {
 public:
  static constexpr size_t kNonceSize = 16;
  // The context, with the 8 bytes before it, fits a domain separation tag (§6.2.1).
  static constexpr size_t kMaxContextSize = 65535 - 8;

  virtual ~Prio3Client() = default;

  virtual size_t Shares() const = 0;
  virtual size_t RandSize() const = 0;

  // Bytes on the wire; the same for every measurement.
  virtual size_t PublicShareSize() const = 0;
  virtual size_t InputShareSize(size_t agg_id) const = 0;

  // `measurement`: the integers the type takes (a count's bit, a bucket's index, a vector's
  // entries). `nonce`: kNonceSize bytes, public, unique to the report. `rand`: RandSize() fresh
  // random bytes, never used again. kInvalidArgument for a size or a measurement out of range.
  virtual Result<Prio3Report> Shard(ByteView ctx, std::span<const uint64_t> measurement,
                                    ByteView nonce, ByteView rand) const = 0;

 protected:
  Prio3Client() = default;
};

// A client of one type. By function instead of by name, so that a page links the types it uses.
//
//   shares                in [2, 255]
//   length, chunk_length  of the histogram, each in [1, kMaxVectorLength]
//
// Errors: kInvalidArgument (out of range).
Result<std::unique_ptr<const Prio3Client>> MakeCountClient(size_t shares);
Result<std::unique_ptr<const Prio3Client>> MakeHistogramClient(size_t shares, uint64_t length,
                                                               uint64_t chunk_length);

}  // namespace baya::vdaf
