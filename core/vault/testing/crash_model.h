// A script of named operations on a vault with a fault at one step of one batch, checked against a
// simple model after every reopening, and by forensics once an erasure is said to be complete.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/testing/test_host.h"
#include "vault/testing/memory_storage.h"
#include "vault/testing/storage_fault.h"
#include "vault/vault.h"

namespace baya::vault::testing {

// What a batch is written for; of several, the one that comes last here.
enum class Operation : uint8_t {
  kSettle,  // second copies, and what may be deleted by now
  kAppend,
  kSnapshot,
  kMerge,
  kRewrap,  // a new root key with nothing destroyed
  kRotate,  // a new root key that completes a destruction
  kRekey,
  kEraseRecords,
  kDestroyWeeks,
  kDestroyPurpose,
  kEraseAll,
  kCount,
};

std::string_view NameOf(Operation operation);

struct BatchSeen {
  Operation operation = Operation::kSettle;
  size_t puts = 0;
  size_t steps = 0;  // puts and deletes
};

// Where the fault is.
struct CrashPoint {
  size_t batch = 0;
  StorageFault fault;
};

class CrashModel {
 public:
  // The script depends on `seed` alone. A second fault, drawn, strikes 1 to 8 batches after the
  // first. Without a point nothing fails, and batches() tells where points are.
  CrashModel(uint64_t seed, const std::optional<CrashPoint>& point);

  // Runs the whole script, a reopening and an erasure of everything. Fails the current test on a
  // broken promise.
  void Run();

  bool struck() const { return struck_ > 0; }
  const std::vector<BatchSeen>& batches() const { return batches_; }

  // Looked for after a reopening, and not lost.
  uint64_t acknowledged() const { return acknowledged_; }
  // Said to be erased, looked for by forensics, and not found.
  uint64_t erased() const { return erased_; }

 private:
  struct Entry {
    std::string purpose;
    uint8_t kind = 0;
    std::string text;
    uint32_t week = 0;
    bool acknowledged = false;
    bool doomed = false;  // destroyed in memory; may or may not be gone in storage
    bool gone = false;    // and storage confirmed it
  };

  struct Snapshot {
    std::string text;  // empty: none
    uint32_t week = 0;
  };

  struct Secret {
    uint32_t epoch = 0;
    uint8_t value = 0;
  };

  // crash_model.cc: the script.
  size_t Draw(size_t below);
  bool Start();
  void Step(Operation operation);
  void Append(const std::string& purpose);
  void Burst();
  void PutSnapshot();
  void Doom(const std::set<uint64_t>& sequences);
  void DoomSnapshot(const std::string& purpose, uint32_t first_week, uint32_t last_week);
  Entry AnyEntry();
  void Destroy(const std::string& purpose, uint32_t first_week, uint32_t last_week);
  void Erase();
  void Rekey();
  void OfferSecret();
  void EraseAll();
  void Flush();
  // False when the process died.
  bool FlushAll();
  bool Carry(const StorageBatch& batch, int& failures);
  bool Strike(const StorageBatch& batch);

  // crash_check.cc: the model.
  void NoteBatch(const StorageBatch& batch);
  bool HasMerged();
  void Acknowledge(const StorageBatch& batch);
  std::vector<SecretBytes> Held() const;
  void Reopen();
  void CompareRecords();
  void NoteAbsent(const std::map<uint64_t, Entry>& found);
  void CompareSnapshots();
  void CheckLosses();
  void CheckErased();
  void LookForErased();

  baya::testing::TestHost random_;  // of the script
  baya::testing::TestHost faults_;  // of the second fault
  baya::testing::TestHost host_;
  std::optional<CrashPoint> point_;
  size_t second_at_ = 0;
  int struck_ = 0;
  bool disordered_ = false;  // a fault did not keep the order of a batch
  std::vector<BatchSeen> batches_;
  std::optional<Operation> operation_;  // of the next batch
  std::vector<ListedChunk> listed_;     // by the last head
  uint64_t never_acknowledged_ = 0;     // and not found after a reopening
  uint64_t acknowledged_ = 0;
  uint64_t erased_ = 0;
  MemoryStorage storage_;
  std::optional<Vault> vault_;
  std::vector<Secret> secrets_;  // that the device holds
  uint8_t next_secret_ = 1;
  uint64_t serial_ = 0;
  bool erasing_all_ = false;
  std::map<uint64_t, Entry> entries_;
  // By purpose: what the snapshot may be, the acknowledged one first.
  std::map<std::string, std::vector<Snapshot>> snapshots_;
  std::set<std::string> owed_;  // destroyed, and its destruction not said to be complete yet
  std::set<std::string> erased_texts_;  // said to be
};

}  // namespace baya::vault::testing
