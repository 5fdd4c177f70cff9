// What a signal says about one purpose.
//
// Each source is one file: what it heard, and a pure function from that and a purpose to a Vote.
// A new source (TCF, GPP, the browser's location permission) adds a file, a number here and a line
// in Consent::VotesOn.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace baya::consent {

// Stored in receipts; numbers are never reused. 4 is kept for TCF and 5 for GPP.
enum class Source : uint8_t {
  kBanner = 1,  // the site's own banner or My data page
  kGlobalPrivacyControl = 2,
  kConsentMode = 3,
};

inline constexpr size_t kSources = 3;

constexpr bool IsSource(Source source) {
  return source >= Source::kBanner && source <= Source::kConsentMode;
}

// From the least to the most protective.
enum class Vote : uint8_t {
  kSilent,  // says nothing of this purpose
  kGrant,
  kHold,  // not now, and nobody has chosen: closes and destroys nothing
  kDeny,  // a choice against it: what was granted is withdrawn
};

struct SourceVote {
  Source source;
  Vote vote;
};

using Votes = std::array<SourceVote, kSources>;

}  // namespace baya::consent
