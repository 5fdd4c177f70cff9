// What is held about the person and who used it, shown to them.

#include <utility>

#include "engine/device.h"
#include "engine/held_fields.h"
#include "engine/operations.h"
#include "engine/ops.h"

namespace baya::engine {

using consent::Operation;
using consent::Purpose;

Result<Bytes> Inventory(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeInventoryRequest(request).status());
  BAYA_RETURN_IF_ERROR(device.RequireData());
  BAYA_ASSIGN_OR_RETURN(auto&& use,
                        device.desk().Check(Purpose::kStore, Operation::kShow, consent::kPerson));
  BAYA_ASSIGN_OR_RETURN(const std::vector<profile::Field>& fields,
                        device.profile().Fields(std::move(use)));
  return EncodeInventoryReply({.fields = HeldFields(fields)});
}

Result<Bytes> ShowAccessLog(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeAccessLogRequest(request).status());
  BAYA_RETURN_IF_ERROR(device.RequireData());
  BAYA_RETURN_IF_ERROR(
      device.desk().Check(Purpose::kStore, Operation::kShow, consent::kPerson).status());
  const auto& entries = device.desk().access_log().entries();
  AccessLogReply reply{.rows = std::vector<AccessCount>(entries.size())};
  AccessCount* row = reply.rows.data();
  for (const auto& [key, count] : entries) {
    *row++ = {.hour = key.hour,
              .caller = key.caller,
              .purpose = static_cast<uint16_t>(key.purpose),
              .operation = static_cast<uint8_t>(key.operation),
              .allowed = count.allowed,
              .refused = count.refused};
  }
  return EncodeAccessLogReply(reply);
}

Result<Bytes> ShowReceipts(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeReceiptsRequest(request).status());
  BAYA_RETURN_IF_ERROR(device.RequireData());
  const ConsentDesk& desk = device.desk();
  BAYA_RETURN_IF_ERROR(
      device.desk().Check(Purpose::kStore, Operation::kShow, consent::kPerson).status());
  const std::vector<Bytes>& receipts = desk.consent().receipts();
  const std::vector<consent::DeclaredPurpose>& declared = desk.plan().policy.purposes;
  ReceiptsReply reply{.receipts = {receipts.begin(), receipts.end()},
                      .text_version = desk.plan().text_version,
                      .texts = std::vector<ConsentText>(declared.size()),
                      .retention_ms = static_cast<uint64_t>(desk.plan().data.retention_ms)};
  ConsentText* text = reply.texts.data();
  for (const consent::DeclaredPurpose& purpose : declared) {
    *text++ = {.purpose = static_cast<uint16_t>(purpose.purpose),
               .hash = purpose.text,
               .max_age_ms = static_cast<uint64_t>(purpose.max_age_ms)};
  }
  return EncodeReceiptsReply(reply);
}

}  // namespace baya::engine
