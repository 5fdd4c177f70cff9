#include "train/budget.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "lib/files.h"
#include "lib/tool_error.h"
#include "pack/limits.h"
#include "train/row_values.h"
#include "train/validation.h"

namespace baya::tools {
namespace {

constexpr uint32_t kKeeps[] = {4, 6, 8, 12, 16, 24};

std::vector<SizePoint> Points() {
  std::vector<SizePoint> points;
  for (const uint32_t keep : kKeeps) {
    points.push_back({.keep = keep, .bits = 4});
    points.push_back({.keep = keep, .bits = 8});
  }
  points.push_back({.keep = pack::kMaxSourcesPerItem, .bits = 8});
  return points;
}

std::vector<pack::Section> SectionsAt(const Shop& shop, const ItemTable& table,
                                      const SizePoint& point, ShopSettings settings) {
  settings.bits = point.bits;
  return shop.Sections(Largest(table, point.keep), settings);
}

void MeasureRecall(const Log& log, const ValidationSlice& slice, const ShopSettings& settings,
                   std::vector<SizePoint>& points) {
  const Shop shop(log, slice.train, settings);
  const ItemTable table = SolveLocalRidge(shop.gram(), settings.ridge);
  for (SizePoint& point : points) {
    point.recall = MeanRecall(
        JudgePack(SectionsAt(shop, table, point, settings), shop.pack_item(), slice.people));
  }
}

}  // namespace

ItemTable Largest(const ItemTable& table, uint32_t keep) {
  ItemTable kept = table;
  for (auto& row : kept) {
    std::sort(row.begin(), row.end(), [](const auto& a, const auto& b) {
      const double left = std::abs(a.weight), right = std::abs(b.weight);
      return left != right ? left > right : a.source < b.source;
    });
    row.resize(std::min<size_t>(row.size(), keep));
  }
  return kept;
}

size_t RankingBytes(const std::vector<pack::Section>& sections) {
  size_t bytes = 0;
  for (const pack::Section& section : sections) {
    if (section.type != pack::SectionType::kCatalogue) bytes += GzipSize(section.body);
  }
  return bytes;
}

std::vector<SizePoint> QualityForSize(const Log& log, const std::vector<bool>& keep,
                                      const Shop& shop, const ItemTable& table,
                                      const ShopSettings& settings) {
  std::vector<SizePoint> points = Points();
  for (SizePoint& point : points) {
    point.gzip = RankingBytes(SectionsAt(shop, table, point, settings));
  }
  const ValidationSlice slice = SetAside(UserItems::FromLog(log), keep);
  if (slice.enough()) {
    MeasureRecall(log, slice, settings, points);
  } else {
    std::fprintf(stderr, "too few users to measure quality on: the largest that fits is taken\n");
  }
  return points;
}

SizePoint BestWithin(const std::vector<SizePoint>& points, size_t budget) {
  const SizePoint* best = nullptr;
  const SizePoint* smallest = &points.front();
  for (const SizePoint& point : points) {
    if (point.gzip < smallest->gzip) smallest = &point;
    if (point.gzip > budget) continue;
    const bool measured = point.recall >= 0;
    const bool better = best == nullptr || point.recall > best->recall ||
                        (point.recall == best->recall &&
                         (measured ? point.gzip < best->gzip : point.gzip > best->gzip));
    if (better) best = &point;
  }
  if (best == nullptr) {
    throw ToolError("nothing fits the budget of " + SizeText(budget) +
                    ": the smallest model takes " + SizeText(smallest->gzip));
  }
  return *best;
}

std::string SizeCurveText(const std::vector<SizePoint>& points) {
  std::string text = "sources  bits        gzip   R@20 on the validation slice\n";
  for (const SizePoint& point : points) {
    char line[120];
    std::snprintf(line, sizeof line, "%7u  %4u  %10s   ", point.keep, unsigned{point.bits},
                  SizeText(point.gzip).c_str());
    text += line;
    char recall[60];
    std::snprintf(recall, sizeof recall, "%.4f (%.3f of the last line)\n", point.recall,
                  point.recall / points.back().recall);
    text += point.recall < 0 ? "-\n" : recall;
  }
  return text;
}

size_t ParseBudget(std::string_view text) {
  double unit = 1;
  std::string_view digits = text;
  for (const auto& [suffix, size] : {std::pair{"KB", 1e3}, std::pair{"MB", 1e6}}) {
    if (!text.ends_with(suffix)) continue;
    unit = size;
    digits.remove_suffix(2);
  }
  const auto value = ParseNumber(digits);
  if (!value || *value <= 0 || *value * unit > 1e12) {
    throw ToolError("--budget " + std::string(text) + " is no size such as 300KB or 3MB");
  }
  return static_cast<size_t>(*value * unit);
}

}  // namespace baya::tools
