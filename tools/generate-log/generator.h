// A made-up shop at the density of a real log; the model is in README.md.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "lib/numpy_random.h"

namespace baya::tools {

struct MadeUpItem {
  uint32_t department = 0;
  uint32_t range = 0;
  double popularity = 0;  // proportional to the chance of a purchase
};

struct MadeUpLine {
  uint32_t user = 0;
  uint32_t item = 0;
  uint32_t day = 0;  // [0, 365)
};

class LogGenerator {
 public:
  // `items` of 24 or more.
  LogGenerator(uint32_t items, uint32_t users, uint32_t seed);

  const std::vector<MadeUpItem>& items() const { return items_; }
  uint32_t user_count() const { return users_; }

  // Calls `line` for every purchase, customer by customer. Once only.
  void Generate(const std::function<void(const MadeUpLine&)>& line);

  // "Velo rumak 17": the range's word and the department's, so that titles tell of both.
  std::string Title(uint32_t item) const;

 private:
  // Draws places from running sums of weights.
  struct Weights {
    std::vector<double> sums;
    void Add(double weight) { sums.push_back((sums.empty() ? 0 : sums.back()) + weight); }
  };
  struct Customer {
    uint32_t home = 0;
    std::vector<uint32_t> ranges;
  };

  double Uniform();
  double Normal();
  size_t Draw(const Weights& weights);
  uint32_t DrawFrom(uint32_t first, const Weights& weights);
  Customer NewCustomer(size_t size);
  uint32_t DrawItem(const Customer& customer);
  std::vector<uint32_t> DrawItems();

  uint32_t users_;
  NumpyRandom random_;
  std::vector<MadeUpItem> items_;
  Weights shop_;                       // over items
  std::vector<uint32_t> range_first_;  // [ranges + 1]; items of a range are neighbours
  std::vector<Weights> range_items_;   // [ranges]
  std::vector<uint32_t> home_first_;   // [departments + 1]; in ranges
  std::vector<Weights> home_ranges_;   // [departments], over its ranges
  Weights homes_;                      // over departments
};

}  // namespace baya::tools
