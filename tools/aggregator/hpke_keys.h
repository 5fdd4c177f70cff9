// The aggregator's own HPKE keys, in its own folder: made here, never sent anywhere.
//
// A new key is announced first; an older one still opens what was sealed to it for twice the time
// that clients may keep our configuration ("HPKE Configuration Request").
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/host.h"
#include "dap/hpke_info.h"

namespace baya::aggregator {

// How long a client may keep our configuration: Cache-Control of /hpke_config.
inline constexpr int64_t kConfigMaxAgeS = int64_t{24} * 60 * 60;

struct HpkeKeyOptions {
  bool new_key = false;   // make one even if there is one
  bool drop_old = false;  // past their time; not while reports that were sealed to them wait
};

// Makes the first key of a folder. Newest first. Throws ToolError.
std::vector<dap::HpkeKey> LoadHpkeKeys(const std::string& path, const HpkeKeyOptions& options,
                                       Host& host);

// The answer to GET /hpke_config: the newest key alone.
Bytes AnnouncedConfig(const std::vector<dap::HpkeKey>& keys);

}  // namespace baya::aggregator
