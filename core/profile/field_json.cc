#include "profile/field_json.h"

#include <string>
#include <variant>

namespace baya::profile {

void WriteFieldValue(codec::JsonWriter& json, std::string_view name, const FieldValue& value) {
  if (const int64_t* number = std::get_if<int64_t>(&value)) {
    json.Number(name, *number);
  } else if (const std::string* text = std::get_if<std::string>(&value)) {
    json.Text(name, *text);
  } else if (const Money* money = std::get_if<Money>(&value)) {
    json.BeginObject(name);
    json.Text("currency", money->currency);
    json.Number("minor", money->minor);
    json.EndObject();
  }
}

void WritePurposes(codec::JsonWriter& json, std::string_view name, consent::PurposeSet purposes) {
  using consent::Purpose;
  json.BeginArray(name);
  for (const Purpose purpose : {Purpose::kStore, Purpose::kPersonalize, Purpose::kMeasure,
                                Purpose::kTrain, Purpose::kSync, Purpose::kLocation}) {
    if (purposes.Has(purpose)) json.Text(consent::PurposeName(purpose));
  }
  if (purposes.Has(consent::PartnerPurpose(0))) json.Text("partner");
  json.EndArray();
}

}  // namespace baya::profile
