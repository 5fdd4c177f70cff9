// Log lines on stderr: what happened and how often, never to whom. No address, no report id, no
// time of one report.
#pragma once

#include <string>

namespace baya::aggregator {

// "2026-01-31T12:00:00Z leader: message". Any thread.
void SetLogName(const std::string& name);
void Log(const std::string& message);

}  // namespace baya::aggregator
