#include "pack/writer/sections.h"

#include <algorithm>
#include <cmath>

#include "codec/tls.h"
#include "codec/utf8.h"
#include "pack/limits.h"
#include "pack/popularity.h"
#include "pack/varint.h"

namespace baya::pack {
namespace {

Status CheckCount(size_t count) {
  if (count > kMaxItems) return kError<StatusCode::kResourceExhausted, "too many items for a pack">;
  return OkStatus();
}

void WriteColumn16(const std::vector<uint16_t>& values, codec::Writer& out) {
  for (const uint16_t value : values) out.U8(static_cast<uint8_t>(value & 0xff));
  for (const uint16_t value : values) out.U8(static_cast<uint8_t>(value >> 8));
}

Status CheckItem(const CatalogueItem& item) {
  if (item.id.empty() || item.id.size() > kMaxItemIdBytes || !codec::IsUtf8(item.id)) {
    return kError<StatusCode::kInvalidArgument, "an item id must be 1 to 64 bytes of UTF-8">;
  }
  if (item.title.size() > kMaxTitleBytes || !codec::IsUtf8(item.title)) {
    return kError<StatusCode::kInvalidArgument, "a title must be at most 512 bytes of UTF-8">;
  }
  return OkStatus();
}

// One item's sources as they are stored.
struct QuantisedItem {
  std::vector<std::pair<ItemIndex, int8_t>> sources;  // ascending
  uint16_t scale = 0;
};

QuantisedItem Quantise(const std::vector<WeightedSource>& row, uint8_t bits) {
  const int levels = (1 << (bits - 1)) - 1;
  double largest = 0;
  for (const WeightedSource& source : row) largest = std::max(largest, std::abs(source.weight));
  QuantisedItem item;
  const double unit = 1 << (12 + bits);
  const double scale = std::min(std::round(largest / levels * unit), 65535.0);
  if (scale < 1) return item;
  item.scale = static_cast<uint16_t>(scale);
  for (const WeightedSource& source : row) {
    const double steps = std::round(source.weight * unit / scale);
    const int weight = static_cast<int>(std::clamp<double>(steps, -levels, levels));
    if (weight != 0) item.sources.emplace_back(source.source, static_cast<int8_t>(weight));
  }
  std::sort(item.sources.begin(), item.sources.end());
  return item;
}

Status CheckRow(const QuantisedItem& item, ItemIndex self, size_t count) {
  if (item.sources.size() > kMaxSourcesPerItem) {
    return kError<StatusCode::kResourceExhausted, "an item has too many sources">;
  }
  for (size_t i = 0; i < item.sources.size(); ++i) {
    const ItemIndex source = item.sources[i].first;
    const bool repeated = i > 0 && source == item.sources[i - 1].first;
    if (source >= count || source == self || repeated) {
      return kError<StatusCode::kInvalidArgument, "an item has a source that it cannot have">;
    }
  }
  return OkStatus();
}

void WriteSources(const std::vector<QuantisedItem>& items, codec::Writer& out) {
  Bytes low, high;
  for (const QuantisedItem& item : items) {
    ItemIndex next = 0;
    for (const auto& [source, weight] : item.sources) {
      low.push_back(static_cast<uint8_t>((source - next) & 0xff));
      AppendVarint((source - next) >> 8, high);
      next = source + 1;
    }
  }
  out.Raw(low);
  out.Raw(high);
}

void WriteWeights(const std::vector<QuantisedItem>& items, uint8_t bits, codec::Writer& out) {
  Bytes bytes;
  for (const QuantisedItem& item : items) {
    for (const auto& [source, weight] : item.sources) bytes.push_back(static_cast<uint8_t>(weight));
  }
  if (bits == 4) {
    Bytes nibbles((bytes.size() + 1) / 2);
    for (size_t i = 0; i < bytes.size(); ++i) {
      nibbles[i / 2] = static_cast<uint8_t>(nibbles[i / 2] | (bytes[i] & 0x0f) << (i % 2 * 4));
    }
    bytes = std::move(nibbles);
  }
  out.Raw(bytes);
}

Status CheckAttribute(const Attribute& attribute) {
  if (attribute.name.empty() || attribute.name.size() > kMaxAttributeNameBytes ||
      !codec::IsUtf8(attribute.name)) {
    return kError<StatusCode::kInvalidArgument,
                  "an attribute name must be 1 to 255 bytes of UTF-8">;
  }
  return OkStatus();
}

Result<Bytes> EncodeItemAttributes(const std::vector<AttributeId>& ids, size_t attribute_count) {
  if (ids.size() > kMaxAttributesPerItem) {
    return kError<StatusCode::kResourceExhausted, "an item has too many attributes">;
  }
  Bytes bytes;
  uint32_t next = 0;
  for (const AttributeId id : ids) {
    if (id < next || id >= attribute_count) {
      return kError<StatusCode::kInvalidArgument, "an item's attributes must ascend and exist">;
    }
    AppendVarint(id - next, bytes);
    next = id + 1u;
  }
  return bytes;
}

}  // namespace

Result<Bytes> EncodeCatalogue(const std::vector<CatalogueItem>& items, std::string_view currency) {
  BAYA_RETURN_IF_ERROR(CheckCount(items.size()));
  if (currency.size() != 3) {
    return kError<StatusCode::kInvalidArgument, "a currency is three letters">;
  }
  Bytes numbers, flags, texts;
  for (const CatalogueItem& item : items) {
    BAYA_RETURN_IF_ERROR(CheckItem(item));
    AppendVarint(static_cast<uint32_t>(item.id.size()), numbers);
    flags.push_back(item.flags);
    texts.insert(texts.end(), item.id.begin(), item.id.end());
  }
  for (const CatalogueItem& item : items) {
    AppendVarint(static_cast<uint32_t>(item.title.size()), numbers);
    texts.insert(texts.end(), item.title.begin(), item.title.end());
  }
  for (const CatalogueItem& item : items) AppendVarint(item.price_minor, numbers);
  codec::Writer out;
  out.U32(static_cast<uint32_t>(items.size()));
  out.Raw(AsBytes(currency));
  out.Raw(numbers);
  out.Raw(flags);
  out.Raw(texts);
  BAYA_ASSIGN_OR_RETURN(auto&& section, std::move(out).Finish());
  BAYA_RETURN_IF_ERROR(Catalogue::Parse(section).status());  // finds two items of one id
  return section;
}

Result<Bytes> EncodeModel(const std::vector<std::vector<WeightedSource>>& table, const Blend& blend,
                          uint8_t bits) {
  BAYA_RETURN_IF_ERROR(CheckCount(table.size()));
  if (bits != 4 && bits != 8) {
    return kError<StatusCode::kInvalidArgument, "weights are of 4 or 8 bits">;
  }
  std::vector<QuantisedItem> items;
  std::vector<uint16_t> scales;
  Bytes counts;
  for (const auto& row : table) {
    items.push_back(Quantise(row, bits));
    BAYA_RETURN_IF_ERROR(
        CheckRow(items.back(), static_cast<ItemIndex>(items.size() - 1), table.size()));
    scales.push_back(items.back().scale);
    counts.push_back(static_cast<uint8_t>(items.back().sources.size()));
  }
  codec::Writer out;
  out.U32(static_cast<uint32_t>(table.size()));
  for (const uint16_t value :
       {blend.half_life_days, blend.attribute, blend.repeat, blend.popularity, blend.trend}) {
    out.U16(value);
  }
  out.U8(bits);
  WriteColumn16(scales, out);
  out.Raw(counts);
  WriteSources(items, out);
  WriteWeights(items, bits, out);
  return std::move(out).Finish();
}

Result<Bytes> EncodeSession(const std::vector<std::vector<WeightedSource>>& table,
                            const SessionWeights& weights, uint8_t bits) {
  if (weights.decay.empty() || weights.decay.size() > kMaxSessionItems) {
    return kError<StatusCode::kInvalidArgument, "a session remembers 1 to 10 items">;
  }
  BAYA_ASSIGN_OR_RETURN(const Bytes& model, EncodeModel(table, Blend{}, bits));
  codec::Writer out;
  out.U8(static_cast<uint8_t>(weights.decay.size()));
  for (const uint16_t decay : weights.decay) out.U16(decay);
  out.U16(static_cast<uint16_t>(weights.seen_again));
  out.Raw(model);
  return std::move(out).Finish();
}

Result<Bytes> EncodePopularity(const std::vector<ItemPopularity>& items) {
  BAYA_RETURN_IF_ERROR(CheckCount(items.size()));
  codec::Writer out;
  out.U32(static_cast<uint32_t>(items.size()));
  for (const ItemPopularity& item : items) out.U8(item.level);
  for (const ItemPopularity& item : items) out.U8(static_cast<uint8_t>(item.trend));
  for (const ItemPopularity& item : items) out.U8(item.repeat_rate);
  for (const ItemPopularity& item : items) out.U8(item.repeat_days);
  return std::move(out).Finish();
}

Result<Bytes> EncodeRepeat(const RepeatCard& card) {
  BAYA_RETURN_IF_ERROR(CheckCount(card.item_points.size()));
  codec::Writer out;
  out.U32(static_cast<uint32_t>(card.item_points.size()));
  out.U16(static_cast<uint16_t>(card.context));
  for (const int16_t points : card.points) out.U16(static_cast<uint16_t>(points));
  for (const int16_t slope : card.slopes) out.U16(static_cast<uint16_t>(slope));
  for (const int8_t points : card.item_points) out.U8(static_cast<uint8_t>(points));
  return std::move(out).Finish();
}

Result<Bytes> EncodeAttributes(const std::vector<Attribute>& attributes,
                               const std::vector<std::vector<AttributeId>>& of_items) {
  BAYA_RETURN_IF_ERROR(CheckCount(of_items.size()));
  if (attributes.size() > kMaxAttributes) {
    return kError<StatusCode::kResourceExhausted, "too many attributes for a pack">;
  }
  codec::Writer out;
  out.U32(static_cast<uint32_t>(of_items.size()));
  out.U16(static_cast<uint16_t>(attributes.size()));
  for (const Attribute& attribute : attributes) {
    BAYA_RETURN_IF_ERROR(CheckAttribute(attribute));
    out.U8(static_cast<uint8_t>(attribute.kind));
  }
  for (const Attribute& attribute : attributes) out.U8(attribute.weight);
  for (const Attribute& attribute : attributes) {
    out.U8(static_cast<uint8_t>(attribute.name.size()));
  }
  for (const Attribute& attribute : attributes) out.Raw(AsBytes(attribute.name));
  Bytes ids;
  for (const auto& item : of_items) {
    BAYA_ASSIGN_OR_RETURN(const Bytes& encoded, EncodeItemAttributes(item, attributes.size()));
    out.U8(static_cast<uint8_t>(item.size()));
    ids.insert(ids.end(), encoded.begin(), encoded.end());
  }
  out.Raw(ids);
  return std::move(out).Finish();
}

}  // namespace baya::pack
