// All of a profile that has to be kept, and its binary snapshot. What follows from the events is
// not in it. The portable JSON (core/docs/formats/export.md) is made of it and read back to it by a
// page: js-bindings/src/export.ts and portable.ts.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "profile/event.h"
#include "profile/fields.h"

namespace baya::profile {

// The latest event that limits have pushed out: nothing up to it is taken in any more, so that
// what is held does not depend on the order of arrival. Time 0 and no id: none was.
struct Horizon {
  int64_t time_ms = 0;
  std::string message_id;

  friend bool operator==(const Horizon&, const Horizon&) = default;
};

struct ProfileData {
  Horizon horizon;
  Usage usage{};
  std::vector<Event> events;  // ascending by EventBefore, each message id once

  friend bool operator==(const ProfileData&, const ProfileData&) = default;
};

// kInvalidArgument when they are not as the comments above say.
Status CheckHorizon(const Horizon& horizon);
Status CheckEvents(std::span<const Event> events);

// core/docs/formats/event.md §3. Errors of decoding: kInvalidArgument for anything EncodeSnapshot
// does not produce, kUnimplemented for a later version.
Result<Bytes> EncodeSnapshot(const ProfileData& data);
Result<ProfileData> DecodeSnapshot(ByteView bytes);

}  // namespace baya::profile
