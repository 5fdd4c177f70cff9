// What storage may do to a vault at rest: any bit, any length, any blob out of place.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>

#include "vault/testing/vault_fixture.h"

namespace baya::vault {
namespace {

using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::MemoryStorage;
using testing::OneSecret;
using testing::Texts;
using testing::VaultFixture;

// Sequence to purpose and text of everything that can be read.
using Contents = std::map<uint64_t, std::pair<std::string, std::string>>;

Contents ContentsOf(const Vault& vault) {
  Contents contents;
  for (const std::string& purpose : vault.Purposes()) {
    for (const RecordView& record : vault.Records(purpose)) {
      contents[record.sequence] = {purpose, std::string(AsText(record.payload))};
    }
  }
  return contents;
}

bool IsSubset(const Contents& part, const Contents& whole) {
  return std::all_of(part.begin(), part.end(), [&](const auto& entry) {
    const auto found = whole.find(entry.first);
    return found != whole.end() && found->second == entry.second;
  });
}

class VaultDamageTest : public VaultFixture {
 protected:
  // Three chunks (two weeks of one purpose, one of another) and a snapshot.
  void SetUp() override {
    Vault vault = Created();
    Append(vault, "store", "first");
    Append(vault, "store", "second");
    Append(vault, "personalize", "third");
    ASSERT_TRUE(FlushAll(vault));
    NextWeek();
    Append(vault, "store", "fourth");
    BAYA_ASSERT_OK(vault.PutSnapshot("personalize", 1, 3, AsBytes("snapshot")));
    ASSERT_TRUE(FlushAll(vault));
    whole_ = ContentsOf(vault);
    ASSERT_EQ(whole_.size(), 4u);
  }

  std::string NameOfChunkWith(uint64_t sequence) {
    for (const auto& entry : storage_.map()) {
      if (entry.first[0] != 'c') continue;
      MemoryStorage without = storage_;
      without.map().erase(entry.first);
      const Result<Vault> vault = Vault::Open(host_, without.Blobs(), OneSecret(1));
      if (vault.ok() && ContentsOf(*vault).count(sequence) == 0) return entry.first;
    }
    return "";
  }

  // Opens what is left after `name` was damaged and checks the promise of one blob's loss.
  void ExpectAtMostThisBlobLost(const MemoryStorage& damaged, const std::string& name) {
    const Result<Vault> vault = Vault::Open(host_, damaged.Blobs(), OneSecret(1));
    ASSERT_THAT(vault, baya::testing::IsOk()) << name;
    const Contents contents = ContentsOf(*vault);
    ASSERT_TRUE(IsSubset(contents, whole_)) << name;
    const auto snapshot = vault->FindSnapshot("personalize", 1);
    ASSERT_TRUE(!snapshot || AsText(snapshot->bytes) == "snapshot") << name;
    if (name[0] != 'c') {
      ASSERT_EQ(contents, whole_) << name;
      ASSERT_TRUE(snapshot.has_value()) << name;
      return;
    }
    ASSERT_EQ(vault->report().damage.size(), 1u) << name;
    ASSERT_EQ(contents.size() + vault->report().lost_records, whole_.size()) << name;
    ASSERT_EQ(whole_.size() - contents.size() > 0, snapshot.has_value()) << name;
  }

