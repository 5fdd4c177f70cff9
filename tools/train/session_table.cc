#include "train/session_table.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "lib/parallel.h"

namespace baya::tools {
namespace {

// A weight below this share of the largest is not followed further.
constexpr double kLeast = 0.02;

// Items of a session that are paired with each other for the co-occurrence: what is longer is no
// visit of one mind, and its pairs would be most of all pairs.
constexpr size_t kMostTogether = 300;

// What the rows of data say of one item and another.
struct Pair {
  uint32_t item = 0;
  float matrix = 0;      // of the two in the past
  float next = 0;        // of `item` in the past and this row's item in the future
  uint32_t support = 0;  // users
};

struct Occurrence {
  uint32_t session;
  uint32_t place;
};

// The sums over all rows of data that a pair of occurrences takes part in, by distance.
class Weights {
 public:
  explicit Weights(const SessionTableSettings& settings) : past_(settings.past) {
    const double longest = std::max(settings.past, settings.future) * -std::log(kLeast);
    for (int distance = 1; distance <= std::max(1.0, longest); ++distance) {
      double sum = 0;
      for (int age = 0; age < distance; ++age) {
        sum += std::exp(-age / settings.past - (distance - 1 - age) / settings.future);
      }
      next_.push_back(sum);
    }
  }

  uint32_t reach() const { return static_cast<uint32_t>(next_.size()); }

  // `distance` in [1, reach()].
  double Next(uint32_t distance) const { return next_[distance - 1]; }

  // Of two occurrences `distance` apart, the later of which `rows` rows of data have in their past:
  // the geometric sum of exp(-(2 age + distance) / past).
  double Past(uint32_t distance, uint32_t rows) const {
    const double ratio = std::exp(-2 / past_);
    return std::exp(distance / -past_) * (1 - std::pow(ratio, rows)) / (1 - ratio);
  }

 private:
  double past_;
  std::vector<double> next_;
};

// The dense row that a thread works on, and which of its places are in use.
class Scratch {
 public:
  explicit Scratch(uint32_t item_count) : pairs_(item_count), last_user_(item_count) {}

  Pair& At(uint32_t item) {
    if (!pairs_[item].item) {
      pairs_[item].item = 1;
      touched_.push_back(item);
    }
    return pairs_[item];
  }
  // The users must come in groups.
  void Support(uint32_t item, uint32_t user) {
    Pair& pair = At(item);
    if (pair.support > 0 && last_user_[item] == user) return;
    last_user_[item] = user;
    ++pair.support;
  }
  std::vector<Pair> Take() {
    std::sort(touched_.begin(), touched_.end());
    std::vector<Pair> row;
    row.reserve(touched_.size());
    for (const uint32_t item : touched_) {
      row.push_back(pairs_[item]);
      row.back().item = item;
      pairs_[item] = {};
    }
    touched_.clear();
    return row;
  }

 private:
  std::vector<Pair> pairs_;
  std::vector<uint32_t> last_user_;
  std::vector<uint32_t> touched_;
};

class PairCounter {
 public:
  PairCounter(const std::vector<Session>& sessions, uint32_t item_count,
              const SessionTableSettings& settings)
      : sessions_(sessions), weights_(settings), together_(settings.together), of_(item_count) {
    std::vector<uint32_t> by_user(sessions.size());
    for (uint32_t i = 0; i < by_user.size(); ++i) by_user[i] = i;
    std::stable_sort(by_user.begin(), by_user.end(),
                     [&](uint32_t a, uint32_t b) { return sessions[a].user < sessions[b].user; });
    for (const uint32_t session : by_user) {
      const std::vector<uint32_t>& items = sessions[session].items;
      for (uint32_t place = 0; place < items.size(); ++place) {
        of_[items[place]].push_back({session, place});
      }
    }
  }

  std::vector<Pair> Row(uint32_t item, Scratch& scratch) const {
    uint32_t last = UINT32_MAX;
    for (const Occurrence& here : of_[item]) {
      CountNear(item, here, scratch);
      if (here.session != last) CountTogether(here.session, scratch);
      last = here.session;
    }
    return scratch.Take();
  }

 private:
  void CountNear(uint32_t item, const Occurrence& here, Scratch& scratch) const {
    const Session& session = sessions_[here.session];
    const auto size = static_cast<uint32_t>(session.items.size());
    const uint32_t begin = here.place - std::min(here.place, weights_.reach());
    const uint32_t end = std::min(size, here.place + weights_.reach() + 1);
    for (uint32_t place = begin; place < end; ++place) {
      const uint32_t other = session.items[place];
      const uint32_t later = std::max(place, here.place);
      const uint32_t distance = later - std::min(place, here.place);
      Pair& pair = scratch.At(other);
      pair.matrix += static_cast<float>(weights_.Past(distance, size - 1 - later));
      if (place < here.place && other != item) {
        pair.next += static_cast<float>(weights_.Next(distance));
      }
    }
  }

