#include "conformance/xof_check.h"

#include "base/result.h"
#include "base/secret_bytes.h"
#include "vdaf/xof.h"

namespace baya::conformance {
namespace {

struct XofVector {
  Bytes seed;
  Bytes dst;
  Bytes binder;
  uint64_t length = 0;
  Bytes derived_seed;
  Bytes expanded_vec_field128;
};

Result<XofVector> Parse(const codec::JsonValue& json) {
  XofVector vector;
  BAYA_ASSIGN_OR_RETURN(vector.seed, json.HexAt("seed"));
  BAYA_ASSIGN_OR_RETURN(vector.dst, json.HexAt("dst"));
  BAYA_ASSIGN_OR_RETURN(vector.binder, json.HexAt("binder"));
  BAYA_ASSIGN_OR_RETURN(vector.length, json.Uint64At("length"));
  BAYA_ASSIGN_OR_RETURN(vector.derived_seed, json.HexAt("derived_seed"));
  BAYA_ASSIGN_OR_RETURN(vector.expanded_vec_field128, json.HexAt("expanded_vec_field128"));
  return vector;
}

Outcome Compare(const std::string& where, ByteView expected, const Result<SecretBytes>& got) {
  if (!got.ok()) return Disagreement{where, codec::EncodeHex(expected), Describe(got.status())};
  return CompareBytes(where, expected, got->Expose());
}

}  // namespace

Outcome CheckXofTurboShake128(const codec::JsonValue& json) {
  const auto vector = Parse(json);
  if (!vector.ok()) return Malformed(vector.status());
  Outcome outcome = Compare("derive_seed", vector->derived_seed,
                            vdaf::DeriveSeed(vector->seed, vector->dst, vector->binder));
  if (outcome) return outcome;
  return Compare(
      "expand_into_vec over field128", vector->expanded_vec_field128,
      vdaf::ExpandIntoVecField128(vector->seed, vector->dst, vector->binder, vector->length));
}

}  // namespace baya::conformance
