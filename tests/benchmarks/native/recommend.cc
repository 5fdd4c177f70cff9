// The device's ranking as a module of its own, and VMIS-kNN beside it, for tests/bench recommend.
// Ours is the code and the settings of engine.wasm; the calls go round the engine, so that ranking
// alone is measured.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

#include "eval/vmis_knn.h"
#include "pack/site_pack.h"
#include "recommend/recommender.h"

namespace {

using baya::recommend::RankedItem;
using baya::recommend::Recommender;

constexpr uint32_t kShelf = 20;
constexpr int64_t kNowMs = 0;

uint32_t allocations = 0;

struct State {
  std::optional<baya::pack::SitePack> pack;
  std::optional<Recommender> recommender;
  std::vector<RankedItem> shelf;
  std::optional<baya::tools::VmisKnn> peer;
};

State& TheState() {
  static auto* const state = new State;
  return *state;
}

void Require(bool held) {
  if (!held) __builtin_trap();
}

void View(uint32_t item) {
  Require(TheState().recommender->Add({.item = item, .time_ms = kNowMs}, kNowMs).ok());
}

void Rank() {
  State& state = TheState();
  Require(state.recommender->Recommend({.k = kShelf}, kNowMs, state.shelf).ok());
}

std::vector<uint32_t> BestOf(const std::vector<double>& scores) {
  std::vector<uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  std::partial_sort(order.begin(), order.begin() + kShelf, order.end(),
                    [&scores](uint32_t a, uint32_t b) {
                      return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
                    });
  order.resize(kShelf);
  return order;
}

}  // namespace

void* operator new(size_t size) {
  ++allocations;
  void* const memory = std::malloc(size);
  Require(memory != nullptr);
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }

extern "C" {

// Memory for the caller to fill; never given back.
[[gnu::used, gnu::visibility("default")]] void* bench_alloc(size_t size) {
  return std::malloc(size);
}

[[gnu::used, gnu::visibility("default")]] uint32_t bench_allocations() { return allocations; }

[[gnu::used, gnu::visibility("default")]] void bench_open(const uint8_t* pack, size_t size) {
  State& state = TheState();
  auto opened = baya::pack::SitePack::OpenFromAnySigner({pack, size});
  Require(opened.ok());
  state.pack.emplace(*std::move(opened));
  auto made = Recommender::Create(*state.pack);
  Require(made.ok());
  state.recommender.emplace(*std::move(made));
}

// Nothing is known of the visitor but that they viewed these.
[[gnu::used, gnu::visibility("default")]] void bench_visit(const uint32_t* items, size_t count) {
  TheState().recommender->Forget();
  for (size_t i = 0; i < count; ++i) View(items[i]);
  Rank();
}

// Each event and the shelf after it.
[[gnu::used, gnu::visibility("default")]] void bench_events(const uint32_t* items, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    View(items[i]);
    Rank();
  }
}

// Of the shelf ranked last: [kShelf] items into `items`, their scores into `scores`.
[[gnu::used, gnu::visibility("default")]] void bench_shelf(uint32_t* items, int64_t* scores) {
  for (const RankedItem& ranked : TheState().shelf) {
    *items++ = ranked.item;
    *scores++ = ranked.score;
  }
}

// `lengths`: [count] numbers of items, one session after the other.
[[gnu::used, gnu::visibility("default")]] void vmis_open(const uint32_t* lengths, size_t count,
                                                         const uint32_t* items,
                                                         uint32_t item_count) {
  std::vector<baya::tools::Session> sessions(count);
  for (size_t i = 0; i < count; ++i) {
    sessions[i].items.assign(items, items + lengths[i]);
    items += lengths[i];
  }
  TheState().peer.emplace(sessions, item_count, baya::tools::VmisSettings{});
}

[[gnu::used, gnu::visibility("default")]] uint32_t vmis_rank(const uint32_t* items, size_t count) {
  return BestOf(TheState().peer->Scores({items, count})).front();
}

}  // extern "C"
