#include "consent/operation.h"

namespace baya::consent {

bool Covers(Purpose purpose, Operation operation) {
  switch (operation) {
    case Operation::kIngest:
      // Under `personalize` for a session that lives in memory alone.
      return purpose == Purpose::kStore || purpose == Purpose::kPersonalize;
    case Operation::kRank:
    case Operation::kSegment:
      return purpose == Purpose::kPersonalize;
    case Operation::kDecide:
      return purpose == Purpose::kPersonalize || purpose == Purpose::kLocation;
    case Operation::kMeasure:
      return purpose == Purpose::kMeasure;
    case Operation::kTrain:
      return purpose == Purpose::kTrain;
    case Operation::kBackup:
      return purpose == Purpose::kSync;
    case Operation::kAnswer:
      return IsPartner(purpose);
    case Operation::kShow:
    case Operation::kExport:
    case Operation::kCorrect:
    case Operation::kErase:
    case Operation::kImport:
    case Operation::kKeep:
      return purpose == Purpose::kStore;
  }
  return false;
}

}  // namespace baya::consent
