// One test vector of Prio3, parsed.
//
// Source: draft-irtf-cfrg-vdaf-20 Appendix C.1 (schema); the field names are the schema's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "codec/json.h"
#include "vdaf/prio3_types.h"

namespace baya::conformance {

struct Prio3Operation {
  std::string operation;
  size_t round = 0;
  size_t aggregator_id = 0;
  size_t report_index = 0;
  bool success = false;
};

struct Prio3ReportVector {
  std::optional<std::vector<uint64_t>> measurement;  // absent where the report is a forgery
  Bytes nonce;
  Bytes rand;
  Bytes public_share;
  std::vector<Bytes> input_shares;
  std::vector<std::vector<Bytes>> verifier_shares;  // [round][aggregator]
  std::vector<Bytes> verifier_messages;             // [round]
  std::vector<Bytes> out_shares;
};

struct Prio3Vector {
  size_t shares = 0;
  std::vector<uint64_t> parameters;  // in the order of the type's
  Bytes ctx;
  Bytes verify_key;
  std::vector<Prio3ReportVector> reports;
  std::vector<Bytes> agg_shares;
  std::optional<std::vector<uint64_t>> agg_result;
  std::vector<Prio3Operation> operations;  // at least one
};

// kInvalidArgument or kNotFound when `json` is not of that shape.
Result<Prio3Vector> ParsePrio3Vector(const codec::JsonValue& json, const vdaf::Prio3Type& type);

}  // namespace baya::conformance
