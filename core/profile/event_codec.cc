// The stored bytes of an event: core/docs/formats/event.md §2.

#include <utility>

#include "codec/tls.h"
#include "profile/event.h"
#include "profile/limits.h"

namespace baya::profile {
namespace {

constexpr uint8_t kVersion = 1;

// Parts come in ascending order of these; only items and traits come more than once.
enum class Part : uint8_t {
  kCurrency = 1,
  kItem = 2,
  kTotal = 3,
  kOrderId = 4,
  kQuery = 5,
  kListId = 6,
  kCategory = 7,
  kName = 8,
  kSubjectId = 9,
  kTrait = 10,
  kCorrection = 11,
};

// Of an item.
constexpr uint8_t kPriced = 1;
constexpr uint8_t kGift = 2;
constexpr uint8_t kExploring = 4;

constexpr Status kMalformed = kError<StatusCode::kInvalidArgument, "a stored event is malformed">;

bool MayRepeat(Part part) { return part == Part::kItem || part == Part::kTrait; }

template <typename Body>
void WritePart(codec::Writer& writer, Part part, Body&& body) {
  writer.U8(static_cast<uint8_t>(part));
  writer.Vector16(body);
}

void WriteText(codec::Writer& writer, Part part, const std::string& text) {
  if (text.empty()) return;
  WritePart(writer, part, [&text](codec::Writer& value) { value.Raw(AsBytes(text)); });
}

void WriteItem(codec::Writer& writer, const EventItem& item) {
  writer.Opaque8(AsBytes(item.id));
  writer.U32(item.quantity);
  writer.U8(static_cast<uint8_t>((item.price_minor ? kPriced : 0) | (item.gift ? kGift : 0) |
                                 (item.exploring.empty() ? 0 : kExploring)));
  if (item.price_minor) writer.U64(static_cast<uint64_t>(*item.price_minor));
  writer.Opaque8(AsBytes(item.category));
  writer.Opaque8(AsBytes(item.brand));
  if (!item.exploring.empty()) writer.Raw(AsBytes(item.exploring));
}

void WriteParts(codec::Writer& writer, const Event& event) {
  WriteText(writer, Part::kCurrency, event.currency);
  for (const EventItem& item : event.items) {
    WritePart(writer, Part::kItem, [&item](codec::Writer& value) { WriteItem(value, item); });
  }
  if (event.total_minor) {
    WritePart(writer, Part::kTotal, [&event](codec::Writer& value) {
      value.U64(static_cast<uint64_t>(*event.total_minor));
    });
  }
  WriteText(writer, Part::kOrderId, event.order_id);
  WriteText(writer, Part::kQuery, event.query);
  WriteText(writer, Part::kListId, event.list_id);
  WriteText(writer, Part::kCategory, event.category);
  WriteText(writer, Part::kName, event.name);
  WriteText(writer, Part::kSubjectId, event.subject_id);
  for (const Trait& trait : event.traits) {
    WritePart(writer, Part::kTrait, [&trait](codec::Writer& value) {
      value.Opaque8(AsBytes(trait.name));
      value.Raw(AsBytes(trait.value));
    });
  }
  if (event.correction) {
    WritePart(writer, Part::kCorrection, [&event](codec::Writer& value) {
      value.U8(static_cast<uint8_t>(event.correction->action));
      value.Opaque8(AsBytes(event.correction->field));
      value.Raw(AsBytes(event.correction->value));
    });
  }
}

std::string TakeRest(codec::Reader& reader) {
  // As many as remain are there.
  return std::string(AsText(reader.Raw(reader.remaining()).value()));
}

Status ReadText(codec::Reader& reader, std::string& text) {
  if (reader.remaining() == 0) return kMalformed;  // not said is no part at all
  text = TakeRest(reader);
  return OkStatus();
}

Result<int64_t> ReadMinorUnits(codec::Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint64_t minor, reader.U64());
  if (minor > static_cast<uint64_t>(kMaxMinorUnits)) return kMalformed;
  return static_cast<int64_t>(minor);
}

Result<EventItem> ReadItem(codec::Reader& reader) {
  EventItem item;
  BAYA_ASSIGN_OR_RETURN(const ByteView id, reader.Opaque8());
  item.id = AsText(id);
  BAYA_ASSIGN_OR_RETURN(item.quantity, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const uint8_t flags, reader.U8());
  if (flags > (kPriced | kGift | kExploring)) return kMalformed;
  item.gift = (flags & kGift) != 0;
  if ((flags & kPriced) != 0) {
    BAYA_ASSIGN_OR_RETURN(item.price_minor, ReadMinorUnits(reader));
  }
  BAYA_ASSIGN_OR_RETURN(const ByteView category, reader.Opaque8());
  item.category = AsText(category);
  BAYA_ASSIGN_OR_RETURN(const ByteView brand, reader.Opaque8());
  item.brand = AsText(brand);
  if ((flags & kExploring) != 0) BAYA_RETURN_IF_ERROR(ReadText(reader, item.exploring));
  return item;
}

Result<Correction> ReadCorrection(codec::Reader& reader) {
  Correction correction;
  BAYA_ASSIGN_OR_RETURN(const uint8_t action, reader.U8());
  correction.action = static_cast<CorrectionAction>(action);
  BAYA_ASSIGN_OR_RETURN(const ByteView field, reader.Opaque8());
  correction.field = AsText(field);
  correction.value = TakeRest(reader);
  return correction;
}

Status ReadPart(Part part, codec::Reader& value, Event& event) {
  switch (part) {
    case Part::kCurrency:
      return ReadText(value, event.currency);
    case Part::kItem: {
      if (event.items.size() == kMaxItemsPerEvent) return kMalformed;
      BAYA_ASSIGN_OR_RETURN(auto&& item, ReadItem(value));
      event.items.push_back(std::move(item));
      return OkStatus();
    }
    case Part::kTotal: {
      BAYA_ASSIGN_OR_RETURN(event.total_minor, ReadMinorUnits(value));
      return OkStatus();
    }
    case Part::kOrderId:
      return ReadText(value, event.order_id);
    case Part::kQuery:
      return ReadText(value, event.query);
    case Part::kListId:
      return ReadText(value, event.list_id);
    case Part::kCategory:
      return ReadText(value, event.category);
    case Part::kName:
      return ReadText(value, event.name);
    case Part::kSubjectId:
      return ReadText(value, event.subject_id);
    case Part::kTrait: {
      if (event.traits.size() == kMaxTraitsPerEvent) return kMalformed;
      BAYA_ASSIGN_OR_RETURN(const ByteView name, value.Opaque8());
      event.traits.push_back({std::string(AsText(name)), TakeRest(value)});
      return OkStatus();
    }
    case Part::kCorrection: {
      BAYA_ASSIGN_OR_RETURN(event.correction, ReadCorrection(value));
      return OkStatus();
    }
  }
  return kMalformed;
}

Status ReadParts(codec::Reader parts, Event& event) {
  uint8_t last = 0;
  while (parts.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(const uint8_t tag, parts.U8());
    const Part part = static_cast<Part>(tag);
    if (tag < last || (tag == last && !MayRepeat(part))) return kMalformed;
    last = tag;
    BAYA_ASSIGN_OR_RETURN(codec::Reader value, parts.Vector16());
    BAYA_RETURN_IF_ERROR(ReadPart(part, value, event));
    BAYA_RETURN_IF_ERROR(value.Finish());
  }
  return OkStatus();
}

}  // namespace

