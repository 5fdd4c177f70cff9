#include "profile/event.h"

#include <algorithm>
#include <tuple>

#include "codec/utf8.h"
#include "profile/limits.h"
#include "profile/money.h"

namespace baya::profile {
namespace {

constexpr int64_t kMaxTimeMs = int64_t{1} << 53;  // what a JavaScript number counts exactly

// Which parts an event of a kind has.
struct Shape {
  size_t min_items = 0;
  size_t max_items = 0;
  bool order = false;
  bool query = false;
  bool list = false;
  bool page = false;
  bool subject = false;
  bool traits = false;
  bool correction = false;
};

Shape ShapeOf(EventKind kind) {
  switch (kind) {
    case EventKind::kPage:
      return {.page = true};
    case EventKind::kIdentify:
      return {.subject = true, .traits = true};
    case EventKind::kGroup:
      return {.subject = true};
    case EventKind::kOrderCompleted:
      return {.min_items = 1, .max_items = kMaxItemsPerEvent, .order = true};
    case EventKind::kProductsSearched:
      return {.query = true};
    case EventKind::kProductListViewed:
      return {.max_items = kMaxItemsPerEvent, .list = true};
    case EventKind::kCorrection:
      return {.correction = true};
    default:
      return {.min_items = 1, .max_items = 1};
  }
}

constexpr Status kWrongShape =
    kError<StatusCode::kInvalidArgument,
           "the event has a part that its kind does not have, or lacks one">;
constexpr Status kBadPart =
    kError<StatusCode::kInvalidArgument, "a part of the event breaks a limit">;

bool IsTextOrEmpty(std::string_view text, size_t max_bytes) {
  return text.empty() || IsPlainText(text, max_bytes);
}

bool IsPrice(std::optional<int64_t> minor) {
  return !minor || (*minor >= 0 && *minor <= kMaxMinorUnits);
}

bool IsItem(const EventItem& item) {
  return IsPlainText(item.id, kMaxIdBytes) && item.quantity >= 1 && item.quantity <= kMaxQuantity &&
         IsPrice(item.price_minor) && IsTextOrEmpty(item.category, kMaxTextBytes) &&
         IsTextOrEmpty(item.brand, kMaxTextBytes) && IsTextOrEmpty(item.exploring, kMaxTextBytes);
}

bool AreTraits(const std::vector<Trait>& traits) {
  if (traits.size() > kMaxTraitsPerEvent) return false;
  for (size_t i = 0; i < traits.size(); ++i) {
    if (!IsPlainText(traits[i].name, kMaxTraitNameBytes)) return false;
    if (!IsPlainText(traits[i].value, kMaxTraitValueBytes)) return false;
    if (i > 0 && traits[i - 1].name >= traits[i].name) return false;
  }
  return true;
}

bool IsCorrection(const Correction& correction) {
  if (!IsPlainText(correction.field, kMaxTextBytes)) return false;
  switch (correction.action) {
    case CorrectionAction::kSet:
      return IsPlainText(correction.value, kMaxTraitValueBytes);
    case CorrectionAction::kContradict:
    case CorrectionAction::kUndo:
      return correction.value.empty();
  }
  return false;
}

Status ValidateShape(const Event& event) {
  const Shape shape = ShapeOf(event.kind);
  if (event.items.size() < shape.min_items || event.items.size() > shape.max_items) {
    return kWrongShape;
  }
  if (!shape.order && (!event.order_id.empty() || event.total_minor)) return kWrongShape;
  if (event.query.empty() == shape.query) return kWrongShape;
  const bool has_list = !event.list_id.empty() || !event.category.empty();
  if (shape.list && !has_list) return kWrongShape;
  for (const EventItem& item : event.items) {
    if (!shape.list && !item.exploring.empty()) return kWrongShape;
  }
  if (!shape.list && !event.list_id.empty()) return kWrongShape;
  if (!shape.list && !shape.page && !event.category.empty()) return kWrongShape;
  if (!shape.page && !event.name.empty()) return kWrongShape;
  const bool has_subject = !event.subject_id.empty() || (shape.traits && !event.traits.empty());
  if (has_subject != shape.subject) return kWrongShape;
  if (!shape.traits && !event.traits.empty()) return kWrongShape;
  if (event.correction.has_value() != shape.correction) return kWrongShape;
  return OkStatus();
}

Status ValidateMoney(const Event& event) {
  const bool priced = event.total_minor.has_value() ||
                      std::any_of(event.items.begin(), event.items.end(),
                                  [](const EventItem& item) { return item.price_minor; });
  if (priced != !event.currency.empty()) return kWrongShape;
  if (priced && !IsCurrency(event.currency)) return kBadPart;
  return IsPrice(event.total_minor) ? OkStatus() : kBadPart;
}

}  // namespace

bool EventBefore(const Event& a, const Event& b) {
  return std::tie(a.time_ms, a.message_id) < std::tie(b.time_ms, b.message_id);
}

bool IsPlainText(std::string_view text, size_t max_bytes) {
  if (text.empty() || text.size() > max_bytes) return false;
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte < 0x20 || byte == 0x7f) return false;
  }
  return codec::IsUtf8(text);
}

bool IsMessageId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxMessageIdBytes &&
         std::all_of(id.begin(), id.end(), [](char c) { return c >= 0x21 && c <= 0x7e; });
}

Status ValidateEvent(const Event& event) {
  if (!IsEventKind(event.kind) || !IsEventSource(event.source)) return kBadPart;
  if (event.time_ms < 0 || event.time_ms >= kMaxTimeMs) return kBadPart;
  if (!IsMessageId(event.message_id)) return kBadPart;
  BAYA_RETURN_IF_ERROR(ValidateShape(event));
  BAYA_RETURN_IF_ERROR(ValidateMoney(event));
  if (!std::all_of(event.items.begin(), event.items.end(), IsItem)) return kBadPart;
  for (const std::string* id : {&event.order_id, &event.list_id, &event.subject_id}) {
    if (!IsTextOrEmpty(*id, kMaxIdBytes)) return kBadPart;
  }
  for (const std::string* text : {&event.query, &event.category, &event.name}) {
    if (!IsTextOrEmpty(*text, kMaxTextBytes)) return kBadPart;
  }
  if (!AreTraits(event.traits)) return kBadPart;
  if (event.correction && !IsCorrection(*event.correction)) return kBadPart;
  return OkStatus();
}

}  // namespace baya::profile
