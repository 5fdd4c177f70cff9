#include "measure/task.h"

#include <algorithm>
#include <utility>

#include "codec/tls.h"
#include "codec/utf8.h"
#include "crypto/fixed_bytes.h"
#include "crypto/sha256.h"
#include "measure/limits.h"

namespace baya::measure {
namespace {

constexpr Status kBroken =
    kError<StatusCode::kInvalidArgument, "a measurement task breaks its format">;
constexpr Status kUnknown = kError<StatusCode::kUnimplemented,
                                   "a measurement task asks for what this version does not know">;
constexpr Status kTooMany = kError<StatusCode::kResourceExhausted,
                                   "the measurement tasks are past a limit of this version">;

constexpr uint8_t kEverySignal = kViewed | kAdded | kOrdered;

bool IsText(std::string_view text, size_t max_bytes) {
  return !text.empty() && text.size() <= max_bytes && codec::IsUtf8(text);
}

Status CheckLabels(const std::vector<std::string_view>& labels) {
  if (labels.size() > kMaxLabels) return kTooMany;
  if (labels.size() < 2) return kBroken;
  for (auto label = labels.begin(); label != labels.end(); ++label) {
    if (!IsText(*label, kMaxLabelBytes)) return kBroken;
    if (std::find(labels.begin(), label, *label) != label) return kBroken;
  }
  return OkStatus();
}

Status CheckMeasurement(const Descriptor& descriptor) {
  switch (descriptor.measurement) {
    case Measurement::kCategoryInterest:
      if (descriptor.signals == 0 || (descriptor.signals & ~kEverySignal) != 0) return kBroken;
      return OkStatus();
    case Measurement::kConversionAfterRecommendation:
      if (descriptor.signals != 0 || descriptor.labels.size() != kConversions) return kBroken;
      return OkStatus();
  }
  return kUnknown;
}

// A descriptor promises noise, or says by its policy that it is a test.
Status CheckPrivacy(const Descriptor& descriptor) {
  const bool test = descriptor.policy == Policy::kTest;
  if (!test && descriptor.policy != Policy::kProduction) return kUnknown;
  if (descriptor.adjacency != Adjacency::kReplaceOne) return kUnknown;
  if (descriptor.epsilon_micro > kMaxEpsilonMicro) return kTooMany;
  if (descriptor.min_batch_size < (test ? 1 : kMinProductionBatch)) return kBroken;
  if (!test && descriptor.period_s < kMinProductionPeriodS) return kBroken;
  switch (descriptor.mechanism) {
    case Mechanism::kNone:
      return test && descriptor.epsilon_micro == 0 ? OkStatus() : kBroken;
    case Mechanism::kDiscreteLaplace:
      return descriptor.epsilon_micro > 0 ? OkStatus() : kBroken;
  }
  return kUnknown;
}

Status ReadNumbers(codec::Reader& reader, Descriptor& descriptor) {
  BAYA_ASSIGN_OR_RETURN(const uint8_t policy, reader.U8());
  BAYA_ASSIGN_OR_RETURN(const uint8_t mechanism, reader.U8());
  BAYA_ASSIGN_OR_RETURN(const uint8_t adjacency, reader.U8());
  BAYA_ASSIGN_OR_RETURN(descriptor.epsilon_micro, reader.U64());
  BAYA_ASSIGN_OR_RETURN(descriptor.min_batch_size, reader.U32());
  BAYA_ASSIGN_OR_RETURN(descriptor.period_s, reader.U32());
  BAYA_ASSIGN_OR_RETURN(descriptor.window_s, reader.U32());
  BAYA_ASSIGN_OR_RETURN(descriptor.delay_s, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const uint8_t measurement, reader.U8());
  BAYA_ASSIGN_OR_RETURN(descriptor.signals, reader.U8());
  descriptor.policy = static_cast<Policy>(policy);
  descriptor.mechanism = static_cast<Mechanism>(mechanism);
  descriptor.adjacency = static_cast<Adjacency>(adjacency);
  descriptor.measurement = static_cast<Measurement>(measurement);
  return OkStatus();
}

Status ReadLabels(codec::Reader reader, std::vector<std::string_view>& labels) {
  while (reader.remaining() > 0) {
    if (labels.size() == kMaxLabels) return kTooMany;
    BAYA_ASSIGN_OR_RETURN(const ByteView label, reader.Opaque8());
    labels.push_back(AsText(label));
  }
  return OkStatus();
}

Result<Task> ReadTask(codec::Reader& reader) {
  Task task;
  BAYA_ASSIGN_OR_RETURN(const ByteView id, reader.Raw(kTaskIdBytes));
  BAYA_ASSIGN_OR_RETURN(task.id, crypto::FixedBytes<kTaskIdBytes>(id));
  BAYA_ASSIGN_OR_RETURN(task.configuration, reader.Opaque16());
  BAYA_ASSIGN_OR_RETURN(task.encoded_descriptor, reader.Opaque16());
  if (task.configuration.empty()) return kBroken;
  BAYA_ASSIGN_OR_RETURN(task.descriptor, DecodeDescriptor(task.encoded_descriptor));
  return task;
}

}  // namespace

Status Check(const Descriptor& descriptor) {
  if (!IsText(descriptor.name, kMaxNameBytes) || !IsText(descriptor.title, kMaxTitleBytes) ||
      !IsText(descriptor.text, kMaxTextBytes)) {
    return kBroken;
  }
  if (descriptor.period_s == 0 || descriptor.window_s == 0) return kBroken;
  BAYA_RETURN_IF_ERROR(CheckPrivacy(descriptor));
  BAYA_RETURN_IF_ERROR(CheckLabels(descriptor.labels));
  return CheckMeasurement(descriptor);
}

Result<Bytes> EncodeDescriptor(const Descriptor& descriptor) {
  BAYA_RETURN_IF_ERROR(Check(descriptor));
  codec::Writer writer;
  writer.U8(kDescriptorVersion);
  writer.Opaque8(AsBytes(descriptor.name));
  writer.Opaque8(AsBytes(descriptor.title));
  writer.Opaque16(AsBytes(descriptor.text));
  writer.U8(static_cast<uint8_t>(descriptor.policy));
  writer.U8(static_cast<uint8_t>(descriptor.mechanism));
  writer.U8(static_cast<uint8_t>(descriptor.adjacency));
  writer.U64(descriptor.epsilon_micro);
  writer.U32(descriptor.min_batch_size);
  writer.U32(descriptor.period_s);
  writer.U32(descriptor.window_s);
  writer.U32(descriptor.delay_s);
  writer.U8(static_cast<uint8_t>(descriptor.measurement));
  writer.U8(descriptor.signals);
  writer.Vector16([&](codec::Writer& labels) {
    for (const std::string_view label : descriptor.labels) labels.Opaque8(AsBytes(label));
  });
  return std::move(writer).Finish();
}

Result<Descriptor> DecodeDescriptor(ByteView bytes) {
  codec::Reader reader(bytes);
  Descriptor descriptor;
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kDescriptorVersion) return kUnknown;
  BAYA_ASSIGN_OR_RETURN(const ByteView name, reader.Opaque8());
  BAYA_ASSIGN_OR_RETURN(const ByteView title, reader.Opaque8());
  BAYA_ASSIGN_OR_RETURN(const ByteView text, reader.Opaque16());
  descriptor.name = AsText(name);
  descriptor.title = AsText(title);
  descriptor.text = AsText(text);
  BAYA_RETURN_IF_ERROR(ReadNumbers(reader, descriptor));
  BAYA_ASSIGN_OR_RETURN(const codec::Reader& labels, reader.Vector16());
  BAYA_RETURN_IF_ERROR(ReadLabels(labels, descriptor.labels));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  BAYA_RETURN_IF_ERROR(Check(descriptor));
  return descriptor;
}

