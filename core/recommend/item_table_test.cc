#include "recommend/item_table.h"

#include <gtest/gtest.h>

#include "pack/testing/shop_builder.h"

namespace baya::recommend {
namespace {

using pack::testing::LampsAndMugs;

TEST(ItemTableTest, OneEventChangesTheTargetsOfItsItemAlone) {
  const pack::SitePack pack = LampsAndMugs().Pack();
  const ItemTable table(pack.shop()->model);
  ScoreBoard board(pack.shop()->model.size());
  table.Add(0, 1024, board);  // lamp-1 speaks for lamp-2 (0.5) and lamp-3 (0.25)
  for (const ItemIndex item : {0u, 1u, 3u, 5u}) EXPECT_EQ(board.Of(item), 0) << item;
  EXPECT_NEAR(static_cast<double>(board.Of(2)) / (1 << 30), 0.5, 0.005);
  EXPECT_NEAR(static_cast<double>(board.Of(4)) / (1 << 30), 0.25, 0.005);
}

TEST(ItemTableTest, WhatWasAddedCanBeTakenBackExactly) {
  const pack::SitePack pack = LampsAndMugs().Pack();
  const ItemTable table(pack.shop()->model);
  ScoreBoard board(pack.shop()->model.size());
  table.Add(4, 300, board);
  const int64_t before = board.Of(0);
  table.Add(2, 777, board);
  EXPECT_NE(board.Of(0), before);
  table.Add(2, -777, board);
  EXPECT_EQ(board.Of(0), before);
  table.Add(4, -300, board);
  EXPECT_EQ(board.Of(0), 0);
}

TEST(ItemTableTest, LargestSumsDoNotOverflow) {
  pack::testing::ShopBuilder shop;
  for (int i = 0; i < 65; ++i) shop.items.push_back({"i" + std::to_string(i), "", 0, 0});
  shop.table.resize(65);
  for (ItemIndex i = 1; i < 65; ++i) shop.table[0].push_back({i, 9.0});
  const pack::SitePack pack = shop.Pack();
  const ItemTable table(pack.shop()->model);
  ScoreBoard board(pack.shop()->model.size());
  for (ItemIndex i = 1; i < 65; ++i) table.Add(i, 1024, board);
  EXPECT_EQ(board.Of(0), int64_t{64} * 127 * 1024 * 65535);
}

}  // namespace
}  // namespace baya::recommend
