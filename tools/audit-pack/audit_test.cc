#include "audit-pack/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "lib/tool_error.h"
#include "pack/testing/shop_builder.h"
#include "pack/writer/seal.h"
#include "train/held_out.h"
#include "train/local_ridge.h"
#include "train/session_tune.h"
#include "train/shop.h"
#include "train/testing/two_kinds.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Two goods that nobody else has, bought together by one customer, twice.
Log WithAUniqueBasket() {
  Log log = testing::TwoKinds(300);
  for (const char* id : {"secret-1", "secret-2"}) {
    ItemFacts facts;
    facts.id = id;
    facts.title = "Planted";
    log.items.push_back(facts);
  }
  const auto items = static_cast<uint32_t>(log.items.size());
  log.users.emplace_back("user-999999");
  const auto user = static_cast<uint32_t>(log.users.size() - 1);
  for (const uint32_t day : {10u, 47u}) {
    const uint32_t basket = user * 100 + day;
    log.interactions.push_back({user, items - 1, int64_t{day} * 86'400'000, basket});
    log.interactions.push_back({user, items - 2, int64_t{day} * 86'400'000, basket});
  }
  return log;
}

// The session table may have another support than the long one.
pack::SitePack Train(const Log& log, uint32_t min_support, uint32_t session_support) {
  ShopSettings settings;
  settings.ridge.min_support = min_support;
  const Shop shop(log, std::vector<bool>(log.users.size(), true), settings);
  auto sections = shop.Sections(SolveLocalRidge(shop.gram(), settings.ridge), settings);
  SessionSettings session;
  session.table.min_support = session_support;
  sections.push_back(SessionSection(shop, SessionsOf(log), session, 8));
  return pack::SitePack::OpenFromAnySigner(SealForMeasuring(std::move(sections))).value();
}

pack::SitePack Train(const Log& log, uint32_t min_support) {
  return Train(log, min_support, min_support);
}

bool HoldsThePlantedPair(const pack::SitePack& pack, const pack::Model& model) {
  const pack::Catalogue& catalogue = pack.shop()->catalogue;
  const uint32_t a = catalogue.Find("secret-1").value(), b = catalogue.Find("secret-2").value();
  const auto has = [&model](uint32_t target, uint32_t source) {
    const auto sources = model.sources(target);
    return std::find(sources.begin(), sources.end(), source) != sources.end();
  };
  return has(a, b) || has(b, a);
}

TEST(AuditTest, AUniqueBasketIsInAPackOfSupportOne) {
  const Log log = WithAUniqueBasket();
  const pack::SitePack pack = Train(log, 1);
  EXPECT_TRUE(HoldsThePlantedPair(pack, pack.shop()->model));
  const PackAudit audit = AuditPack(pack, log, 5);
  EXPECT_FALSE(audit.passed());
  EXPECT_EQ(audit.smallest, 1u);
  const std::string text = AuditText(audit, pack.shop()->catalogue, 5);
  EXPECT_THAT(text, HasSubstr("1 customers: pair of secret-1 and secret-2\n"));
  EXPECT_THAT(text, HasSubstr("1 customers, 1 came back: popularity of secret-1\n"));
}

TEST(AuditTest, AUniqueBasketIsNotInAPackOfSupportFive) {
  const Log log = WithAUniqueBasket();
  const pack::SitePack pack = Train(log, 5);
  EXPECT_FALSE(HoldsThePlantedPair(pack, pack.shop()->model));
  EXPECT_FALSE(HoldsThePlantedPair(pack, pack.shop()->session->table()));
  const PackAudit audit = AuditPack(pack, log, 5);
  EXPECT_TRUE(audit.passed());
  EXPECT_GT(audit.pairs, 100u);
  EXPECT_GE(audit.smallest, 5u);
  // And nothing else of the pack tells that the two were bought, let alone together: without the
  // customer it is the same to the byte, catalogue and all.
  Log without = log;
  std::erase_if(without.interactions, [&log](const Interaction& row) {
    return row.user == static_cast<uint32_t>(log.users.size() - 1);
  });
  const auto model_of = [](const pack::SitePack& of) {
    const auto& sections = of.header().sections;
    return std::find_if(sections.begin(), sections.end(),
                        [](const pack::SectionEntry& entry) {
                          return entry.type == static_cast<uint8_t>(pack::SectionType::kModel);
                        })
        ->sha256;
  };
  EXPECT_EQ(model_of(pack), model_of(Train(without, 5)));
}

