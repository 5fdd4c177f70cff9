#include "engine/report_call.h"

#include <algorithm>
#include <utility>

#include "codec/tls.h"

namespace baya::engine {
namespace {

using codec::Reader;
using codec::Writer;

void Write(Writer& writer, const dap::Recipients& recipients) {
  writer.Opaque16(recipients.leader_configs);
  writer.Opaque16(recipients.helper_configs);
}

Result<dap::Recipients> ReadRecipients(Reader& reader) {
  dap::Recipients recipients;
  BAYA_ASSIGN_OR_RETURN(recipients.leader_configs, reader.Opaque16());
  BAYA_ASSIGN_OR_RETURN(recipients.helper_configs, reader.Opaque16());
  return recipients;
}

}  // namespace

Result<Bytes> Encode(const dap::Recipients& recipients) {
  Writer writer;
  Write(writer, recipients);
  return std::move(writer).Finish();
}

Result<dap::Recipients> DecodeRecipients(ByteView bytes) {
  Reader reader(bytes);
  BAYA_ASSIGN_OR_RETURN(const dap::Recipients& recipients, ReadRecipients(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return recipients;
}

Result<Bytes> Encode(const dap::ReportOrder& order) {
  Writer writer;
  writer.Raw(order.task_id);
  writer.Opaque16(order.task_configuration);
  Write(writer, order.recipients);
  writer.U64(order.time);
  writer.U64(order.measurement);
  return std::move(writer).Finish();
}

Result<dap::ReportOrder> DecodeReportOrder(ByteView bytes) {
  Reader reader(bytes);
  dap::ReportOrder order;
  BAYA_ASSIGN_OR_RETURN(const ByteView task_id, reader.Raw(order.task_id.size()));
  std::copy(task_id.begin(), task_id.end(), order.task_id.begin());
  BAYA_ASSIGN_OR_RETURN(order.task_configuration, reader.Opaque16());
  BAYA_ASSIGN_OR_RETURN(order.recipients, ReadRecipients(reader));
  BAYA_ASSIGN_OR_RETURN(order.time, reader.U64());
  BAYA_ASSIGN_OR_RETURN(order.measurement, reader.U64());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return order;
}

Result<Bytes> Encode(const dap::ClientReport& report) {
  Writer writer;
  writer.Raw(report.id);
  writer.Opaque32(report.encoded);
  return std::move(writer).Finish();
}

Result<dap::ClientReport> DecodeClientReport(ByteView bytes) {
  Reader reader(bytes);
  dap::ClientReport report;
  BAYA_ASSIGN_OR_RETURN(const ByteView id, reader.Raw(report.id.size()));
  std::copy(id.begin(), id.end(), report.id.begin());
  BAYA_ASSIGN_OR_RETURN(const ByteView encoded, reader.Opaque32());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  report.encoded = ToBytes(encoded);
  return report;
}

}  // namespace baya::engine
