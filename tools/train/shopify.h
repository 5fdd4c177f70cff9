// The catalogue of a Shopify product CSV export, by the column names of either template.
//
// Source: Shopify Help Center, "Using CSV files to import and export products".
//
//   Handle (URL handle)       the item's id: what events have to call it
//   Title, Vendor             title and brand, from the first row of a handle
//   Type                      the category; where there is none, the last part of Product Category
//   Tags                      tags, between commas
//   Variant Price (Price)     the lowest of a product's variants
//   Variant Inventory ...     out of stock when every variant is tracked, has none left and is not
//                             sold on
//   Published, Status         what is not published, or a draft, or archived, is left out
//
// The rows of one handle are its variants and pictures: one item. Prices name no currency.
#pragma once

#include "lib/table.h"
#include "train/catalogue.h"

namespace baya::tools {

// Whether the columns are those of such an export.
bool IsShopify(const RecordTable& table);

// Throws LineError.
Catalogue ReadShopify(RecordTable& table, bool skip_broken);

}  // namespace baya::tools
