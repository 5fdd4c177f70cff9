#include "dap/task.h"

#include <algorithm>
#include <utility>

#include "codec/tls.h"
#include "dap/draft.h"
#include "dap/messages_internal.h"
#include "vdaf/histogram.h"

namespace baya::dap {
namespace {

constexpr uint32_t kPrio3Histogram = 0x00000004;  // VdafType; draft-irtf-cfrg-vdaf-20 §10

Result<std::string> ReadUrl(codec::Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const Bytes& bytes, internal::NonEmpty(reader.Opaque16()));
  for (uint8_t byte : bytes) {
    if (byte > 0x7f) return kError<StatusCode::kInvalidArgument, "a URL is not ASCII">;
  }
  return std::string(AsText(bytes));
}

Result<TaskConfiguration> ReadTaskConfiguration(codec::Reader& reader) {
  TaskConfiguration task;
  BAYA_ASSIGN_OR_RETURN(task.task_info, internal::NonEmpty(reader.Opaque8()));
  BAYA_ASSIGN_OR_RETURN(task.leader_aggregator_endpoint, ReadUrl(reader));
  BAYA_ASSIGN_OR_RETURN(task.helper_aggregator_endpoint, ReadUrl(reader));
  BAYA_ASSIGN_OR_RETURN(task.time_precision_s, reader.U64());
  if (task.time_precision_s == 0) {
    return kError<StatusCode::kInvalidArgument, "a time precision is at least a second">;
  }
  BAYA_ASSIGN_OR_RETURN(task.min_batch_size, reader.U64());
  BAYA_ASSIGN_OR_RETURN(const uint8_t batch_mode, reader.U8());
  task.batch_mode = static_cast<BatchMode>(batch_mode);
  BAYA_ASSIGN_OR_RETURN(task.batch_config, internal::Owned(reader.Opaque16()));
  BAYA_ASSIGN_OR_RETURN(task.vdaf_type, reader.U32());
  BAYA_ASSIGN_OR_RETURN(task.vdaf_configuration, internal::Owned(reader.Opaque16()));
  BAYA_ASSIGN_OR_RETURN(task.extensions, internal::ReadExtensions(reader));
  return task;
}

Result<HistogramConfig> ReadHistogramConfig(codec::Reader& reader) {
  HistogramConfig config;
  BAYA_ASSIGN_OR_RETURN(config.length, reader.U32());
  BAYA_ASSIGN_OR_RETURN(config.chunk_length, reader.U32());
  return config;
}

// "Task Extensions": every one is mandatory to support, and they stand in strictly increasing
// order, so that a list of known ones has at most one.
Status ReadTaskExtensions(const std::vector<Extension>& extensions, Task* task) {
  for (size_t i = 0; i < extensions.size(); ++i) {
    if (i > 0 && extensions[i].type <= extensions[i - 1].type) {
      return kError<StatusCode::kInvalidArgument, "task extensions are out of order">;
    }
  }
  for (const Extension& extension : extensions) {
    if (extension.type != static_cast<uint16_t>(TaskExtensionType::kTaskInterval)) {
      return kError<StatusCode::kUnimplemented, "a task has an unknown extension">;
    }
    BAYA_ASSIGN_OR_RETURN(task->task_interval, DecodeInterval(extension.data));
  }
  return OkStatus();
}

}  // namespace

Result<Bytes> Encode(const TaskConfiguration& configuration) {
  codec::Writer writer;
  writer.Opaque8(configuration.task_info);
  writer.Opaque16(AsBytes(configuration.leader_aggregator_endpoint));
  writer.Opaque16(AsBytes(configuration.helper_aggregator_endpoint));
  writer.U64(configuration.time_precision_s);
  writer.U64(configuration.min_batch_size);
  writer.U8(static_cast<uint8_t>(configuration.batch_mode));
  writer.Opaque16(configuration.batch_config);
  writer.U32(configuration.vdaf_type);
  writer.Opaque16(configuration.vdaf_configuration);
  internal::Write(writer, configuration.extensions);
  return std::move(writer).Finish();
}

Result<TaskConfiguration> DecodeTaskConfiguration(ByteView bytes) {
  return internal::DecodeWhole(bytes, ReadTaskConfiguration);
}

uint32_t ChunkLengthFor(uint32_t length) {
  uint32_t root = 0;
  while (uint64_t{root} * root < length) ++root;
  return root;
}

Bytes EncodeHistogramConfig(const HistogramConfig& config) {
  codec::Writer writer;
  writer.U32(config.length);
  writer.U32(config.chunk_length);
  return std::move(writer).Finish().value();
}

Result<Task> MakeTask(const TaskId& id, ByteView configuration) {
  BAYA_ASSIGN_OR_RETURN(auto&& decoded, DecodeTaskConfiguration(configuration));
  if (decoded.batch_mode != BatchMode::kTimeInterval) {
    return kError<StatusCode::kUnimplemented, "a task's batches are not time intervals">;
  }
  if (!decoded.batch_config.empty()) {
    return kError<StatusCode::kInvalidArgument, "a time-interval task has batch parameters">;
  }
  if (decoded.vdaf_type != kPrio3Histogram) {
    return kError<StatusCode::kUnimplemented, "a task's VDAF is not Prio3Histogram">;
  }
  Task task;
  task.id = id;
  task.configuration = ToBytes(configuration);
  BAYA_ASSIGN_OR_RETURN(task.histogram,
                        internal::DecodeWhole(decoded.vdaf_configuration, ReadHistogramConfig));
  const uint64_t parameters[] = {task.histogram.length, task.histogram.chunk_length};
  BAYA_RETURN_IF_ERROR(vdaf::Histogram::Create(parameters).status());
  BAYA_RETURN_IF_ERROR(ReadTaskExtensions(decoded.extensions, &task));
  task.leader_url = std::move(decoded.leader_aggregator_endpoint);
  task.helper_url = std::move(decoded.helper_aggregator_endpoint);
  task.time_precision_s = decoded.time_precision_s;
  task.min_batch_size = decoded.min_batch_size;
  return task;
}

Bytes VdafContext(const TaskId& id) {
  Bytes context(kVersion.size() + id.size());
  std::copy(id.begin(), id.end(), std::copy(kVersion.begin(), kVersion.end(), context.begin()));
  return context;
}

}  // namespace baya::dap
