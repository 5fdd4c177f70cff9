#include "train/shopify.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

#include "train/catalogue_builder.h"
#include "train/record_values.h"
#include "train/row_values.h"

namespace baya::tools {
namespace {

enum Role : size_t {
  kHandle,
  kTitle,
  kVendor,
  kCategory,
  kType,
  kTags,
  kPublished,
  kStatus,
  kPrice,
  kTracker,
  kQuantity,
  kPolicy,
};

RoleColumns ColumnsOf(const RecordTable& table) {
  return RoleColumns(table, {{"handle", "url_handle"},
                             {"title"},
                             {"vendor"},
                             {"product_category", "standardized_product_type"},
                             {"type", "custom_product_type"},
                             {"tags"},
                             {"published", "published_on_online_store"},
                             {"status"},
                             {"variant_price", "price"},
                             {"variant_inventory_tracker", "inventory_tracker"},
                             {"variant_inventory_qty", "inventory_quantity"},
                             {"variant_inventory_policy", "continue_selling_when_out_of_stock"}});
}

struct Product {
  ItemFacts facts;
  bool published = true;
  bool has_variant = false;
  bool can_be_sold = false;  // some variant
  Price price;
};

std::vector<std::string> SplitTags(std::string text) {
  std::replace(text.begin(), text.end(), ',', '|');
  return SplitList(text);
}

class ShopifyReader {
 public:
  ShopifyReader(RecordTable& table, bool skip_broken)
      : table_(table), columns_(ColumnsOf(table)), skip_broken_(skip_broken) {
    columns_.Need(kHandle);
    columns_.Need(kTitle);
  }

  Catalogue Read() {
    CatalogueBuilder builder(table_);
    builder.CountBroken(ForEachRecord(table_, skip_broken_, [&] { ReadRow(); }));
    size_t hidden = 0;
    for (auto& [handle, product] : products_) {
      hidden += !product.published;
      if (!product.published) continue;
      product.facts.available = product.can_be_sold || !product.has_variant;
      builder.Add(std::move(product.facts), product.price);
    }
    if (hidden > 0) {
      std::fprintf(stderr, "%s: left out %zu products that are not published\n",
                   table_.path().c_str(), hidden);
    }
    ReportUnused(table_, columns_);
    return std::move(builder).Finish();
  }

 private:
  std::string Text(Role role) { return TextAt(table_, columns_[role]); }

  void ReadRow() {
    const std::string handle = Text(kHandle);
    CheckItemId(table_, handle);
    const std::string title = TitleOf(Text(kTitle));
    const auto found = products_.find(handle);
    if (found == products_.end()) {
      if (title.empty()) table_.Fail("the first row of a handle has no title");
      Product product = ReadProduct(handle, title);
      ReadVariant(product);
      products_.emplace(handle, std::move(product));
      return;
    }
    if (!title.empty() && title != found->second.facts.title) {
      table_.Fail("handle " + handle + " comes twice, with another title");
    }
    ReadVariant(found->second);
  }

  Product ReadProduct(const std::string& handle, const std::string& title) {
    Product product;
    product.facts.id = handle;
    product.facts.title = title;
    product.facts.brand = Text(kVendor);
    const std::string type = Text(kType);
    product.facts.categories =
        type.empty() ? LastParts(Text(kCategory)) : std::vector<std::string>{type};
    product.facts.tags = SplitTags(Text(kTags));
    const std::string status = PlainName(Text(kStatus));
    product.published = YesNoAt(table_, columns_[kPublished]).value_or(true) &&
                        (status.empty() || status == "active");
    return product;
  }

  // A row without a price has another picture of what came before.
  void ReadVariant(Product& product) {
    const Price price = PriceAt(table_, columns_[kPrice]);
    if (Text(kPrice).empty()) return;
    if (!product.has_variant || price.minor < product.price.minor) product.price = price;
    product.has_variant = true;
    product.can_be_sold = product.can_be_sold || CanBeSold();
  }

  bool CanBeSold() {
    const std::string policy = PlainName(Text(kPolicy)), quantity = Text(kQuantity);
    if (policy == "continue" || policy == "true" || policy == "yes") return true;
    if (Text(kTracker).empty() || quantity.empty()) return true;
    const auto left = ParseNumber(quantity);
    if (!left) table_.Fail("column " + table_.columns()[*columns_[kQuantity]] + " is no number");
    return *left > 0;
  }

  RecordTable& table_;
  RoleColumns columns_;
  bool skip_broken_;
  std::map<std::string, Product> products_;
};

}  // namespace

bool IsShopify(const RecordTable& table) {
  RoleColumns columns(table, {{"handle", "url_handle"}, {"title"}});
  return columns[0] && columns[1];
}

Catalogue ReadShopify(RecordTable& table, bool skip_broken) {
  return ShopifyReader(table, skip_broken).Read();
}

}  // namespace baya::tools
