// What is held about the person and who used it, shown to them.

#include <string>
#include <utility>
#include <variant>

#include "codec/json.h"
#include "consent/limits.h"
#include "engine/device.h"
#include "engine/operations.h"
#include "engine/ops.h"

namespace baya::engine {
namespace {

using codec::JsonValue;
using consent::Operation;
using consent::Purpose;
using profile::Field;

Result<std::vector<Field>> ShowFields(Device& device) {
  BAYA_RETURN_IF_ERROR(device.RequireData());
  BAYA_ASSIGN_OR_RETURN(consent::Use use,
                        device.desk().Check(Purpose::kStore, Operation::kShow, consent::kPerson));
  return device.profile().Fields(std::move(use));
}

JsonValue ValueToJson(const profile::FieldValue& value) {
  if (const int64_t* number = std::get_if<int64_t>(&value)) return *number;
  if (const std::string* text = std::get_if<std::string>(&value)) return *text;
  const auto& money = std::get<profile::Money>(value);
  JsonValue json = JsonValue::Object();
  json.Set("minor", money.minor);
  json.Set("currency", money.currency);
  return json;
}

JsonValue PurposesToJson(consent::PurposeSet purposes) {
  JsonValue list = JsonValue::Array();
  for (const Purpose purpose : {Purpose::kStore, Purpose::kPersonalize, Purpose::kMeasure,
                                Purpose::kTrain, Purpose::kSync, Purpose::kLocation}) {
    if (purposes.Has(purpose)) list.Append(consent::PurposeName(purpose));
  }
  if (purposes.Has(consent::PartnerPurpose(0))) list.Append("partner");
  return list;
}

JsonValue FieldToJson(const Field& field) {
  JsonValue json = JsonValue::Object();
  json.Set("field", field.name);
  json.Set("card", profile::CardName(field.card));
  json.Set("value", ValueToJson(field.value));
  json.Set("origin", profile::OriginName(field.origin));
  json.Set("inferred", field.origin == profile::Origin::kInferred);
  json.Set("contradicted", field.contradicted);
  json.Set("source", profile::EventSourceName(field.source));
  json.Set("purposes", PurposesToJson(field.purposes));
  json.Set("sinceMs", field.since_ms);
  json.Set("updatedMs", field.updated_ms);
  json.Set("lastUsedMs", field.last_used_ms);
  json.Set("expiresMs", field.expires_ms);
  return json;
}

}  // namespace

Result<Bytes> ShowProfile(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeProfileRequest(request).status());
  BAYA_ASSIGN_OR_RETURN(const std::vector<Field> fields, ShowFields(device));
  JsonValue cards = JsonValue::Object();
  for (const profile::Card card : {profile::Card::kWho, profile::Card::kBuying,
                                   profile::Card::kEngagement, profile::Card::kFeelings}) {
    JsonValue list = JsonValue::Array();
    for (const Field& field : fields) {
      if (field.card == card) list.Append(FieldToJson(field));
    }
    cards.Set(profile::CardName(card), std::move(list));
  }
  BAYA_ASSIGN_OR_RETURN(const std::string text, codec::WriteJson(cards));
  return EncodeProfileReply({.profile = text});
}

Result<Bytes> Inventory(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeInventoryRequest(request).status());
  BAYA_ASSIGN_OR_RETURN(const std::vector<Field> fields, ShowFields(device));
  JsonValue list = JsonValue::Array();
  for (const Field& field : fields) list.Append(FieldToJson(field));
  BAYA_ASSIGN_OR_RETURN(const std::string text, codec::WriteJson(list));
  return EncodeInventoryReply({.fields = text});
}

Result<Bytes> ShowAccessLog(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeAccessLogRequest(request).status());
  BAYA_RETURN_IF_ERROR(device.RequireData());
  BAYA_RETURN_IF_ERROR(
      device.desk().Check(Purpose::kStore, Operation::kShow, consent::kPerson).status());
  JsonValue rows = JsonValue::Array();
  for (const auto& [key, count] : device.desk().access_log().entries()) {
    JsonValue row = JsonValue::Object();
    row.Set("hourMs", int64_t{key.hour} * consent::kHourMs);
    row.Set("caller", key.caller);
    row.Set("purpose", consent::PurposeName(key.purpose));
    row.Set("operation", consent::OperationName(key.operation));
    row.Set("allowed", count.allowed);
    row.Set("refused", count.refused);
    rows.Append(std::move(row));
  }
  BAYA_ASSIGN_OR_RETURN(const std::string text, codec::WriteJson(rows));
  return EncodeAccessLogReply({.rows = text});
}

}  // namespace baya::engine
