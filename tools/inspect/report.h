// What a site pack says, in words.
#pragma once

#include <string>

#include "pack/site_pack.h"

namespace baya::tools {

// Signer, version, sections with their bytes, counts, the most popular items, what is measured, the
// plan. `file` is what the pack was opened from.
std::string DescribePack(const pack::SitePack& pack, ByteView file);

// One item: what it is, how it sells, and the items that speak for it with their shares.
// Throws ToolError when the pack has no such item.
std::string DescribeItem(const pack::SitePack& pack, const std::string& id);

// Every item, the most popular first, as CSV (RFC 4180) with the columns item, title and
// categories, these joined by "|". Throws ToolError when the pack has no shop.
std::string ListItems(const pack::SitePack& pack);

}  // namespace baya::tools
