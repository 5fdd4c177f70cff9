#include "mutator.h"

#include <algorithm>
#include <utility>

namespace baya::fuzz {
namespace {

constexpr size_t kMostKept = 64;
constexpr uint8_t kEdges[] = {0, 1, 2, 0x7f, 0x80, 0xfe, 0xff};

std::ptrdiff_t Offset(size_t at) { return static_cast<std::ptrdiff_t>(at); }

}  // namespace

Mutator::Mutator(uint64_t seed, std::vector<Bytes> seeds)
    : state_(seed * 0x9E3779B97F4A7C15u + 1), seeds_(std::move(seeds)) {
  for (const Bytes& one : seeds_) longest_ = std::max(longest_, one.size() + kGrowth);
}

// xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016).
size_t Mutator::Draw(size_t below) {
  state_ ^= state_ >> 12;
  state_ ^= state_ << 25;
  state_ ^= state_ >> 27;
  return below == 0 ? 0 : static_cast<size_t>((state_ * 0x2545F4914F6CDD1Du) >> 32) % below;
}

Bytes Mutator::Next() {
  const bool goes_on = !kept_.empty() && Draw(2) == 0;
  Bytes input = goes_on ? kept_[Draw(kept_.size())] : seeds_[Draw(seeds_.size())];
  for (size_t changes = 1 + Draw(4); changes > 0; --changes) Change(input);
  if (input.size() > longest_) input.resize(longest_);
  return input;
}

void Mutator::Keep(const Bytes& input) {
  if (kept_.size() < kMostKept) {
    kept_.push_back(input);
  } else {
    kept_[Draw(kMostKept)] = input;
  }
}

// An edge value in 2, 4 or 8 bytes: what lengths, counts and times are.
void Mutator::SetInteger(Bytes& input, size_t at) {
  const size_t width = std::min(size_t{2} << Draw(3), input.size() - at);
  const uint8_t edge = kEdges[Draw(sizeof(kEdges))];
  for (size_t i = 0; i < width; ++i) input[at + i] = edge >= 0xfe ? 0xff : 0;
  input[at + width - 1] = edge;
}

void Mutator::Exchange(Bytes& input, size_t at) {
  const Bytes& other = seeds_[Draw(seeds_.size())];
  const size_t from = Draw(other.size() + 1);
  input.resize(at);
  input.insert(input.end(), other.begin() + Offset(from), other.end());
}

void Mutator::Change(Bytes& input) {
  if (input.empty()) {
    input.push_back(static_cast<uint8_t>(Draw(256)));
    return;
  }
  const size_t at = Draw(input.size());
  switch (Draw(9)) {
    case 0:
      input[at] ^= static_cast<uint8_t>(1u << Draw(8));
      return;
    case 1:
      input[at] = kEdges[Draw(sizeof(kEdges))];
      return;
    case 2:
      input[at] = static_cast<uint8_t>(Draw(256));
      return;
    case 3:
      input.insert(input.begin() + Offset(at), static_cast<uint8_t>(Draw(256)));
      return;
    case 4:
      input.erase(input.begin() + Offset(at),
                  input.begin() + Offset(at + std::min(1 + Draw(8), input.size() - at)));
      return;
    case 5: {
      const Bytes piece(input.begin() + Offset(at),
                        input.begin() + Offset(at + std::min(1 + Draw(64), input.size() - at)));
      input.insert(input.begin() + Offset(Draw(input.size())), piece.begin(), piece.end());
      return;
    }
    case 6:
      SetInteger(input, at);
      return;
    case 7:
      Exchange(input, at);
      return;
    default:
      if (Draw(4) == 0) input.resize(at);
      return;
  }
}

}  // namespace baya::fuzz