TaskInfo TaskInfoOf(ByteView encoded_descriptor) {
  TaskInfo info{kDescriptorVersion};
  const crypto::Sha256Digest digest = crypto::Sha256(encoded_descriptor);
  std::copy(digest.begin(), digest.end(), info.begin() + 1);
  return info;
}

Result<Bytes> EncodeTasks(const std::vector<Task>& tasks) {
  codec::Writer writer;
  writer.Vector24([&](codec::Writer& list) {
    for (const Task& task : tasks) {
      list.Raw(task.id);
      list.Opaque16(task.configuration);
      list.Opaque16(task.encoded_descriptor);
    }
  });
  BAYA_ASSIGN_OR_RETURN(auto&& section, std::move(writer).Finish());
  BAYA_RETURN_IF_ERROR(DecodeTasks(section).status());
  return section;
}

Result<std::vector<Task>> DecodeTasks(ByteView section) {
  codec::Reader reader(section);
  BAYA_ASSIGN_OR_RETURN(codec::Reader list, reader.Vector24());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  std::vector<Task> tasks;
  while (list.remaining() > 0) {
    if (tasks.size() == kMaxTasks) return kTooMany;
    BAYA_ASSIGN_OR_RETURN(auto&& task, ReadTask(list));
    for (const Task& other : tasks) {
      if (other.id == task.id) return kBroken;
    }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

}  // namespace baya::measure
