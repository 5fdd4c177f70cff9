#include "eval/replay.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <unordered_set>

#include "crypto/ed25519_signing.h"
#include "eval/node_engine.h"
#include "eval/statistics.h"
#include "lib/parallel.h"
#include "lib/tool_error.h"
#include "pack/writer/seal.h"
#include "plan/plan_json.h"
#include "simulate/visitor.h"
#include "train/local_ridge.h"
#include "train/log.h"
#include "train/tune.h"

namespace baya::tools {
namespace {

constexpr int64_t kSecondMs = 1000;
constexpr size_t kSeedBytes = 32;

// What ranking needs and nothing else. The log is over a year old when it ends: 13 months.
constexpr char kPlan[] = R"({
  "version": 1, "currency": "XXX", "retention_days": 395,
  "consent": {
    "version": "1", "max_age_days": 395,
    "texts": {"store": "Kept here.", "personalize": "Ranked here.", "measure": "Added up."}
  },
  "fields": {"item.id": ["store", "personalize", "measure"], "order.id": ["store"]}
})";

struct TrainedSite {
  Site site;
  std::unordered_set<std::string> items;  // that the pack knows
};

TrainedSite Train(const ReplayOptions& options) {
  const Log log = ReadLog({.interactions = options.interactions,
                           .catalogue = options.catalogue,
                           .before_ms = options.split_ms,
                           .currency = "",
                           .skip_broken = false});
  const std::vector<bool> everyone(log.users.size(), true);
  const ShopSettings settings = options.tune ? Tune(log, everyone, options.shop) : options.shop;
  const Shop shop(log, everyone, settings);
  auto sections = shop.Sections(SolveLocalRidge(shop.gram(), settings.ridge), settings);
  sections.push_back({pack::SectionType::kPlan, PlanFromJson(kPlan)});
  const SecretBytes seed(kSeedBytes);
  TrainedSite trained;
  trained.site.name = "measuring";
  trained.site.pack = OrThrow(
      pack::Seal({.site = trained.site.name, .version = 1, .sections = std::move(sections)}, seed),
      "making the pack");
  trained.site.signer = ToBytes(OrThrow(crypto::ed25519::PublicKeyOf(seed), "the key"));
  for (const ItemFacts& item : log.items) trained.items.insert(item.id);
  return trained;
}

// The invoice's items that a shelf could have shown, once each.
std::vector<std::string> Wanted(const Invoice& invoice,
                                const std::unordered_set<std::string>& items) {
  std::vector<std::string> wanted;
  for (const Line& line : invoice.lines) {
    if (items.count(line.item) > 0) wanted.push_back(line.item);
  }
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  return wanted;
}

double Found(const std::vector<std::string>& shelf, const std::vector<std::string>& wanted) {
  const auto hits = std::count_if(shelf.begin(), shelf.end(), [&](const std::string& item) {
    return std::binary_search(wanted.begin(), wanted.end(), item);
  });
  return static_cast<double>(hits) /
         static_cast<double>(std::min<size_t>(kReplayShelf, wanted.size()));
}

double ShelfBefore(const Invoice& invoice, const std::vector<std::string>& wanted, Device& device) {
  device.SetTime(invoice.time_ms);
  return Found(device.Recommend(kReplayShelf), wanted);
}

std::vector<ReplayedInvoice> Follow(const Customer& customer, const TrainedSite& trained,
                                    int64_t split_ms, NodeEngines* node) {
  const int64_t first_ms = customer.invoices.front().time_ms - kSecondMs;
  const auto engine = [node] { return node == nullptr ? OwnEngine() : node->Open(); };
  Device adaptive(trained.site, first_ms, engine()), frozen(trained.site, first_ms, engine());
  std::vector<ReplayedInvoice> replayed;
  uint32_t before = 0, since = 0;
  for (const Invoice& invoice : customer.invoices) {
    const bool later = invoice.time_ms >= split_ms;
    const std::vector<std::string> wanted = Wanted(invoice, trained.items);
    if (later && !wanted.empty()) {
      replayed.push_back({.before = before,
                          .since = since,
                          .adaptive = ShelfBefore(invoice, wanted, adaptive),
                          .frozen = ShelfBefore(invoice, wanted, frozen)});
    }
    adaptive.SetTime(invoice.time_ms);
    Buy(invoice, adaptive);
    if (!later) {
      frozen.SetTime(invoice.time_ms);
      Buy(invoice, frozen);
    }
    ++before;
    since += later ? 1 : 0;
  }
  return replayed;
}