TEST(AuditTest, TheSessionTableIsLookedAtToo) {
  const Log log = WithAUniqueBasket();
  const pack::SitePack pack = Train(log, 5, 1);
  EXPECT_FALSE(HoldsThePlantedPair(pack, pack.shop()->model));
  EXPECT_TRUE(HoldsThePlantedPair(pack, pack.shop()->session->table()));
  const PackAudit audit = AuditPack(pack, log, 5);
  EXPECT_THAT(AuditText(audit, pack.shop()->catalogue, 5),
              HasSubstr("1 customers: pair of secret-1 and secret-2\n"));
  EXPECT_THAT(audit.under_items, IsEmpty());
}

TEST(AuditTest, CountsCustomersAndNotPurchases) {
  pack::testing::ShopBuilder builder;
  builder.items = {{"a", "A"}, {"b", "B"}};
  builder.table = {{{1, 0.5}}, {}};
  builder.popularity = {{.level = 1, .repeat_rate = 9, .repeat_days = 3}, {}};
  const pack::SitePack pack = builder.Pack();
  Log log;
  log.users = {"u", "v"};
  log.items.resize(2);
  log.items[0].id = "a";
  log.items[1].id = "b";
  for (int64_t day = 0; day < 20; ++day) {
    log.interactions.push_back({0, 0, day * 86'400'000});
    log.interactions.push_back({0, 1, day * 86'400'000});
    log.interactions.push_back({1, 0, 0});
  }
  const PackAudit audit = AuditPack(pack, log, 2);
  EXPECT_EQ(audit.smallest, 1u);
  ASSERT_THAT(audit.under_pairs, SizeIs(1));
  EXPECT_EQ(audit.under_pairs[0].target, 0u);
  // Two bought it, but only one came back.
  ASSERT_THAT(audit.under_items, SizeIs(1));
  EXPECT_EQ(audit.under_items[0].customers, 2u);
  EXPECT_EQ(audit.under_items[0].came_back, 1u);
  EXPECT_TRUE(AuditPack(pack, log, 1).passed());
}

TEST(AuditTest, PairsOfItemsThatTheLogDoesNotHaveAreUnsupported) {
  pack::testing::ShopBuilder builder;
  builder.items = {{"a", "A"}, {"b", "B"}};
  builder.table = {{{1, 0.5}}, {}};
  const PackAudit audit = AuditPack(builder.Pack(), Log(), 1);
  EXPECT_EQ(audit.smallest, 0u);
  EXPECT_FALSE(audit.passed());
}

TEST(AuditTest, EveryPairOfTheRealLogsPackIsSupported) {
  const char* shared = std::getenv("BAYA_SHARED");
  LogOptions options;
  options.interactions =
      std::string(shared == nullptr ? "" : shared) + "/data/online-retail.csv.gz";
  if (shared == nullptr || !std::filesystem::exists(options.interactions)) {
    GTEST_SKIP() << "BAYA_SHARED does not lead to data/online-retail.csv.gz";
  }
  const Log log = ReadLog(options);
  const PackAudit audit = AuditPack(Train(log, 5), log, 5);
  EXPECT_THAT(audit.under_pairs, IsEmpty());
  EXPECT_THAT(audit.under_items, IsEmpty());
  EXPECT_GT(audit.pairs, 30'000u);
  EXPECT_EQ(audit.smallest, 5u);
  EXPECT_THAT(AuditPack(Train(log, 1), log, 5).under_pairs, Not(IsEmpty()));
}

}  // namespace
}  // namespace baya::tools
