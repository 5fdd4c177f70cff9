#include "eval/vmis_knn.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <set>
#include <unordered_map>

namespace baya::tools {

VmisKnn::VmisKnn(const std::vector<Session>& sessions, uint32_t item_count,
                 const VmisSettings& settings)
    : settings_(settings), sessions_(item_count), factors_(item_count, 1) {
  for (uint32_t i = 0; i < sessions.size(); ++i) {
    items_.push_back(sessions[i].items);
    std::sort(items_[i].begin(), items_[i].end());
    items_[i].erase(std::unique(items_[i].begin(), items_[i].end()), items_[i].end());
    for (const uint32_t item : items_[i]) sessions_[item].push_back(i);
  }
  for (uint32_t item = 0; item < item_count; ++item) {
    std::vector<uint32_t>& of_item = sessions_[item];
    if (of_item.empty()) continue;
    factors_[item] += settings_.idf_weight * std::log(static_cast<double>(sessions.size()) /
                                                      static_cast<double>(of_item.size()));
    std::reverse(of_item.begin(), of_item.end());
    if (of_item.size() > settings_.m) of_item.resize(settings_.m);
  }
}

bool VmisKnn::Holds(uint32_t session, uint32_t item) const {
  return std::binary_search(items_[session].begin(), items_[session].end(), item);
}

// Sessions are numbered by time, so that the number stands for it.
std::vector<VmisKnn::Neighbour> VmisKnn::Neighbours(std::span<const uint32_t> recent) const {
  std::unordered_map<uint32_t, double> similarity;
  std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>> earliest;
  const std::set<uint32_t> different(recent.begin(), recent.end());
  std::set<uint32_t> done;
  for (size_t place = recent.size(); place > 0; --place) {
    const uint32_t item = recent[place - 1];
    if (!done.insert(item).second) continue;
    const double decay = static_cast<double>(place) / static_cast<double>(different.size());
    for (const uint32_t session : sessions_[item]) {
      const auto found = similarity.find(session);
      if (found != similarity.end()) {
        found->second += decay;
      } else if (similarity.size() < settings_.m) {
        similarity[session] = decay;
        earliest.push(session);
      } else if (session > earliest.top()) {
        similarity.erase(earliest.top());
        earliest.pop();
        similarity[session] = decay;
        earliest.push(session);
      } else {
        break;  // the rest of the item's sessions is earlier still
      }
    }
  }
  std::vector<Neighbour> neighbours;
  neighbours.reserve(similarity.size());
  for (const auto& [session, value] : similarity) neighbours.push_back({value, session});
  std::sort(neighbours.begin(), neighbours.end(), [](const Neighbour& a, const Neighbour& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.session > b.session;
  });
  if (neighbours.size() > settings_.k) neighbours.resize(settings_.k);
  return neighbours;
}

std::vector<double> VmisKnn::Scores(std::span<const uint32_t> prefix) const {
  const auto recent = prefix.last(std::min<size_t>(prefix.size(), settings_.last));
  std::vector<double> scores(sessions_.size());
  for (const Neighbour& neighbour : Neighbours(recent)) {
    size_t from_end = 1;
    while (!Holds(neighbour.session, recent[recent.size() - from_end])) ++from_end;
    const double weight = (1 - 0.1 * static_cast<double>(from_end)) * neighbour.similarity;
    for (const uint32_t item : items_[neighbour.session]) scores[item] += weight * factors_[item];
  }
  return scores;
}

}  // namespace baya::tools
