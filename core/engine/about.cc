#include "engine/about.h"

#include "engine/ops.h"
#include "vdaf/draft.h"

namespace baya::engine {

Result<Bytes> About(ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeAboutRequest(request).status());
  return EncodeAboutReply({.abi_version = kAbiVersion,
                           .package_version = BAYA_VERSION,
                           .vdaf_draft = vdaf::kDraft,
                           .vdaf_version = vdaf::kVersion});
}

}  // namespace baya::engine
