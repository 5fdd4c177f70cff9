// What the shelf tries out on a person, over years of days.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/testing/status_matchers.h"
#include "engine/limits.h"
#include "engine/testing/device_host.h"
#include "engine/testing/shop.h"
#include "profile/profile_data.h"

namespace baya::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::ShownProduct;

constexpr uint32_t kKinds = 10;
constexpr uint32_t kEach = 9;

// Of kKinds kinds by turns, popular in this order.
pack::testing::ShopBuilder ManyKinds() {
  pack::testing::ShopBuilder shop;
  for (uint32_t kind = 0; kind < kKinds; ++kind) {
    shop.attributes.push_back(
        {pack::AttributeKind::kCategory, "kind-" + std::to_string(kind), 100});
  }
  for (uint32_t i = 0; i < kKinds * kEach; ++i) {
    shop.items.push_back({"item-" + std::to_string(i), "Item", 100, 0});
    shop.popularity.push_back({static_cast<uint8_t>(255 - 2 * i), 0, 0, 0});
    shop.of_items.push_back({static_cast<pack::AttributeId>(i % kKinds)});
  }
  shop.blend = {.half_life_days = 30, .attribute = 64, .popularity = 4};
  return shop;
}

PlanSection Plan(uint16_t permille) {
  PlanSection plan = testing::Plan();
  plan.max_age_days = 0;
  plan.exploration_permille = permille;
  for (profile::PlannedField& field : plan.fields)
    field.purposes.Add(consent::Purpose::kPersonalize);
  return plan;
}

Bytes Pack(const PlanSection& plan) {
  pack::SealRequest request = ManyKinds().Request();
  request.sections.push_back({pack::SectionType::kPlan, EncodePlanSection(plan).value()});
  return pack::Seal(request, pack::testing::TestSeed()).value();
}

// What is tried out on one shelf: item and kind.
using Explored = std::map<std::string, std::string>;

class Visitor {
 public:
  explicit Visitor(Bytes pack, uint64_t seed = 1) : pack_(std::move(pack)), seed_(seed) {
    NewPage();
    Choose({{"store", true}, {"personalize", true}});
  }

  void NewPage() {
    const int64_t now_ms = page_ == nullptr ? 20'000 * kDayMs : NowMs();
    page_ = std::make_unique<testing::DeviceHost>(disk_, seed_ + 1000 * pages_++);
    page_->clock().SetNowMs(now_ms);
    BAYA_EXPECT_OK(page_->Begin(pack_, testing::ShopSigner()));
  }
  void Choose(const std::vector<Choice>& choices) {
    const auto reply = page_->Signals({.choices = choices});
    BAYA_ASSERT_OK(reply);
    BAYA_ASSERT_OK(page_->CarryOut((*reply)->effects));
    BAYA_ASSERT_OK(page_->FlushAll());
  }

  testing::DeviceHost& page() { return *page_; }
  int64_t NowMs() { return page_->clock().NowMs(); }
  void Wait(int64_t ms) { page_->clock().SetNowMs(NowMs() + ms); }

  std::vector<ShownProduct> Shelf(uint16_t limit = 10, std::string_view caller = "shelf:home",
                                  bool plain = false) {
    const auto reply = page_->Recommend({.caller = caller, .limit = limit, .plain = plain});
    std::vector<ShownProduct> shelf;
    if (!reply.ok()) ADD_FAILURE() << reply.status().message();
    if (!reply.ok()) return shelf;
    for (const ShelfItem& item : (*reply)->items) {
      shelf.push_back({std::string(item.item)});
      for (const ShelfReason& reason : item.reasons) {
        if (reason.code == "exploring") shelf.back().exploring = reason.because;
      }
    }
    return shelf;
  }
  static Explored Of(const std::vector<ShownProduct>& shelf) {
    Explored explored;
    for (const auto& [item, kind] : shelf) {
      if (!kind.empty()) explored[item] = kind;
    }
    return explored;
  }

