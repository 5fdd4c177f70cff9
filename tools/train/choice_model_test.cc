#include "train/choice_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace baya::tools {
namespace {

TEST(ChoiceModelTest, FindsTheOddsOfTwo) {
  // The one with the feature is chosen three times in four: odds of 3.
  std::vector<Choice> choices;
  for (int i = 0; i < 400; ++i) {
    Choice choice;
    choice.alternatives = {{{{0, 1.0f}}, i % 4 != 0}, {{}, i % 4 == 0}};
    choices.push_back(choice);
  }
  EXPECT_NEAR(FitChoices(choices, 1, 1e-6)[0], std::log(3.0), 1e-4);
  EXPECT_LT(FitChoices(choices, 1, 100)[0], std::log(3.0) / 1.5);
}

TEST(ChoiceModelTest, FindsThePlantedWeights) {
  const double planted[] = {1.5, -0.7, 0.3};
  std::mt19937 random(3);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<Choice> choices;
  for (int i = 0; i < 4000; ++i) {
    Choice choice;
    std::vector<double> odds;
    for (int a = 0; a < 6; ++a) {
      Alternative alternative;
      double utility = 0;
      for (uint16_t f = 0; f < 3; ++f) {
        const double value = uniform(random) * 4 - 2;
        alternative.features.emplace_back(f, static_cast<float>(value));
        utility += planted[f] * value;
      }
      odds.push_back(std::exp(utility));
      choice.alternatives.push_back(alternative);
    }
    std::discrete_distribution<size_t> one(odds.begin(), odds.end());
    choice.alternatives[one(random)].chosen = true;
    choices.push_back(choice);
  }
  const auto weights = FitChoices(choices, 3, 1);
  for (size_t f = 0; f < 3; ++f) EXPECT_NEAR(weights[f], planted[f], 0.1) << f;
}

TEST(ChoiceModelTest, AFeatureThatNobodyHasStaysZero) {
  const std::vector<Choice> choices = {{{{{{0, 1.0f}}, true}, {{}, false}}, 1}};
  EXPECT_EQ(FitChoices(choices, 2, 1)[1], 0);
}

}  // namespace
}  // namespace baya::tools
