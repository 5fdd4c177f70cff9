// Storage that fails, tears, shortens, loses or reorders a batch at every step of it, after which
// the process dies or goes on: in scripts of every operation of a vault.

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "vault/testing/crash_model.h"
#include "vault/testing/vault_fixture.h"

namespace baya::vault {
namespace {

using testing::Aftermath;
using testing::BatchSeen;
using testing::CrashModel;
using testing::CrashPoint;
using testing::FaultKind;
using testing::FaultsOf;
using testing::NameOf;
using testing::Operation;
using testing::StorageFault;

constexpr size_t kOperations = static_cast<size_t>(Operation::kCount);
constexpr size_t kFaults = static_cast<size_t>(FaultKind::kCount);

class Counts {
 public:
  void Add(Operation operation, FaultKind fault) {
    ++points_[static_cast<size_t>(operation)][static_cast<size_t>(fault)];
    ++total_;
  }

  int total() const { return total_; }

  int OfOperation(size_t operation) const {
    int sum = 0;
    for (const int count : points_[operation]) sum += count;
    return sum;
  }

  void Print() const {
    std::printf("%-16s", "crash points");
    for (size_t fault = 0; fault < kFaults; ++fault) {
      std::printf("%9s", NameOf(static_cast<FaultKind>(fault)).data());
    }
    std::printf("%9s\n", "all");
    for (size_t operation = 0; operation < kOperations; ++operation) {
      std::printf("%-16s", NameOf(static_cast<Operation>(operation)).data());
      for (const int count : points_[operation]) std::printf("%9d", count);
      std::printf("%9d\n", OfOperation(operation));
    }
  }

 private:
  std::array<std::array<int, kFaults>, kOperations> points_{};
  int total_ = 0;
};

struct Sums {
  uint64_t acknowledged = 0;
  uint64_t erased = 0;
};

void Strike(uint64_t seed, const CrashPoint& point, Sums& sums) {
  CrashModel model(seed, point);
  model.Run();
  ASSERT_FALSE(::testing::Test::HasFailure())
      << "seed " << seed << ", batch " << point.batch << ", " << NameOf(point.fault.kind)
      << " at step " << point.fault.step << ", then " << static_cast<int>(point.fault.after);
  ASSERT_TRUE(model.struck()) << "seed " << seed << ", batch " << point.batch;
  sums.acknowledged += model.acknowledged();
  sums.erased += model.erased();
}

// Every fault at every step of every batch of one script.
void StrikeEverywhere(uint64_t seed, Counts& counts, Sums& sums) {
  CrashModel whole(seed, std::nullopt);
  whole.Run();
  ASSERT_FALSE(::testing::Test::HasFailure()) << "seed " << seed << " without a fault";
  ASSERT_GT(whole.erased(), 0u);
  for (size_t batch = 0; batch < whole.batches().size(); ++batch) {
    const BatchSeen& seen = whole.batches()[batch];
    for (const StorageFault& fault : FaultsOf(seen.puts, seen.steps)) {
      Strike(seed, {batch, fault}, sums);
      if (::testing::Test::HasFatalFailure()) return;
      counts.Add(seen.operation, fault.kind);
    }
  }
}

TEST(VaultCrashTest, NothingAcknowledgedIsLostNothingAlteredNothingErasedComesBack) {
  const int wanted = std::getenv("BAYA_FULL") != nullptr ? 10'000 : 500;
  Counts counts;
  Sums sums;
  for (uint64_t seed = 1; counts.total() < wanted; ++seed) {
    StrikeEverywhere(seed, counts, sums);
    ASSERT_FALSE(HasFatalFailure());
  }
  counts.Print();
  std::printf(
      "%d crash points; %llu acknowledged records looked for, 0 lost, 0 altered; %llu erased "
      "texts looked for in all that was ever written, 0 found\n",
      counts.total(), static_cast<unsigned long long>(sums.acknowledged),
      static_cast<unsigned long long>(sums.erased));
  for (size_t operation = 0; operation < kOperations; ++operation) {
    EXPECT_GT(counts.OfOperation(operation), 0) << NameOf(static_cast<Operation>(operation));
  }
}

class VaultTwoFaultsTest : public testing::VaultFixture {
 protected:
  // Applies all of the next batch but the blobs whose names begin with `lost`, and dies.
  void FlushWithout(Vault& vault, std::string_view lost) {
    BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
    storage_.ApplySome(*batch, [&](size_t step) {
      return step < batch->puts.size() && batch->puts[step].name.substr(0, lost.size()) != lost;
    });
  }

  // Applies the next batch up to the first blob whose name begins with `end`, of which no more
  // than so many bytes are written, and dies.
  void FlushUpTo(Vault& vault, std::string_view end, size_t torn_bytes) {
    BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
    for (const Blob& blob : batch->puts) {
      const bool is_end = blob.name.substr(0, end.size()) == end;
      if (!is_end) {
        storage_.Put(blob.name, blob.bytes);
      } else {
        storage_.Put(blob.name, Bytes(blob.bytes.data(), blob.bytes.data() + torn_bytes));
      }
      if (is_end) return;
    }
    FAIL() << "the batch has no such blob";
  }
};

// The table that the first batch lost is not the newer one that the second batch wrote: what the
// first batch's head lists was not destroyed on purpose.
TEST_F(VaultTwoFaultsTest, AHeadWhoseKeysNeverArrivedIsPassedOverAlsoOnceNewerKeysDid) {
  {
    Vault vault = Created();
    Append(vault, "store", "first");
    Append(vault, "store", "second");
    ASSERT_TRUE(FlushAll(vault));
    BAYA_ASSERT_OK(vault.Rekey("store"));
    BAYA_ASSERT_OK(vault.Rekey("store"));  // under the second key number that is new
    FlushWithout(vault, "keys");
  }
  {
    BAYA_ASSERT_OK_AND_ASSIGN(Vault vault, Opened());
    Append(vault, "measure", "third");
    FlushWithout(vault, "head");
  }
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault vault, Opened());
  EXPECT_EQ(testing::Texts(vault, "store"), (std::vector<std::string>{"first", "second"}));
  EXPECT_EQ(testing::Texts(vault, "measure"), std::vector<std::string>{"third"});
  EXPECT_EQ(vault.report().lost_records, 0u);
}

// Between the two batches the store has keys of both sides, and the head needs the older ones.
TEST_F(VaultTwoFaultsTest, TheKeysThatTheHeadNeedsOutlastASecondTornBatch) {
  {
    Vault vault = Created();
    Append(vault, "store", "first");
    ASSERT_TRUE(FlushAll(vault));
    BAYA_ASSERT_OK(vault.Rekey("store"));
    FlushWithout(vault, "c");
  }
  {
    BAYA_ASSERT_OK_AND_ASSIGN(Vault vault, Opened());
    ASSERT_EQ(testing::Texts(vault, "store"), std::vector<std::string>{"first"});
    Append(vault, "measure", "second");
    FlushUpTo(vault, "keys", 100);
  }
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault vault, Opened());
  EXPECT_EQ(testing::Texts(vault, "store"), std::vector<std::string>{"first"});
  EXPECT_EQ(vault.report().lost_records, 0u);
}

}  // namespace
}  // namespace baya::vault
