#include "measure/report_log.h"

#include <algorithm>
#include <utility>

#include "codec/tls.h"
#include "crypto/fixed_bytes.h"
#include "measure/limits.h"

namespace baya::measure {
namespace {

constexpr uint8_t kVersion = 1;

constexpr Status kBroken =
    kError<StatusCode::kInvalidArgument, "the stored report log is malformed">;

Result<std::string> ReadText(codec::Reader& reader, size_t max_bytes) {
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Opaque16());
  if (bytes.size() > max_bytes) return kBroken;
  return std::string(AsText(bytes));
}

Result<LogEntry> Read(codec::Reader& reader) {
  LogEntry entry;
  BAYA_ASSIGN_OR_RETURN(const ByteView id, reader.Raw(kReportIdBytes));
  BAYA_ASSIGN_OR_RETURN(entry.id, crypto::FixedBytes<kReportIdBytes>(id));
  BAYA_ASSIGN_OR_RETURN(const uint8_t state, reader.U8());
  entry.state = static_cast<ReportState>(state);
  if (entry.state < ReportState::kWaiting || entry.state > ReportState::kGivenUp) return kBroken;
  BAYA_ASSIGN_OR_RETURN(const uint64_t made_ms, reader.U64());
  BAYA_ASSIGN_OR_RETURN(const uint64_t ended_ms, reader.U64());
  entry.made_ms = static_cast<int64_t>(made_ms);
  entry.ended_ms = static_cast<int64_t>(ended_ms);
  BAYA_ASSIGN_OR_RETURN(entry.epsilon_micro, reader.U64());
  BAYA_ASSIGN_OR_RETURN(entry.title, ReadText(reader, kMaxTitleBytes));
  BAYA_ASSIGN_OR_RETURN(entry.label, ReadText(reader, kMaxLabelBytes));
  BAYA_ASSIGN_OR_RETURN(entry.leader_url, ReadText(reader, kMaxUrlBytes));
  BAYA_ASSIGN_OR_RETURN(entry.helper_url, ReadText(reader, kMaxUrlBytes));
  return entry;
}

}  // namespace

std::string_view ReportStateName(ReportState state) {
  switch (state) {
    case ReportState::kWaiting:
      return "waiting";
    case ReportState::kSent:
      return "sent";
    case ReportState::kRefused:
      return "refused";
    case ReportState::kWithdrawn:
      return "withdrawn";
    case ReportState::kGivenUp:
      return "given_up";
  }
  return "unknown";
}

void ReportLog::Add(LogEntry entry) {
  if (entries_.size() >= kMaxLogEntries) entries_.erase(entries_.begin());
  entries_.push_back(std::move(entry));
}

bool ReportLog::End(const ReportId& id, ReportState state, int64_t now_ms) {
  for (LogEntry& entry : entries_) {
    if (entry.id != id || entry.state != ReportState::kWaiting) continue;
    entry.state = state;
    entry.ended_ms = now_ms;
    return true;
  }
  return false;
}

bool ReportLog::WithdrawWaiting(int64_t now_ms) {
  bool any = false;
  for (LogEntry& entry : entries_) {
    if (!End(entry.id, ReportState::kWithdrawn, now_ms)) continue;
    entry.label.clear();
    any = true;
  }
  return any;
}

bool ReportLog::Expire(int64_t before_ms) {
  return std::erase_if(entries_, [before_ms](const LogEntry& entry) {
           return entry.state != ReportState::kWaiting && entry.ended_ms < before_ms;
         }) != 0;
}

Result<Bytes> ReportLog::Encode() const {
  codec::Writer writer;
  writer.U8(kVersion);
  for (const LogEntry& entry : entries_) {
    writer.Raw(entry.id);
    writer.U8(static_cast<uint8_t>(entry.state));
    writer.U64(static_cast<uint64_t>(entry.made_ms));
    writer.U64(static_cast<uint64_t>(entry.ended_ms));
    writer.U64(entry.epsilon_micro);
    writer.Opaque16(AsBytes(entry.title));
    writer.Opaque16(AsBytes(entry.label));
    writer.Opaque16(AsBytes(entry.leader_url));
    writer.Opaque16(AsBytes(entry.helper_url));
  }
  return std::move(writer).Finish();
}

Result<ReportLog> ReportLog::Decode(ByteView bytes) {
  codec::Reader reader(bytes);
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kVersion) {
    return kError<StatusCode::kUnimplemented, "the stored report log is of a later version">;
  }
  ReportLog log;
  while (reader.remaining() > 0) {
    if (log.entries_.size() == kMaxLogEntries) return kBroken;
    BAYA_ASSIGN_OR_RETURN(auto&& entry, Read(reader));
    log.entries_.push_back(std::move(entry));
  }
  return log;
}

}  // namespace baya::measure
