#include "vault/compaction.h"

#include <gtest/gtest.h>

#include <string>

#include "base/testing/test_host.h"

namespace baya::vault {
namespace {

class CompactionTest : public ::testing::Test {
 protected:
  CompactionTest() {
    keys_.Add(host_, "store", 1);
    keys_.Add(host_, "measure", 1);
  }

  void AddChunk(uint32_t key_id, size_t payload_bytes) {
    const Bytes payload(payload_bytes, static_cast<uint8_t>(next_));
    const RecordView record{next_++, 1, payload};
    chunks_.push_back(MakeLogChunk(host_, key_id, {&record, 1}));
  }

  size_t Records() const {
    size_t records = 0;
    for (const ChunkPtr& chunk : chunks_) {
      for (const RecordView& record : chunk->Records()) {
        ++records;
        EXPECT_TRUE(record.payload.empty() ||
                    record.payload[0] == static_cast<uint8_t>(record.sequence));
      }
    }
    return records;
  }

  baya::testing::TestHost host_;
  KeyTable keys_;
  std::vector<ChunkPtr> chunks_;
  uint64_t next_ = 1;
};

TEST_F(CompactionTest, EightSmallChunksOfOneKeyBecomeOne) {
  for (size_t i = 0; i < kMergeFanIn - 1; ++i) AddChunk(1, 200);
  AddChunk(2, 200);
  Compact(host_, keys_, chunks_);
  EXPECT_EQ(chunks_.size(), kMergeFanIn);
  AddChunk(1, 200);
  Compact(host_, keys_, chunks_);
  EXPECT_EQ(chunks_.size(), 2u);
  EXPECT_EQ(Records(), kMergeFanIn + 1);
}

TEST_F(CompactionTest, RecordsStayInOrderAcrossInterleavedPurposes) {
  for (size_t i = 0; i < 4 * kMergeFanIn; ++i) AddChunk(i % 2 == 0 ? 1 : 2, 20);
  Compact(host_, keys_, chunks_);
  EXPECT_EQ(chunks_.size(), 2u);
  uint64_t previous = 0;
  for (const RecordView& record : chunks_[0]->Records()) {
    EXPECT_GT(record.sequence, previous);
    previous = record.sequence;
  }
  EXPECT_EQ(Records(), 4 * kMergeFanIn);
}

TEST_F(CompactionTest, LargeChunksAreLeftAlone) {
  for (size_t i = 0; i < 2 * kMergeFanIn; ++i) AddChunk(1, kMaxRecordBytes);
  const std::vector<ChunkPtr> before = chunks_;
  Compact(host_, keys_, chunks_);
  EXPECT_EQ(chunks_, before);
}

TEST_F(CompactionTest, SnapshotsAreLeftAlone) {
  for (size_t i = 0; i < 2 * kMergeFanIn; ++i) {
    chunks_.push_back(MakeSnapshotChunk(host_, 1, static_cast<uint8_t>(i), 0, {}));
  }
  const std::vector<ChunkPtr> before = chunks_;
  Compact(host_, keys_, chunks_);
  EXPECT_EQ(chunks_, before);
}

TEST_F(CompactionTest, APastWeekIsTidiedOnceANewKeyExists) {
  AddChunk(1, 20);
  AddChunk(1, 3'000);
  AddChunk(1, 30'000);
  AddChunk(2, 20);
  Compact(host_, keys_, chunks_);
  EXPECT_EQ(chunks_.size(), 4u);
  keys_.Add(host_, "store", 2);
  Compact(host_, keys_, chunks_);
  EXPECT_EQ(chunks_.size(), 2u);
  EXPECT_EQ(Records(), 4u);
}

}  // namespace
}  // namespace baya::vault
