// What the Helper keeps besides: its answers, so that the same request gets the same bytes.
//
// Every function runs in the caller's transaction and throws DatabaseError.
#pragma once

#include <cstdint>
#include <optional>

#include "aggregator/store.h"

namespace baya::aggregator {

enum class Answers : uint8_t { kJobs, kShares };

std::optional<Bytes> FindAnswer(Database& database, Answers answers, TaskKey task,
                                const ResourceId& id);
void AddAnswer(Database& database, Answers answers, TaskKey task, const ResourceId& id,
               ByteView response);
void DeleteAnswer(Database& database, Answers answers, TaskKey task, const ResourceId& id);

}  // namespace baya::aggregator
