#include "train/local_ridge.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "lib/parallel.h"

namespace baya::tools {
namespace {

// A source tells at most of one purchase of its target; twice that leaves room for sources that
// correct each other, and the pack holds up to 7.
constexpr double kLargestWeight = 2;

struct Candidate {
  double value = 0;
  uint32_t item = 0;
};

// Largest first, then the lower item, so that the choice is the same everywhere.
bool Before(const Candidate& a, const Candidate& b) {
  return a.value != b.value ? a.value > b.value : a.item < b.item;
}

void KeepBest(std::vector<Candidate>& candidates, size_t count) {
  if (candidates.size() <= count) return;
  std::nth_element(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count),
                   candidates.end(), Before);
  candidates.resize(count);
}

// Solves for one target at a time; one solver per thread.
class Solver {
 public:
  Solver(const Gram& gram, const RidgeSettings& settings)
      : gram_(gram), settings_(settings), place_(gram.size(), -1) {}

  std::vector<pack::WeightedSource> Solve(uint32_t target) {
    std::vector<Candidate> sources = Candidates(target);
    if (sources.empty()) return {};
    std::sort(sources.begin(), sources.end(),
              [](const Candidate& a, const Candidate& b) { return a.item < b.item; });
    const auto size = static_cast<Eigen::Index>(sources.size());
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(size, size);
    Eigen::VectorXd right(size);
    for (Eigen::Index i = 0; i < size; ++i) {
      right(i) = sources[static_cast<size_t>(i)].value;
      place_[sources[static_cast<size_t>(i)].item] = i;
    }
    for (Eigen::Index i = 0; i < size; ++i) {
      FillColumn(sources[static_cast<size_t>(i)].item, i, matrix);
    }
    for (const Candidate& source : sources) place_[source.item] = -1;
    return Largest(sources, SolvePositive(matrix, right));
  }

 private:
  double Value(const GramEntry& entry) const {
    return entry.count + settings_.content * entry.content;
  }

  std::vector<Candidate> Candidates(uint32_t target) const {
    std::vector<Candidate> candidates;
    for (const GramEntry& entry : gram_.row(target)) {
      const bool supported =
          settings_.min_support <= 1 || entry.count >= static_cast<float>(settings_.min_support);
      const double value = Value(entry);
      if (entry.item != target && supported && value > 0) {
        candidates.push_back({value, entry.item});
      }
    }
    KeepBest(candidates, settings_.candidates);
    return candidates;
  }

  // Lower triangle only, which is what the Cholesky decomposition reads.
  void FillColumn(uint32_t source, Eigen::Index column, Eigen::MatrixXd& matrix) const {
    for (const GramEntry& entry : gram_.row(source)) {
      const Eigen::Index row = place_[entry.item];
      if (row >= column) matrix(row, column) = Value(entry);
    }
    matrix(column, column) += settings_.lambda + settings_.dropout * matrix(column, column);
  }

  // A matrix from which rare pairs were left out need not be positive definite, or is so by a
  // hair's breadth: the penalty then grows until the weights are of a size that counts can mean.
  Eigen::VectorXd SolvePositive(Eigen::MatrixXd& matrix, const Eigen::VectorXd& right) const {
    Eigen::LLT<Eigen::MatrixXd> decomposition(matrix);
    double more = settings_.lambda;
    while (true) {
      if (decomposition.info() == Eigen::Success) {
        Eigen::VectorXd weights = decomposition.solve(right);
        if (weights.cwiseAbs().maxCoeff() <= kLargestWeight) return weights;
      }
      matrix.diagonal().array() += more;
      decomposition.compute(matrix);
      more *= 2;
    }
  }

  std::vector<pack::WeightedSource> Largest(const std::vector<Candidate>& sources,
                                            const Eigen::VectorXd& weights) const {
    std::vector<Candidate> by_size;
    for (size_t i = 0; i < sources.size(); ++i) {
      const double weight = weights(static_cast<Eigen::Index>(i));
      if (weight != 0) by_size.push_back({std::abs(weight), static_cast<uint32_t>(i)});
    }
    KeepBest(by_size, settings_.keep);
    std::vector<pack::WeightedSource> row;
    row.reserve(by_size.size());
    for (const Candidate& kept : by_size) {
      row.push_back({sources[kept.item].item, weights(static_cast<Eigen::Index>(kept.item))});
    }
    return row;
  }

  const Gram& gram_;
  const RidgeSettings& settings_;
  std::vector<Eigen::Index> place_;  // [n]; row of an item in the present system, or -1
};

}  // namespace

std::vector<std::vector<pack::WeightedSource>> SolveLocalRidge(const Gram& gram,
                                                               const RidgeSettings& settings) {
  std::vector<std::vector<pack::WeightedSource>> table(gram.size());
  std::vector<Solver> solvers(ThreadCount(), Solver(gram, settings));
  ParallelFor("learning the item table", table.size(), [&](size_t thread, size_t i) {
    table[i] = solvers[thread].Solve(static_cast<uint32_t>(i));
  });
  return table;
}

}  // namespace baya::tools
