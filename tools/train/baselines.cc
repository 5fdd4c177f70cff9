#include "train/baselines.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <numeric>

#include "lib/parallel.h"

namespace baya::tools {
namespace {

constexpr size_t kDepth = 100;

std::vector<Quality> JudgeScores(uint32_t item_count, const std::vector<HeldOut>& people,
                                 const AddScores& add) {
  std::vector<Quality> qualities(people.size());
  ParallelFor("ranking", people.size(), [&](size_t, size_t i) {
    std::vector<float> scores(item_count);
    add(people[i].told, scores);
    for (const uint32_t item : people[i].told) {
      scores[item] = -std::numeric_limits<float>::infinity();
    }
    std::vector<uint32_t> order(item_count);
    std::iota(order.begin(), order.end(), 0);
    const size_t depth = std::min<size_t>(kDepth, item_count - people[i].told.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(depth),
                      order.end(), [&scores](uint32_t a, uint32_t b) {
                        return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
                      });
    order.resize(depth);
    qualities[i] = Judge(order, people[i].wanted);
  });
  return qualities;
}

Eigen::MatrixXf DenseGram(const UserItems& train) {
  const auto size = static_cast<Eigen::Index>(train.item_count());
  Eigen::MatrixXf gram = Eigen::MatrixXf::Zero(size, size);
  for (uint32_t user = 0; user < train.user_count(); ++user) {
    for (const uint32_t a : train.of(user)) {
      for (const uint32_t b : train.of(user)) gram(b, a) += 1;
    }
  }
  return gram;
}

// Sums the rows of `table` (column-major, so its columns) over what a person told.
AddScores SumColumns(Eigen::MatrixXf table) {
  const auto by_source = std::make_shared<const Eigen::MatrixXf>(std::move(table));
  return [by_source](std::span<const uint32_t> told, std::vector<float>& scores) {
    Eigen::Map<Eigen::VectorXf> sum(scores.data(), static_cast<Eigen::Index>(scores.size()));
    for (const uint32_t item : told) sum += by_source->col(item);
  };
}

// The inverse of a symmetric positive definite matrix, its columns shared among the cores.
Eigen::MatrixXf Inverse(const Eigen::MatrixXf& matrix) {
  const Eigen::LLT<Eigen::MatrixXf> decomposition(matrix);
  constexpr Eigen::Index kColumns = 64;
  Eigen::MatrixXf inverse = Eigen::MatrixXf::Identity(matrix.rows(), matrix.cols());
  const auto blocks = static_cast<size_t>((matrix.cols() + kColumns - 1) / kColumns);
  ParallelFor("dense EASE", blocks, [&](size_t, size_t i) {
    const Eigen::Index begin = static_cast<Eigen::Index>(i) * kColumns;
    const Eigen::Index count = std::min(kColumns, matrix.cols() - begin);
    auto block = inverse.middleCols(begin, count);
    decomposition.solveInPlace(block);
  });
  return inverse;
}

}  // namespace

std::vector<Quality> JudgePopularity(const UserItems& train, const std::vector<HeldOut>& people) {
  std::vector<float> counts(train.item_count());
  for (uint32_t user = 0; user < train.user_count(); ++user) {
    for (const uint32_t item : train.of(user)) counts[item] += 1;
  }
  return JudgeScores(
      train.item_count(), people,
      [&counts](std::span<const uint32_t>, std::vector<float>& scores) { scores = counts; });
}

AddScores ItemKnnScores(const UserItems& train, const KnnSettings& settings) {
  const Eigen::Index neighbours{settings.neighbours};
  Eigen::MatrixXf table = DenseGram(train);
  const Eigen::VectorXf norms = table.diagonal().cwiseSqrt();
  table.diagonal().setZero();
  ParallelFor("item-kNN", static_cast<size_t>(table.cols()), [&](size_t, size_t i) {
    auto column = table.col(static_cast<Eigen::Index>(i));
    const float norm = norms(static_cast<Eigen::Index>(i));
    // An item that nobody bought has no neighbour, rather than 0 / 0.
    column.array() /= (norms.array() * norm + settings.shrink).max(1e-6f);
    std::vector<float> sorted(column.begin(), column.end());
    const auto last = sorted.begin() + std::min(neighbours, column.size()) - 1;
    std::nth_element(sorted.begin(), last, sorted.end(), std::greater<>());
    const float least = *last;
    for (float& value : column) value = value < least ? 0 : value;
  });
  return SumColumns(table.transpose());
}

std::vector<Quality> JudgeItemKnn(const UserItems& train, const std::vector<HeldOut>& people,
                                  const KnnSettings& settings) {
  return JudgeScores(train.item_count(), people, ItemKnnScores(train, settings));
}

AddScores EaseScores(const UserItems& train, float lambda) {
  Eigen::MatrixXf matrix = DenseGram(train);
  matrix.diagonal().array() += lambda;
  matrix = Inverse(matrix);
  // B(i, j) = -P(i, j) / P(j, j) weighs source i for target j, and P is symmetric.
  const Eigen::VectorXf diagonal = matrix.diagonal();
  for (Eigen::Index source = 0; source < matrix.cols(); ++source) {
    matrix.col(source).array() /= -diagonal.array();
    matrix(source, source) = 0;
  }
  return SumColumns(std::move(matrix));
}

std::vector<Quality> JudgeEase(const UserItems& train, const std::vector<HeldOut>& people,
                               float lambda) {
  return JudgeScores(train.item_count(), people, EaseScores(train, lambda));
}

}  // namespace baya::tools
