// What is done with personal data, and which purposes may do it.
#pragma once

#include <cstdint>

#include "consent/purpose.h"

namespace baya::consent {

// Stored in the access log; numbers are never reused.
enum class Operation : uint8_t {
  kIngest = 1,   // take an event in
  kRank = 2,     // order items for a shelf, and say why
  kSegment = 3,  // test a condition
  kDecide = 4,   // choose an offer or action
  kMeasure = 5,  // turn into a measurement
  kTrain = 6,    // turn into a model update
  kBackup = 7,   // seal a copy for a server
  kAnswer = 8,   // answer a partner's declared question
  kShow = 9,     // to the person: what is held, why, since when
  kExport = 10,  // to the person: all of it
  kCorrect = 11,
  kErase = 12,
  kImport = 13,  // what the person exported before
  kKeep = 14,    // write to the vault and read back from it
};

constexpr bool IsOperation(Operation operation) {
  return operation >= Operation::kIngest && operation <= Operation::kKeep;
}

// Whether `purpose` covers `operation` at all. Ranking for `measure` is not a thing.
bool Covers(Purpose purpose, Operation operation);

// What the person may always do with what is held about them: consent that is suspended or paused
// does not suspend these (GDPR articles 15, 16, 17 and 20).
constexpr bool IsOwnRight(Operation operation) {
  return operation == Operation::kShow || operation == Operation::kExport ||
         operation == Operation::kCorrect || operation == Operation::kErase;
}

}  // namespace baya::consent
