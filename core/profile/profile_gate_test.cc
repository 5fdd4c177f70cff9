#include <concepts>
#include <cstdint>
#include <utility>

#include "profile/profile.h"

namespace baya::profile {
namespace {

using consent::Use;

// Design §10.8: there is no way to personal data without a purpose that passed the gate. Each of
// these is a program that must not compile.
template <typename P>
concept AddsWithoutUse = requires(P profile, Event event) {
  profile.Add(event);
};
template <typename P>
concept ReadsFieldsWithoutUse = requires(P profile) {
  profile.Fields();
};
template <typename P>
concept ReadsInterestsWithoutUse = requires(P profile) {
  profile.Interests();
};
template <typename P>
concept ReadsHistoryWithoutUse = requires(P profile) {
  profile.History(size_t{1});
};
template <typename P>
concept ReadsDeedsWithoutUse = requires(P profile) {
  profile.Deeds(int64_t{0});
};
template <typename P>
concept ReadsTrialsWithoutUse = requires(P profile) {
  profile.TrialsByKind();
};
template <typename P>
concept ReadsItemsWithoutUse = requires(P profile) {
  profile.Items();
};
template <typename P>
concept CopiesWithoutUse = requires(P profile) {
  profile.Copy();
};
template <typename P>
concept ReadsEventsDirectly = requires(P profile) {
  profile.events();
};
template <typename P>
concept ReadsWithABorrowedUse = requires(P profile, const Use& use) {
  profile.Fields(use);
};
template <typename P>
concept ReadsWithAUse = requires(P profile, Use use) {
  profile.Fields(std::move(use));
};
static_assert(!AddsWithoutUse<Profile>);
static_assert(!ReadsFieldsWithoutUse<Profile>);
static_assert(!ReadsInterestsWithoutUse<Profile>);
static_assert(!ReadsHistoryWithoutUse<Profile>);
static_assert(!ReadsDeedsWithoutUse<Profile>);
static_assert(!ReadsTrialsWithoutUse<Profile>);
static_assert(!ReadsItemsWithoutUse<Profile>);
static_assert(!CopiesWithoutUse<Profile>);
static_assert(!ReadsEventsDirectly<Profile>);
static_assert(!ReadsWithABorrowedUse<Profile>);  // one use, one look
static_assert(ReadsWithAUse<Profile>);           // the control

}  // namespace
}  // namespace baya::profile
