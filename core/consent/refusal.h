// The one record outside the vault: the choice and its date, nothing about the person.
//
// After a refusal it is all there is. After a grant it tells the next page that there is a vault to
// open, so that none is looked for or made before anybody consented. Exact bytes:
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

// What stands in place of the refusal while what was stored is destroyed: the refusal of the day of
// that mark. Empty when `bytes` are no such mark.
std::string RefusalAfterErasing(ByteView bytes);

// The same as for a refusal for a grant of `store`.
std::string EncodeGrantMark(int64_t now_ms);
Status CheckGrantMark(ByteView bytes);

}  // namespace baya::consent
