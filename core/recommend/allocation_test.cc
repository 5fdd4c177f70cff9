// What a page does again and again takes no memory once it has been done: a shelf anew, and a shelf
// after one more event. Every operator new of this program is counted.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "pack/testing/shop_builder.h"
#include "recommend/recommender.h"
#include "recommend/testing/shelves.h"

namespace {

size_t allocations = 0;

}  // namespace

void* operator new(size_t size) {
  ++allocations;
  void* const memory = std::malloc(size);
  if (memory == nullptr) std::abort();
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace baya::recommend {
namespace {

using testing::kNow;

constexpr ItemIndex kItems = 300;
constexpr ItemIndex kEvents = 50;

constexpr AttributeId kUntouched = 10;

// Each item is spoken for by the eight before it and is in one of ten categories; one more category
// is of items without any event.
pack::testing::ShopBuilder LargeShop() {
  pack::testing::ShopBuilder shop;
  shop.blend = {.half_life_days = 90, .attribute = 400, .repeat = 400, .popularity = 40};
  for (int category = 0; category <= kUntouched; ++category) {
    shop.attributes.push_back(
        {pack::AttributeKind::kCategory, "category " + std::to_string(category), 100});
  }
  for (ItemIndex item = 0; item < kItems; ++item) {
    shop.items.push_back({std::to_string(item), "", 0, 0});
    std::vector<pack::WeightedSource> row;
    for (ItemIndex back = 1; back <= 8 && back <= item; ++back) {
      row.push_back({item - back, 0.125 * back});
    }
    shop.table.push_back(row);
    shop.popularity.push_back({.level = static_cast<uint8_t>(255 - item % 256)});
    shop.of_items.push_back({static_cast<AttributeId>(item % 10)});
    if (item % 7 == 5) shop.of_items.back().push_back(kUntouched);
  }
  return shop;
}

Interaction Event(ItemIndex i) {
  const auto kind = i % 3 == 0 ? InteractionKind::kOrdered : InteractionKind::kViewed;
  return {.item = i * 7 % kItems, .kind = kind, .time_ms = kNow - i};
}

class AllocationTest : public ::testing::TestWithParam<ShelfRequest> {
 protected:
  AllocationTest() : pack_(LargeShop().Pack()), recommender_(Recommender::Create(pack_).value()) {}

  // Without a matcher, which takes memory.
  void Add(ItemIndex i) { ASSERT_TRUE(recommender_.Add(Event(i), kNow).ok()); }
  void Rank() { ASSERT_TRUE(recommender_.Recommend(GetParam(), kNow, shelf_).ok()); }
  void ExpectFullShelf() {
    EXPECT_EQ(shelf_.size(), GetParam().k);
    EXPECT_EQ(std::count_if(shelf_.begin(), shelf_.end(),
                            [](const RankedItem& place) { return place.exploring > 0; }),
              GetParam().exploring);
  }

  // Everything forgotten, and taken in again one event after the other.
  void Anew() {
    recommender_.Forget();
    for (ItemIndex i = 0; i < kEvents; ++i) Add(i);
    Rank();
  }

  pack::SitePack pack_;
  Recommender recommender_;
  std::vector<RankedItem> shelf_;
};

TEST_P(AllocationTest, RankingAnewTakesNoMemory) {
  Anew();
  const size_t before = allocations;
  Rank();
  EXPECT_EQ(allocations, before);
  ExpectFullShelf();
}

// Viewed, so that no day of an order has to be kept. Storage of events grows by doubling; the
// warm-up leaves room for these.
TEST_P(AllocationTest, AnEventAndItsShelfTakeNoMemory) {
  for (ItemIndex i = 0; i < 2 * kEvents; ++i) Add(i);
  Anew();
  const size_t before = allocations;
  for (ItemIndex i = kEvents; i < 2 * kEvents; ++i) {
    ASSERT_TRUE(recommender_.Add({.item = i * 7 % kItems, .time_ms = kNow}, kNow).ok());
    Rank();
  }
  EXPECT_EQ(allocations, before);
  ExpectFullShelf();
}

TEST_P(AllocationTest, CountsWhatTakesMemory) {
  const size_t before = allocations;
  Rank();  // the first of its kind
  EXPECT_GT(allocations, before);
}

INSTANTIATE_TEST_SUITE_P(PlainVariedAndExploring, AllocationTest,
                         ::testing::Values(ShelfRequest{}, ShelfRequest{.varied = true},
                                           ShelfRequest{.varied = true, .exploring = 1}));

}  // namespace
}  // namespace baya::recommend
