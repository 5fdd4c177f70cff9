#include "pack/catalogue.h"

#include <algorithm>
#include <numeric>

#include "base/sort.h"
#include "pack/limits.h"
#include "pack/varint.h"

namespace baya::pack {
namespace {

Result<std::vector<uint32_t>> ReadVarints(codec::Reader& reader, uint32_t count) {
  if (reader.remaining() < count) {
    return kError<StatusCode::kInvalidArgument, "the catalogue is shorter than its item count">;
  }
  std::vector<uint32_t> values(count);
  for (uint32_t& value : values) {
    BAYA_ASSIGN_OR_RETURN(value, ReadVarint(reader));
  }
  return values;
}

}  // namespace

Result<Catalogue> Catalogue::Parse(ByteView section) {
  codec::Reader reader(section);
  BAYA_ASSIGN_OR_RETURN(const uint32_t count, ReadItemCount(reader));
  BAYA_ASSIGN_OR_RETURN(const ByteView currency, reader.Raw(3));
  Catalogue catalogue;
  catalogue.currency_ = AsText(currency);
  BAYA_RETURN_IF_ERROR(catalogue.ReadItems(reader, count));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  BAYA_RETURN_IF_ERROR(catalogue.IndexIds());
  return catalogue;
}

Status Catalogue::ReadItems(codec::Reader& reader, uint32_t count) {
  BAYA_ASSIGN_OR_RETURN(const auto& id_lengths, ReadVarints(reader, count));
  BAYA_ASSIGN_OR_RETURN(const auto& title_lengths, ReadVarints(reader, count));
  BAYA_ASSIGN_OR_RETURN(prices_, ReadVarints(reader, count));
  BAYA_ASSIGN_OR_RETURN(flags_, reader.Raw(count));
  BAYA_ASSIGN_OR_RETURN(ids_, ReadTexts(reader, id_lengths, 1, kMaxItemIdBytes));
  BAYA_ASSIGN_OR_RETURN(titles_, ReadTexts(reader, title_lengths, 0, kMaxTitleBytes));
  return OkStatus();
}

Status Catalogue::IndexIds() {
  by_id_.resize(size());
  std::iota(by_id_.begin(), by_id_.end(), 0);
  StableSort(by_id_, [this](ItemIndex a, ItemIndex b) { return ids_[a] < ids_[b]; });
  const auto same = std::adjacent_find(by_id_.begin(), by_id_.end(),
                                       [this](auto a, auto b) { return ids_[a] == ids_[b]; });
  if (same != by_id_.end()) {
    return kError<StatusCode::kInvalidArgument, "two items of the catalogue have the same id">;
  }
  return OkStatus();
}

std::optional<ItemIndex> Catalogue::Find(std::string_view id) const {
  const auto found = std::lower_bound(
      by_id_.begin(), by_id_.end(), id,
      [this](ItemIndex item, std::string_view wanted) { return ids_[item] < wanted; });
  if (found == by_id_.end() || ids_[*found] != id) return std::nullopt;
  return *found;
}

}  // namespace baya::pack
