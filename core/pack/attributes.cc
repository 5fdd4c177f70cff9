#include "pack/attributes.h"

#include "pack/limits.h"
#include "pack/varint.h"

namespace baya::pack {
namespace {

constexpr Status kBroken =
    kError<StatusCode::kInvalidArgument, "the site pack's attributes break their format">;

}  // namespace

Result<Attributes> Attributes::Parse(ByteView section) {
  codec::Reader reader(section);
  Attributes attributes;
  BAYA_ASSIGN_OR_RETURN(const uint32_t items, ReadItemCount(reader));
  BAYA_ASSIGN_OR_RETURN(const uint16_t count, reader.U16());
  BAYA_RETURN_IF_ERROR(attributes.ReadNames(reader, count));
  BAYA_RETURN_IF_ERROR(attributes.ReadItems(reader, items));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return attributes;
}

std::optional<AttributeId> Attributes::Find(AttributeKind kind, std::string_view name) const {
  for (uint32_t i = 0; i < attribute_count(); ++i) {
    if (kinds_[i] == static_cast<uint8_t>(kind) && names_[i] == name) {
      return static_cast<AttributeId>(i);
    }
  }
  return std::nullopt;
}

Status Attributes::ReadNames(codec::Reader& reader, uint16_t count) {
  BAYA_ASSIGN_OR_RETURN(kinds_, reader.Raw(count));
  BAYA_ASSIGN_OR_RETURN(weights_, reader.Raw(count));
  BAYA_ASSIGN_OR_RETURN(const ByteView lengths, reader.Raw(count));
  for (size_t i = 0; i < kinds_.size(); ++i) {
    if (kinds_[i] < static_cast<uint8_t>(AttributeKind::kCategory) ||
        kinds_[i] > static_cast<uint8_t>(AttributeKind::kRegion)) {
      return kBroken;
    }
    if (kinds_[i] == static_cast<uint8_t>(AttributeKind::kRegion) && weights_[i] != 0) {
      return kBroken;
    }
  }
  BAYA_ASSIGN_OR_RETURN(
      names_, ReadTexts(reader, {lengths.begin(), lengths.end()}, 1, kMaxAttributeNameBytes));
  return OkStatus();
}

Status Attributes::ReadItems(codec::Reader& reader, uint32_t count) {
  BAYA_ASSIGN_OR_RETURN(const ByteView counts, reader.Raw(count));
  begins_.reserve(counts.size() + 1);
  for (const uint8_t item_count : counts) {
    if (item_count > kMaxAttributesPerItem) return kBroken;
    begins_.push_back(begins_.back() + item_count);
  }
  BAYA_ASSIGN_OR_RETURN(const auto& gaps, ReadVarints(reader, begins_.back()));
  ids_.resize(gaps.size());
  for (ItemIndex item = 0; item < count; ++item) {
    uint64_t next = 0;
    for (uint32_t i = begins_[item]; i < begins_[item + 1]; ++i) {
      next += gaps[i];
      if (next >= attribute_count()) return kBroken;
      ids_[i] = static_cast<AttributeId>(next++);
    }
  }
  return OkStatus();
}

}  // namespace baya::pack
