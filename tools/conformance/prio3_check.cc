#include "conformance/prio3_check.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/secret_bytes.h"
#include "conformance/prio3_vector.h"
#include "vdaf/prio3.h"

namespace baya::conformance {
namespace {

std::string Join(std::span<const uint64_t> integers) {
  std::string text;
  for (uint64_t integer : integers) {
    if (!text.empty()) text += ',';
    text += std::to_string(integer);
  }
  return text;
}

std::vector<ByteView> Views(const std::vector<Bytes>& list) { return {list.begin(), list.end()}; }

class Prio3Check {
 public:
  Prio3Check(const vdaf::Prio3& prio3, const Prio3Vector& vector)
      : prio3_(prio3), vector_(vector) {}

  Outcome Run() {
    for (const Prio3Operation& operation : vector_.operations) {
      if (Outcome outcome = RunOne(operation)) return outcome;
    }
    return std::nullopt;
  }

 private:
  Outcome RunOne(const Prio3Operation& operation) {
    const std::string& name = operation.operation;
    if (name == "aggregate") return Aggregate(operation, name + Of(operation));
    if (name == "unshard") return Unshard(operation, name);
    if (operation.report_index >= vector_.reports.size()) {
      return Disagreement{name, "a report the vector holds",
                          std::to_string(operation.report_index)};
    }
    const std::string where = "report " + std::to_string(operation.report_index) + ", " + name;
    if (name == "shard") return Shard(operation, where);
    if (name == "verify_init") return VerifyInit(operation, where + Of(operation));
    if (name == "verifier_shares_to_message") return VerifierSharesToMessage(operation, where);
    if (name == "verify_next") return VerifyNext(operation, where + Of(operation));
    return Disagreement{where, "an operation of the draft", name};
  }

  static std::string Of(const Prio3Operation& operation) {
    return " of aggregator " + std::to_string(operation.aggregator_id);
  }

  const Prio3ReportVector& Report(const Prio3Operation& operation) const {
    return vector_.reports[operation.report_index];
  }

  // Whether the operation ended as the vector says.
  static Outcome CheckStatus(const Prio3Operation& operation, const std::string& where,
                             const Status& status) {
    if (status.ok() == operation.success) return std::nullopt;
    return Disagreement{where, operation.success ? "success" : "failure",
                        status.ok() ? "success" : Describe(status)};
  }

  static Disagreement Missing(const std::string& where, const char* what) {
    return {where, std::string("a vector with ") + what, "none there"};
  }

  Outcome CompareList(const std::string& where, const std::vector<Bytes>& expected, size_t index,
                      ByteView got) const {
    if (index >= expected.size()) return Missing(where, "the expected bytes");
    return CompareBytes(where, expected[index], got);
  }

  Outcome Shard(const Prio3Operation& operation, const std::string& where) {
    const Prio3ReportVector& report = Report(operation);
    if (!report.measurement) return Missing(where, "a measurement");
    const auto sharded = prio3_.Shard(vector_.ctx, *report.measurement, report.nonce, report.rand);
    Outcome outcome = CheckStatus(operation, where, sharded.status());
    if (outcome || !sharded.ok()) return outcome;
    outcome = CompareBytes(where + ": public share", report.public_share, sharded->public_share);
    if (outcome) return outcome;
    if (report.input_shares.size() != sharded->input_shares.size()) {
      return Disagreement{where + ": number of input shares",
                          std::to_string(report.input_shares.size()),
                          std::to_string(sharded->input_shares.size())};
    }
    for (size_t j = 0; j < report.input_shares.size(); ++j) {
      outcome = CompareBytes(where + ": input share " + std::to_string(j), report.input_shares[j],
                             sharded->input_shares[j].Expose());
      if (outcome) return outcome;
    }
    return std::nullopt;
  }

