#include "dap/messages.h"

#include <limits>

#include "dap/messages_internal.h"

namespace baya::dap {
namespace internal {
namespace {

Result<Extension> ReadExtension(codec::Reader& reader) {
  Extension extension;
  BAYA_ASSIGN_OR_RETURN(extension.type, reader.U16());
  BAYA_ASSIGN_OR_RETURN(extension.data, Owned(reader.Opaque16()));
  return extension;
}

void WriteHpkeConfig(codec::Writer& writer, const HpkeConfig& config) {
  writer.U8(config.id);
  writer.U16(config.kem_id);
  writer.U16(config.kdf_id);
  writer.U16(config.aead_id);
  writer.Opaque16(config.public_key);
}

Result<HpkeConfig> ReadHpkeConfig(codec::Reader& reader) {
  HpkeConfig config;
  BAYA_ASSIGN_OR_RETURN(config.id, reader.U8());
  BAYA_ASSIGN_OR_RETURN(config.kem_id, reader.U16());
  BAYA_ASSIGN_OR_RETURN(config.kdf_id, reader.U16());
  BAYA_ASSIGN_OR_RETURN(config.aead_id, reader.U16());
  BAYA_ASSIGN_OR_RETURN(config.public_key, NonEmpty(reader.Opaque16()));
  return config;
}

}  // namespace

void Write(codec::Writer& writer, const HpkeCiphertext& ciphertext) {
  writer.U8(ciphertext.config_id);
  writer.Opaque16(ciphertext.enc);
  writer.Opaque32(ciphertext.payload);
}

Result<HpkeCiphertext> ReadHpkeCiphertext(codec::Reader& reader) {
  HpkeCiphertext ciphertext;
  BAYA_ASSIGN_OR_RETURN(ciphertext.config_id, reader.U8());
  BAYA_ASSIGN_OR_RETURN(ciphertext.enc, NonEmpty(reader.Opaque16()));
  BAYA_ASSIGN_OR_RETURN(ciphertext.payload, NonEmpty(reader.Opaque32()));
  return ciphertext;
}

void Write(codec::Writer& writer, const std::vector<Extension>& extensions) {
  writer.Vector16([&](codec::Writer& list) {
    for (const Extension& extension : extensions) {
      list.U16(extension.type);
      list.Opaque16(extension.data);
    }
  });
}

Result<std::vector<Extension>> ReadExtensions(codec::Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(codec::Reader list, reader.Vector16());
  return ReadAll(list, ReadExtension);
}

void Write(codec::Writer& writer, const Interval& interval) {
  writer.U64(interval.start);
  writer.U64(interval.duration);
}

Result<Interval> ReadInterval(codec::Reader& reader) {
  Interval interval;
  BAYA_ASSIGN_OR_RETURN(interval.start, reader.U64());
  BAYA_ASSIGN_OR_RETURN(interval.duration, reader.U64());
  if (interval.duration > std::numeric_limits<Time>::max() - interval.start) {
    return kError<StatusCode::kInvalidArgument, "an interval ends after all time">;
  }
  return interval;
}

}  // namespace internal

Result<Bytes> Encode(const HpkeCiphertext& ciphertext) { return internal::EncodeWhole(ciphertext); }

Result<HpkeCiphertext> DecodeHpkeCiphertext(ByteView bytes) {
  return internal::DecodeWhole(bytes, internal::ReadHpkeCiphertext);
}

Result<Bytes> Encode(const HpkeConfig& config) {
  codec::Writer writer;
  internal::WriteHpkeConfig(writer, config);
  return std::move(writer).Finish();
}

Result<HpkeConfig> DecodeHpkeConfig(ByteView bytes) {
  return internal::DecodeWhole(bytes, internal::ReadHpkeConfig);
}

Result<Bytes> EncodeHpkeConfigList(std::span<const HpkeConfig> configs) {
  codec::Writer writer;
  writer.Vector16([&](codec::Writer& list) {
    for (const HpkeConfig& config : configs) internal::WriteHpkeConfig(list, config);
  });
  return std::move(writer).Finish();
}

Result<std::vector<HpkeConfig>> DecodeHpkeConfigList(ByteView bytes) {
  codec::Reader reader(bytes);
  BAYA_ASSIGN_OR_RETURN(codec::Reader list, reader.Vector16());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  if (list.remaining() == 0) {
    return kError<StatusCode::kInvalidArgument, "a list of HPKE configurations is empty">;
  }
  return internal::ReadAll(list, internal::ReadHpkeConfig);
}

Bytes EncodeInterval(const Interval& interval) { return internal::EncodeWhole(interval).value(); }

Result<Interval> DecodeInterval(ByteView bytes) {
  return internal::DecodeWhole(bytes, internal::ReadInterval);
}

}  // namespace baya::dap
