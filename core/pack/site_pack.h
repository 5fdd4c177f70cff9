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

// Keeps what its parts borrow from: the file without the tables of pairs, which were unpacked.
// Moving it keeps them valid; it cannot be copied.
class SitePack {
 public:
  // `file` is not used afterwards.
  //
  // Errors: those of ParseHeader and CheckTrust, then kDataLoss (cut off, or a section that does
  // not match its signed hash) and kInvalidArgument (bytes left over, a section against its
  // format); kResourceExhausted (past a limit of pack/limits.h).
  //
  //   sha256  the digests of all sections in their order, computed over these very bytes by a host
  //           that does so faster; when empty, they are computed here
  static Result<SitePack> Open(ByteView file, const Trust& trust, ByteView sha256 = {});

  // As Open, but by whoever signed it: for tools that look into a pack, never for a device.
  static Result<SitePack> OpenFromAnySigner(ByteView file);

  SitePack(SitePack&&) = default;
  SitePack& operator=(SitePack&&) = default;
  SitePack(const SitePack&) = delete;
  SitePack& operator=(const SitePack&) = delete;

  const Header& header() const { return header_; }

  // Null when the pack ranks nothing, such as a partner's with questions alone. Stays where it is
  // when the pack is moved.
  const Shop* shop() const { return shop_.get(); }

  // The body of a section that is not a table of pairs; nullopt when the pack has none.
  std::optional<ByteView> Section(SectionType type) const;

 private:
  SitePack() = default;
  static Result<SitePack> OpenWith(ByteView file, const Trust* trust, ByteView sha256);
  Status ReadShop(ByteView file);

  Bytes bytes_;  // the front and the bodies that are kept, in the order of the file
  Header header_;
  std::unique_ptr<const Shop> shop_;
};

}  // namespace baya::pack