  Outcome VerifyInit(const Prio3Operation& operation, const std::string& where) {
    const Prio3ReportVector& report = Report(operation);
    const size_t agg_id = operation.aggregator_id;
    if (agg_id >= report.input_shares.size()) return Missing(where, "its input share");
    auto verification = prio3_.VerifyInit(vector_.verify_key, vector_.ctx, agg_id, report.nonce,
                                          report.public_share, report.input_shares[agg_id]);
    Outcome outcome = CheckStatus(operation, where, verification.status());
    if (outcome || !verification.ok()) return outcome;
    if (report.verifier_shares.empty()) return Missing(where, "verifier shares");
    outcome = CompareList(where + ": verifier share", report.verifier_shares[0], agg_id,
                          verification->verifier_share.Expose());
    states_[{operation.report_index, agg_id}] = std::move(verification->verify_state);
    return outcome;
  }

  Outcome VerifierSharesToMessage(const Prio3Operation& operation, const std::string& where) {
    const Prio3ReportVector& report = Report(operation);
    if (operation.round >= report.verifier_shares.size()) return Missing(where, "that round");
    const auto message =
        prio3_.VerifierSharesToMessage(vector_.ctx, Views(report.verifier_shares[operation.round]));
    Outcome outcome = CheckStatus(operation, where, message.status());
    if (outcome || !message.ok()) return outcome;
    return CompareList(where + ": verifier message", report.verifier_messages, operation.round,
                       *message);
  }

  Outcome VerifyNext(const Prio3Operation& operation, const std::string& where) {
    const Prio3ReportVector& report = Report(operation);
    const auto state = states_.find({operation.report_index, operation.aggregator_id});
    if (state == states_.end()) return Missing(where, "a verify_init before it");
    if (operation.round != 1) return Missing(where, "the one round of Prio3");
    if (report.verifier_messages.empty()) return Missing(where, "a verifier message");
    const auto out_share =
        prio3_.VerifyNext(vector_.ctx, state->second.Expose(), report.verifier_messages[0]);
    Outcome outcome = CheckStatus(operation, where, out_share.status());
    if (outcome || !out_share.ok()) return outcome;
    return CompareList(where + ": out share", report.out_shares, operation.aggregator_id,
                       out_share->Expose());
  }

  Outcome Aggregate(const Prio3Operation& operation, const std::string& where) {
    SecretBytes agg_share = prio3_.AggInit();
    Status status;
    for (const Prio3ReportVector& report : vector_.reports) {
      if (operation.aggregator_id >= report.out_shares.size()) {
        return Missing(where, "an out share in every report");
      }
      status =
          prio3_.AggUpdate(agg_share.ExposeMutable(), report.out_shares[operation.aggregator_id]);
      if (!status.ok()) break;
    }
    Outcome outcome = CheckStatus(operation, where, status);
    if (outcome || !status.ok()) return outcome;
    return CompareList(where + ": agg share", vector_.agg_shares, operation.aggregator_id,
                       agg_share.Expose());
  }

  Outcome Unshard(const Prio3Operation& operation, const std::string& where) {
    const auto result = prio3_.Unshard(Views(vector_.agg_shares), vector_.reports.size());
    Outcome outcome = CheckStatus(operation, where, result.status());
    if (outcome || !result.ok()) return outcome;
    if (!vector_.agg_result) return Missing(where, "a result");
    if (*result == *vector_.agg_result) return std::nullopt;
    return Disagreement{where + ": agg result", Join(*vector_.agg_result), Join(*result)};
  }

  const vdaf::Prio3& prio3_;
  const Prio3Vector& vector_;
  std::map<std::pair<size_t, size_t>, SecretBytes> states_;  // by report and aggregator
};

}  // namespace

Outcome CheckPrio3(const codec::JsonValue& json, const vdaf::Prio3Type& type) {
  const auto vector = ParsePrio3Vector(json, type);
  if (!vector.ok()) return Malformed(vector.status());
  const auto prio3 = type.make(vector->shares, vector->parameters);
  if (!prio3.ok()) return Malformed(prio3.status());
  return Prio3Check(**prio3, *vector).Run();
}

}  // namespace baya::conformance
