// A value, or the Status that says why there is none.
#pragma once

#include <cstdlib>
#include <memory>
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
      : status_(status.ok() ? kError<StatusCode::kInternal, "a result without a value"> : status) {}
  Result(const T& value) requires std::is_copy_constructible_v<T> : value_(value) {}
  Result(T&& value) : value_(std::move(value)) {}

  Result(const Result& other) requires std::is_copy_constructible_v<T> : status_(other.status_) {
    if (ok()) std::construct_at(std::addressof(value_), other.value_);
  }
  Result(Result&& other) noexcept : status_(other.status_) {
    if (ok()) std::construct_at(std::addressof(value_), std::move(other.value_));
  }
  Result& operator=(Result&& other) noexcept {
    if (this == &other) return *this;
    Destroy();
    status_ = other.status_;
    if (ok()) std::construct_at(std::addressof(value_), std::move(other.value_));
    return *this;
  }
  ~Result() { Destroy(); }

  bool ok() const { return status_.ok(); }
  const Status& status() const { return status_; }

  // REQUIRES: ok(); aborts otherwise.
  T& value() & {
    if (!ok()) std::abort();
    return value_;
  }
  const T& value() const& {
    if (!ok()) std::abort();
    return value_;
  }
  T&& value() && {
    if (!ok()) std::abort();
    return std::move(value_);
  }

  // What the macro below takes after it asked ok(): a check that the compiler cannot see to be
  // needless would stay in every caller.
  T&& AssumeOk() && { return std::move(value_); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  void Destroy() {
    if (ok()) std::destroy_at(std::addressof(value_));
  }

  Status status_;
  union {
    // Alive while status_ is OK. NOLINTNEXTLINE(readability-identifier-naming): it is private.
    T value_;
  };
};

}  // namespace baya

#define BAYA_CONCAT_INNER(a, b) a##b
#define BAYA_CONCAT(a, b) BAYA_CONCAT_INNER(a, b)
#define BAYA_ASSIGN_OR_RETURN_INNER(result, lhs, expression) \
  auto result = (expression);                                \
  if (!result.ok()) return result.status();                  \
  lhs = std::move(result).AssumeOk()

// BAYA_ASSIGN_OR_RETURN(auto x, F());  declares or assigns x, or returns F's status.
#define BAYA_ASSIGN_OR_RETURN(lhs, expression) \
  BAYA_ASSIGN_OR_RETURN_INNER(BAYA_CONCAT(baya_result_, __LINE__), lhs, expression)
