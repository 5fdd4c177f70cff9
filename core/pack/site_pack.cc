#include "pack/site_pack.h"

#include "pack/limits.h"

namespace baya::pack {
namespace {

bool SpeakOfTheSameItems(const Shop& shop) {
  const uint32_t count = shop.catalogue.size();
  return shop.model.size() == count && shop.popularity.size() == count &&
         shop.attributes.item_count() == count &&
         (!shop.session || shop.session->table().size() == count) &&
         (!shop.repeat || shop.repeat->size() == count);
}

// Unpacked into tables of their own.
bool IsTable(uint8_t type) {
  return type == static_cast<uint8_t>(SectionType::kModel) ||
         type == static_cast<uint8_t>(SectionType::kSession);
}

Status CheckBodies(ByteView file, const Header& header, ByteView sha256) {
  const std::vector<SectionEntry>& sections = header.sections;
  if (!sha256.empty() && sha256.size() != sections.size() * crypto::kSha256Bytes) {
    return kError<StatusCode::kInvalidArgument, "not one digest for each section of the site pack">;
  }
  ByteView rest = file.subspan(header.size);
  for (size_t i = 0; i < sections.size(); ++i) {
    const size_t length = sections[i].length;
    if (rest.size() < length) return kError<StatusCode::kDataLoss, "the site pack is cut off">;
    const size_t at = i * crypto::kSha256Bytes;
    const bool same =
        sha256.empty() ? crypto::Sha256(rest.first(length)) == sections[i].sha256
                       : BytesEqual(sha256.subspan(at, crypto::kSha256Bytes), sections[i].sha256);
    if (!same) {
      return kError<StatusCode::kDataLoss,
                    "a section of the site pack differs from its signed hash">;
    }
    rest = rest.subspan(length);
  }
  if (!rest.empty()) {
    return kError<StatusCode::kInvalidArgument, "the site pack has bytes after its last section">;
  }
  return OkStatus();
}

// Of bytes that hold the front and the bodies of those sections that `holds` says.
template <typename Holds>
std::optional<ByteView> Body(ByteView bytes, const Header& header, SectionType type, Holds holds) {
  size_t begin = header.size;
  for (const SectionEntry& entry : header.sections) {
    if (!holds(entry.type)) continue;
    if (entry.type == static_cast<uint8_t>(type)) return bytes.subspan(begin, entry.length);
    begin += entry.length;
  }
  return std::nullopt;
}

}  // namespace

Result<SitePack> SitePack::Open(ByteView file, const Trust& trust, ByteView sha256) {
  return OpenWith(file, &trust, sha256);
}

Result<SitePack> SitePack::OpenFromAnySigner(ByteView file) { return OpenWith(file, nullptr, {}); }

Result<SitePack> SitePack::OpenWith(ByteView file, const Trust* trust, ByteView sha256) {
  if (file.size() > kMaxPackBytes) {
    return kError<StatusCode::kResourceExhausted, "the site pack is too large">;
  }
  BAYA_ASSIGN_OR_RETURN(const Header& header, ParseHeader(file));
  if (trust != nullptr) {
    BAYA_RETURN_IF_ERROR(CheckTrust(header, *trust));
  } else {
    BAYA_RETURN_IF_ERROR(CheckSignature(header));
  }
  BAYA_RETURN_IF_ERROR(CheckBodies(file, header, sha256));
  SitePack pack;
  size_t end = header.size;
  pack.bytes_ = ToBytes(file.first(end));
  for (const SectionEntry& entry : header.sections) {
    const ByteView body = file.subspan(end, entry.length);
    if (!IsTable(entry.type)) pack.bytes_.insert(pack.bytes_.end(), body.begin(), body.end());
    end += entry.length;
  }
  BAYA_ASSIGN_OR_RETURN(pack.header_, ParseHeader(pack.bytes_));
  BAYA_RETURN_IF_ERROR(pack.ReadShop(file));
  return pack;
}

std::optional<ByteView> SitePack::Section(SectionType type) const {
  return Body(bytes_, header_, type, [](uint8_t other) { return !IsTable(other); });
}

Status SitePack::ReadShop(ByteView file) {
  const auto table = [&](SectionType type) {
    return Body(file, header_, type, [](uint8_t) { return true; });
  };
  const auto catalogue = Section(SectionType::kCatalogue);
  const auto model = table(SectionType::kModel);
  const auto popularity = Section(SectionType::kPopularity);
  const auto attributes = Section(SectionType::kAttributes);
  const auto session = table(SectionType::kSession);
  const auto repeat = Section(SectionType::kRepeat);
  const bool whole = catalogue && model && popularity && attributes;
  const bool none = !catalogue && !model && !popularity && !attributes && !session && !repeat;
  if (none) return OkStatus();
  if (!whole) {
    return kError<StatusCode::kInvalidArgument,
                  "the site pack has some of the sections of a shop, but not all">;
  }
  auto shop = std::make_unique<Shop>();
  BAYA_ASSIGN_OR_RETURN(shop->catalogue, Catalogue::Parse(*catalogue));
  BAYA_ASSIGN_OR_RETURN(shop->model, Model::Parse(*model));
  BAYA_ASSIGN_OR_RETURN(shop->popularity, Popularity::Parse(*popularity));
  BAYA_ASSIGN_OR_RETURN(shop->attributes, Attributes::Parse(*attributes));
  if (session) {
    BAYA_ASSIGN_OR_RETURN(shop->session, SessionModel::Parse(*session));
  }
  if (repeat) {
    BAYA_ASSIGN_OR_RETURN(shop->repeat, Repeat::Parse(*repeat));
  }
  if (!SpeakOfTheSameItems(*shop)) {
    return kError<StatusCode::kInvalidArgument,
                  "the sections of the site pack speak of different numbers of items">;
  }
  shop_ = std::move(shop);
  return OkStatus();
}

}  // namespace baya::pack
