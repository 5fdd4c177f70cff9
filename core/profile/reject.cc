#include "profile/reject.h"

namespace baya::profile {

std::string_view RejectName(Reject reject) {
  switch (reject) {
    case Reject::kNone:
      return "none";
    case Reject::kMalformed:
      return "malformed";
    case Reject::kTooLarge:
      return "too_large";
    case Reject::kUnknownEvent:
      return "unknown_event";
    case Reject::kBadMessageId:
      return "bad_message_id";
    case Reject::kMissingField:
      return "missing_field";
    case Reject::kFieldNotPlanned:
      return "field_not_planned";
    case Reject::kWrongType:
      return "wrong_type";
    case Reject::kBadText:
      return "bad_text";
    case Reject::kBadQuantity:
      return "bad_quantity";
    case Reject::kBadPrice:
      return "bad_price";
    case Reject::kBadCurrency:
      return "bad_currency";
    case Reject::kTooMany:
      return "too_many";
    case Reject::kFromTheFuture:
      return "from_the_future";
    case Reject::kTooOld:
      return "too_old";
  }
  return "unknown";
}

}  // namespace baya::profile
