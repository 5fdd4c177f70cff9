// A site pack that has been checked and can be used.
//
// Format: core/docs/formats/pack.md.
#pragma once

#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "pack/attributes.h"
#include "pack/catalogue.h"
#include "pack/header.h"
#include "pack/model.h"
#include "pack/popularity.h"
#include "pack/repeat.h"
#include "pack/session.h"
#include "pack/trust.h"

namespace baya::pack {

// The sections that rank a shelf, four of which it needs; they speak of the same items.
struct Shop {
  Catalogue catalogue;
  Model model;
  Popularity popularity;
  Attributes attributes;
  std::optional<SessionModel> session;
  std::optional<Repeat> repeat;  // of a shop whose log was long enough
};

// Owns the bytes that its parts borrow from. Moving it keeps them valid; it cannot be copied.
class SitePack {
 public:
  // Errors: those of ParseHeader and CheckTrust, then kDataLoss (cut off, or a section that does
  // not match its signed hash) and kInvalidArgument (bytes left over, a section against its
  // format); kResourceExhausted (past a limit of pack/limits.h).
  static Result<SitePack> Open(Bytes bytes, const Trust& trust);

  // As Open, but by whoever signed it: for tools that look into a pack, never for a device.
  static Result<SitePack> OpenFromAnySigner(Bytes bytes);

  SitePack(SitePack&&) = default;
  SitePack& operator=(SitePack&&) = default;
  SitePack(const SitePack&) = delete;
  SitePack& operator=(const SitePack&) = delete;

  const Header& header() const { return header_; }

  // Null when the pack ranks nothing, such as a partner's with questions alone. Stays where it is
  // when the pack is moved.
  const Shop* shop() const { return shop_.get(); }

  // The body of a section, whatever its type; nullopt when the pack has none.
  std::optional<ByteView> Section(SectionType type) const;

 private:
  SitePack() = default;
  static Result<SitePack> OpenWith(Bytes bytes, const Trust* trust);
  Status CheckBodies() const;
  Status ReadShop();

  Bytes bytes_;
  Header header_;
  std::unique_ptr<const Shop> shop_;
};

}  // namespace baya::pack
