#include "dap/messages.h"
#include "dap/messages_internal.h"

namespace baya::dap {
namespace {

using internal::NonEmpty;
using internal::Owned;
using internal::ReadFixed;

void WriteVerifyInit(codec::Writer& writer, const VerifyInit& verify_init) {
  const ReportShare& share = verify_init.report_share;
  internal::Write(writer, share.report_metadata);
  writer.Opaque32(share.public_share);
  internal::Write(writer, share.encrypted_input_share);
  writer.Opaque32(verify_init.payload);
}

Result<VerifyInit> ReadVerifyInit(codec::Reader& reader) {
  VerifyInit verify_init;
  ReportShare& share = verify_init.report_share;
  BAYA_ASSIGN_OR_RETURN(share.report_metadata, internal::ReadReportMetadata(reader));
  BAYA_ASSIGN_OR_RETURN(share.public_share, Owned(reader.Opaque32()));
  BAYA_ASSIGN_OR_RETURN(share.encrypted_input_share, internal::ReadHpkeCiphertext(reader));
  BAYA_ASSIGN_OR_RETURN(verify_init.payload, NonEmpty(reader.Opaque32()));
  return verify_init;
}

void WriteVerifyResp(codec::Writer& writer, const VerifyResp& response) {
  writer.Raw(response.report_id);
  writer.U8(static_cast<uint8_t>(response.type));
  switch (response.type) {
    case VerifyRespType::kContinue:
      writer.Opaque32(response.payload);
      break;
    case VerifyRespType::kFinish:
      break;
    case VerifyRespType::kReject:
      writer.U8(static_cast<uint8_t>(response.report_error));
      break;
  }
}

Result<VerifyResp> ReadVerifyResp(codec::Reader& reader) {
  VerifyResp response;
  BAYA_ASSIGN_OR_RETURN(response.report_id, ReadFixed<std::tuple_size_v<ReportId>>(reader));
  BAYA_ASSIGN_OR_RETURN(const uint8_t type, reader.U8());
  if (type > static_cast<uint8_t>(VerifyRespType::kReject)) {
    return kError<StatusCode::kInvalidArgument, "a verification response has an unknown type">;
  }
  response.type = static_cast<VerifyRespType>(type);
  if (response.type == VerifyRespType::kContinue) {
    BAYA_ASSIGN_OR_RETURN(response.payload, NonEmpty(reader.Opaque32()));
  }
  if (response.type == VerifyRespType::kReject) {
    BAYA_ASSIGN_OR_RETURN(const uint8_t error, reader.U8());
    response.report_error = static_cast<ReportError>(error);
  }
  return response;
}

}  // namespace

Result<Bytes> EncodeAggregationJobInitReq(uint8_t verification_key_id,
                                          std::span<const VerifyInit> verify_inits) {
  codec::Writer writer;
  writer.U8(verification_key_id);
  writer.Opaque32({});
  internal::Write(writer, std::vector<Extension>{});
  for (const VerifyInit& verify_init : verify_inits) WriteVerifyInit(writer, verify_init);
  return std::move(writer).Finish();
}

Result<AggregationJobInitReq> DecodeAggregationJobInitReq(ByteView body) {
  codec::Reader reader(body);
  AggregationJobInitReq request;
  BAYA_ASSIGN_OR_RETURN(request.verification_key_id, reader.U8());
  BAYA_ASSIGN_OR_RETURN(request.agg_param, Owned(reader.Opaque32()));
  BAYA_ASSIGN_OR_RETURN(request.extensions, internal::ReadExtensions(reader));
  BAYA_ASSIGN_OR_RETURN(request.verify_inits, internal::ReadAll(reader, ReadVerifyInit));
  return request;
}

Result<Bytes> EncodeAggregationJobResp(std::span<const VerifyResp> verify_resps) {
  codec::Writer writer;
  for (const VerifyResp& response : verify_resps) WriteVerifyResp(writer, response);
  return std::move(writer).Finish();
}

Result<std::vector<VerifyResp>> DecodeAggregationJobResp(ByteView body) {
  codec::Reader reader(body);
  return internal::ReadAll(reader, ReadVerifyResp);
}

}  // namespace baya::dap
