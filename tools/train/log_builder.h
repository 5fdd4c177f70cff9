// Gathers interactions by name and numbers users and items at the end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "train/log.h"

namespace baya::tools {

// Numbers names in the order in which they come.
class Names {
 public:
  uint32_t Number(std::string_view name);
  const std::vector<std::string>& names() const { return names_; }

  // order[number] is the place of a name among all, ascending.
  std::vector<uint32_t> Ranks() const;

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, uint32_t> numbers_;
};

// What the log itself says about its items: titles and prices by how often they occur.
class ObservedFacts {
 public:
  void See(uint32_t item, std::string_view title, uint32_t price_minor);
  void Fill(uint32_t item, ItemFacts& facts) const;

 private:
  struct Seen {
    std::unordered_map<std::string, uint32_t> titles;
    std::vector<uint32_t> prices;
  };
  std::vector<Seen> seen_;
};

}  // namespace baya::tools
