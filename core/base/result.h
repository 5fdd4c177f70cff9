// A value, or the Status that says why there is none.
#pragma once

#include <cstdlib>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/status.h"

namespace baya {

template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  // `status` must not be OK; an OK status without a value becomes kInternal.
  Result(Status status)
      : status_(status.ok() ? Status(StatusCode::kInternal, "a result without a value") : status) {}
  Result(T value) : value_(std::move(value)) {}

  bool ok() const { return value_.has_value(); }
  const Status& status() const { return status_; }

  // REQUIRES: ok(); aborts otherwise.
  T& value() & {
    if (!value_) std::abort();
    return *value_;
  }
  const T& value() const& {
    if (!value_) std::abort();
    return *value_;
  }
  T&& value() && {
    if (!value_) std::abort();
    return std::move(*value_);
  }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  Status status_;
  std::optional<T> value_;
};

}  // namespace baya

#define BAYA_CONCAT_INNER(a, b) a##b
#define BAYA_CONCAT(a, b) BAYA_CONCAT_INNER(a, b)
#define BAYA_ASSIGN_OR_RETURN_INNER(result, lhs, expression) \
  auto result = (expression);                                \
  if (!result.ok()) return result.status();                  \
  lhs = std::move(result).value()

// BAYA_ASSIGN_OR_RETURN(auto x, F());  declares or assigns x, or returns F's status.
#define BAYA_ASSIGN_OR_RETURN(lhs, expression) \
  BAYA_ASSIGN_OR_RETURN_INNER(BAYA_CONCAT(baya_result_, __LINE__), lhs, expression)
