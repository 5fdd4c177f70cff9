#include "simulate/visitor.h"

#include <algorithm>
#include <string_view>

#include "profile/limits.h"

namespace baya::tools {
namespace {

using profile::Value;

constexpr int64_t kSecondMs = 1000;
constexpr int kFirstServerError = 500;
constexpr int kFirstClientError = 400;

// The shelf's name: core/docs/formats/tasks.md §3.
constexpr std::string_view kShelf = "for-you";

Value ProductOf(const Line& line) {
  return Value::Object({{"product_id", Value::Text(line.item)},
                        {"quantity", Value::Number(line.quantity)},
                        {"price", Value::Number(line.price)}});
}

std::vector<std::string> LookAtShelf(uint16_t count, Device& device) {
  std::vector<std::string> shown = device.Recommend(count);
  std::vector<Value> products;
  products.reserve(shown.size());
  for (const std::string& item : shown) {
    products.push_back(Value::Object({{"product_id", Value::Text(item)}}));
  }
  profile::Call call;
  call.name = "Product List Viewed";
  call.properties = Value::Object(
      {{"list_id", Value::Text(kShelf)}, {"products", Value::Array(std::move(products))}});
  device.Track(std::move(call));
  return shown;
}

std::vector<SentReport> Report(Device& device, Aggregators& aggregators) {
  for (const ReportToMake& report : device.ReportsToMake()) {
    device.MakeReport(report, aggregators.HpkeConfigs(report.leader_config_url),
                      aggregators.HpkeConfigs(report.helper_config_url));
  }
  std::vector<SentReport> sent;
  while (true) {
    const std::vector<ReportToSend> reports = device.ReportsToSend();
    if (reports.empty()) return sent;
    for (const ReportToSend& report : reports) {
      const int status = aggregators.Upload(report.url, report.body);
      if (status >= kFirstServerError) {
        throw ToolError("the leader answered an upload with status " + std::to_string(status));
      }
      device.ReportDone(report, status < kFirstClientError);
      sent.push_back({report.url, report.body.size(), status, SystemHost().NowMs()});
    }
  }
}

}  // namespace

void Buy(const Invoice& invoice, Device& device) {
  for (size_t begin = 0; begin < invoice.lines.size(); begin += profile::kMaxItemsPerEvent) {
    const size_t end = std::min(begin + profile::kMaxItemsPerEvent, invoice.lines.size());
    std::vector<Value> products;
    for (size_t i = begin; i < end; ++i) products.push_back(ProductOf(invoice.lines[i]));
    std::string order = invoice.id;
    if (begin > 0) order.append("+").append(std::to_string(begin));
    profile::Call call;
    call.name = "Order Completed";
    call.properties = Value::Object(
        {{"order_id", Value::Text(order)}, {"products", Value::Array(std::move(products))}});
    device.Track(std::move(call));
  }
}

Visit ReplayCustomer(const Customer& customer, const Site& site, const Replay& replay,
                     Aggregators& aggregators) {
  const int64_t first_ms = std::min(customer.invoices.front().time_ms, replay.from_ms);
  Device device(site, first_ms - kSecondMs);
  Visit visit;
  const auto look = [&] {
    device.SetTime(replay.from_ms);
    visit.shown = LookAtShelf(replay.shelf, device);
  };
  for (const Invoice& invoice : customer.invoices) {
    if (visit.shown.empty() && invoice.time_ms >= replay.from_ms) look();
    device.SetTime(invoice.time_ms);
    Buy(invoice, device);
  }
  device.SetTime(replay.until_ms);
  visit.reports = Report(device, aggregators);
  return visit;
}

}  // namespace baya::tools
