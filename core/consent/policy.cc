#include "consent/policy.h"

#include "consent/limits.h"

namespace baya::consent {

Status ValidatePolicy(const Policy& policy) {
  if (policy.purposes.size() > kMaxDeclaredPurposes) {
    return kError<StatusCode::kResourceExhausted, "the plan declares too many purposes">;
  }
  for (const DeclaredPurpose& declared : policy.purposes) {
    if (!IsPurpose(declared.purpose)) {
      return kError<StatusCode::kInvalidArgument,
                    "the plan declares a purpose that does not exist">;
    }
    if (FindDeclared(policy, declared.purpose) != &declared) {
      return kError<StatusCode::kInvalidArgument, "the plan declares a purpose twice">;
    }
    if (declared.text == TextHash{}) {
      return kError<StatusCode::kInvalidArgument, "a declared purpose has no text">;
    }
    if (declared.max_age_ms < 0) {
      return kError<StatusCode::kInvalidArgument, "a consent cannot last a negative time">;
    }
  }
  return OkStatus();
}

const DeclaredPurpose* FindDeclared(const Policy& policy, Purpose purpose) {
  for (const DeclaredPurpose& declared : policy.purposes) {
    if (declared.purpose == purpose) return &declared;
  }
  return nullptr;
}

}  // namespace baya::consent
