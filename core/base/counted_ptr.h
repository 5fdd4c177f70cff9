// Shared ownership within one thread. std::shared_ptr also links run-time type information, which
// the core is built without.
#pragma once

#include <cstddef>
#include <utility>

namespace baya {

// The last owner destroys the object. REQUIRES of * and ->: not null.
template <typename T>
class CountedPtr {
 public:
  CountedPtr() = default;
  CountedPtr(std::nullptr_t) {}
  CountedPtr(const CountedPtr& other) : node_(other.node_) {
    if (node_ != nullptr) ++node_->owners;
  }
  CountedPtr(CountedPtr&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  CountedPtr& operator=(CountedPtr other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  ~CountedPtr() {
    // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDelete): it does not follow the count.
    if (node_ != nullptr && --node_->owners == 0) delete node_;
  }

  static CountedPtr Make() {
    CountedPtr made;
    made.node_ = new Node;
    return made;
  }

  T& operator*() const { return node_->object; }
  T* operator->() const { return &node_->object; }

  // Whether they own the same object.
  friend bool operator==(const CountedPtr& a, const CountedPtr& b) { return a.node_ == b.node_; }

 private:
  struct Node {
    T object;
    size_t owners = 1;
  };

  Node* node_ = nullptr;
};

}  // namespace baya
