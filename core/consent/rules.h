// The rules that close a purpose. Each looks at the facts alone and closes or has no opinion; a
// purpose is open when no rule closes it, so that adding a rule can only protect more.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "consent/purpose.h"
#include "consent/signal.h"

namespace baya::consent {

// Why a purpose is closed, or that it is open. Shown to the person; numbers are stable.
enum class Reason : uint8_t {
  kOpen = 0,
  kNotDeclared = 1,           // the site's plan does not ask for it
  kRefused = 2,               // the person said no on the banner or My data page
  kGlobalPrivacyControl = 3,  // the browser asserts GPC
  kConsentModeDenied = 4,     // the consent platform reports a refusal
  kHeld = 5,                  // the consent platform has not reported a choice yet
  kNotGranted = 6,            // nobody has granted it
  kTextChanged = 7,           // granted to a text that is not the current one
  kExpired = 8,               // granted too long ago
  kNeedsStore = 9,            // needs a profile that is kept
  kPaused = 10,               // the person has paused everything
};

// In snake case: "open", "not_declared", ...
std::string_view ReasonName(Reason reason);

struct Facts {
  Purpose purpose;
  bool declared = false;
  Votes votes{};
  bool recorded = false;         // a grant is on record
  bool text_is_current = false;  // of the recorded grant
  int64_t age_ms = 0;            // of the recorded grant; negative when the clock went back
  int64_t max_age_ms = 0;        // 0: none
  bool store_recorded = false;
  bool memory_only_session = false;
  bool paused = false;
};

// What the recorded grant cannot outlive: these also decide whether a grant comes to be recorded.
std::optional<Reason> RuleDeclared(const Facts& facts);
std::optional<Reason> RuleDenied(const Facts& facts);
std::optional<Reason> RuleHeld(const Facts& facts);
std::optional<Reason> RuleGranted(const Facts& facts);
std::optional<Reason> RuleStore(const Facts& facts);

// What suspends a recorded grant.
std::optional<Reason> RuleRecorded(const Facts& facts);
std::optional<Reason> RuleText(const Facts& facts);
std::optional<Reason> RuleAge(const Facts& facts);
std::optional<Reason> RulePause(const Facts& facts);

// The first reason against recording a grant, or nothing.
std::optional<Reason> WhyNotGranted(const Facts& facts);

// kOpen, or the first reason against using a recorded grant now.
Reason WhyClosed(const Facts& facts);

}  // namespace baya::consent
