#include "aggregator/promise.h"

#include "codec/tls.h"
#include "crypto/sha256.h"

namespace baya::aggregator {
namespace {

constexpr uint8_t kVersion = 1;
constexpr uint8_t kTestPolicy = 2;
constexpr uint8_t kNoMechanism = 0;
constexpr uint8_t kDiscreteLaplace = 1;
constexpr uint8_t kReplaceOne = 1;

// One report of a histogram instead of another changes two buckets by one.
constexpr uint64_t kReplaceOneSensitivity = 2;

constexpr Status kOther =
    kError<StatusCode::kInvalidArgument,
           "the descriptor is not the one that the task's reports are bound to">;
constexpr Status kUnknown =
    kError<StatusCode::kUnimplemented, "the descriptor asks for what this version does not know">;

// task_info is the version and the SHA-256 of the descriptor.
bool IsBoundBy(ByteView task_info, ByteView descriptor) {
  return task_info.size() == 1 + crypto::kSha256Bytes && task_info[0] == kVersion &&
         BytesEqual(task_info.subspan(1), crypto::Sha256(descriptor));
}

}  // namespace

Result<std::optional<vdaf::DiscreteLaplace>> PromisedNoise(const dap::Task& task,
                                                           ByteView descriptor) {
  BAYA_ASSIGN_OR_RETURN(const dap::TaskConfiguration configuration,
                        dap::DecodeTaskConfiguration(task.configuration));
  if (!IsBoundBy(configuration.task_info, descriptor)) return kOther;
  codec::Reader reader(descriptor);
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kVersion) return kUnknown;
  BAYA_RETURN_IF_ERROR(reader.Opaque8().status());   // name
  BAYA_RETURN_IF_ERROR(reader.Opaque8().status());   // title
  BAYA_RETURN_IF_ERROR(reader.Opaque16().status());  // text
  BAYA_ASSIGN_OR_RETURN(const uint8_t policy, reader.U8());
  BAYA_ASSIGN_OR_RETURN(const uint8_t mechanism, reader.U8());
  BAYA_ASSIGN_OR_RETURN(const uint8_t adjacency, reader.U8());
  BAYA_ASSIGN_OR_RETURN(const uint64_t epsilon_micro, reader.U64());
  BAYA_ASSIGN_OR_RETURN(const uint32_t min_batch_size, reader.U32());
  if (min_batch_size != task.min_batch_size) return kOther;
  if (adjacency != kReplaceOne) return kUnknown;
  if (mechanism == kNoMechanism) {
    if (policy == kTestPolicy) return std::optional<vdaf::DiscreteLaplace>();
    return kError<StatusCode::kInvalidArgument, "a task that is no test has noise">;
  }
  if (mechanism != kDiscreteLaplace) return kUnknown;
  BAYA_ASSIGN_OR_RETURN(const vdaf::DiscreteLaplace noise,
                        vdaf::DiscreteLaplace::Create(epsilon_micro, kReplaceOneSensitivity));
  return std::optional<vdaf::DiscreteLaplace>(noise);
}

}  // namespace baya::aggregator
