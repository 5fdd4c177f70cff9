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

class [[nodiscard]] Status {
 public:
  constexpr Status() = default;

  // `message`: a literal without personal data, one sentence that says what to do where possible.
  template <size_t N>
  consteval Status(StatusCode code, const char (&message)[N]) : message_(message), code_(code) {}

  constexpr bool ok() const { return code_ == StatusCode::kOk; }
  constexpr StatusCode code() const { return code_; }
  constexpr std::string_view message() const {
    return message_ == nullptr ? std::string_view() : std::string_view(message_);
  }

  friend constexpr bool operator==(const Status& a, const Status& b) {
    return a.code_ == b.code_ && a.message() == b.message();
  }

 private:
  const char* message_ = nullptr;  // ends with a zero: two words are copied on every way out
  StatusCode code_ = StatusCode::kOk;
};

constexpr Status OkStatus() { return {}; }

}  // namespace baya

#define BAYA_RETURN_IF_ERROR(expression)                                                  \
  do {                                                                                    \
    if (::baya::Status baya_status = (expression); !baya_status.ok()) return baya_status; \
  } while (false)
