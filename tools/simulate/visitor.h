// What one customer of the log does with a device: shops, sees a shelf, reports.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "simulate/aggregators.h"
#include "simulate/device.h"
#include "simulate/purchases.h"

namespace baya::tools {

struct Replay {
  int64_t from_ms = 0;   // the shelf is shown then, on what was bought before
  int64_t until_ms = 0;  // the device reports then
  uint16_t shelf = 0;    // items on the shelf
};

struct SentReport {
  std::string task_url;  // where it went: names the task
  size_t bytes = 0;
  int status = 0;  // of the leader's answer
  int64_t sent_ms = 0;
};

struct Visit {
  std::vector<std::string> shown;  // on the shelf, best first
  std::vector<SentReport> reports;
};

// Order Completed, once or, for an invoice longer than an event may be, several times. Throws
// ToolError.
void Buy(const Invoice& invoice, Device& device);

// Throws ToolError.
Visit ReplayCustomer(const Customer& customer, const Site& site, const Replay& replay,
                     Aggregators& aggregators);

}  // namespace baya::tools
