#include "consent/access_log.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "codec/tls.h"
#include "consent/limits.h"

namespace baya::consent {
namespace {

constexpr uint8_t kVersion = 1;
constexpr std::string_view kOther = "other";

constexpr Status kMalformed = kError<StatusCode::kInvalidArgument, "an access record is malformed">;

uint32_t HourOf(int64_t now_ms) {
  const int64_t hour = std::max<int64_t>(now_ms, 0) / kHourMs;
  return static_cast<uint32_t>(std::min<int64_t>(hour, std::numeric_limits<uint32_t>::max()));
}

void Increment(uint32_t& count) {
  if (count != std::numeric_limits<uint32_t>::max()) ++count;
}

void WriteEntry(codec::Writer& writer, const AccessKey& key, const AccessCount& count) {
  writer.U32(key.hour);
  writer.U16(static_cast<uint16_t>(key.purpose));
  writer.U8(static_cast<uint8_t>(key.operation));
  writer.Opaque8(AsBytes(key.caller));
  writer.U32(count.allowed);
  writer.U32(count.refused);
}

using Entry = std::pair<AccessKey, AccessCount>;

Result<Entry> ReadEntry(codec::Reader& reader) {
  Entry entry;
  BAYA_ASSIGN_OR_RETURN(entry.first.hour, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const uint16_t purpose, reader.U16());
  BAYA_ASSIGN_OR_RETURN(const uint8_t operation, reader.U8());
  BAYA_ASSIGN_OR_RETURN(const ByteView caller, reader.Opaque8());
  BAYA_ASSIGN_OR_RETURN(entry.second.allowed, reader.U32());
  BAYA_ASSIGN_OR_RETURN(entry.second.refused, reader.U32());
  entry.first.purpose = static_cast<Purpose>(purpose);
  entry.first.operation = static_cast<Operation>(operation);
  entry.first.caller = AsText(caller);
  if (!IsPurpose(entry.first.purpose) || !IsOperation(entry.first.operation)) return kMalformed;
  if (!IsCaller(entry.first.caller)) return kMalformed;
  if (entry.second.allowed == 0 && entry.second.refused == 0) return kMalformed;
  return entry;
}

Result<std::vector<Entry>> Decode(ByteView record) {
  codec::Reader reader(record);
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kVersion) {
    return kError<StatusCode::kUnimplemented, "an access record has an unknown version">;
  }
  BAYA_ASSIGN_OR_RETURN(codec::Reader list, reader.Vector32());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  std::vector<Entry> entries;
  while (list.remaining() > 0) {
    if (entries.size() == kMaxAccessEntries) return kMalformed;
    BAYA_ASSIGN_OR_RETURN(auto&& entry, ReadEntry(list));
    if (!entries.empty() && !(entries.back().first < entry.first)) return kMalformed;
    entries.push_back(std::move(entry));
  }
  if (entries.empty()) return kMalformed;
  return entries;
}

}  // namespace

bool IsCaller(std::string_view caller) {
  if (caller.empty() || caller.size() > kMaxCallerBytes) return false;
  return std::all_of(caller.begin(), caller.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ':' || c == '.' || c == '_' ||
           c == '-';
  });
}

bool AccessKey::operator<(const AccessKey& other) const {
  return std::tie(hour, purpose, operation, caller) <
         std::tie(other.hour, other.purpose, other.operation, other.caller);
}

void AccessLog::Count(std::string_view caller, Purpose purpose, Operation operation, int64_t now_ms,
                      bool allowed) {
  AccessKey key{HourOf(now_ms), purpose, operation, std::string(caller)};
  if (!entries_.contains(key) && HourIsFull(key.hour)) key.caller = kOther;
  AccessCount& count = EntryFor(std::move(key));
  count.changed = true;
  Increment(allowed ? count.allowed : count.refused);
  Evict();
}

AccessCount& AccessLog::EntryFor(AccessKey key) { return entries_[std::move(key)]; }

bool AccessLog::HourIsFull(uint32_t hour) const {
  const auto begin = entries_.lower_bound({hour, Purpose{}, Operation{}, ""});
  size_t count = 0;
  for (auto it = begin; it != entries_.end() && it->first.hour == hour; ++it) {
    if (++count >= kMaxAccessEntriesPerHour) return true;
  }
  return false;
}

void AccessLog::Evict() {
  while (entries_.size() > kMaxAccessEntries) entries_.erase(entries_.begin());
}

Result<Bytes> AccessLog::TakeChanges() {
  bool any = false;
  codec::Writer writer;
  writer.U8(kVersion);
  writer.Vector32([this, &any](codec::Writer& list) {
    for (auto& [key, count] : entries_) {
      if (!count.changed) continue;
      WriteEntry(list, key, count);
      count.changed = false;
      any = true;
    }
  });
  if (!any) return Bytes();
  return std::move(writer).Finish();
}

Result<Bytes> AccessLog::EncodeAll() const {
  if (entries_.empty()) return Bytes();
  codec::Writer writer;
  writer.U8(kVersion);
  writer.Vector32([this](codec::Writer& list) {
    for (const auto& [key, count] : entries_) WriteEntry(list, key, count);
  });
  return std::move(writer).Finish();
}

Status AccessLog::Load(ByteView record) {
  BAYA_ASSIGN_OR_RETURN(const std::vector<Entry>& loaded, Decode(record));
  for (const auto& [key, count] : loaded) {
    AccessCount& entry = EntryFor(key);
    entry.allowed = std::max(entry.allowed, count.allowed);
    entry.refused = std::max(entry.refused, count.refused);
  }
  Evict();
  return OkStatus();
}

void AccessLog::Expire(int64_t now_ms, int64_t keep_ms) {
  const AccessKey first_kept{HourOf(now_ms - keep_ms), Purpose{}, Operation{}, ""};
  entries_.erase(entries_.begin(), entries_.lower_bound(first_kept));
}

}  // namespace baya::consent
