#include "engine/held_fields.h"

#include <cstdint>

namespace baya::engine {
std::vector<HeldField> HeldFields(const std::vector<profile::Field>& fields) {
  std::vector<HeldField> all(fields.size());
  HeldField* held = all.data();
  for (const profile::Field& field : fields) {
    held->name = field.name;
    held->card = static_cast<uint8_t>(field.card);
    held->form = static_cast<uint8_t>(field.value.form);
    held->number = field.value.number;
    held->text = field.value.text;
    held->origin = static_cast<uint8_t>(field.origin);
    held->contradicted = field.contradicted;
    held->source = static_cast<uint8_t>(field.source);
    held->purposes = field.purposes.bits();
    held->since_ms = static_cast<uint64_t>(field.since_ms);
    held->updated_ms = static_cast<uint64_t>(field.updated_ms);
    held->last_used_ms = static_cast<uint64_t>(field.last_used_ms);
    held->expires_ms = static_cast<uint64_t>(field.expires_ms);
    ++held;
  }
  return all;
}

}  // namespace baya::engine
