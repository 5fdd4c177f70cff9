#include "pack/trust.h"

#include <algorithm>

namespace baya::pack {

Status CheckTrust(const Header& header, const Trust& trust) {
  if (header.key != trust.pinned_key && header.key != trust.next_key) {
    return kError<StatusCode::kPermissionDenied, "the site pack is signed by an unknown key">;
  }
  BAYA_RETURN_IF_ERROR(CheckSignature(header));
  if (header.site != trust.site) {
    return kError<StatusCode::kPermissionDenied, "the site pack belongs to another site">;
  }
  const bool newer = header.version > trust.highest_version;
  const bool takes_back = header.replaces != 0 && header.replaces == trust.highest_version;
  if (!newer && !takes_back && trust.current != PackId(header)) {
    return kError<StatusCode::kFailedPrecondition,
                  "the site pack is older than one already accepted">;
  }
  return OkStatus();
}

Trust After(const Header& header, Trust trust) {
  trust.highest_version = std::max(trust.highest_version, header.version);
  trust.current = PackId(header);
  if (header.next_key) trust.next_key = header.next_key;
  return trust;
}

}  // namespace baya::pack
