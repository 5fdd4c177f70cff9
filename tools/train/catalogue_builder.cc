#include "train/catalogue_builder.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "train/row_values.h"

namespace baya::tools {

void CatalogueBuilder::Add(ItemFacts facts, const Price& price) {
  currency_.See(table_, price);
  facts.price_minor = price.minor;
  const std::string id = facts.id;
  if (!items_.emplace(id, std::move(facts)).second) table_.Fail("item " + id + " comes twice");
}

void CatalogueBuilder::CountBroken(int64_t count) const {
  if (count == 0) return;
  std::fprintf(stderr, "%s: left out %lld broken records\n", table_.path().c_str(),
               static_cast<long long>(count));
}

Catalogue CatalogueBuilder::Finish() && {
  Catalogue catalogue;
  catalogue.currency = currency_.code();
  catalogue.items.reserve(items_.size());
  for (auto& [id, facts] : items_) catalogue.items.push_back(std::move(facts));
  return catalogue;
}

std::vector<std::string> LastParts(std::string_view paths) {
  std::vector<std::string> parts;
  for (const std::string& path : SplitList(paths)) {
    const size_t arrow = path.rfind('>');
    const std::string part(Trim(arrow == std::string::npos ? path : path.substr(arrow + 1)));
    if (part.empty() || std::find(parts.begin(), parts.end(), part) != parts.end()) continue;
    parts.push_back(part);
  }
  return parts;
}

}  // namespace baya::tools
