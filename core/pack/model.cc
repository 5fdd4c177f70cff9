#include "pack/model.h"

#include <algorithm>
#include <cstring>

#include "pack/column.h"
#include "pack/limits.h"
#include "pack/varint.h"

namespace baya::pack {
namespace {

constexpr Status kBroken =
    kError<StatusCode::kInvalidArgument, "the site pack's model breaks its format">;

Result<Blend> ReadBlend(codec::Reader& reader) {
  Blend blend;
  BAYA_ASSIGN_OR_RETURN(blend.half_life_days, reader.U16());
  BAYA_ASSIGN_OR_RETURN(blend.attribute, reader.U16());
  BAYA_ASSIGN_OR_RETURN(blend.repeat, reader.U16());
  BAYA_ASSIGN_OR_RETURN(blend.popularity, reader.U16());
  BAYA_ASSIGN_OR_RETURN(blend.trend, reader.U16());
  return blend;
}

// Two's complement in the low four bits.
int8_t SignedNibble(uint8_t nibble) {
  return static_cast<int8_t>((nibble & 0x0f) < 8 ? (nibble & 0x0f) : (nibble & 0x0f) - 16);
}

}  // namespace

Result<Model> Model::Parse(ByteView section) {
  codec::Reader reader(section);
  Model model;
  BAYA_ASSIGN_OR_RETURN(const uint32_t count, ReadItemCount(reader));
  BAYA_ASSIGN_OR_RETURN(model.blend_, ReadBlend(reader));
  BAYA_ASSIGN_OR_RETURN(model.bits_, reader.U8());
  if (model.bits_ != 4 && model.bits_ != 8) return kBroken;
  BAYA_ASSIGN_OR_RETURN(model.scales_, ReadColumn16(reader, count));
  BAYA_RETURN_IF_ERROR(model.ReadSources(reader));
  BAYA_RETURN_IF_ERROR(model.ReadWeights(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return model;
}

Status Model::ReadSources(codec::Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const ByteView counts, reader.Raw(size()));
  begins_.reserve(counts.size() + 1);
  begins_.push_back(0);
  for (const uint8_t count : counts) {
    if (count > kMaxSourcesPerItem) return kBroken;
    begins_.push_back(begins_.back() + count);
  }
  const uint32_t total = begins_.back();
  BAYA_ASSIGN_OR_RETURN(const ByteView low, reader.Raw(total));
  BAYA_ASSIGN_OR_RETURN(sources_, ReadVarints(reader, total));
  for (ItemIndex item = 0; item < size(); ++item) {
    if (!DecodeRow(item, low.data())) return kBroken;
  }
  return OkStatus();
}

// Of the high parts of the gaps, in place. False when one leads to `item` or past the last.
bool Model::DecodeRow(ItemIndex item, const uint8_t* low) {
  const uint64_t count = size();
  const uint32_t end = begins_[item + 1];
  ItemIndex* const sources = sources_.data();
  uint64_t next = 0;
  for (uint32_t i = begins_[item]; i < end; ++i) {
    next += (static_cast<uint64_t>(sources[i]) << 8) + low[i];
    if (next >= count || next == item) return false;
    sources[i] = static_cast<ItemIndex>(next++);
  }
  return true;
}

Status Model::ReadWeights(codec::Reader& reader) {
  const size_t total = sources_.size();
  weights_.resize(total);
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Raw(bits_ == 8 ? total : (total + 1) / 2));
  if (bits_ == 8) {
    // The most negative value has no counterpart and would break the bound on a sum.
    if (std::find(bytes.begin(), bytes.end(), 0x80) != bytes.end()) return kBroken;
    if (total > 0) std::memcpy(weights_.data(), bytes.data(), total);
    return OkStatus();
  }
  int8_t* const weights = weights_.data();
  for (size_t i = 0; i < total; ++i) {
    weights[i] = SignedNibble(static_cast<uint8_t>(bytes[i / 2] >> (i % 2 * 4)));
  }
  return total % 2 == 1 && bytes.back() >> 4 != 0 ? kBroken : OkStatus();
}

}  // namespace baya::pack