  void CountTogether(uint32_t index, Scratch& scratch) const {
    std::vector<uint32_t> items = sessions_[index].items;
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    const bool one_mind = items.size() <= kMostTogether;
    for (const uint32_t other : items) {
      scratch.Support(other, sessions_[index].user);
      if (!one_mind) continue;
      scratch.At(other).matrix += static_cast<float>(together_);
      scratch.At(other).next += static_cast<float>(together_);
    }
  }

  const std::vector<Session>& sessions_;
  Weights weights_;
  double together_;
  std::vector<std::vector<Occurrence>> of_;  // [item_count]; the sessions of one user together
};

struct Candidate {
  double value = 0;
  uint32_t item = 0;
};

// Largest first, then the lower item, so that the choice is the same everywhere.
void KeepBest(std::vector<Candidate>& candidates, size_t count) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.value != b.value ? a.value > b.value : a.item < b.item;
  });
  if (candidates.size() > count) candidates.resize(count);
}

// Solves for one target at a time; one solver per thread.
class Solver {
 public:
  Solver(const std::vector<std::vector<Pair>>& rows, const SessionTableSettings& settings)
      : rows_(rows), settings_(settings), place_(rows.size(), -1) {}

  std::vector<pack::WeightedSource> Solve(uint32_t target) {
    std::vector<Candidate> sources;
    for (const Pair& pair : rows_[target]) {
      if (pair.item == target || pair.support < settings_.min_support || pair.next <= 0) continue;
      sources.push_back({pair.next, pair.item});
    }
    KeepBest(sources, settings_.candidates);
    if (sources.empty()) return {};
    const auto size = static_cast<Eigen::Index>(sources.size());
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(size, size);
    Eigen::VectorXd right(size);
    for (Eigen::Index i = 0; i < size; ++i) {
      right(i) = sources[static_cast<size_t>(i)].value;
      place_[sources[static_cast<size_t>(i)].item] = i;
    }
    for (Eigen::Index i = 0; i < size; ++i) {
      for (const Pair& pair : rows_[sources[static_cast<size_t>(i)].item]) {
        if (place_[pair.item] >= i) matrix(place_[pair.item], i) = pair.matrix;
      }
      matrix(i, i) += settings_.lambda;
    }
    for (const Candidate& source : sources) place_[source.item] = -1;
    return Largest(sources, matrix.llt().solve(right));
  }

 private:
  std::vector<pack::WeightedSource> Largest(const std::vector<Candidate>& sources,
                                            const Eigen::VectorXd& weights) const {
    std::vector<Candidate> by_size;
    for (uint32_t i = 0; i < sources.size(); ++i) {
      by_size.push_back({std::abs(weights(static_cast<Eigen::Index>(i))), i});
    }
    KeepBest(by_size, settings_.keep);
    std::vector<pack::WeightedSource> row;
    for (const Candidate& kept : by_size) {
      const double weight = weights(static_cast<Eigen::Index>(kept.item));
      if (weight != 0) row.push_back({sources[kept.item].item, weight});
    }
    return row;
  }

  const std::vector<std::vector<Pair>>& rows_;
  const SessionTableSettings& settings_;
  std::vector<Eigen::Index> place_;  // [n]; row of an item in the present system, or -1
};

}  // namespace

std::vector<std::vector<pack::WeightedSource>> SolveSessionTable(
    const std::vector<Session>& sessions, uint32_t item_count,
    const SessionTableSettings& settings) {
  const PairCounter counter(sessions, item_count, settings);
  std::vector<std::vector<Pair>> rows(item_count);
  std::vector<Scratch> scratches(ThreadCount(), Scratch(item_count));
  ParallelFor("counting what comes next", item_count, [&](size_t thread, size_t i) {
    rows[i] = counter.Row(static_cast<uint32_t>(i), scratches[thread]);
  });
  std::vector<std::vector<pack::WeightedSource>> table(item_count);
  std::vector<Solver> solvers(ThreadCount(), Solver(rows, settings));
  ParallelFor("learning the session table", item_count, [&](size_t thread, size_t i) {
    table[i] = solvers[thread].Solve(static_cast<uint32_t>(i));
  });
  return table;
}

}  // namespace baya::tools
