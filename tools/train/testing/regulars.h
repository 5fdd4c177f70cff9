// A made-up log of people who buy their coffee every week, and other things once.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "train/log.h"

namespace baya::tools::testing {

// Items 0 to 4 are coffees, of which each person has one that is in every basket; 5 to 39 are
// bought by chance, never again by the same person. `weeks` baskets each, a week apart.
inline Log Regulars(uint32_t user_count, uint32_t weeks) {
  Log log;
  log.currency = "EUR";
  for (uint32_t i = 0; i < 40; ++i) {
    ItemFacts facts;
    facts.id = "item-" + std::to_string(100 + i);
    facts.title = i < 5 ? "Coffee" : "Thing";
    log.items.push_back(facts);
  }
  std::mt19937 random(5);
  uint32_t basket = 0;
  for (uint32_t user = 0; user < user_count; ++user) {
    log.users.push_back("user-" + std::to_string(100000 + user));
    std::vector<uint32_t> things(35);
    for (uint32_t i = 0; i < things.size(); ++i) things[i] = 5 + i;
    for (uint32_t i = 34; i > 0; --i) std::swap(things[i], things[random() % (i + 1)]);
    for (uint32_t week = 0; week < weeks; ++week, ++basket) {
      const int64_t time_ms = (int64_t{7} * week + user % 7) * 86'400'000;
      log.interactions.push_back({user, user % 5, time_ms, basket});
      for (uint32_t i = 0; i < 3; ++i) {
        log.interactions.push_back({user, things[(3 * week + i) % 35], time_ms, basket});
      }
    }
  }
  return log;
}

}  // namespace baya::tools::testing
