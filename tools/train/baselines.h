// The models that the pack is measured against. Each ranks from the told items alone.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "train/held_out.h"
#include "train/user_items.h"

namespace baya::tools {

// Adds to [n] scores what a history of different items says about each item. Thread-safe.
using AddScores = std::function<void(std::span<const uint32_t> told, std::vector<float>& scores)>;

struct KnnSettings {
  uint32_t neighbours = 50;  // 1 or more
  float shrink = 5;          // 0 or more, in customers
};

inline constexpr float kEaseLambda = 150;  // in customers

// The scores behind JudgeItemKnn and JudgeEase.
AddScores ItemKnnScores(const UserItems& train, const KnnSettings& settings);
AddScores EaseScores(const UserItems& train, float lambda);

// Items by the number of training users who bought them.
std::vector<Quality> JudgePopularity(const UserItems& train, const std::vector<HeldOut>& people);

// The cosine of the nearest neighbours of an item: count(i, j) / (sqrt(count(i) count(j)) +
// shrink).
std::vector<Quality> JudgeItemKnn(const UserItems& train, const std::vector<HeldOut>& people,
                                  const KnnSettings& settings);

// Dense EASE: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019, eq. (8).
// Memory 8 n^2 bytes, time n^3.
std::vector<Quality> JudgeEase(const UserItems& train, const std::vector<HeldOut>& people,
                               float lambda);

}  // namespace baya::tools