  Contents whole_;
};

TEST_F(VaultDamageTest, EverySingleBitFlipCostsAtMostItsChunk) {
  size_t flips = 0;
  for (const auto& [name, bytes] : storage_.map()) {
    MemoryStorage damaged = storage_;
    for (size_t bit = 0; bit < bytes.size() * 8; ++bit, ++flips) {
      Bytes& target = damaged.map()[name];
      target[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
      ExpectAtMostThisBlobLost(damaged, name);
      if (HasFatalFailure()) return;
      target[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
    }
  }
  std::printf("%zu single-bit flips over %zu blobs\n", flips, storage_.map().size());
}

TEST_F(VaultDamageTest, EveryTruncationCostsAtMostItsChunkAndIsCalledTorn) {
  size_t truncations = 0;
  for (const auto& [name, bytes] : storage_.map()) {
    MemoryStorage damaged = storage_;
    for (size_t length = 0; length < bytes.size(); ++length, ++truncations) {
      damaged.map()[name].assign(bytes.begin(), bytes.begin() + static_cast<long>(length));
      ExpectAtMostThisBlobLost(damaged, name);
      if (HasFatalFailure()) return;
      if (name[0] == 's') continue;
      BAYA_ASSERT_OK_AND_ASSIGN(const Vault vault,
                                Vault::Open(host_, damaged.Blobs(), OneSecret(1)));
      ASSERT_EQ(vault.report().damage.size(), 1u);
      ASSERT_EQ(vault.report().damage[0].fault, Fault::kTorn) << name << " " << length;
      ASSERT_EQ(vault.report().torn_bytes, length);
    }
  }
  std::printf("%zu truncations\n", truncations);
}

TEST_F(VaultDamageTest, AMissingBlobIsReportedAndTheRestReadsOn) {
  for (const auto& entry : storage_.map()) {
    MemoryStorage damaged = storage_;
    damaged.map().erase(entry.first);
    BAYA_ASSERT_OK_AND_ASSIGN(const Vault vault, Vault::Open(host_, damaged.Blobs(), OneSecret(1)));
    EXPECT_TRUE(IsSubset(ContentsOf(vault), whole_));
    if (entry.first[0] != 'c') {
      EXPECT_EQ(ContentsOf(vault), whole_) << entry.first;
      continue;
    }
    ASSERT_EQ(vault.report().damage.size(), 1u);
    EXPECT_EQ(vault.report().damage[0].fault, Fault::kMissing);
    EXPECT_EQ(ContentsOf(vault).size() + vault.report().lost_records, whole_.size());
  }
}

TEST_F(VaultDamageTest, DamageInTheMiddleBecomesAGapThatStays) {
  const std::string name = NameOfChunkWith(3);
  storage_.map()[name][100] ^= 1;
  {
    BAYA_ASSERT_OK_AND_ASSIGN(Vault vault, Opened());
    EXPECT_THAT(vault.report().damage, ElementsAre(Damage{BlobKind::kChunk, Fault::kAuthentication,
                                                          1, storage_.map()[name].size()}));
    EXPECT_THAT(vault.gaps(), ElementsAre(Gap{3, 3, 1, GapReason::kDamaged}));
    EXPECT_THAT(Texts(vault, "store"), ElementsAre("first", "second", "fourth"));
    Append(vault, "store", "fifth");
    ASSERT_TRUE(FlushAll(vault));
  }
  EXPECT_EQ(storage_.map().count(name), 0u);
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault vault, Opened());
  EXPECT_THAT(vault.report().damage, IsEmpty());
  EXPECT_THAT(vault.report().gaps, ElementsAre(Gap{3, 3, 1, GapReason::kDamaged}));
  EXPECT_THAT(Texts(vault, "store"), ElementsAre("first", "second", "fourth", "fifth"));
}

TEST_F(VaultDamageTest, SwappedChunksFailAuthentication) {
  const std::string a = NameOfChunkWith(1);
  const std::string b = NameOfChunkWith(4);
  std::swap(storage_.map()[a], storage_.map()[b]);
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault vault, Opened());
  ASSERT_EQ(vault.report().damage.size(), 2u);
  EXPECT_EQ(vault.report().damage[0].fault, Fault::kAuthentication);
  EXPECT_EQ(vault.report().damage[1].fault, Fault::kAuthentication);
  EXPECT_EQ(vault.report().lost_records, 3u);
  EXPECT_THAT(Texts(vault, "personalize"), ElementsAre("third"));
  EXPECT_THAT(Texts(vault, "store"), IsEmpty());
}

TEST_F(VaultDamageTest, ADuplicatedChunkIsNotReadTwice) {
  storage_.Put("c0000000000000001", storage_.map()[NameOfChunkWith(1)]);
  BAYA_ASSERT_OK_AND_ASSIGN(Vault vault, Opened());
  EXPECT_EQ(ContentsOf(vault), whole_);
  EXPECT_EQ(vault.report().unlisted_chunks, 1u);
  EXPECT_EQ(vault.report().lost_records, 0u);
  ASSERT_TRUE(FlushAll(vault));
  EXPECT_EQ(storage_.map().count("c0000000000000001"), 0u);
}

TEST_F(VaultDamageTest, AForgedHeadIsRefusedAndTheChunksSpeakForThemselves) {
  for (const char* name : {"head0", "head1"}) {
    if (storage_.map().count(name) != 0) storage_.map()[name] = Bytes(557, 1);
  }
  BAYA_ASSERT_OK_AND_ASSIGN(Vault vault, Opened());
  EXPECT_TRUE(vault.report().head_lost);
  EXPECT_EQ(vault.report().adopted_records, 4u);
  EXPECT_EQ(ContentsOf(vault), whole_);
  EXPECT_EQ(AsText(vault.FindSnapshot("personalize", 1)->bytes), "snapshot");
  EXPECT_TRUE(vault.wants_slot_secret());  // nobody knows whether a destruction was under way
  ASSERT_TRUE(FlushAll(vault));
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened());
  EXPECT_THAT(again.report().damage, IsEmpty());
  EXPECT_EQ(ContentsOf(again), whole_);
}

TEST_F(VaultDamageTest, AHeadOfAnotherVaultIsRefused) {
  MemoryStorage other;
  {
    Vault vault = Created();
    BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
    BAYA_ASSERT_OK(other.Apply(*batch));
  }
  storage_.map()["head0"] = other.map()["head0"];
  storage_.map()["head1"] = other.map()["head0"];
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault vault, Opened());
  EXPECT_TRUE(vault.report().head_lost);
  EXPECT_EQ(ContentsOf(vault), whole_);
}

