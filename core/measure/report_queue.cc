#include "measure/report_queue.h"

#include <algorithm>
#include <utility>

#include "codec/tls.h"
#include "crypto/fixed_bytes.h"
#include "measure/limits.h"

namespace baya::measure {
namespace {

constexpr uint8_t kVersion = 1;

constexpr Status kBroken = kError<StatusCode::kInvalidArgument, "the stored reports are malformed">;

Result<WaitingReport> Read(codec::Reader& reader) {
  WaitingReport report;
  BAYA_ASSIGN_OR_RETURN(const ByteView id, reader.Raw(kReportIdBytes));
  BAYA_ASSIGN_OR_RETURN(report.id, crypto::FixedBytes<kReportIdBytes>(id));
  BAYA_ASSIGN_OR_RETURN(const uint64_t made_ms, reader.U64());
  BAYA_ASSIGN_OR_RETURN(const uint64_t due_ms, reader.U64());
  BAYA_ASSIGN_OR_RETURN(const ByteView url, reader.Opaque16());
  BAYA_ASSIGN_OR_RETURN(const ByteView body, reader.Opaque16());
  if (url.size() > kMaxUrlBytes || body.size() > kMaxReportBytes) return kBroken;
  report.made_ms = static_cast<int64_t>(made_ms);
  report.due_ms = static_cast<int64_t>(due_ms);
  report.url = AsText(url);
  report.body = ToBytes(body);
  return report;
}

}  // namespace

bool ReportQueue::full() const { return reports_.size() >= kMaxWaiting; }

bool ReportQueue::Remove(const ReportId& id) {
  return std::erase_if(reports_, [&id](const WaitingReport& r) { return r.id == id; }) != 0;
}

Result<std::vector<const WaitingReport*>> ReportQueue::Due(consent::Use use,
                                                           uint64_t durable_end) const {
  if (use.operation() != consent::Operation::kMeasure) {
    return kError<StatusCode::kInvalidArgument, "this use is for another operation">;
  }
  std::vector<const WaitingReport*> due;
  for (const WaitingReport& report : reports_) {
    const bool ready = report.due_ms <= use.now_ms() && report.sequence < durable_end;
    if (ready) due.push_back(&report);
  }
  return due;
}

int64_t ReportQueue::NextDueMs() const {
  int64_t next_ms = 0;
  for (const WaitingReport& report : reports_) {
    next_ms = next_ms == 0 ? report.due_ms : std::min(next_ms, report.due_ms);
  }
  return next_ms;
}

Result<Bytes> ReportQueue::Encode() const {
  codec::Writer writer;
  writer.U8(kVersion);
  for (const WaitingReport& report : reports_) {
    writer.Raw(report.id);
    writer.U64(static_cast<uint64_t>(report.made_ms));
    writer.U64(static_cast<uint64_t>(report.due_ms));
    writer.Opaque16(AsBytes(report.url));
    writer.Opaque16(report.body);
  }
  return std::move(writer).Finish();
}

Result<ReportQueue> ReportQueue::Decode(ByteView bytes) {
  codec::Reader reader(bytes);
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kVersion) {
    return kError<StatusCode::kUnimplemented, "the stored reports are of a later version">;
  }
  ReportQueue queue;
  while (reader.remaining() > 0) {
    if (queue.full()) return kBroken;
    BAYA_ASSIGN_OR_RETURN(auto&& report, Read(reader));
    queue.Add(std::move(report));
  }
  return queue;
}

}  // namespace baya::measure
