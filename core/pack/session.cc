#include "pack/session.h"

#include "codec/tls.h"
#include "pack/limits.h"

namespace baya::pack {

Result<SessionModel> SessionModel::Parse(ByteView section) {
  codec::Reader reader(section);
  SessionModel session;
  BAYA_ASSIGN_OR_RETURN(const uint8_t count, reader.U8());
  if (count == 0 || count > kMaxSessionItems) {
    return kError<StatusCode::kInvalidArgument, "the site pack's session breaks its format">;
  }
  for (uint8_t i = 0; i < count; ++i) {
    BAYA_ASSIGN_OR_RETURN(const uint16_t decay, reader.U16());
    session.decay_.push_back(decay);
  }
  BAYA_ASSIGN_OR_RETURN(const uint16_t seen_again, reader.U16());
  session.seen_again_ = static_cast<int16_t>(seen_again);
  BAYA_ASSIGN_OR_RETURN(const ByteView table, reader.Raw(reader.remaining()));
  BAYA_ASSIGN_OR_RETURN(session.table_, Model::Parse(table));
  return session;
}

}  // namespace baya::pack
