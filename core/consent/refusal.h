// The one record that a refusal leaves: the choice and its date, nothing about the person.
//
// It lives outside the vault, because after a refusal there is no vault. Exact bytes:
// core/docs/formats/consent.md §1.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/status.h"

namespace baya::consent {

// The record for a refusal on the day of `now_ms` in UTC, of the nearest day from 1970-01-01 to
// 9999-12-31.
std::string EncodeRefusal(int64_t now_ms);

// OK when `bytes` are such a record with a date that exists, else kInvalidArgument.
Status CheckRefusal(ByteView bytes);

}  // namespace baya::consent