TEST_F(VaultDamageTest, ARolledBackHeadIsOutvotedByTheOtherCopyAndTheChunks) {
  MemoryStorage before = storage_;
  BAYA_ASSERT_OK_AND_ASSIGN(Vault vault, Opened());
  for (const char* text : {"fifth", "sixth", "seventh"}) {
    Append(vault, "store", text);
    ASSERT_TRUE(FlushAll(vault));
  }
  whole_ = ContentsOf(vault);
  for (const char* name : {"head0", "head1"}) {
    MemoryStorage rolled = storage_;
    rolled.map()[name] = before.map()[name];
    BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Vault::Open(host_, rolled.Blobs(), OneSecret(1)));
    EXPECT_EQ(ContentsOf(again), whole_) << name;
  }
}

TEST_F(VaultDamageTest, AStoreRolledBackAsAWholeIsNoticedWhenANewerOneWasSeen) {
  MemoryStorage before = storage_;
  BAYA_ASSERT_OK_AND_ASSIGN(Vault vault, Opened());
  Append(vault, "store", "fifth");
  ASSERT_TRUE(FlushAll(vault));
  const uint64_t seen = vault.generation();
  {
    BAYA_ASSERT_OK_AND_ASSIGN(const Vault honest, Opened(1, {.newest_generation_seen = seen}));
    EXPECT_FALSE(honest.report().rolled_back);
  }
  storage_ = before;
  BAYA_ASSERT_OK_AND_ASSIGN(Vault again, Opened(1, {.newest_generation_seen = seen}));
  EXPECT_TRUE(again.report().rolled_back);
  EXPECT_EQ(ContentsOf(again), whole_);
  Append(again, "store", "other fifth");
  ASSERT_TRUE(FlushAll(again));
  EXPECT_GT(again.generation(), seen);
}

TEST_F(VaultDamageTest, ABatchThatStorageDroppedIsNoticed) {
  BAYA_ASSERT_OK_AND_ASSIGN(Vault vault, Opened());
  Append(vault, "store", "dropped");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto dropped, vault.Flush());
  BAYA_ASSERT_OK(vault.Confirm(dropped->id));  // a lie
  Append(vault, "store", "sixth");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto next, vault.Flush());
  EXPECT_THAT(storage_.Apply(*next), StatusIs(StatusCode::kAborted));

  // A host that does not even check: the loss is reported, and nothing else is lost.
  storage_.ApplySome(*next, [](size_t) { return true; });
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened());
  EXPECT_EQ(again.report().lost_records, 1u);
  EXPECT_THAT(again.report().gaps, ElementsAre(Gap{5, 5, 1, GapReason::kDamaged}));
  EXPECT_THAT(Texts(again, "store"), ElementsAre("first", "second", "fourth", "sixth"));
}

TEST_F(VaultDamageTest, BatchesAppliedOutOfOrderAreNoticed) {
  BAYA_ASSERT_OK_AND_ASSIGN(Vault vault, Opened());
  Append(vault, "store", "fifth");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto first, vault.Flush());
  BAYA_ASSERT_OK(vault.Confirm(first->id));
  Append(vault, "store", "sixth");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto second, vault.Flush());
  EXPECT_THAT(storage_.Apply(*second), StatusIs(StatusCode::kAborted));
  storage_.ApplySome(*second, [](size_t) { return true; });
  storage_.ApplySome(*first, [](size_t) { return true; });
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened());
  EXPECT_THAT(Texts(again, "store"), ElementsAre("first", "second", "fourth", "fifth", "sixth"));
}