Result<Bytes> EncodeEvent(const Event& event) {
  BAYA_RETURN_IF_ERROR(ValidateEvent(event));
  codec::Writer writer;
  writer.U8(kVersion);
  writer.U8(static_cast<uint8_t>(event.kind));
  writer.U8(static_cast<uint8_t>(event.source));
  writer.U64(static_cast<uint64_t>(event.time_ms));
  writer.Opaque8(AsBytes(event.message_id));
  writer.Vector16([&event](codec::Writer& parts) { WriteParts(parts, event); });
  Result<Bytes> bytes = std::move(writer).Finish();
  if (!bytes.ok() || bytes->size() > kMaxEventBytes) {
    return kError<StatusCode::kResourceExhausted, "an event has more than 64 KiB">;
  }
  return bytes;
}

Result<Event> DecodeEvent(ByteView bytes) {
  if (bytes.size() > kMaxEventBytes) return kMalformed;
  codec::Reader reader(bytes);
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kVersion) {
    return kError<StatusCode::kUnimplemented, "a stored event has an unknown version">;
  }
  Event event;
  BAYA_ASSIGN_OR_RETURN(const uint8_t kind, reader.U8());
  event.kind = static_cast<EventKind>(kind);
  BAYA_ASSIGN_OR_RETURN(const uint8_t source, reader.U8());
  event.source = static_cast<EventSource>(source);
  BAYA_ASSIGN_OR_RETURN(const uint64_t time_ms, reader.U64());
  event.time_ms = static_cast<int64_t>(time_ms);
  BAYA_ASSIGN_OR_RETURN(const ByteView message_id, reader.Opaque8());
  event.message_id = AsText(message_id);
  BAYA_ASSIGN_OR_RETURN(codec::Reader parts, reader.Vector16());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  BAYA_RETURN_IF_ERROR(ReadParts(parts, event));
  BAYA_RETURN_IF_ERROR(ValidateEvent(event));
  return event;
}

}  // namespace baya::profile
