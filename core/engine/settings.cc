#include "engine/settings.h"

#include <algorithm>
#include <utility>

#include "codec/tls.h"
#include "codec/utf8.h"

namespace baya::engine {
namespace {

constexpr uint8_t kVersion = 2;
constexpr uint8_t kVersionWithoutTime = 1;

constexpr Status kMalformed =
    kError<StatusCode::kInvalidArgument, "the stored settings are malformed">;

// Nothing, or exactly as many bytes as T has.
template <typename T>
Status ReadOptional(codec::Reader& reader, std::optional<T>& out) {
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Opaque8());
  if (bytes.empty()) return OkStatus();
  T value{};
  if (bytes.size() != value.size()) return kMalformed;
  std::copy(bytes.begin(), bytes.end(), value.begin());
  out = value;
  return OkStatus();
}

Status ReadTime(codec::Reader& reader, int64_t& time_ms) {
  BAYA_ASSIGN_OR_RETURN(const uint64_t value, reader.U64());
  if (value > INT64_MAX) return kMalformed;
  time_ms = static_cast<int64_t>(value);
  return OkStatus();
}

template <typename T>
void WriteOptional(codec::Writer& writer, const std::optional<T>& value) {
  writer.Opaque8(value ? ByteView(*value) : ByteView());
}

}  // namespace

Result<Bytes> EncodeSettings(const Settings& settings) {
  codec::Writer writer;
  writer.U8(kVersion);
  writer.U8(settings.paused ? 1 : 0);
  writer.Opaque8(AsBytes(settings.floor.site));
  writer.U64(settings.floor.highest_version);
  WriteOptional(writer, settings.floor.current);
  WriteOptional(writer, settings.floor.next_key);
  writer.U64(static_cast<uint64_t>(settings.time.last_ms));
  writer.U64(static_cast<uint64_t>(settings.time.doubted_ms));
  return std::move(writer).Finish();
}

Result<Settings> DecodeSettings(ByteView bytes) {
  codec::Reader reader(bytes);
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kVersion && version != kVersionWithoutTime) {
    return kError<StatusCode::kUnimplemented, "the stored settings are of a later version">;
  }
  Settings settings;
  BAYA_ASSIGN_OR_RETURN(const uint8_t paused, reader.U8());
  if (paused > 1) return kMalformed;
  settings.paused = paused == 1;
  BAYA_ASSIGN_OR_RETURN(const ByteView site, reader.Opaque8());
  if (!codec::IsUtf8(AsText(site))) return kMalformed;
  settings.floor.site = AsText(site);
  BAYA_ASSIGN_OR_RETURN(settings.floor.highest_version, reader.U64());
  BAYA_RETURN_IF_ERROR(ReadOptional(reader, settings.floor.current));
  BAYA_RETURN_IF_ERROR(ReadOptional(reader, settings.floor.next_key));
  if (version == kVersion) {
    BAYA_RETURN_IF_ERROR(ReadTime(reader, settings.time.last_ms));
    BAYA_RETURN_IF_ERROR(ReadTime(reader, settings.time.doubted_ms));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return settings;
}

PackFloor FloorOf(const pack::Trust& trust) {
  return {trust.site, trust.highest_version, trust.current, trust.next_key};
}

pack::Trust TrustFrom(const PackFloor& floor, const crypto::ed25519::PublicKey& pinned_key) {
  pack::Trust trust;
  trust.site = floor.site;
  trust.pinned_key = pinned_key;
  trust.next_key = floor.next_key;
  trust.highest_version = floor.highest_version;
  trust.current = floor.current;
  return trust;
}

}  // namespace baya::engine
