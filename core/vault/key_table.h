// The key table: one data key per purpose and week (core/docs/formats/vault.md §6).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "vault/plaintext.h"

namespace baya::vault {

// Whether `purpose` can name a purpose here: 1 to 64 of [A-Za-z0-9:._-], beginning with a letter.
// What it means is the business of the rooms above.
bool IsValidPurpose(std::string_view purpose);

// Weeks since the Monday before 1970-01-01 in UTC; 0 for earlier times.
uint32_t WeekOf(int64_t time_ms);

struct DataKey {
  uint32_t id = 0;
  std::string purpose;
  uint32_t week = 0;
  SecretBytes key;
};

struct KeyTable {
  uint64_t generation = 0;
  uint32_t next_key_id = 1;
  std::vector<DataKey> keys;  // ascending by id

  const DataKey* Find(uint32_t id) const;

  // The newest key of this purpose and week.
  const DataKey* Find(std::string_view purpose, uint32_t week) const;

  // A fresh random key. REQUIRES: fewer than kMaxKeys keys.
  const DataKey& Add(Host& host, std::string_view purpose, uint32_t week);
};

Plaintext EncodeKeyTable(const KeyTable& table);

// Errors: kInvalidArgument (not a key table).
Result<KeyTable> DecodeKeyTable(ByteView content);

}  // namespace baya::vault
