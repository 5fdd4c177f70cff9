#include <algorithm>

#include "codec/tls.h"
#include "dap/leader.h"
#include "dap/messages_internal.h"

namespace baya::dap {
namespace {

// Version, metadata, public share, the Helper's ciphertext; then the Leader's share, last, so that
// it alone need not pass through a buffer that grows.
constexpr uint8_t kVersion1 = 1;

}  // namespace

Result<SecretBytes> Encode(const StoredReport& report) {
  codec::Writer writer;
  writer.U8(kVersion1);
  internal::Write(writer, report.report_metadata);
  writer.Opaque32(report.public_share);
  internal::Write(writer, report.helper_encrypted_input_share);
  BAYA_ASSIGN_OR_RETURN(const Bytes& head, std::move(writer).Finish());
  const ByteView share = report.leader_input_share.Expose();
  SecretBytes stored(head.size() + share.size());
  const auto end = std::copy(head.begin(), head.end(), stored.ExposeMutable().begin());
  std::copy(share.begin(), share.end(), end);
  return stored;
}

Result<StoredReport> DecodeStoredReport(ByteView bytes) {
  codec::Reader reader(bytes);
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kVersion1) {
    return kError<StatusCode::kInvalidArgument, "a stored report has an unknown version">;
  }
  StoredReport report;
  BAYA_ASSIGN_OR_RETURN(report.report_metadata, internal::ReadReportMetadata(reader));
  BAYA_ASSIGN_OR_RETURN(report.public_share, internal::Owned(reader.Opaque32()));
  BAYA_ASSIGN_OR_RETURN(report.helper_encrypted_input_share, internal::ReadHpkeCiphertext(reader));
  BAYA_ASSIGN_OR_RETURN(const ByteView share, reader.Raw(reader.remaining()));
  report.leader_input_share = SecretBytes::CopyOf(share);
  return report;
}

}  // namespace baya::dap
