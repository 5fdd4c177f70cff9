// The catalogue of a Google Merchant Center product feed, XML or text.
//
// Source: Google Merchant Center Help, "Product data specification".
//
//   id, title, brand, adult   as they are
//   price                     with its currency; sale_price does not count
//   product_type              the last part of each path is a category; where there is none, that
//   of
//                             google_product_category, unless that is a number
//   availability              out_of_stock is not available; in_stock, preorder and backorder are
//
// The rest (link, image_link, description, ...) has no place in a pack. Products of one
// item_group_id stay apart: each has an id of its own, which events name.
#pragma once

#include "lib/table.h"
#include "train/catalogue.h"

namespace baya::tools {

// Whether the columns are those of such a feed.
bool IsMerchant(const RecordTable& table);

// Throws LineError.
Catalogue ReadMerchant(RecordTable& table, bool skip_broken);

}  // namespace baya::tools
