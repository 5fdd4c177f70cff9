// The binary snapshot: core/docs/formats/event.md §3.

#include <utility>

#include "codec/tls.h"
#include "profile/limits.h"
#include "profile/profile_data.h"

namespace baya::profile {
namespace {

constexpr uint8_t kVersion = 1;

constexpr Status kMalformed =
    kError<StatusCode::kInvalidArgument, "a profile snapshot is malformed">;

Result<Horizon> ReadHorizon(codec::Reader& reader) {
  Horizon horizon;
  BAYA_ASSIGN_OR_RETURN(const uint64_t time_ms, reader.U64());
  BAYA_ASSIGN_OR_RETURN(const ByteView id, reader.Opaque8());
  horizon.time_ms = static_cast<int64_t>(time_ms);
  horizon.message_id = AsText(id);
  BAYA_RETURN_IF_ERROR(CheckHorizon(horizon));
  return horizon;
}

Status ReadUsage(codec::Reader list, Usage& usage) {
  size_t last = 0;
  while (list.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(const uint8_t family, list.U8());
    BAYA_ASSIGN_OR_RETURN(const uint64_t used_ms, list.U64());
    if (family <= last || family > kFamilies) return kMalformed;
    if (used_ms == 0 || used_ms >= uint64_t{1} << 53) return kMalformed;
    usage[family] = static_cast<int64_t>(used_ms);
    last = family;
  }
  return OkStatus();
}

Status ReadEvents(codec::Reader list, ProfileData& data) {
  while (list.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(const ByteView bytes, list.Opaque16());
    BAYA_ASSIGN_OR_RETURN(auto&& event, DecodeEvent(bytes));
    data.events.push_back(std::move(event));
  }
  return CheckEvents(data.events);
}

}  // namespace

Result<Bytes> EncodeSnapshot(const ProfileData& data) {
  BAYA_RETURN_IF_ERROR(CheckHorizon(data.horizon));
  BAYA_RETURN_IF_ERROR(CheckEvents(data.events));
  Status failed;
  codec::Writer writer;
  writer.U8(kVersion);
  writer.U64(static_cast<uint64_t>(data.horizon.time_ms));
  writer.Opaque8(AsBytes(data.horizon.message_id));
  writer.Vector16([&data](codec::Writer& list) {
    for (size_t family = 1; family <= kFamilies; ++family) {
      if (data.usage[family] <= 0) continue;
      list.U8(static_cast<uint8_t>(family));
      list.U64(static_cast<uint64_t>(data.usage[family]));
    }
  });
  writer.Vector32([&data, &failed](codec::Writer& list) {
    for (const Event& event : data.events) {
      const Result<Bytes> bytes = EncodeEvent(event);
      if (!bytes.ok()) {
        failed = bytes.status();
        return;
      }
      list.Opaque16(*bytes);
    }
  });
  BAYA_RETURN_IF_ERROR(failed);
  return std::move(writer).Finish();
}

Result<ProfileData> DecodeSnapshot(ByteView bytes) {
  codec::Reader reader(bytes);
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kVersion) {
    return kError<StatusCode::kUnimplemented, "a profile snapshot has an unknown version">;
  }
  ProfileData data;
  BAYA_ASSIGN_OR_RETURN(data.horizon, ReadHorizon(reader));
  BAYA_ASSIGN_OR_RETURN(codec::Reader usage, reader.Vector16());
  BAYA_RETURN_IF_ERROR(ReadUsage(usage, data.usage));
  BAYA_ASSIGN_OR_RETURN(codec::Reader events, reader.Vector32());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  BAYA_RETURN_IF_ERROR(ReadEvents(events, data));
  return data;
}

}  // namespace baya::profile