  void Report(const std::vector<ShownProduct>& shelf) {
    Take(testing::ShownProducts(profile::kShelfListId, shelf, NextId(), NowMs()));
  }
  void Do(std::string_view event, const std::string& item) {
    Take(testing::Track(event, item, NextId(), NowMs()));
  }
  void Correct(uint8_t action, const std::string& field) {
    Wait(1);  // the later word counts
    BAYA_EXPECT_OK(page_->Correct({.action = action, .field = field}));
  }
  std::string Profile() { return testing::ProfileText(*page_); }

 private:
  std::string NextId() { return "m" + std::to_string(++events_); }
  void Take(const Bytes& record) {
    const auto reply = page_->Ingest({.caller = "page", .events = {record}});
    BAYA_ASSERT_OK(reply);
    ASSERT_TRUE((*reply)->verdicts.at(0).accepted) << (*reply)->verdicts.at(0).reason;
    BAYA_ASSERT_OK(page_->FlushAll());
  }

  Bytes pack_;
  uint64_t seed_;
  uint64_t pages_ = 0;
  uint32_t events_ = 0;
  testing::Disk disk_;
  std::unique_ptr<testing::DeviceHost> page_;
};

TEST(DeviceExplorationTest, StaysWithinItsShareOverAThousandDays) {
  for (const uint16_t permille : {uint16_t{0}, uint16_t{100}, uint16_t{300}}) {
    Visitor visitor(Pack(Plan(permille)));
    uint32_t places = 0;
    uint32_t explored = 0;
    for (uint32_t day = 0; day < 1100; ++day) {
      const auto limit = static_cast<uint16_t>(1 + day % 24);
      const Explored tried = Visitor::Of(visitor.Shelf(limit));
      ASSERT_LE(tried.size() * 1000, size_t{limit} * permille) << day;
      places += limit;
      explored += static_cast<uint32_t>(tried.size());
      visitor.Wait(kDayMs);
    }
    EXPECT_LE(explored * 1000, places * permille);
    // Rounding down loses half a place of a shelf.
    EXPECT_GE(explored + 1100 / 2, places * permille / 1000);
  }
}

// Two people with the same seeds who differ in one thing: what they say to one kind.
TEST(DeviceExplorationTest, AKindThatIsDismissedComesLessOftenThanToTheControl) {
  const auto times = [](bool dismisses, uint64_t seed) {
    Visitor visitor(Pack(Plan(100)), seed);
    uint32_t count = 0;
    for (uint32_t day = 0; day < 120; ++day) {
      const std::vector<ShownProduct> shelf = visitor.Shelf();
      visitor.Report(shelf);
      for (const auto& [item, kind] : Visitor::Of(shelf)) {
        if (kind != "kind-7") continue;
        ++count;
        if (dismisses) visitor.Do("Product Disliked", item);
      }
      visitor.Wait(kDayMs);
    }
    return count;
  };
  uint32_t treated = 0;
  uint32_t control = 0;
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    treated += times(true, seed);
    control += times(false, seed);
  }
  EXPECT_GE(control, 30u) << "of 720 places, a tenth each is expected";
  EXPECT_LT(treated * 2, control);
}

TEST(DeviceExplorationTest, IsTheSameAllDayOnEveryPageAndAnotherOnOtherDaysAndShelves) {
  Visitor visitor(Pack(Plan(100)));
  std::set<std::string> kinds;
  std::set<std::string> of_shelves;
  for (uint32_t day = 0; day < 20; ++day) {
    const std::vector<ShownProduct> morning = visitor.Shelf();
    visitor.Report(morning);
    visitor.Wait(kDayMs / 2);
    visitor.NewPage();
    // The item may rest from its fifth showing on; then another of the kind stands there.
    const Explored explored = Visitor::Of(morning);
    const Explored again = Visitor::Of(visitor.Shelf());
    ASSERT_EQ(explored.size(), 1u);
    ASSERT_EQ(again.size(), 1u);
    ASSERT_EQ(again.begin()->second, explored.begin()->second);
    kinds.insert(explored.begin()->second);
    visitor.Wait(kDayMs / 2);
  }
  for (uint32_t i = 0; i < 20; ++i) {
    for (const auto& [item, kind] : Visitor::Of(visitor.Shelf(10, "shelf:" + std::to_string(i)))) {
      of_shelves.insert(kind);
    }
  }
  EXPECT_GT(kinds.size(), 3u);
  EXPECT_GT(of_shelves.size(), 3u);
}

