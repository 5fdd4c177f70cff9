// A borrowed callable, for parameters: two words, no allocation.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace baya {

template <typename Signature>
class FunctionRef;

// What it was made from must outlive it.
template <typename R, typename... Args>
class FunctionRef<R(Args...)> {
 public:
  template <typename F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef>) FunctionRef(const F& function)
      : function_(std::addressof(function)), call_([](const void* callee, Args... args) -> R {
          return (*static_cast<const F*>(callee))(std::forward<Args>(args)...);
        }) {}

  R operator()(Args... args) const { return call_(function_, std::forward<Args>(args)...); }

 private:
  const void* function_;
  R (*call_)(const void*, Args...);
};

}  // namespace baya
