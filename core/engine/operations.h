// The operations of the device half, one file for each group. Each takes its encoded request and
// gives its encoded reply, as wasm/ops.json describes them.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace baya::engine {

class Device;

// pack_ops.cc
Result<Bytes> SetPack(Device& device, ByteView request);

// consent_ops.cc
Result<Bytes> Start(Device& device, ByteView request);
Result<Bytes> Signals(Device& device, ByteView request);
Result<Bytes> ConsentStateNow(Device& device, ByteView request);
Result<Bytes> Pause(Device& device, ByteView request);

// vault_ops.cc
Result<Bytes> CreateVault(Device& device, ByteView request);
Result<Bytes> OpenVault(Device& device, ByteView request);
Result<Bytes> OfferSlotSecret(Device& device, ByteView request);

// flush_ops.cc
Result<Bytes> Flush(Device& device, ByteView request);
Result<Bytes> Confirm(Device& device, ByteView request);
Result<Bytes> Fail(Device& device, ByteView request);
Result<Bytes> Tick(Device& device, ByteView request);

// event_ops.cc
Result<Bytes> Ingest(Device& device, ByteView request);
Result<Bytes> Correct(Device& device, ByteView request);

// shelf_ops.cc
Result<Bytes> Recommend(Device& device, ByteView request);
Result<Bytes> Explain(Device& device, ByteView request);

// rights_ops.cc
Result<Bytes> Inventory(Device& device, ByteView request);
Result<Bytes> ShowAccessLog(Device& device, ByteView request);
Result<Bytes> ShowReceipts(Device& device, ByteView request);

// copy_ops.cc
Result<Bytes> ExportData(Device& device, ByteView request);
Result<Bytes> ImportData(Device& device, ByteView request);

// measure_ops.cc
Result<Bytes> MeasureTasks(Device& device, ByteView request);
Result<Bytes> DueReports(Device& device, ByteView request);
Result<Bytes> MakeReport(Device& device, ByteView request);
Result<Bytes> TakeUploads(Device& device, ByteView request);
Result<Bytes> UploadDone(Device& device, ByteView request);
Result<Bytes> ShowReportLog(Device& device, ByteView request);

// erase_ops.cc
Result<Bytes> Erase(Device& device, ByteView request);

}  // namespace baya::engine
