#include "consent/operation.h"

namespace baya::consent {

std::string_view OperationName(Operation operation) {
  switch (operation) {
    case Operation::kIngest:
      return "ingest";
    case Operation::kRank:
      return "rank";
    case Operation::kSegment:
      return "segment";
    case Operation::kDecide:
      return "decide";
    case Operation::kMeasure:
      return "measure";
    case Operation::kTrain:
      return "train";
    case Operation::kBackup:
      return "backup";
    case Operation::kAnswer:
      return "answer";
    case Operation::kShow:
      return "show";
    case Operation::kExport:
      return "export";
    case Operation::kCorrect:
      return "correct";
    case Operation::kErase:
      return "erase";
    case Operation::kImport:
      return "import";
    case Operation::kKeep:
      return "keep";
  }
  return "unknown";
}

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
