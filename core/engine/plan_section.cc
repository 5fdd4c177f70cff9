#include "engine/plan_section.h"

#include <utility>

#include "codec/tls.h"
#include "codec/utf8.h"

namespace baya::engine {
namespace {

using codec::Reader;

constexpr uint8_t kFormat = 1;
constexpr size_t kCurrencyBytes = 3;

constexpr Status kMalformed = kError<StatusCode::kInvalidArgument, "the site's plan is malformed">;

Status TakeText(ByteView bytes, std::string_view& out) {
  out = AsText(bytes);
  return codec::IsUtf8(out) ? OkStatus() : kMalformed;
}

Result<PlanText> ReadText(Reader& reader) {
  PlanText text;
  BAYA_ASSIGN_OR_RETURN(const uint16_t purpose, reader.U16());
  text.purpose = static_cast<consent::Purpose>(purpose);
  if (!consent::IsPurpose(text.purpose)) return kMalformed;
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Opaque16());
  BAYA_RETURN_IF_ERROR(TakeText(bytes, text.text));
  return text;
}

Result<profile::PlannedField> ReadField(Reader& reader) {
  profile::PlannedField field;
  BAYA_ASSIGN_OR_RETURN(const uint8_t bits, reader.U8());
  BAYA_ASSIGN_OR_RETURN(field.purposes, consent::PurposeSet::FromBits(bits));
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Opaque8());
  std::string_view name;
  BAYA_RETURN_IF_ERROR(TakeText(bytes, name));
  field.name = name;
  return field;
}

Result<PlanPromotion> ReadPromotion(Reader& reader) {
  PlanPromotion promotion;
  BAYA_ASSIGN_OR_RETURN(const ByteView item, reader.Opaque8());
  BAYA_RETURN_IF_ERROR(TakeText(item, promotion.item));
  BAYA_ASSIGN_OR_RETURN(promotion.place, reader.U8());
  BAYA_ASSIGN_OR_RETURN(promotion.boost, reader.U16());
  BAYA_ASSIGN_OR_RETURN(const ByteView reason, reader.Opaque8());
  BAYA_RETURN_IF_ERROR(TakeText(reason, promotion.reason));
  return promotion;
}

Status ReadFlags(Reader& reader, PlanSection& plan) {
  BAYA_ASSIGN_OR_RETURN(const uint8_t memory_only, reader.U8());
  if (memory_only > 1) return kMalformed;
  plan.memory_only_session = memory_only == 1;
  return OkStatus();
}

}  // namespace

Result<Bytes> EncodePlanSection(const PlanSection& plan) {
  codec::Writer writer;
  writer.U8(kFormat);
  writer.Raw(AsBytes(plan.currency));
  writer.U16(plan.retention_days);
  writer.U8(plan.memory_only_session ? 1 : 0);
  writer.Opaque8(AsBytes(plan.text_version));
  writer.U16(plan.max_age_days);
  writer.Vector32([&](codec::Writer& texts) {
    for (const PlanText& text : plan.texts) {
      texts.U16(static_cast<uint16_t>(text.purpose));
      texts.Opaque16(AsBytes(text.text));
    }
  });
  writer.Vector32([&](codec::Writer& fields) {
    for (const profile::PlannedField& field : plan.fields) {
      fields.U8(field.purposes.bits());
      fields.Opaque8(AsBytes(field.name));
    }
  });
  writer.U32(plan.budget_epsilon_micro);
  writer.Vector32([&](codec::Writer& promotions) {
    for (const PlanPromotion& promotion : plan.promotions) {
      promotions.Opaque8(AsBytes(promotion.item));
      promotions.U8(promotion.place);
      promotions.U16(promotion.boost);
      promotions.Opaque8(AsBytes(promotion.reason));
    }
  });
  writer.U16(plan.exploration_permille);
  return std::move(writer).Finish();
}

Result<PlanSection> DecodePlanSection(ByteView bytes) {
  Reader reader(bytes);
  PlanSection plan;
  BAYA_ASSIGN_OR_RETURN(const uint8_t format, reader.U8());
  if (format != kFormat) {
    return kError<StatusCode::kUnimplemented, "the site's plan is of a later format">;
  }
  BAYA_ASSIGN_OR_RETURN(const ByteView currency, reader.Raw(kCurrencyBytes));
  plan.currency = AsText(currency);
  BAYA_ASSIGN_OR_RETURN(plan.retention_days, reader.U16());
  BAYA_RETURN_IF_ERROR(ReadFlags(reader, plan));
  BAYA_ASSIGN_OR_RETURN(const ByteView text_version, reader.Opaque8());
  BAYA_RETURN_IF_ERROR(TakeText(text_version, plan.text_version));
  BAYA_ASSIGN_OR_RETURN(plan.max_age_days, reader.U16());
  BAYA_ASSIGN_OR_RETURN(Reader texts, reader.Vector32());
  while (texts.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(const PlanText& text, ReadText(texts));
    plan.texts.push_back(text);
  }
  BAYA_ASSIGN_OR_RETURN(Reader fields, reader.Vector32());
  while (fields.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto&& field, ReadField(fields));
    plan.fields.push_back(std::move(field));
  }
  BAYA_ASSIGN_OR_RETURN(plan.budget_epsilon_micro, reader.U32());
  BAYA_ASSIGN_OR_RETURN(Reader promotions, reader.Vector32());
  while (promotions.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(const PlanPromotion& promotion, ReadPromotion(promotions));
    plan.promotions.push_back(promotion);
  }
  BAYA_ASSIGN_OR_RETURN(plan.exploration_permille, reader.U16());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return plan;
}

}  // namespace baya::engine
