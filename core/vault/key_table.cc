#include "vault/key_table.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "codec/tls.h"
#include "vault/limits.h"

namespace baya::vault {
namespace {

constexpr size_t kTableHeaderBytes = 8 + 4 + 2;
constexpr size_t kEntryBytesWithoutPurpose = 4 + 1 + 4 + kKeyBytes;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool IsPurposeCharacter(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == ':' || c == '.' || c == '_' || c == '-';
}

Result<DataKey> ReadKey(codec::Reader& reader) {
  DataKey key;
  BAYA_ASSIGN_OR_RETURN(key.id, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const ByteView purpose, reader.Opaque8());
  BAYA_ASSIGN_OR_RETURN(key.week, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const ByteView secret, reader.Raw(kKeyBytes));
  if (!IsValidPurpose(AsText(purpose))) {
    return kError<StatusCode::kInvalidArgument, "a data key has no valid purpose">;
  }
  key.purpose = AsText(purpose);
  key.key = SecretBytes::CopyOf(secret);
  return key;
}

}  // namespace

bool IsValidPurpose(std::string_view purpose) {
  return !purpose.empty() && purpose.size() <= kMaxPurposeBytes && IsLetter(purpose[0]) &&
         std::all_of(purpose.begin(), purpose.end(), IsPurposeCharacter);
}

uint32_t WeekOf(int64_t time_ms) {
  constexpr int64_t kDayMs = 86'400'000;
  constexpr int64_t kThursday = 3;  // 1970-01-01, counted from Monday
  if (time_ms < 0) return 0;
  const int64_t week = (time_ms / kDayMs + kThursday) / 7;
  return static_cast<uint32_t>(std::min<int64_t>(week, std::numeric_limits<uint32_t>::max()));
}

const DataKey* KeyTable::Find(uint32_t id) const {
  const auto it =
      std::lower_bound(keys.begin(), keys.end(), id,
                       [](const DataKey& key, uint32_t wanted) { return key.id < wanted; });
  return it != keys.end() && it->id == id ? &*it : nullptr;
}

const DataKey* KeyTable::Find(std::string_view purpose, uint32_t week) const {
  const auto it = std::find_if(keys.rbegin(), keys.rend(), [&](const DataKey& key) {
    return key.week == week && key.purpose == purpose;
  });
  return it != keys.rend() ? &*it : nullptr;
}

const DataKey& KeyTable::Add(Host& host, std::string_view purpose, uint32_t week) {
  DataKey& key = keys.emplace_back();
  key.id = next_key_id++;
  key.purpose = purpose;
  key.week = week;
  key.key = SecretBytes(kKeyBytes);
  host.FillRandom(key.key.ExposeMutable());
  return key;
}

Plaintext EncodeKeyTable(const KeyTable& table) {
  size_t size = kTableHeaderBytes;
  for (const DataKey& key : table.keys) size += kEntryBytesWithoutPurpose + key.purpose.size();
  Plaintext plaintext(size);
  FixedWriter writer(plaintext.mutable_content());
  writer.U64(table.generation);
  writer.U32(table.next_key_id);
  writer.U16(static_cast<uint16_t>(table.keys.size()));
  for (const DataKey& key : table.keys) {
    writer.U32(key.id);
    writer.U8(static_cast<uint8_t>(key.purpose.size()));
    writer.Raw(AsBytes(key.purpose));
    writer.U32(key.week);
    writer.Raw(key.key.Expose());
  }
  return plaintext;
}

Result<KeyTable> DecodeKeyTable(ByteView content) {
  codec::Reader reader(content);
  KeyTable table;
  BAYA_ASSIGN_OR_RETURN(table.generation, reader.U64());
  BAYA_ASSIGN_OR_RETURN(table.next_key_id, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const uint16_t count, reader.U16());
  if (count > kMaxKeys) {
    return kError<StatusCode::kInvalidArgument, "a key table holds too many keys">;
  }
  uint32_t previous_id = 0;
  for (uint16_t i = 0; i < count; ++i) {
    BAYA_ASSIGN_OR_RETURN(auto&& key, ReadKey(reader));
    if (key.id <= previous_id || key.id >= table.next_key_id) {
      return kError<StatusCode::kInvalidArgument, "the keys of a key table are not in order">;
    }
    previous_id = key.id;
    table.keys.push_back(std::move(key));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return table;
}

}  // namespace baya::vault
