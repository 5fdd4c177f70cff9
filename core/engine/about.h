// What a module says of itself: the operation about.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace baya::engine {

Result<Bytes> About(ByteView request);

}  // namespace baya::engine
