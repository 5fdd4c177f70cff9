#include "dap/messages.h"
#include "dap/messages_internal.h"

namespace baya::dap {
namespace internal {
namespace {

Result<Report> ReadReport(codec::Reader& reader) {
  Report report;
  BAYA_ASSIGN_OR_RETURN(report.report_metadata, ReadReportMetadata(reader));
  BAYA_ASSIGN_OR_RETURN(report.public_share, Owned(reader.Opaque32()));
  BAYA_ASSIGN_OR_RETURN(report.leader_encrypted_input_share, ReadHpkeCiphertext(reader));
  BAYA_ASSIGN_OR_RETURN(report.helper_encrypted_input_share, ReadHpkeCiphertext(reader));
  return report;
}

Result<ReportUploadStatus> ReadReportUploadStatus(codec::Reader& reader) {
  ReportUploadStatus status;
  BAYA_ASSIGN_OR_RETURN(status.id, ReadFixed<std::tuple_size_v<ReportId>>(reader));
  BAYA_ASSIGN_OR_RETURN(const uint8_t error, reader.U8());
  status.error = static_cast<ReportError>(error);
  return status;
}

}  // namespace

void Write(codec::Writer& writer, const ReportMetadata& metadata) {
  writer.Raw(metadata.report_id);
  writer.U64(metadata.time);
  Write(writer, metadata.public_extensions);
}

Result<ReportMetadata> ReadReportMetadata(codec::Reader& reader) {
  ReportMetadata metadata;
  BAYA_ASSIGN_OR_RETURN(metadata.report_id, ReadFixed<std::tuple_size_v<ReportId>>(reader));
  BAYA_ASSIGN_OR_RETURN(metadata.time, reader.U64());
  BAYA_ASSIGN_OR_RETURN(metadata.public_extensions, ReadExtensions(reader));
  return metadata;
}

}  // namespace internal

Result<Bytes> Encode(const Report& report) {
  codec::Writer writer;
  internal::Write(writer, report.report_metadata);
  writer.Opaque32(report.public_share);
  internal::Write(writer, report.leader_encrypted_input_share);
  internal::Write(writer, report.helper_encrypted_input_share);
  return std::move(writer).Finish();
}

Result<std::vector<Report>> DecodeUploadRequest(ByteView body) {
  codec::Reader reader(body);
  return internal::ReadAll(reader, internal::ReadReport);
}

Result<PlaintextInputShare> DecodePlaintextInputShare(ByteView bytes) {
  codec::Reader reader(bytes);
  PlaintextInputShare share;
  BAYA_ASSIGN_OR_RETURN(share.private_extensions, internal::ReadExtensions(reader));
  BAYA_ASSIGN_OR_RETURN(const ByteView payload, reader.Opaque32());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  if (payload.empty()) return kError<StatusCode::kInvalidArgument, "an input share is empty">;
  share.payload = SecretBytes::CopyOf(payload);
  return share;
}

Bytes EncodeUploadErrors(std::span<const ReportUploadStatus> statuses) {
  codec::Writer writer;
  for (const ReportUploadStatus& status : statuses) {
    writer.Raw(status.id);
    writer.U8(static_cast<uint8_t>(status.error));
  }
  return std::move(writer).Finish().value();
}

Result<std::vector<ReportUploadStatus>> DecodeUploadErrors(ByteView body) {
  codec::Reader reader(body);
  return internal::ReadAll(reader, internal::ReadReportUploadStatus);
}

}  // namespace baya::dap
