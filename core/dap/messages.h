// The messages of DAP that a time-interval task with Prio3 needs: structures and their encodings.
//
// Source: draft-ietf-ppm-dap-18, "Protocol Definition"; names and order of fields are the draft's.
// Encode gives kOutOfRange for a field that does not fit behind its length. Decoders take exactly
// one message: what is missing, left over or out of its range is kInvalidArgument. They do not ask
// whether extensions are in order, known or unique: what follows from that differs by recipient.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "dap/errors.h"

namespace baya::dap {

// "Basic Type Definitions".

using TaskId = std::array<uint8_t, 32>;
using ReportId = std::array<uint8_t, 16>;
using Checksum = std::array<uint8_t, 32>;

// Since 1970-01-01T00:00:00Z and length, both in the task's time precision.
using Time = uint64_t;
using Duration = uint64_t;

// [start, start + duration). Decoders refuse one whose end passes 2^64 - 1.
struct Interval {
  Time start = 0;
  Duration duration = 0;

  bool Contains(Time time) const { return time >= start && time - start < duration; }
  friend bool operator==(const Interval&, const Interval&) = default;
};

enum class Role : uint8_t { kCollector = 0, kClient = 1, kLeader = 2, kHelper = 3 };

struct HpkeCiphertext {
  uint8_t config_id = 0;
  Bytes enc;      // at least 1 byte
  Bytes payload;  // at least 1 byte
};

// Of a report, a task, an aggregation job or a collection job: each has its own registry.
struct Extension {
  uint16_t type = 0;
  Bytes data;
};

Result<Bytes> Encode(const HpkeCiphertext& ciphertext);
Result<HpkeCiphertext> DecodeHpkeCiphertext(ByteView bytes);

// "HPKE Configuration Request".

struct HpkeConfig {
  uint8_t id = 0;
  uint16_t kem_id = 0;
  uint16_t kdf_id = 0;
  uint16_t aead_id = 0;
  Bytes public_key;  // at least 1 byte
};

Result<Bytes> Encode(const HpkeConfig& config);
Result<HpkeConfig> DecodeHpkeConfig(ByteView bytes);
// In decreasing order of preference, at least one.
Result<Bytes> EncodeHpkeConfigList(std::span<const HpkeConfig> configs);
Result<std::vector<HpkeConfig>> DecodeHpkeConfigList(ByteView bytes);

// "Upload Request". A request's body is reports one after the other.

struct ReportMetadata {
  ReportId report_id = {};
  Time time = 0;
  std::vector<Extension> public_extensions;
};

struct Report {
  ReportMetadata report_metadata;
  Bytes public_share;
  HpkeCiphertext leader_encrypted_input_share;
  HpkeCiphertext helper_encrypted_input_share;
};

struct PlaintextInputShare {
  std::vector<Extension> private_extensions;
  SecretBytes payload;  // at least 1 byte
};

struct ReportUploadStatus {
  ReportId id = {};
  ReportError error = ReportError::kReserved;
};

Result<Bytes> Encode(const Report& report);
Result<std::vector<Report>> DecodeUploadRequest(ByteView body);
Result<PlaintextInputShare> DecodePlaintextInputShare(ByteView bytes);
Bytes EncodeUploadErrors(std::span<const ReportUploadStatus> statuses);
Result<std::vector<ReportUploadStatus>> DecodeUploadErrors(ByteView body);

// "Verifying and Aggregating Reports". The payloads are ping-pong messages (vdaf/ping_pong.h).

struct ReportShare {
  ReportMetadata report_metadata;
  Bytes public_share;
  HpkeCiphertext encrypted_input_share;
};

struct VerifyInit {
  ReportShare report_share;
  Bytes payload;  // at least 1 byte
};

struct AggregationJobInitReq {
  uint8_t verification_key_id = 0;
  Bytes agg_param;
  std::vector<Extension> extensions;
  std::vector<VerifyInit> verify_inits;
};

enum class VerifyRespType : uint8_t { kContinue = 0, kFinish = 1, kReject = 2 };

struct VerifyResp {
  ReportId report_id = {};
  VerifyRespType type = VerifyRespType::kReject;
  Bytes payload;                                      // of kContinue, at least 1 byte
  ReportError report_error = ReportError::kReserved;  // of kReject
};

// With the only aggregation parameter of Prio3, the empty one, and no extensions. Takes the parts
// so that a job of thousands of reports is not copied first.
Result<Bytes> EncodeAggregationJobInitReq(uint8_t verification_key_id,
                                          std::span<const VerifyInit> verify_inits);
Result<AggregationJobInitReq> DecodeAggregationJobInitReq(ByteView body);
Result<Bytes> EncodeAggregationJobResp(std::span<const VerifyResp> verify_resps);
Result<std::vector<VerifyResp>> DecodeAggregationJobResp(ByteView body);

// "Collecting Results".

// A Query, or a BatchSelector, which have one shape.
struct Query {
  uint8_t batch_mode = 0;
  Bytes config;
};

struct CollectionJobReq {
  Query query;
  Bytes agg_param;
  std::vector<Extension> extensions;
};

struct CollectionJobResp {
  uint64_t report_count = 0;
  Interval interval;
  HpkeCiphertext leader_encrypted_agg_share;
  HpkeCiphertext helper_encrypted_agg_share;
};

struct AggregateShareReq {
  CollectionJobReq collection_job_req;
  Query batch_selector;
  uint64_t report_count = 0;
  Checksum checksum = {};
};

Result<Bytes> Encode(const CollectionJobReq& request);
Result<CollectionJobReq> DecodeCollectionJobReq(ByteView body);
Result<Bytes> Encode(const CollectionJobResp& response);
Result<CollectionJobResp> DecodeCollectionJobResp(ByteView body);
Result<Bytes> Encode(const AggregateShareReq& request);
Result<AggregateShareReq> DecodeAggregateShareReq(ByteView body);

// "Time Interval": the `config` of a query or a batch selector. An AggregateShare message is an
// HpkeCiphertext.
inline constexpr size_t kIntervalBytes = 16;
Bytes EncodeInterval(const Interval& interval);
Result<Interval> DecodeInterval(ByteView bytes);

}  // namespace baya::dap
