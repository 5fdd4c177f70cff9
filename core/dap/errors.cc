#include "dap/errors.h"

namespace baya::dap {

std::string_view ProblemUrn(ProblemType type) {
  switch (type) {
    case ProblemType::kInvalidMessage:
      return "urn:ietf:params:ppm:dap:error:invalidMessage";
    case ProblemType::kUnrecognizedTask:
      return "urn:ietf:params:ppm:dap:error:unrecognizedTask";
    case ProblemType::kUnrecognizedAggregationJob:
      return "urn:ietf:params:ppm:dap:error:unrecognizedAggregationJob";
    case ProblemType::kBatchInvalid:
      return "urn:ietf:params:ppm:dap:error:batchInvalid";
    case ProblemType::kInvalidBatchSize:
      return "urn:ietf:params:ppm:dap:error:invalidBatchSize";
    case ProblemType::kInvalidAggregationParameter:
      return "urn:ietf:params:ppm:dap:error:invalidAggregationParameter";
    case ProblemType::kBatchMismatch:
      return "urn:ietf:params:ppm:dap:error:batchMismatch";
    case ProblemType::kStepMismatch:
      return "urn:ietf:params:ppm:dap:error:stepMismatch";
    case ProblemType::kBatchOverlap:
      return "urn:ietf:params:ppm:dap:error:batchOverlap";
    case ProblemType::kUnsupportedExtension:
      return "urn:ietf:params:ppm:dap:error:unsupportedExtension";
    case ProblemType::kInvalidExtension:
      return "urn:ietf:params:ppm:dap:error:invalidExtension";
  }
  return {};
}

}  // namespace baya::dap
