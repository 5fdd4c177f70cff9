// The one inference: what share of a person's dealings with products falls to a category or brand.
//
// Dealings are views, clicks, additions and order lines, each counting one, over all events held
// and without items the person dislikes. Below kMinEvidence of them nothing is inferred. The
// share needs no weights to be explained: "7 of the 10 products you looked at or bought".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "profile/event.h"
#include "profile/state.h"

namespace baya::profile {

enum class InterestKind : uint8_t { kCategory, kBrand };

struct Interest {
  InterestKind kind{};
  std::string name;
  uint32_t permille = 0;   // [0, 1000], rounded down
  uint32_t evidence = 0;   // dealings behind it; 0 when the person says so without any
  uint32_t dealings = 0;   // in all
  bool corrected = false;  // the person's word, which no later event outranks
  bool contradicted = false;
  int64_t since_ms = 0;
  int64_t updated_ms = 0;
  EventSource source{};

  friend bool operator==(const Interest&, const Interest&) = default;
};

// "interest.category.Garden".
std::string InterestFieldName(InterestKind kind, std::string_view name);

// By kind, then strongest first, then by name. Contradicted ones are listed, with permille 0.
std::vector<Interest> InterestsOf(const State& state);

}  // namespace baya::profile
