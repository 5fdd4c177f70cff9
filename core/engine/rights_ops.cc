// What is held about the person and who used it, shown to them.

#include <string>
#include <utility>

#include "codec/json_writer.h"
#include "consent/limits.h"
#include "engine/device.h"
#include "engine/operations.h"
#include "engine/ops.h"
#include "profile/field_json.h"

namespace baya::engine {
namespace {

using codec::JsonWriter;
using consent::Operation;
using consent::Purpose;
using profile::Field;

Result<std::vector<Field>> ShowFields(Device& device) {
  BAYA_RETURN_IF_ERROR(device.RequireData());
  BAYA_ASSIGN_OR_RETURN(auto&& use,
                        device.desk().Check(Purpose::kStore, Operation::kShow, consent::kPerson));
  return device.profile().Fields(std::move(use));
}

// Members ascend by name.
void WriteField(JsonWriter& json, const Field& field) {
  json.BeginObject();
  json.Text("card", profile::CardName(field.card));
  json.Bool("contradicted", field.contradicted);
  json.Number("expiresMs", field.expires_ms);
  json.Text("field", field.name);
  json.Bool("inferred", field.origin == profile::Origin::kInferred);
  json.Number("lastUsedMs", field.last_used_ms);
  json.Text("origin", profile::OriginName(field.origin));
  profile::WritePurposes(json, "purposes", field.purposes);
  json.Number("sinceMs", field.since_ms);
  json.Text("source", profile::EventSourceName(field.source));
  json.Number("updatedMs", field.updated_ms);
  profile::WriteFieldValue(json, "value", field.value);
  json.EndObject();
}

}  // namespace

Result<Bytes> ShowProfile(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeProfileRequest(request).status());
  BAYA_ASSIGN_OR_RETURN(const std::vector<Field>& fields, ShowFields(device));
  JsonWriter json;
  json.BeginObject();
  for (const profile::Card card : {profile::Card::kBuying, profile::Card::kEngagement,
                                   profile::Card::kFeelings, profile::Card::kWho}) {
    json.BeginArray(profile::CardName(card));
    for (const Field& field : fields) {
      if (field.card == card) WriteField(json, field);
    }
    json.EndArray();
  }
  json.EndObject();
  BAYA_ASSIGN_OR_RETURN(const std::string& text, std::move(json).Finish());
  return EncodeProfileReply({.profile = text});
}

Result<Bytes> Inventory(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeInventoryRequest(request).status());
  BAYA_ASSIGN_OR_RETURN(const std::vector<Field>& fields, ShowFields(device));
  JsonWriter json;
  json.BeginArray();
  for (const Field& field : fields) WriteField(json, field);
  json.EndArray();
  BAYA_ASSIGN_OR_RETURN(const std::string& text, std::move(json).Finish());
  return EncodeInventoryReply({.fields = text});
}

Result<Bytes> ShowAccessLog(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeAccessLogRequest(request).status());
  BAYA_RETURN_IF_ERROR(device.RequireData());
  BAYA_RETURN_IF_ERROR(
      device.desk().Check(Purpose::kStore, Operation::kShow, consent::kPerson).status());
  JsonWriter json;
  json.BeginArray();
  for (const auto& [key, count] : device.desk().access_log().entries()) {
    json.BeginObject();
    json.Number("allowed", count.allowed);
    json.Text("caller", key.caller);
    json.Number("hourMs", int64_t{key.hour} * consent::kHourMs);
    json.Text("operation", consent::OperationName(key.operation));
    json.Text("purpose", consent::PurposeName(key.purpose));
    json.Number("refused", count.refused);
    json.EndObject();
  }
  json.EndArray();
  BAYA_ASSIGN_OR_RETURN(const std::string& text, std::move(json).Finish());
  return EncodeAccessLogReply({.rows = text});
}

}  // namespace baya::engine