TEST(DeviceExplorationTest, ThePersonCanMuteAKindOrAllOfItOrPauseLearning) {
  Visitor visitor(Pack(Plan(300)));
  const auto kinds = [&visitor] {
    std::set<std::string> found;
    for (uint32_t i = 0; i < 40; ++i) {
      for (const auto& [item, kind] :
           Visitor::Of(visitor.Shelf(10, "shelf:" + std::to_string(i)))) {
        found.insert(kind);
      }
    }
    return found;
  };
  EXPECT_TRUE(kinds().contains("kind-7"));
  visitor.Correct(2, "reason.exploring.kind-7");
  EXPECT_FALSE(kinds().contains("kind-7"));
  EXPECT_FALSE(kinds().empty());
  visitor.Correct(3, "reason.exploring.kind-7");
  EXPECT_TRUE(kinds().contains("kind-7"));
  for (const std::string field : {"reason.exploring", "learning"}) {
    visitor.Correct(2, field);
    EXPECT_TRUE(kinds().empty()) << field;
    EXPECT_THAT(visitor.Profile(), HasSubstr(field + " "));
    visitor.NewPage();
    visitor.Correct(3, field);
    EXPECT_FALSE(kinds().empty()) << field;
  }
}

TEST(DeviceExplorationTest, NobodyIsTriedOnWithoutConsentOrWhereNothingCouldBeLearned) {
  Visitor visitor(Pack(Plan(300)));
  EXPECT_FALSE(Visitor::Of(visitor.Shelf()).empty());
  EXPECT_TRUE(Visitor::Of(visitor.Shelf(10, "shelf:home", true)).empty()) << "a plain shelf";
  visitor.Choose({{"personalize", false}});
  EXPECT_TRUE(Visitor::Of(visitor.Shelf()).empty());
  visitor.Choose({{"store", false}});
  EXPECT_TRUE(Visitor::Of(visitor.Shelf()).empty());
  for (const std::string_view name : {"item.id", "list.id", "item.quantity"}) {
    PlanSection plan = Plan(300);
    for (profile::PlannedField& field : plan.fields) {
      if (field.name == name) field.purposes = consent::PurposeSet::Of(consent::Purpose::kStore);
    }
    Visitor other{Pack(plan)};
    EXPECT_TRUE(Visitor::Of(other.Shelf()).empty()) << name;
  }
}

TEST(DeviceExplorationTest, WhatWasLearnedIsShownTakenAwayBroughtBackAndErased) {
  Visitor visitor(Pack(Plan(100)));
  const std::vector<ShownProduct> shelf = visitor.Shelf();
  const auto offered = *Visitor::Of(shelf).begin();
  const auto& kind = offered.second;
  visitor.Report(shelf);
  visitor.Do("Product Clicked", offered.first);
  const std::string shown = "exploring.shown." + kind + " ";
  const std::string taken = "exploring.taken." + kind + " ";
  EXPECT_THAT(visitor.Profile(), HasSubstr(shown));
  EXPECT_THAT(visitor.Profile(), HasSubstr(taken));

  const auto exported = visitor.page().ExportData();
  BAYA_ASSERT_OK(exported);
  const ByteView snapshot = (*exported)->snapshot;
  BAYA_ASSERT_OK_AND_ASSIGN(const profile::ProfileData data, profile::DecodeSnapshot(snapshot));
  const bool says = std::any_of(data.events.begin(), data.events.end(), [&](const auto& event) {
    return std::any_of(event.items.begin(), event.items.end(),
                       [&](const auto& shown_item) { return shown_item.exploring == kind; });
  });
  EXPECT_TRUE(says);
  Visitor other(Pack(Plan(100)), 9);
  EXPECT_THAT(other.Profile(), Not(HasSubstr(shown)));
  BAYA_ASSERT_OK(other.page().ImportData({.snapshot = snapshot}));
  EXPECT_THAT(other.Profile(), HasSubstr(taken));

  BAYA_ASSERT_OK(visitor.page().Erase({.scope = 3, .name = offered.first}));
  EXPECT_THAT(visitor.Profile(), Not(HasSubstr("exploring.")));
}

}  // namespace
}  // namespace baya::engine
