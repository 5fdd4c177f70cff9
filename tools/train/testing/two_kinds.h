// A made-up log in which lamps are bought with lamps and mugs with mugs.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "train/log.h"

namespace baya::tools::testing {

// `user_count` people, 40 items: even ones are lamps, odd ones mugs. Nine of ten purchases of a
// person are of one kind; their purchases of a day are a basket.
inline Log TwoKinds(uint32_t user_count) {
  Log log;
  log.currency = "EUR";
  for (uint32_t i = 0; i < 40; ++i) {
    ItemFacts facts;
    facts.id = "item-" + std::to_string(100 + i);
    facts.title = i % 2 == 0 ? "A lamp" : "A mug";
    facts.categories = {i % 2 == 0 ? "Lamps" : "Mugs"};
    facts.price_minor = 100 * (i + 1);
    log.items.push_back(facts);
  }
  std::mt19937 random(11);
  for (uint32_t user = 0; user < user_count; ++user) {
    log.users.push_back("user-" + std::to_string(100000 + user));
    const uint32_t kind = static_cast<uint32_t>(random() % 2);
    for (int i = 0; i < 10; ++i) {
      const bool other = random() % 10 == 0;
      const auto item = static_cast<uint32_t>(random() % 20 * 2 + (other ? 1 - kind : kind));
      const auto day = static_cast<uint32_t>(random() % 100);
      log.interactions.push_back({user, item, int64_t{day} * 86'400'000, user * 100 + day});
    }
  }
  return log;
}

}  // namespace baya::tools::testing
