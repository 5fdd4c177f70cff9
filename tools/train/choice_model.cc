#include "train/choice_model.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace baya::tools {
namespace {

constexpr int kMostSteps = 30;
constexpr int kMostHalvings = 20;
constexpr double kSmallStep = 1e-5;

double Utility(const Alternative& alternative, const Eigen::VectorXd& weights) {
  double sum = 0;
  for (const auto& [feature, value] : alternative.features) sum += weights(feature) * value;
  return sum;
}

double ChosenWeight(const Choice& choice) {
  const auto count =
      std::count_if(choice.alternatives.begin(), choice.alternatives.end(),
                    [](const Alternative& alternative) { return alternative.chosen; });
  return choice.weight * static_cast<double>(count);
}

// The chance of each alternative; adds the log-likelihood of the chosen ones.
std::vector<double> Chances(const Choice& choice, const Eigen::VectorXd& weights,
                            double& likelihood) {
  std::vector<double> chances;
  for (const Alternative& alternative : choice.alternatives) {
    chances.push_back(Utility(alternative, weights));
  }
  const double largest = *std::max_element(chances.begin(), chances.end());
  double sum = 0;
  for (const double utility : chances) sum += std::exp(utility - largest);
  const double all = largest + std::log(sum);
  for (size_t i = 0; i < chances.size(); ++i) {
    if (choice.alternatives[i].chosen) likelihood += choice.weight * (chances[i] - all);
    chances[i] = std::exp(chances[i] - all);
  }
  return chances;
}

double Likelihood(const std::vector<Choice>& choices, const Eigen::VectorXd& weights,
                  double ridge) {
  double likelihood = -0.5 * ridge * weights.squaredNorm();
  for (const Choice& choice : choices) Chances(choice, weights, likelihood);
  return likelihood;
}

struct Slope {
  Eigen::VectorXd gradient;
  Eigen::MatrixXd curvature;
};

void AddChoice(const Choice& choice, const Eigen::VectorXd& weights, Slope& slope) {
  const double total = ChosenWeight(choice);
  double likelihood = 0;
  const std::vector<double> chances = Chances(choice, weights, likelihood);
  Eigen::VectorXd mean = Eigen::VectorXd::Zero(weights.size());
  for (size_t i = 0; i < chances.size(); ++i) {
    const Alternative& alternative = choice.alternatives[i];
    const double surprise = (alternative.chosen ? choice.weight : 0) - total * chances[i];
    for (const auto& [a, value] : alternative.features) {
      slope.gradient(a) += surprise * value;
      mean(a) += chances[i] * value;
      for (const auto& [b, other] : alternative.features) {
        slope.curvature(a, b) += total * chances[i] * value * other;
      }
    }
  }
  slope.curvature.noalias() -= total * mean * mean.transpose();
}

}  // namespace

std::vector<double> FitChoices(const std::vector<Choice>& choices, size_t feature_count,
                               double ridge) {
  const auto size = static_cast<Eigen::Index>(feature_count);
  Eigen::VectorXd weights = Eigen::VectorXd::Zero(size);
  double reached = Likelihood(choices, weights, ridge);
  for (int step = 0; step < kMostSteps; ++step) {
    Slope slope{-ridge * weights, ridge * Eigen::MatrixXd::Identity(size, size)};
    for (const Choice& choice : choices) AddChoice(choice, weights, slope);
    Eigen::VectorXd change = slope.curvature.llt().solve(slope.gradient);
    double value = Likelihood(choices, weights + change, ridge);
    for (int halving = 0; value < reached && halving < kMostHalvings; ++halving) {
      change /= 2;
      value = Likelihood(choices, weights + change, ridge);
    }
    if (value < reached) break;
    weights += change;
    reached = value;
    if (change.lpNorm<Eigen::Infinity>() < kSmallStep) break;
  }
  return {weights.begin(), weights.end()};
}

}  // namespace baya::tools
