#include "vault/chunk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/testing/status_matchers.h"
#include "base/testing/test_host.h"

namespace baya::vault {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;

constexpr size_t kHeaderBytes = 29;

class ChunkTest : public ::testing::Test {
 protected:
  ChunkPtr Example() {
    const RecordView records[] = {
        {10, 1, AsBytes("ten")}, {12, 2, AsBytes("")}, {300, 255, AsBytes("three hundred")}};
    return MakeLogChunk(host_, 4, records);
  }

  static Result<ChunkPtr> Decode(ByteView content) {
    Plaintext plaintext(content.size());
    FixedWriter(plaintext.mutable_content()).Raw(content);
    return DecodeChunk(1, 4, std::move(plaintext));
  }

  baya::testing::TestHost host_;
  SecretBytes key_ = SecretBytes::CopyOf(Bytes(kKeyBytes, 9));
  VaultId vault_id_{7};
};

TEST_F(ChunkTest, ReadsBackItsRecords) {
  const ChunkPtr chunk = Example();
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes blob, SealChunk(host_, key_, vault_id_, 2, 33, *chunk));
  const OpenedChunk opened = OpenChunk(key_, 4, vault_id_, chunk->listed.id, blob);
  ASSERT_EQ(opened.fault, Fault::kNone);
  EXPECT_EQ(opened.chunk->listed, chunk->listed);
  EXPECT_EQ(opened.chunk->epoch, 2u);
  EXPECT_EQ(opened.chunk->generation, 33u);
  const std::vector<RecordView> records = opened.chunk->Records();
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[2].sequence, 300u);
  EXPECT_EQ(records[2].kind, 255);
  EXPECT_EQ(AsText(records[2].payload), "three hundred");
  EXPECT_EQ(opened.chunk->listed.span, 290u);
}

TEST_F(ChunkTest, ReadsBackASnapshot) {
  const ChunkPtr chunk = MakeSnapshotChunk(host_, 4, 3, 77, AsBytes("state"));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes blob, SealChunk(host_, key_, vault_id_, 1, 1, *chunk));
  const OpenedChunk opened = OpenChunk(key_, 4, vault_id_, chunk->listed.id, blob);
  ASSERT_EQ(opened.fault, Fault::kNone);
  EXPECT_EQ(opened.chunk->snapshot_kind(), 3);
  EXPECT_EQ(AsText(opened.chunk->snapshot()), "state");
  EXPECT_EQ(opened.chunk->listed.first_sequence, 77u);
}

TEST_F(ChunkTest, AnotherIdOrKeyNumberDoesNotOpen) {
  const ChunkPtr chunk = Example();
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes blob, SealChunk(host_, key_, vault_id_, 1, 1, *chunk));
  const uint64_t id = chunk->listed.id;
  EXPECT_EQ(OpenChunk(key_, 4, vault_id_, id + 1, blob).fault, Fault::kAuthentication);
  EXPECT_EQ(OpenChunk(key_, 5, vault_id_, id, blob).fault, Fault::kAuthentication);
  EXPECT_EQ(OpenChunk(key_, 4, {}, id, blob).fault, Fault::kAuthentication);
}

TEST_F(ChunkTest, IdsAreRandom) { EXPECT_NE(Example()->listed.id, Example()->listed.id); }

TEST_F(ChunkTest, EveryTruncationAndOneByteMoreIsRefused) {
  Bytes content = ToBytes(Example()->plaintext.content());
  BAYA_EXPECT_OK(Decode(content));
  for (size_t length = 0; length < content.size(); ++length) {
    EXPECT_THAT(Decode(ByteView(content).first(length)), StatusIs(StatusCode::kInvalidArgument));
  }
  content.push_back(0);
  EXPECT_THAT(Decode(content), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(ChunkTest, RefusesRecordsThatAreNotAsTheHeaderSays) {
  const Bytes good = ToBytes(Example()->plaintext.content());
  const auto refused = [&](size_t at, uint8_t value) {
    Bytes bad = good;
    bad[at] = value;
    return !Decode(bad).ok();
  };
  EXPECT_TRUE(refused(0, 3));                     // type
  EXPECT_TRUE(refused(0, 2));                     // a snapshot with records
  EXPECT_TRUE(refused(24, 0x21));                 // span
  EXPECT_TRUE(refused(28, 2));                    // fewer records
  EXPECT_TRUE(refused(28, 4));                    // more records
  EXPECT_TRUE(refused(25, 0xff));                 // very many records
  EXPECT_TRUE(refused(kHeaderBytes + 3, 1));      // the first offset is not 0
  EXPECT_TRUE(refused(kHeaderBytes + 9 + 3, 0));  // offsets do not ascend
  EXPECT_TRUE(refused(kHeaderBytes + 5, 2));      // a payload of another length
  EXPECT_TRUE(refused(kHeaderBytes + 4, 0xff));   // past the end
  EXPECT_THAT(Decode(Bytes(kHeaderBytes)), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(ChunkTest, AChunkTakesWhatFits) {
  EXPECT_EQ(CountForOneChunk({}), 0u);
  const Bytes payload(kMaxRecordBytes, 'x');
  std::vector<RecordView> large;
  for (uint64_t i = 1; i <= 5; ++i) large.push_back({i, 1, payload});
  EXPECT_EQ(CountForOneChunk(large), 1u);  // two with their headers exceed 128 KiB
  std::vector<RecordView> far = {{1, 1, {}}, {1 + kMaxSpan, 1, {}}, {2 + kMaxSpan, 1, {}}};
  EXPECT_EQ(CountForOneChunk(far), 2u);
  const std::string event(190, 'e');
  std::vector<RecordView> events(2000, RecordView{1, 1, AsBytes(event)});
  EXPECT_EQ(CountForOneChunk(events), kMaxLogBytes / (190 + kRecordHeaderBytes));
}

}  // namespace
}  // namespace baya::vault