TEST_F(VaultDamageTest, RandomDamageToManyBlobsNeverGivesAWrongRecord) {
  const size_t rounds = std::getenv("BAYA_FULL") != nullptr ? 20'000 : 1'000;
  baya::testing::TestHost random(99);
  for (size_t round = 0; round < rounds; ++round) {
    MemoryStorage damaged = storage_;
    uint8_t dice[4];
    for (auto& [name, bytes] : damaged.map()) {
      random.FillRandom(dice);
      if (dice[0] < 128) continue;
      const size_t at = (size_t{dice[1]} << 8 | dice[2]) % bytes.size();
      if (dice[0] < 192) {
        bytes[at] = static_cast<uint8_t>(bytes[at] + 1 + dice[3] % 255);
      } else {
        bytes.resize(at);
      }
    }
    const Result<Vault> vault = Vault::Open(host_, damaged.Blobs(), OneSecret(1));
    ASSERT_TRUE(!vault.ok() || IsSubset(ContentsOf(*vault), whole_));
  }
}

class LargeVaultDamageTest : public VaultFixture {
 protected:
  static constexpr int kRecords = 2'000;

  // Three weeks of two purposes, in bursts, each with a snapshot.
  void SetUp() override {
    Vault vault = Created();
    for (int i = 0; i < kRecords; ++i) {
      const char* purpose = i % 4 == 0 ? "personalize" : "store";
      Append(vault, purpose,
             std::to_string(i) + std::string(static_cast<size_t>(20 + i % 37), '.'));
      if (i % 50 == 49) FlushAll(vault);
      if (i % 700 == 699) NextWeek();
    }
    for (const char* purpose : {"store", "personalize"}) {
      BAYA_ASSERT_OK(vault.PutSnapshot(purpose, 1, kRecords, AsBytes(std::string(20'000, 's'))));
    }
    ASSERT_TRUE(FlushAll(vault));
    whole_ = ContentsOf(vault);
    ASSERT_EQ(whole_.size(), size_t{kRecords});
  }

  // A bit of a byte anywhere in the store, each as likely as any other.
  std::pair<Bytes*, size_t> AnyBit(baya::testing::TestHost& random) {
    uint8_t dice[4];
    random.FillRandom(dice);
    size_t at = (size_t{dice[0]} << 16 | size_t{dice[1]} << 8 | dice[2]) % storage_.TotalBytes();
    auto entry = storage_.map().begin();
    for (; at >= entry->second.size(); ++entry) at -= entry->second.size();
    return {&entry->second, at * 8 + dice[3] % 8};
  }

  Contents whole_;
};

TEST_F(LargeVaultDamageTest, ARandomBitCostsAtMostItsChunkAndTheLossIsCounted) {
  const size_t flips = std::getenv("BAYA_FULL") != nullptr ? 100'000 : 500;
  baya::testing::TestHost random(7);
  size_t costly = 0;
  size_t most = 0;
  for (size_t i = 0; i < flips; ++i) {
    const auto [bytes, bit] = AnyBit(random);
    const auto mask = static_cast<uint8_t>(1u << bit % 8);
    (*bytes)[bit / 8] ^= mask;
    BAYA_ASSERT_OK_AND_ASSIGN(const Vault vault, Opened());
    (*bytes)[bit / 8] ^= mask;
    const Contents contents = ContentsOf(vault);
    ASSERT_TRUE(IsSubset(contents, whole_));
    const size_t lost = whole_.size() - contents.size();
    ASSERT_EQ(vault.report().lost_records, lost);
    ASSERT_LE(vault.report().damage.size(), 1u);  // none of a chunk that nobody needs any more
    if (lost > 0) ++costly;
    most = std::max(most, lost);
  }
  // Most of the store is log chunks.
  EXPECT_GT(costly, flips / 2);
  EXPECT_LT(most, whole_.size() / 2);
  std::printf(
      "%zu random flips in %zu bytes of %zu blobs, %zu of them in records: at most %zu lost\n",
      flips, storage_.TotalBytes(), storage_.map().size(), costly, most);
}

}  // namespace
}  // namespace baya::vault
