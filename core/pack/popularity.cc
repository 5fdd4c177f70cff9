#include "pack/popularity.h"

#include "pack/column.h"

namespace baya::pack {

Result<Popularity> Popularity::Parse(ByteView section) {
  codec::Reader reader(section);
  BAYA_ASSIGN_OR_RETURN(const uint32_t count, ReadItemCount(reader));
  Popularity popularity;
  BAYA_ASSIGN_OR_RETURN(popularity.level_, reader.Raw(count));
  BAYA_ASSIGN_OR_RETURN(popularity.trend_, reader.Raw(count));
  BAYA_ASSIGN_OR_RETURN(popularity.repeat_rate_, reader.Raw(count));
  BAYA_ASSIGN_OR_RETURN(popularity.repeat_days_, reader.Raw(count));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return popularity;
}

}  // namespace baya::pack
