#include "pack/repeat.h"

#include "pack/column.h"

namespace baya::pack {

Result<Repeat> Repeat::Parse(ByteView section) {
  codec::Reader reader(section);
  Repeat repeat;
  BAYA_ASSIGN_OR_RETURN(const uint32_t count, ReadItemCount(reader));
  BAYA_ASSIGN_OR_RETURN(const uint16_t context, reader.U16());
  repeat.context_ = static_cast<int16_t>(context);
  for (int16_t& points : repeat.points_) {
    BAYA_ASSIGN_OR_RETURN(const uint16_t value, reader.U16());
    points = static_cast<int16_t>(value);
  }
  for (int16_t& slope : repeat.slopes_) {
    BAYA_ASSIGN_OR_RETURN(const uint16_t value, reader.U16());
    slope = static_cast<int16_t>(value);
  }
  BAYA_ASSIGN_OR_RETURN(repeat.items_, reader.Raw(count));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return repeat;
}

}  // namespace baya::pack
