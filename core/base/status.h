// Outcome of an operation that can fail: a canonical code and a fixed sentence.
//
// Codes and their numbers are gRPC's (google.rpc.Code), so that they mean the same in C++, in
// TypeScript and over HTTP. A message is a string literal, checked at compile time: nothing a
// person typed can end up in one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace baya {

enum class StatusCode : uint8_t {
  kOk = 0,
  kInvalidArgument = 3,     // the caller's input is wrong, whatever the state
  kNotFound = 5,            // the named thing does not exist
  kAlreadyExists = 6,       // it exists and may not be made twice
  kPermissionDenied = 7,    // consent or policy forbids it
  kResourceExhausted = 8,   // a limit, quota or budget is used up
  kFailedPrecondition = 9,  // right input, wrong state: change the state first
  kAborted = 10,            // a concurrent change won; try the whole operation again
  kOutOfRange = 11,         // past the end of what exists
  kUnimplemented = 12,      // this build does not offer it
  kInternal = 13,           // an invariant of ours is broken
  kUnavailable = 14,        // passing fault; the same call may succeed later
  kDataLoss = 15,           // stored or received bytes are damaged or were tampered with
};

// The code's name in snake case, e.g. "invalid_argument".
std::string_view StatusCodeName(StatusCode code);

namespace internal {

// The code and behind it the sentence; as a template argument, so that the program keeps one of
// each and an error is a pointer to it.
template <size_t N>
struct ErrorText {
  char bytes[N + 1] = {};
  consteval ErrorText(StatusCode code, const char (&sentence)[N]) {
    bytes[0] = static_cast<char>(code);
    for (size_t i = 0; i < N; ++i) bytes[i + 1] = sentence[i];
  }
};

template <size_t N>
struct Sentence {
  char text[N] = {};
  consteval Sentence(const char (&literal)[N]) {
    for (size_t i = 0; i < N; ++i) text[i] = literal[i];
  }
};

template <StatusCode code, Sentence sentence>
inline constexpr ErrorText kErrorText(code, sentence.text);

}  // namespace internal

// A single word, returned in a register: every way out of every function carries one.
class [[nodiscard]] Status {
 public:
  constexpr Status() = default;
  template <size_t N>
  constexpr explicit Status(const internal::ErrorText<N>& error) : error_(error.bytes) {}

  constexpr bool ok() const { return error_ == nullptr; }
  constexpr StatusCode code() const {
    return ok() ? StatusCode::kOk : StatusCode{static_cast<uint8_t>(*error_)};
  }
  constexpr std::string_view message() const {
    return ok() ? std::string_view() : std::string_view(error_ + 1);
  }

  friend constexpr bool operator==(const Status& a, const Status& b) {
    return a.code() == b.code() && a.message() == b.message();
  }

 private:
  const char* error_ = nullptr;  // lives as long as the program
};

// The error of this code with this sentence: a literal without personal data, which says what to
// do where possible.
template <StatusCode code, internal::Sentence sentence>
inline constexpr Status kError(internal::kErrorText<code, sentence>);

constexpr Status OkStatus() { return {}; }

}  // namespace baya

#define BAYA_RETURN_IF_ERROR(expression)                                                  \
  do {                                                                                    \
    if (::baya::Status baya_status = (expression); !baya_status.ok()) return baya_status; \
  } while (false)
