// The person takes their data away, or brings it back.

#include <set>
#include <string>
#include <utility>

#include "engine/device.h"
#include "engine/held_fields.h"
#include "engine/operations.h"
#include "engine/ops.h"
#include "profile/profile_data.h"

namespace baya::engine {
namespace {

using consent::Operation;
using consent::Purpose;
using profile::ProfileData;

Result<ProfileData> Held(Device& device) {
  BAYA_ASSIGN_OR_RETURN(auto&& use,
                        device.desk().Check(Purpose::kStore, Operation::kKeep, kEngineCaller));
  return device.profile().Copy(std::move(use));
}

struct Written {
  uint32_t count = 0;
  uint64_t last_sequence = 0;
};

Result<Written> WriteNew(Device& device, const std::set<std::string, std::less<>>& known) {
  BAYA_ASSIGN_OR_RETURN(const ProfileData& held, Held(device));
  Written written;
  for (const profile::Event& event : held.events) {
    if (known.count(event.message_id) != 0) continue;
    BAYA_ASSIGN_OR_RETURN(written.last_sequence, device.store().AppendEvent(event));
    ++written.count;
  }
  return written;
}

// All of it or nothing.
Result<Written> Merge(Device& device, ProfileData data) {
  BAYA_ASSIGN_OR_RETURN(auto&& use,
                        device.desk().Check(Purpose::kStore, Operation::kImport, consent::kPerson));
  BAYA_ASSIGN_OR_RETURN(const ProfileData& before, Held(device));
  std::set<std::string, std::less<>> known;
  for (const profile::Event& event : before.events) known.insert(event.message_id);
  const uint64_t first = device.store().vault()->next_sequence();
  BAYA_RETURN_IF_ERROR(device.profile().Restore(std::move(use), std::move(data)));
  Result<Written> written = WriteNew(device, known);
  if (!written.ok()) {
    BAYA_RETURN_IF_ERROR(device.store().EraseEventsFrom(first));
    BAYA_RETURN_IF_ERROR(device.ReloadProfile());
    return written.status();
  }
  // What was pushed out and when data was used are in the snapshot.
  BAYA_RETURN_IF_ERROR(device.WriteWhatIsDue(/*now=*/true));
  BAYA_RETURN_IF_ERROR(device.ReloadProfile());
  return written;
}

}  // namespace

Result<Bytes> ExportData(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeExportDataRequest(request).status());
  BAYA_RETURN_IF_ERROR(device.RequireData());
  ConsentDesk& desk = device.desk();
  BAYA_ASSIGN_OR_RETURN(auto&& copy,
                        desk.Check(Purpose::kStore, Operation::kExport, consent::kPerson));
  BAYA_ASSIGN_OR_RETURN(const ProfileData& data, device.profile().Copy(std::move(copy)));
  BAYA_ASSIGN_OR_RETURN(auto&& show,
                        desk.Check(Purpose::kStore, Operation::kExport, consent::kPerson));
  BAYA_ASSIGN_OR_RETURN(const std::vector<profile::Field>& fields,
                        device.profile().Fields(std::move(show)));
  BAYA_ASSIGN_OR_RETURN(const Bytes& snapshot, profile::EncodeSnapshot(data));
  return EncodeExportDataReply({.exported_ms = static_cast<uint64_t>(device.host().NowMs()),
                                .snapshot = snapshot,
                                .fields = HeldFields(fields)});
}

Result<Bytes> ImportData(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const ImportDataRequest& decoded, DecodeImportDataRequest(request));
  BAYA_RETURN_IF_ERROR(device.RequireWritable());
  BAYA_ASSIGN_OR_RETURN(ProfileData data, profile::DecodeSnapshot(decoded.snapshot));
  BAYA_ASSIGN_OR_RETURN(const Written& written, Merge(device, std::move(data)));
  return EncodeImportDataReply(
      {.added = written.count, .sequence = written.last_sequence, .store = device.State()});
}

}  // namespace baya::engine
