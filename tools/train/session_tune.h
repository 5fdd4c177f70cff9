// Choosing how the last items of a visit count, on the latest days of the training log.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pack/writer/sections.h"
#include "train/device_ranker.h"
#include "train/session_table.h"
#include "train/sessions.h"
#include "train/shop.h"

namespace baya::tools {

struct SessionSettings {
  SessionTableSettings table;
  double decay = 0.7;     // items until one counts 1/e of the last
  double weight = 32;     // of the session table beside the other terms, below 64
  double seen_again = 0;  // what an item of the visit gets for itself, within 8
};

// The sections of `shop` with one more. `sessions` have the items of the shop's log. Throws
// ToolError when something does not fit into a pack.
pack::Section SessionSection(const Shop& shop, const std::vector<Session>& sessions,
                             const SessionSettings& settings, uint8_t bits);

// Where the next item stands among those ranked, from 0 on; nullopt: not among the first 20.
using Rank = std::optional<uint32_t>;

struct PrefixRanks {
  Rank with;     // every item is ranked
  Rank without;  // the last item of the prefix is left out
};

// For each prefix, from the pack of `sections` by the code that runs on devices: what a session
// holds counts as viewed, one item a second.
std::vector<PrefixRanks> RankPrefixes(const std::vector<pack::Section>& sections, const Shop& shop,
                                      const std::vector<Session>& sessions,
                                      const std::vector<Prefix>& prefixes,
                                      const DeviceBuild& build = {});

// 1 / (1 + rank), 0 beyond the 20th.
double ReciprocalRank(const Rank& rank);

// The last `days` of `log` are set aside, the rest trains; all of SessionSettings but the number
// of sources are chosen for the best MRR@20 without the last item on at most `prefixes` prefixes,
// `seen_again` for that with it. Returns `settings` as they are when fewer than 200 prefixes can
// be set aside. What it saw goes to stderr.
SessionSettings TuneSession(const Log& log, const ShopSettings& shop, SessionSettings settings,
                            uint32_t days, size_t prefixes);

}  // namespace baya::tools
