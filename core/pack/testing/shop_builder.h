// Small shops for tests, through the real writer.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/secret_bytes.h"
#include "crypto/ed25519_signing.h"
#include "pack/site_pack.h"
#include "pack/writer/seal.h"
#include "pack/writer/sections.h"

namespace baya::pack::testing {

inline SecretBytes TestSeed(uint8_t fill = 7) {
  SecretBytes seed(crypto::ed25519::kSeedBytes);
  for (uint8_t& byte : seed.ExposeMutable()) byte = fill;
  return seed;
}

inline crypto::ed25519::PublicKey TestKey(uint8_t fill = 7) {
  return crypto::ed25519::PublicKeyOf(TestSeed(fill)).value();
}

inline Trust TestTrust() {
  Trust trust;
  trust.site = "shop.example";
  trust.pinned_key = TestKey();
  return trust;
}

// All vectors by item; items without an entry get none.
struct ShopBuilder {
  std::vector<CatalogueItem> items;
  std::vector<std::vector<WeightedSource>> table;
  std::vector<ItemPopularity> popularity;
  std::vector<Attribute> attributes;
  std::vector<std::vector<AttributeId>> of_items;
  std::optional<RepeatCard> repeat;
  Blend blend;
  uint8_t bits = 8;

  std::vector<Section> Sections() {
    table.resize(items.size());
    popularity.resize(items.size());
    of_items.resize(items.size());
    std::vector<Section> sections;
    sections.push_back({SectionType::kCatalogue, EncodeCatalogue(items, "EUR").value()});
    sections.push_back({SectionType::kModel, EncodeModel(table, blend, bits).value()});
    sections.push_back({SectionType::kPopularity, EncodePopularity(popularity).value()});
    sections.push_back({SectionType::kAttributes, EncodeAttributes(attributes, of_items).value()});
    if (repeat) sections.push_back({SectionType::kRepeat, EncodeRepeat(*repeat).value()});
    return sections;
  }

  SealRequest Request() {
    SealRequest request;
    request.site = "shop.example";
    request.version = 1;
    request.sections = Sections();
    return request;
  }

  SitePack Pack() {
    return SitePack::Open(Seal(Request(), TestSeed()).value(), TestTrust()).value();
  }
};

// Six items of two kinds. Each lamp speaks for the other lamps, each mug for the other mugs.
inline ShopBuilder LampsAndMugs() {
  ShopBuilder shop;
  shop.items = {{"lamp-1", "Red lamp", 1999, 0},  {"mug-1", "Blue mug", 599, 0},
                {"lamp-2", "Blue lamp", 2499, 0}, {"mug-2", "Red mug", 650, kReplenishable},
                {"lamp-3", "Old lamp", 0, 0},     {"mug-3", "Big mug", 899, kUnavailable}};
  shop.table = {{{2, 0.5}, {4, 0.25}}, {{3, 0.5}, {5, 0.125}}, {{0, 0.5}, {4, 0.5}},
                {{1, 0.5}, {5, 0.5}},  {{0, 0.25}, {1, -0.1}}, {{1, 0.25}}};
  shop.popularity = {{255, 0, 0, 0},    {200, 8, 10, 0}, {150, -8, 0, 0},
                     {100, 0, 128, 20}, {50, 16, 0, 0},  {10, 0, 0, 0}};
  shop.attributes = {{AttributeKind::kCategory, "lamps", 100},
                     {AttributeKind::kCategory, "mugs", 120},
                     {AttributeKind::kTag, "eco-friendly", 200}};
  shop.of_items = {{0}, {1, 2}, {0, 2}, {1}, {0}, {1}};
  shop.blend = {.half_life_days = 60, .attribute = 64, .repeat = 4096, .popularity = 4, .trend = 2};
  return shop;
}

}  // namespace baya::pack::testing
