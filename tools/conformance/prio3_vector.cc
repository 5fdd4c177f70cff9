#include "conformance/prio3_vector.h"

#include <string_view>
#include <utility>

#include "base/status.h"

namespace baya::conformance {
namespace {

using codec::JsonValue;

Result<std::vector<Bytes>> HexList(std::span<const JsonValue> elements) {
  std::vector<Bytes> list;
  for (const JsonValue& element : elements) {
    BAYA_ASSIGN_OR_RETURN(Bytes bytes, element.AsHex());
    list.push_back(std::move(bytes));
  }
  return list;
}

Result<std::vector<Bytes>> HexListAt(const JsonValue& object, std::string_view name) {
  BAYA_ASSIGN_OR_RETURN(const auto elements, object.ElementsAt(name));
  return HexList(elements);
}

// An integer, or a list of integers or truth values; null is nothing.
Result<std::optional<std::vector<uint64_t>>> IntegersAt(const JsonValue& object,
                                                        std::string_view name) {
  BAYA_ASSIGN_OR_RETURN(const JsonValue* value, object.Member(name));
  if (value->IsNull()) return std::optional<std::vector<uint64_t>>();
  std::vector<uint64_t> integers;
  const auto elements = value->Elements();
  if (!elements.ok()) {
    BAYA_ASSIGN_OR_RETURN(const uint64_t integer, value->AsUint64());
    return std::optional(std::vector<uint64_t>{integer});
  }
  for (const JsonValue& element : *elements) {
    const auto truth = element.AsBool();
    if (truth.ok()) {
      integers.push_back(*truth ? 1 : 0);
      continue;
    }
    BAYA_ASSIGN_OR_RETURN(const uint64_t integer, element.AsUint64());
    integers.push_back(integer);
  }
  return std::optional(std::move(integers));
}

// Zero where the operation has no such member.
Result<size_t> OptionalIndexAt(const JsonValue& object, std::string_view name) {
  if (!object.Member(name).ok()) return size_t{0};
  BAYA_ASSIGN_OR_RETURN(const uint64_t index, object.Uint64At(name));
  if (index > 0xffffffff) return kError<StatusCode::kInvalidArgument, "an index is too large">;
  return static_cast<size_t>(index);
}

Result<Prio3Operation> ParseOperation(const JsonValue& json) {
  Prio3Operation operation;
  BAYA_ASSIGN_OR_RETURN(operation.operation, json.StringAt("operation"));
  BAYA_ASSIGN_OR_RETURN(operation.round, OptionalIndexAt(json, "round"));
  BAYA_ASSIGN_OR_RETURN(operation.aggregator_id, OptionalIndexAt(json, "aggregator_id"));
  BAYA_ASSIGN_OR_RETURN(operation.report_index, OptionalIndexAt(json, "report_index"));
  BAYA_ASSIGN_OR_RETURN(operation.success, json.BoolAt("success"));
  return operation;
}

Result<Prio3ReportVector> ParseReport(const JsonValue& json) {
  Prio3ReportVector report;
  BAYA_ASSIGN_OR_RETURN(report.measurement, IntegersAt(json, "measurement"));
  BAYA_ASSIGN_OR_RETURN(report.nonce, json.HexAt("nonce"));
  BAYA_ASSIGN_OR_RETURN(report.rand, json.HexAt("rand"));
  BAYA_ASSIGN_OR_RETURN(report.public_share, json.HexAt("public_share"));
  BAYA_ASSIGN_OR_RETURN(report.input_shares, HexListAt(json, "input_shares"));
  BAYA_ASSIGN_OR_RETURN(const auto rounds, json.ElementsAt("verifier_shares"));
  for (const JsonValue& round : rounds) {
    BAYA_ASSIGN_OR_RETURN(const auto elements, round.Elements());
    BAYA_ASSIGN_OR_RETURN(std::vector<Bytes> shares, HexList(elements));
    report.verifier_shares.push_back(std::move(shares));
  }
  BAYA_ASSIGN_OR_RETURN(report.verifier_messages, HexListAt(json, "verifier_messages"));
  BAYA_ASSIGN_OR_RETURN(report.out_shares, HexListAt(json, "out_shares"));
  return report;
}

}  // namespace

Result<Prio3Vector> ParsePrio3Vector(const JsonValue& json, const vdaf::Prio3Type& type) {
  Prio3Vector vector;
  BAYA_ASSIGN_OR_RETURN(const uint64_t shares, json.Uint64At("shares"));
  if (shares > 255) return kError<StatusCode::kInvalidArgument, "there are too many shares">;
  vector.shares = static_cast<size_t>(shares);
  for (const vdaf::Prio3Parameter& parameter : type.parameters) {
    BAYA_ASSIGN_OR_RETURN(const uint64_t value, json.Uint64At(parameter.name));
    vector.parameters.push_back(value);
  }
  BAYA_ASSIGN_OR_RETURN(vector.ctx, json.HexAt("ctx"));
  BAYA_ASSIGN_OR_RETURN(vector.verify_key, json.HexAt("verify_key"));
  BAYA_ASSIGN_OR_RETURN(const Bytes agg_param, json.HexAt("agg_param"));
  if (!agg_param.empty()) {
    return kError<StatusCode::kInvalidArgument, "Prio3 has no aggregation parameter">;
  }
  BAYA_ASSIGN_OR_RETURN(const auto reports, json.ElementsAt("reports"));
  for (const JsonValue& element : reports) {
    BAYA_ASSIGN_OR_RETURN(Prio3ReportVector report, ParseReport(element));
    vector.reports.push_back(std::move(report));
  }
  BAYA_ASSIGN_OR_RETURN(vector.agg_shares, HexListAt(json, "agg_shares"));
  BAYA_ASSIGN_OR_RETURN(vector.agg_result, IntegersAt(json, "agg_result"));
  BAYA_ASSIGN_OR_RETURN(const auto operations, json.ElementsAt("operations"));
  for (const JsonValue& element : operations) {
    BAYA_ASSIGN_OR_RETURN(Prio3Operation operation, ParseOperation(element));
    vector.operations.push_back(std::move(operation));
  }
  if (vector.operations.empty()) {
    return kError<StatusCode::kInvalidArgument, "the vector names no operation">;
  }
  return vector;
}

}  // namespace baya::conformance
