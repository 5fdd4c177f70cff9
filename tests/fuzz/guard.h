// What one execution may take, as the program sees it from inside.
#pragma once

#include <cstddef>

#include "base/bytes.h"

namespace baya::fuzz {

inline constexpr size_t kMostBytes = size_t{64} << 20;  // alive together, beyond those before it
inline constexpr int kMostMs = 1000;                    // of the processor's time

// How the program ends when an execution goes too far, with its target and input on stderr.
enum class Ending : int { kCrash = 70, kTooLong = 71, kTooMuch = 72 };

// Watches from now on: signals, the clock and every operator new of the program.
void StartGuard();

class Execution {
 public:
  // Both must outlive it. There is one at a time.
  Execution(const char* target, ByteView input);
  ~Execution();
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  // The most so far.
  size_t bytes() const;
};

}  // namespace baya::fuzz
