// A script of random operations on a vault, with a fault at one chosen batch, checked against a
// simple model after every reopening.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/testing/test_host.h"
#include "vault/testing/memory_storage.h"
#include "vault/vault.h"

namespace baya::vault::testing {

// What happens at the batch where the fault is. After those that say so the process dies and the
// vault is opened again; after the others the batch is reported as failed and work goes on.
enum class FaultKind : int {
  kCrashBefore,     // nothing applied, dies
  kCrashAfter,      // all applied, dies before it can confirm
  kTornCrash,       // some first steps applied, dies
  kScatteredCrash,  // any of the steps applied, dies
  kShortCrash,      // all applied but one blob cut short, dies
  kFail,            // nothing applied
  kFailQuota,       // nothing applied, storage is full
  kFailApplied,     // all applied, yet reported as failed
  kTornFail,        // some first steps applied
  kScatteredFail,   // any of the steps applied
  kShortFail,       // all applied but one blob cut short
  kCount,
};

class CrashModel {
 public:
  // The fault strikes at batch number `fault_at`; a second one strikes 1 to 8 batches later.
  CrashModel(uint64_t seed, FaultKind fault, int fault_at)
      : random_(seed),
        host_(seed + 1),
        fault_(fault),
        fault_at_(fault_at),
        second_fault_at_(fault_at + 1 + static_cast<int>(Draw(8))) {}

  // Runs the whole script and a last reopening. Fails the current test on a broken promise.
  void Run();

  bool struck() const { return struck_ > 0; }
  int batches() const { return batches_; }
  uint64_t acknowledged() const { return acknowledged_; }

 private:
  struct Entry {
    std::string purpose;
    uint8_t kind = 0;
    std::string text;
    bool acknowledged = false;
    bool doomed = false;  // destroyed in memory; may or may not be gone in storage
    bool gone = false;    // and storage confirmed it
  };

  struct Secret {
    uint32_t epoch = 0;
    uint8_t value = 0;
  };

  size_t Draw(size_t below);
  bool Start();
  void Step();
  void Append();
  void PutSnapshot();
  void Destroy();
  void Erase();
  void OfferSecret();
  void Doom(const std::set<uint64_t>& sequences);
  // False when the process died.
  bool FlushAll();
  bool Strike(const StorageBatch& batch);
  void ApplyBroken(const StorageBatch& batch, FaultKind fault);
  void Acknowledge(const StorageBatch& batch);
  void Reopen();
  void CompareRecords();
  void CompareSnapshots();

  baya::testing::TestHost random_;
  baya::testing::TestHost host_;
  FaultKind fault_;
  int fault_at_;
  int second_fault_at_;
  int struck_ = 0;
  int batches_ = 0;
  uint64_t acknowledged_ = 0;
  MemoryStorage storage_;
  std::optional<Vault> vault_;
  std::vector<Secret> secrets_;  // that the device holds
  uint8_t next_secret_ = 1;
  uint64_t serial_ = 0;
  std::map<uint64_t, Entry> entries_;
  // By purpose: what the snapshot may be, the acknowledged one first.
  std::map<std::string, std::vector<std::string>> snapshots_;
};

}  // namespace baya::vault::testing
