// What holds for every sequence of events.

#include <gtest/gtest.h>

#include <algorithm>

#include "base/testing/status_matchers.h"
#include "consent/testing/open_gate.h"
#include "profile/profile.h"
#include "profile/testing/samples.h"

namespace baya::profile {
namespace {

using ::baya::testing::IsOk;
using consent::Operation;
using consent::Purpose;
using consent::Use;
using testing::FullPlan;
using testing::kDayMs;
using testing::kNowMs;
using testing::RandomEvents;

constexpr uint64_t kSeeds = 30;
constexpr size_t kEvents = 80;

class ProfilePropertyTest : public ::testing::TestWithParam<uint64_t> {
 protected:
  ProfilePropertyTest() : gate_(kNowMs), random_(GetParam()) {}

  void Add(Profile& profile, const Event& event) {
    Use use = event.kind == EventKind::kCorrection
                  ? gate_.Pass(Purpose::kStore, Operation::kCorrect)
                  : gate_.Pass(Purpose::kStore, Operation::kIngest, "page");
    ASSERT_THAT(profile.Add(std::move(use), event), IsOk());
  }

  Profile Of(const std::vector<Event>& events, ProfileLimits limits = {}) {
    Profile profile = Profile::Create(FullPlan(), limits).value();
    for (const Event& event : events) Add(profile, event);
    return profile;
  }

  Use Keep() { return gate_.Pass(Purpose::kStore, Operation::kKeep, "engine"); }
  Use Show() { return gate_.Pass(Purpose::kStore, Operation::kShow); }
  Use Erase() { return gate_.Pass(Purpose::kStore, Operation::kErase); }

  Bytes Snapshot(const Profile& profile) {
    return EncodeSnapshot(profile.Copy(Keep()).value()).value();
  }

  void ExpectSame(Profile& a, Profile& b) {
    EXPECT_EQ(Snapshot(a), Snapshot(b));
    EXPECT_EQ(a.Fields(Show()).value(), b.Fields(Show()).value());
    EXPECT_EQ(a.Interests(Show()).value(), b.Interests(Show()).value());
    EXPECT_EQ(a.History(Show(), 1'000).value(), b.History(Show(), 1'000).value());
  }

  consent::testing::OpenGate gate_;
  RandomEvents random_;
};

TEST_P(ProfilePropertyTest, TheOrderOfArrivalDoesNotMatter) {
  std::vector<Event> events = random_.Take(kEvents);
  Profile one = Of(events);
  // Shuffled, some twice, and read in between, so that some events are folded late.
  std::vector<Event> again = events;
  for (size_t i = 0; i < kEvents / 4; ++i) again.push_back(events[random_.Below(kEvents)]);
  random_.Shuffle(again);
  Profile other = Profile::Create(FullPlan()).value();
  for (const Event& event : again) {
    Add(other, event);
    if (random_.Below(8) == 0) {
      EXPECT_THAT(other.Fields(Show()), IsOk());
    }
  }
  ExpectSame(one, other);
}

TEST_P(ProfilePropertyTest, NorUnderALimit) {
  std::vector<Event> events = random_.Take(kEvents);
  ProfileLimits limits;
  limits.max_events = 1 + random_.Below(kEvents);
  limits.max_bytes = 200 + random_.Below(4'000);
  Profile one = Of(events, limits);
  for (int i = 0; i < 4; ++i) {
    random_.Shuffle(events);
    Profile other = Of(events, limits);
    ExpectSame(one, other);
  }
}

TEST_P(ProfilePropertyTest, AnErasedEventNeverHappened) {
  std::vector<Event> events = random_.Take(kEvents);
  Profile erased = Of(events);
  EXPECT_THAT(erased.Fields(Show()), IsOk());
  for (int i = 0; i < 5; ++i) {
    const auto victim = events.begin() + static_cast<std::ptrdiff_t>(random_.Below(events.size()));
    EXPECT_EQ(erased.EraseEvent(Erase(), victim->message_id).value().removed.size(), 1u);
    events.erase(victim);
  }
  Profile never = Of(events);
  ExpectSame(erased, never);
}

TEST_P(ProfilePropertyTest, AnErasedSpanNeverHappened) {
  std::vector<Event> events = random_.Take(kEvents);
  Profile erased = Of(events);
  const int64_t from_ms = kNowMs - static_cast<int64_t>(random_.Below(10)) * kDayMs;
  const int64_t to_ms = from_ms + static_cast<int64_t>(random_.Below(5)) * kDayMs;
  EXPECT_THAT(erased.EraseSpan(Erase(), from_ms, to_ms), IsOk());
  std::erase_if(events, [from_ms, to_ms](const Event& event) {
    return event.time_ms >= from_ms && event.time_ms < to_ms;
  });
  Profile never = Of(events);
  ExpectSame(erased, never);
}

TEST_P(ProfilePropertyTest, AnErasedItemIsNowhere) {
  Profile profile = Of(random_.Take(kEvents));
  BAYA_ASSERT_OK_AND_ASSIGN(const Erased erased, profile.EraseItem(Erase(), "item-3"));
  const Bytes snapshot = Snapshot(profile);
  EXPECT_EQ(AsText(snapshot).find("item-3"), std::string_view::npos);
  EXPECT_EQ(AsText(snapshot).find("item-4") == std::string_view::npos, false);
  // What was rewritten is what is held now: the same profile comes of the records.
  Profile rebuilt = Profile::Create(FullPlan()).value();
  BAYA_ASSERT_OK_AND_ASSIGN(ProfileData data, DecodeSnapshot(snapshot));
  for (const Bytes& record : erased.rewritten) {
    EXPECT_EQ(std::count(data.events.begin(), data.events.end(), DecodeEvent(record).value()), 1);
  }
  EXPECT_THAT(rebuilt.Restore(Keep(), std::move(data)), IsOk());
  ExpectSame(profile, rebuilt);
}

TEST_P(ProfilePropertyTest, ASnapshotRestoresTheProfile) {
  ProfileLimits limits;
  limits.max_events = 60;  // so that there is a horizon
  Profile profile = Of(random_.Take(kEvents), limits);
  EXPECT_THAT(profile.Items(gate_.Pass(Purpose::kPersonalize, Operation::kRank)), IsOk());
  BAYA_ASSERT_OK_AND_ASSIGN(ProfileData data, DecodeSnapshot(Snapshot(profile)));
  Profile restored = Profile::Create(FullPlan(), limits).value();
  EXPECT_THAT(restored.Restore(Keep(), std::move(data)), IsOk());
  ExpectSame(profile, restored);
}

TEST_P(ProfilePropertyTest, MergingTwoProfilesIsTheUnionOfTheirEvents) {
  const std::vector<Event> events = random_.Take(kEvents);
  std::vector<Event> left;
  std::vector<Event> right;
  for (const Event& event : events) {
    const uint64_t side = random_.Below(3);
    if (side != 0) left.push_back(event);
    if (side != 1) right.push_back(event);
  }
  Profile merged = Of(left);
  Profile other = Of(right);
  EXPECT_THAT(merged.Restore(Keep(), other.Copy(Keep()).value()), IsOk());
  Profile all = Of(events);
  ExpectSame(merged, all);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ProfilePropertyTest, ::testing::Range(uint64_t{0}, kSeeds));

}  // namespace
}  // namespace baya::profile
