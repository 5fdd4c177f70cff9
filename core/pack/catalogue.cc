#include "pack/catalogue.h"

#include <bit>

#include "pack/limits.h"
#include "pack/varint.h"

namespace baya::pack {
namespace {

// FNV-1a (Fowler, Noll & Vo), 32 bits.
uint32_t HashOf(std::string_view id) {
  uint32_t hash = 2166136261;
  for (const char c : id) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619;
  return hash;
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
  slots_.resize(std::bit_ceil(2 * size_t{size()} + 1));
  for (ItemIndex item = 0; item < size(); ++item) {
    uint32_t& slot = slots_[SlotOf(ids_[item])];
    if (slot != 0) {
      return kError<StatusCode::kInvalidArgument, "two items of the catalogue have the same id">;
    }
    slot = item + 1;
  }
  return OkStatus();
}

size_t Catalogue::SlotOf(std::string_view id) const {
  const size_t mask = slots_.size() - 1;
  size_t slot = HashOf(id) & mask;
  while (slots_[slot] != 0 && ids_[slots_[slot] - 1] != id) slot = (slot + 1) & mask;
  return slot;
}

std::optional<ItemIndex> Catalogue::Find(std::string_view id) const {
  const uint32_t found = slots_[SlotOf(id)];
  if (found == 0) return std::nullopt;
  return found - 1;
}

}  // namespace baya::pack
