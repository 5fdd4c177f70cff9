// The parts of a field that people are shown the same way everywhere.
#pragma once

#include <string_view>

#include "codec/json_writer.h"
#include "consent/purpose.h"
#include "profile/fields.h"

namespace baya::profile {

// A whole number, a text or {"currency", "minor"}, as a member.
void WriteFieldValue(codec::JsonWriter& json, std::string_view name, const FieldValue& value);

// A list of names, as a member; "partner" stands for every partner.
void WritePurposes(codec::JsonWriter& json, std::string_view name, consent::PurposeSet purposes);

}  // namespace baya::profile
