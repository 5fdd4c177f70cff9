#include "audit-pack/audit.h"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "lib/tool_error.h"

namespace baya::tools {
namespace {

constexpr int64_t kDayMs = int64_t{24} * 60 * 60 * 1000;

// Of each of the pack's items: who bought it, and on how many days.
class Buyers {
 public:
  Buyers(const pack::Catalogue& catalogue, const Log& log) : days_(catalogue.size()) {
    std::unordered_map<std::string_view, uint32_t> by_id;
    for (uint32_t item = 0; item < catalogue.size(); ++item)
      by_id.emplace(catalogue.id(item), item);
    for (const Interaction& row : log.interactions) {
      const auto found = by_id.find(log.items[row.item].id);
      if (found != by_id.end()) days_[found->second].emplace_back(row.user, row.time_ms / kDayMs);
    }
    for (auto& days : days_) {
      std::sort(days.begin(), days.end());
      days.erase(std::unique(days.begin(), days.end()), days.end());
      std::vector<uint32_t>& customers = customers_.emplace_back();
      for (const auto& [customer, day] : days) customers.push_back(customer);
      customers.erase(std::unique(customers.begin(), customers.end()), customers.end());
    }
  }

  uint32_t WithBoth(uint32_t a, uint32_t b) const {
    std::vector<uint32_t> both;
    std::set_intersection(customers_[a].begin(), customers_[a].end(), customers_[b].begin(),
                          customers_[b].end(), std::back_inserter(both));
    return static_cast<uint32_t>(both.size());
  }

  ItemSupport Of(uint32_t item) const {
    uint32_t came_back = 0;
    const auto& days = days_[item];
    for (size_t i = 1; i < days.size(); ++i) {
      const bool same = days[i].first == days[i - 1].first;
      const bool first_return = i < 2 || days[i - 2].first != days[i].first;
      came_back += same && first_return;
    }
    return {item, static_cast<uint32_t>(customers_[item].size()), came_back};
  }

 private:
  std::vector<std::vector<std::pair<uint32_t, int64_t>>> days_;  // [n], ascending
  std::vector<std::vector<uint32_t>> customers_;                 // [n], ascending
};

void AuditTable(const pack::Model& model, const Buyers& buyers, uint32_t min_support,
                PackAudit& audit) {
  for (uint32_t target = 0; target < model.size(); ++target) {
    const auto sources = model.sources(target);
    for (size_t i = 0; i < sources.size(); ++i) {
      if (model.weights(target)[i] == 0) continue;
      const uint32_t customers = buyers.WithBoth(target, sources[i]);
      ++audit.pairs;
      audit.smallest = std::min(audit.smallest, customers);
      if (customers < min_support) audit.under_pairs.push_back({target, sources[i], customers});
    }
  }
}

void AuditPopularity(const pack::Popularity& popularity, const Buyers& buyers, uint32_t min_support,
                     PackAudit& audit) {
  for (uint32_t item = 0; item < popularity.size(); ++item) {
    const bool repeats = popularity.repeat_rate(item) != 0 || popularity.repeat_days(item) != 0;
    if (!repeats && popularity.level(item) == 0 && popularity.trend(item) == 0) continue;
    ++audit.items;
    const ItemSupport support = buyers.Of(item);
    if (support.customers < min_support || (repeats && support.came_back < min_support)) {
      audit.under_items.push_back(support);
    }
  }
}

}  // namespace

PackAudit AuditPack(const pack::SitePack& pack, const Log& log, uint32_t min_support) {
  if (pack.shop() == nullptr) throw ToolError("the pack holds no model of a shop");
  const Buyers buyers(pack.shop()->catalogue, log);
  PackAudit audit;
  AuditTable(pack.shop()->model, buyers, min_support, audit);
  AuditPopularity(pack.shop()->popularity, buyers, min_support, audit);
  return audit;
}

std::string AuditText(const PackAudit& audit, const pack::Catalogue& catalogue,
                      uint32_t min_support) {
  std::string text;
  for (const PairSupport& pair : audit.under_pairs) {
    text += std::to_string(pair.customers) + " customers: pair of " +
            std::string(catalogue.id(pair.source)) + " and " +
            std::string(catalogue.id(pair.target)) + "\n";
  }
  for (const ItemSupport& item : audit.under_items) {
    text += std::to_string(item.customers) + " customers, " + std::to_string(item.came_back) +
            " came back: popularity of " + std::string(catalogue.id(item.item)) + "\n";
  }
  char totals[300];
  std::snprintf(totals, sizeof totals,
                "%zu pairs, smallest support %u customers; %zu under %u\n"
                "%zu items with popularity; %zu rest on fewer than %u customers\n",
                audit.pairs, audit.pairs == 0 ? 0 : audit.smallest, audit.under_pairs.size(),
                min_support, audit.items, audit.under_items.size(), min_support);
  return text + totals;
}

}  // namespace baya::tools
