// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.
#include "engine/ops.h"

#include <utility>

#include "codec/tls.h"

namespace baya::engine {
namespace {

using codec::Reader;
using codec::Writer;

Result<bool> ReadBool(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint8_t value, reader.U8());
  if (value > 1) return Status(StatusCode::kInvalidArgument, "a bool is neither 0 nor 1");
  return value == 1;
}

}  // namespace

Result<AboutRequest> DecodeAboutRequest(ByteView bytes) {
  const Reader reader(bytes);
  AboutRequest request;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeAboutReply(const AboutReply& reply) {
  Writer writer;
  writer.U32(reply.abi_version);
  writer.Opaque8(AsBytes(reply.package_version));
  writer.Opaque8(AsBytes(reply.vdaf_draft));
  writer.U8(reply.vdaf_version);
  return std::move(writer).Finish();
}

Result<ShardCountRequest> DecodeShardCountRequest(ByteView bytes) {
  Reader reader(bytes);
  ShardCountRequest request;
  BAYA_ASSIGN_OR_RETURN(request.ctx, reader.Opaque16());
  BAYA_ASSIGN_OR_RETURN(request.nonce, reader.Raw(16));
  BAYA_ASSIGN_OR_RETURN(request.shares, reader.U8());
  BAYA_ASSIGN_OR_RETURN(request.measurement, ReadBool(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeShardCountReply(const ShardCountReply& reply) {
  Writer writer;
  writer.Opaque32(reply.public_share);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : reply.input_shares) vector.Opaque32(element);
  });
  return std::move(writer).Finish();
}

Result<ShardHistogramRequest> DecodeShardHistogramRequest(ByteView bytes) {
  Reader reader(bytes);
  ShardHistogramRequest request;
  BAYA_ASSIGN_OR_RETURN(request.ctx, reader.Opaque16());
  BAYA_ASSIGN_OR_RETURN(request.nonce, reader.Raw(16));
  BAYA_ASSIGN_OR_RETURN(request.shares, reader.U8());
  BAYA_ASSIGN_OR_RETURN(request.length, reader.U32());
  BAYA_ASSIGN_OR_RETURN(request.chunk_length, reader.U32());
  BAYA_ASSIGN_OR_RETURN(request.measurement, reader.U32());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}

Result<Bytes> EncodeShardHistogramReply(const ShardHistogramReply& reply) {
  Writer writer;
  writer.Opaque32(reply.public_share);
  writer.Vector32([&](Writer& vector) {
    for (const auto& element : reply.input_shares) vector.Opaque32(element);
  });
  return std::move(writer).Finish();
}

}  // namespace baya::engine
