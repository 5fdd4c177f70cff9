// A host around one engine, as a page's worker is: a storage of blobs, slot secrets, the record
// outside the vault, a clock; carrying out effects and batches in the order the engine asks for.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/testing/test_host.h"
#include "engine/client_ops.h"
#include "engine/engine.h"
#include "vault/testing/memory_storage.h"

namespace baya::engine::testing {

// What stays on a device when the page goes.
struct Disk {
  vault::testing::MemoryStorage blobs;
  std::map<uint32_t, Bytes> secrets;  // by epoch
  std::string record;

  bool empty() const { return blobs.TotalBytes() == 0 && secrets.empty() && record.empty(); }
};

// A reply with the bytes that it points into.
template <typename T>
struct Reply {
  Bytes bytes;
  T value;

  const T* operator->() const { return &value; }
  const T& operator*() const { return value; }
};

class DeviceHost {
 public:
  // `disk` must outlive the host.
  explicit DeviceHost(Disk& disk, uint64_t seed = 1)
      : disk_(disk), host_(seed), maker_(host_), engine_(std::make_unique<Engine>(host_, maker_)) {}

  baya::testing::TestHost& clock() { return host_; }
  Disk& disk() { return disk_; }

// Defines Name(request): the operation of that name, encoded, called and decoded.
#define BAYA_TEST_OPERATION(Name)                                                               \
  Result<Reply<Name##Reply>> Name(const Name##Request& request = {}) {                          \
    return Call<Name##Reply>(Op::k##Name, Encode##Name##Request(request), Decode##Name##Reply); \
  }
  BAYA_TEST_OPERATION(SetPack)
  BAYA_TEST_OPERATION(Start)
  BAYA_TEST_OPERATION(Signals)
  BAYA_TEST_OPERATION(ConsentState)
  BAYA_TEST_OPERATION(CreateVault)
  BAYA_TEST_OPERATION(OpenVault)
  BAYA_TEST_OPERATION(Ingest)
  BAYA_TEST_OPERATION(Flush)
  BAYA_TEST_OPERATION(Confirm)
  BAYA_TEST_OPERATION(Fail)
  BAYA_TEST_OPERATION(OfferSlotSecret)
  BAYA_TEST_OPERATION(Recommend)
  BAYA_TEST_OPERATION(Explain)
  BAYA_TEST_OPERATION(Inventory)
  BAYA_TEST_OPERATION(AccessLog)
  BAYA_TEST_OPERATION(Correct)
  BAYA_TEST_OPERATION(ExportData)
  BAYA_TEST_OPERATION(ImportData)
  BAYA_TEST_OPERATION(Pause)
  BAYA_TEST_OPERATION(Erase)
  BAYA_TEST_OPERATION(Tick)
  BAYA_TEST_OPERATION(MeasureTasks)
  BAYA_TEST_OPERATION(DueReports)
  BAYA_TEST_OPERATION(MakeReport)
  BAYA_TEST_OPERATION(TakeUploads)
  BAYA_TEST_OPERATION(UploadDone)
  BAYA_TEST_OPERATION(ReportLog)
  BAYA_TEST_OPERATION(Receipts)
#undef BAYA_TEST_OPERATION

  // The whole start of a page: pack, record, vault if there is one, signals without a choice.
  Status Begin(ByteView pack, ByteView signer);

  // Carries effects out, and the batches that they bring.
  Status CarryOut(const Effects& effects);

  // Flushes until there is nothing left, offering slot secrets where one is wanted. Stops before
  // applying the batch of number `crash_at`, counted over the host's life, with kUnavailable.
  Status FlushAll();
  void CrashAt(int batch) { crash_at_ = batch; }
  int batches() const { return batches_; }
  bool vault_gone() const { return vault_gone_; }

  Result<Reply<OpenVaultReply>> Reopen();

 private:
  template <typename T>
  Result<Reply<T>> Call(Op op, const Result<Bytes>& request, Result<T> (*decode)(ByteView)) {
    if (!request.ok()) return request.status();
    Reply<T> reply;
    BAYA_ASSIGN_OR_RETURN(reply.bytes, engine_->Call(static_cast<uint32_t>(op), *request));
    BAYA_ASSIGN_OR_RETURN(reply.value, decode(reply.bytes));
    return reply;
  }

  Status Apply(const FlushReply& batch);
  Status OfferSecret();
  Bytes FreshSecret();
  void DeleteAll();

  Disk& disk_;
  baya::testing::TestHost host_;
  dap::DirectReportMaker maker_;
  std::unique_ptr<Engine> engine_;
  int batches_ = 0;
  int crash_at_ = -1;
  bool vault_gone_ = false;
};

// All that the inventory says, a line for each field that starts with its name and a space. Empty
// when nothing is held.
std::string ProfileText(DeviceHost& page);

}  // namespace baya::engine::testing
