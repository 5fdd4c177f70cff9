#include "dap/messages.h"
#include "dap/messages_internal.h"

namespace baya::dap {
namespace internal {
namespace {

void WriteQuery(codec::Writer& writer, const Query& query) {
  writer.U8(query.batch_mode);
  writer.Opaque16(query.config);
}

Result<Query> ReadQuery(codec::Reader& reader) {
  Query query;
  BAYA_ASSIGN_OR_RETURN(query.batch_mode, reader.U8());
  BAYA_ASSIGN_OR_RETURN(query.config, Owned(reader.Opaque16()));
  return query;
}

Result<CollectionJobResp> ReadCollectionJobResp(codec::Reader& reader) {
  CollectionJobResp response;
  BAYA_ASSIGN_OR_RETURN(response.report_count, reader.U64());
  BAYA_ASSIGN_OR_RETURN(response.interval, ReadInterval(reader));
  BAYA_ASSIGN_OR_RETURN(response.leader_encrypted_agg_share, ReadHpkeCiphertext(reader));
  BAYA_ASSIGN_OR_RETURN(response.helper_encrypted_agg_share, ReadHpkeCiphertext(reader));
  return response;
}

Result<AggregateShareReq> ReadAggregateShareReq(codec::Reader& reader) {
  AggregateShareReq request;
  BAYA_ASSIGN_OR_RETURN(request.collection_job_req, ReadCollectionJobReq(reader));
  BAYA_ASSIGN_OR_RETURN(request.batch_selector, ReadQuery(reader));
  BAYA_ASSIGN_OR_RETURN(request.report_count, reader.U64());
  BAYA_ASSIGN_OR_RETURN(request.checksum, ReadFixed<std::tuple_size_v<Checksum>>(reader));
  return request;
}

}  // namespace

void Write(codec::Writer& writer, const CollectionJobReq& request) {
  WriteQuery(writer, request.query);
  writer.Opaque32(request.agg_param);
  Write(writer, request.extensions);
}

Result<CollectionJobReq> ReadCollectionJobReq(codec::Reader& reader) {
  CollectionJobReq request;
  BAYA_ASSIGN_OR_RETURN(request.query, ReadQuery(reader));
  BAYA_ASSIGN_OR_RETURN(request.agg_param, Owned(reader.Opaque32()));
  BAYA_ASSIGN_OR_RETURN(request.extensions, ReadExtensions(reader));
  return request;
}

}  // namespace internal

Result<Bytes> Encode(const CollectionJobReq& request) { return internal::EncodeWhole(request); }

Result<CollectionJobReq> DecodeCollectionJobReq(ByteView body) {
  return internal::DecodeWhole(body, internal::ReadCollectionJobReq);
}

Result<Bytes> Encode(const CollectionJobResp& response) {
  codec::Writer writer;
  writer.U64(response.report_count);
  internal::Write(writer, response.interval);
  internal::Write(writer, response.leader_encrypted_agg_share);
  internal::Write(writer, response.helper_encrypted_agg_share);
  return std::move(writer).Finish();
}

Result<CollectionJobResp> DecodeCollectionJobResp(ByteView body) {
  return internal::DecodeWhole(body, internal::ReadCollectionJobResp);
}

Result<Bytes> Encode(const AggregateShareReq& request) {
  codec::Writer writer;
  internal::Write(writer, request.collection_job_req);
  internal::WriteQuery(writer, request.batch_selector);
  writer.U64(request.report_count);
  writer.Raw(request.checksum);
  return std::move(writer).Finish();
}

Result<AggregateShareReq> DecodeAggregateShareReq(ByteView body) {
  return internal::DecodeWhole(body, internal::ReadAggregateShareReq);
}

}  // namespace baya::dap
