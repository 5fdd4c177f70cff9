// Choosing the settings of the models that the pack is measured against, as its own are chosen: on
// a fifth of the training users, who are set aside (train/validation.h), for the best Recall@20.
//
// Every choice of a grid is tried and told on stderr. Where too few users can be set aside, the
// defaults stay.
#pragma once

#include "train/baselines.h"
#include "train/user_items.h"

namespace baya::tools {

// 2, 3, 5, 10, 20 or 50 neighbours, shrunk by 0, 5 or 20.
KnnSettings FitItemKnn(const UserItems& train);

// A lambda of 50, 150 or 500. Three times the work of JudgeEase.
float FitEase(const UserItems& train);

}  // namespace baya::tools
