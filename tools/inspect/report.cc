#include "inspect/report.h"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <optional>
#include <vector>

#include "codec/hex.h"
#include "inspect/measurements.h"
#include "lib/files.h"
#include "lib/key_file.h"
#include "lib/tool_error.h"
#include "plan/plan_json.h"
#include "train/section_files.h"

namespace baya::tools {
namespace {

constexpr uint32_t kShownItems = 10;

template <typename... Args>
std::string Format(const char* format, Args... args) {
  char text[1024];
  std::snprintf(text, sizeof text, format, args...);
  return text;
}

std::string ItemName(const pack::Catalogue& catalogue, pack::ItemIndex item) {
  return std::string(catalogue.id(item)) + " " + std::string(catalogue.title(item));
}

std::string PriceText(const pack::Catalogue& catalogue, pack::ItemIndex item) {
  const uint32_t minor = catalogue.price_minor(item);
  if (minor == 0) return "unknown";
  return Format("%u.%02u ", minor / 100, minor % 100) + std::string(catalogue.currency());
}

const char* KindName(pack::AttributeKind kind) {
  switch (kind) {
    case pack::AttributeKind::kCategory:
      return "category";
    case pack::AttributeKind::kBrand:
      return "brand";
    case pack::AttributeKind::kTag:
      return "tag";
    case pack::AttributeKind::kWord:
      return "word";
    case pack::AttributeKind::kPriceBand:
      return "price";
    case pack::AttributeKind::kRegion:
      return "region";
  }
  return "other";
}

std::string DescribeSections(const pack::SitePack& pack, ByteView file) {
  const double items = pack.shop() == nullptr ? 0 : pack.shop()->catalogue.size();
  std::string text;
  size_t begin = pack.header().size;
  for (const pack::SectionEntry& entry : pack.header().sections) {
    const auto type = static_cast<pack::SectionType>(entry.type);
    const size_t gzip = GzipSize(file.subspan(begin, entry.length));
    begin += entry.length;
    text += Format("  %-11s %10s  gzip %10s", SectionName(type).c_str(),
                   SizeText(entry.length).c_str(), SizeText(gzip).c_str());
    if (items > 0) text += Format("  %5.1f bytes an item", static_cast<double>(gzip) / items);
    text += "\n";
  }
  return text;
}

std::string DescribeShop(const pack::Shop& shop) {
  size_t pairs = 0;
  for (pack::ItemIndex item = 0; item < shop.model.size(); ++item) {
    pairs += shop.model.sources(item).size();
  }
  std::string text =
      Format("shop      %u items, %zu pairs of %u bits, %u attributes\n", shop.catalogue.size(),
             pairs, shop.model.bits(), shop.attributes.attribute_count());
  text += Format("          an event counts half after %u days (0: never)\n",
                 shop.model.blend().half_life_days);
  text += "most popular\n";
  for (uint32_t item = 0; item < std::min(kShownItems, shop.catalogue.size()); ++item) {
    text += "  " + ItemName(shop.catalogue, item) + "\n";
  }
  return text;
}

std::string DescribeSources(const pack::Shop& shop, pack::ItemIndex item) {
  const auto sources = shop.model.sources(item);
  const auto weights = shop.model.weights(item);
  std::vector<size_t> order(sources.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return weights[a] > weights[b]; });
  std::string text = "recommended to who has\n";
  for (const size_t i : order) {
    const double weight = weights[i] * shop.model.scale(item) / double{1 << 20};
    text += Format("  %+.3f  ", weight) + ItemName(shop.catalogue, sources[i]) + "\n";
  }
  return text;
}

std::string CsvField(std::string_view text) {
  std::string field = "\"";
  for (const char c : text) field.append(c == '"' ? 2 : 1, c);
  return field + "\"";
}

std::string CategoriesOf(const pack::Attributes& attributes, pack::ItemIndex item) {
  std::string joined;
  for (const pack::AttributeId attribute : attributes.of(item)) {
    if (attributes.kind(attribute) != pack::AttributeKind::kCategory) continue;
    if (!joined.empty()) joined += "|";
    joined += attributes.name(attribute);
  }
  return joined;
}

}  // namespace

std::string DescribePack(const pack::SitePack& pack, ByteView file) {
  const pack::Header& header = pack.header();
  std::string text = "site      " + std::string(header.site) + "\n";
  text += Format("version   %llu", static_cast<unsigned long long>(header.version));
  if (header.replaces != 0) {
    text += Format(", takes version %llu back", static_cast<unsigned long long>(header.replaces));
  }
  text += "\nsigner    " + PublicKeyText(header.key) + "\n";
  if (header.next_key) text += "next key  " + PublicKeyText(*header.next_key) + "\n";
  text += "id        " + codec::EncodeHex(pack::PackId(header)) + "\n";
  text += "sections\n" + DescribeSections(pack, file);
  if (pack.shop() != nullptr) text += DescribeShop(*pack.shop());
  if (pack.Section(pack::SectionType::kTasks)) text += "measures\n" + DescribeMeasurements(pack);
  if (const std::optional<ByteView> plan = pack.Section(pack::SectionType::kPlan)) {
    text += "plan\n" + PlanToJson(*plan);
  }
  return text;
}

std::string DescribeItem(const pack::SitePack& pack, const std::string& id) {
  if (pack.shop() == nullptr) throw ToolError("the pack has no shop");
  const pack::Shop& shop = *pack.shop();
  const auto item = shop.catalogue.Find(id);
  if (!item) throw ToolError("the pack has no item " + id);
  std::string text = ItemName(shop.catalogue, *item) + "\n";
  text += "price     " + PriceText(shop.catalogue, *item) + "\n";
  const uint8_t flags = shop.catalogue.flags(*item);
  if (flags & pack::kUnavailable) text += "          not available\n";
  if (flags & pack::kReplenishable) text += "          bought again and again\n";
  if (flags & pack::kAdult) text += "          for adults\n";
  text += Format("rank      %u of %u by customers, trend %+.1f doublings\n", *item + 1,
                 shop.catalogue.size(), shop.popularity.trend(*item) / 16.0);
  text += Format("repeat    %.0f %% of customers, after %u days\n",
                 shop.popularity.repeat_rate(*item) / 2.55, shop.popularity.repeat_days(*item));
  for (const pack::AttributeId attribute : shop.attributes.of(*item)) {
    text += Format("%-9s ", KindName(shop.attributes.kind(attribute))) +
            std::string(shop.attributes.name(attribute)) + "\n";
  }
  return text + DescribeSources(shop, *item);
}

std::string ListItems(const pack::SitePack& pack) {
  if (pack.shop() == nullptr) throw ToolError("the pack has no shop");
  const pack::Catalogue& catalogue = pack.shop()->catalogue;
  const pack::Attributes& attributes = pack.shop()->attributes;
  std::string text = "item,title,categories\n";
  for (pack::ItemIndex item = 0; item < catalogue.size(); ++item) {
    text += CsvField(catalogue.id(item)) + "," + CsvField(catalogue.title(item)) + "," +
            CsvField(CategoriesOf(attributes, item)) + "\n";
  }
  return text;
}

}  // namespace baya::tools