using Filter = bool (*)(const ReplayedInvoice&);

std::string Row(const char* name, const ReplayReport& report, Filter filter) {
  std::vector<double> adaptive, frozen, adaptive_hit, frozen_hit;
  for (const ReplayedInvoice& invoice : report.invoices) {
    if (!filter(invoice)) continue;
    adaptive.push_back(invoice.adaptive);
    frozen.push_back(invoice.frozen);
    adaptive_hit.push_back(invoice.adaptive > 0 ? 1 : 0);
    frozen_hit.push_back(invoice.frozen > 0 ? 1 : 0);
  }
  if (adaptive.size() < 2) return "";
  const auto each = [](const std::vector<double>& a, const std::vector<double>& b) {
    const Mean difference = MeanOf(Differences(a, b));
    char text[120];
    std::snprintf(text, sizeof text, "  %.4f %.4f %+.4f +- %.4f", MeanOf(a).value, MeanOf(b).value,
                  difference.value, difference.error);
    return std::string(text);
  };
  char head[80];
  std::snprintf(head, sizeof head, "%-24s %7zu", name, adaptive.size());
  return head + each(adaptive_hit, frozen_hit) + each(adaptive, frozen) + "\n";
}

}  // namespace

ReplayReport RunReplay(const ReplayOptions& options) {
  const TrainedSite trained = Train(options);
  const std::vector<Customer> customers = ReadPurchases({.path = options.interactions,
                                                         .from_ms = options.split_ms,
                                                         .until_ms = options.until_ms,
                                                         .most_customers = options.most_customers});
  if (customers.empty()) throw ToolError("nobody in the log bought anything after the split");
  std::vector<std::vector<ReplayedInvoice>> each(customers.size());
  std::vector<std::unique_ptr<NodeEngines>> nodes(ThreadCount());
  if (!options.build.engine.empty()) {
    for (auto& node : nodes) node = std::make_unique<NodeEngines>(options.build.engine);
  }
  ParallelFor("replaying customers", customers.size(), [&](size_t thread, size_t i) {
    each[i] = Follow(customers[i], trained, options.split_ms, nodes[thread].get());
  });
  ReplayReport report;
  report.customers = customers.size();
  for (const auto& invoices : each) {
    report.invoices.insert(report.invoices.end(), invoices.begin(), invoices.end());
  }
  return report;
}

std::string ReplayText(const ReplayReport& report) {
  using Each = ReplayedInvoice;
  char head[240];
  std::snprintf(head, sizeof head,
                "%zu customers, %zu invoices after the split; a shelf of %u\n"
                "%-24s %7s  hit rate: learning, frozen, difference; "
                "recall: learning, frozen, difference\n",
                report.customers, report.invoices.size(), kReplayShelf, "", "invoices");
  std::string text = head;
  text += Row("all", report, [](const Each&) { return true; });
  text += Row("no history before", report, [](const Each& i) { return i.before == 0; });
  text += Row("1 invoice since split", report, [](const Each& i) { return i.since == 1; });
  text += Row("2 since", report, [](const Each& i) { return i.since == 2; });
  text += Row("3 to 5 since", report, [](const Each& i) { return i.since > 2 && i.since < 6; });
  text += Row("6 or more since", report, [](const Each& i) { return i.since > 5; });
  text += Row("new customers, 1 or more", report,
              [](const Each& i) { return i.since > 0 && i.before == i.since; });
  return text;
}

}  // namespace baya::tools
