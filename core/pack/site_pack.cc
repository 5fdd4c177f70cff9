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

}  // namespace

Result<SitePack> SitePack::Open(Bytes bytes, const Trust& trust) {
  return OpenWith(std::move(bytes), &trust);
}

Result<SitePack> SitePack::OpenFromAnySigner(Bytes bytes) {
  return OpenWith(std::move(bytes), nullptr);
}

Result<SitePack> SitePack::OpenWith(Bytes bytes, const Trust* trust) {
  if (bytes.size() > kMaxPackBytes) {
    return kError<StatusCode::kResourceExhausted, "the site pack is too large">;
  }
  SitePack pack;
  pack.bytes_ = std::move(bytes);
  BAYA_ASSIGN_OR_RETURN(pack.header_, ParseHeader(pack.bytes_));
  if (trust != nullptr) {
    BAYA_RETURN_IF_ERROR(CheckTrust(pack.header_, *trust));
  } else {
    BAYA_RETURN_IF_ERROR(CheckSignature(pack.header_));
  }
  BAYA_RETURN_IF_ERROR(pack.CheckBodies());
  BAYA_RETURN_IF_ERROR(pack.ReadShop());
  return pack;
}

Status SitePack::CheckBodies() const {
  ByteView rest = ByteView(bytes_).subspan(header_.size);
  for (const SectionEntry& entry : header_.sections) {
    if (rest.size() < entry.length)
      return kError<StatusCode::kDataLoss, "the site pack is cut off">;
    if (crypto::Sha256(rest.first(entry.length)) != entry.sha256) {
      return kError<StatusCode::kDataLoss,
                    "a section of the site pack differs from its signed hash">;
    }
    rest = rest.subspan(entry.length);
  }
  if (!rest.empty()) {
    return kError<StatusCode::kInvalidArgument, "the site pack has bytes after its last section">;
  }
  return OkStatus();
}

std::optional<ByteView> SitePack::Section(SectionType type) const {
  size_t begin = header_.size;
  for (const SectionEntry& entry : header_.sections) {
    if (entry.type == static_cast<uint8_t>(type)) {
      return ByteView(bytes_).subspan(begin, entry.length);
    }
    begin += entry.length;
  }
  return std::nullopt;
}

Status SitePack::ReadShop() {
  const auto catalogue = Section(SectionType::kCatalogue);
  const auto model = Section(SectionType::kModel);
  const auto popularity = Section(SectionType::kPopularity);
  const auto attributes = Section(SectionType::kAttributes);
  const auto session = Section(SectionType::kSession);
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
