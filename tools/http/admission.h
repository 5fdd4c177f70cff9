// Whether a request's head is one that everybody reads the same way.
#pragma once

#include "http/message.h"

namespace baya::tools::http {

// 0, or the status with which to refuse it: see http/server.h.
int RefusalOf(const Request& head);

}  // namespace baya::tools::http
