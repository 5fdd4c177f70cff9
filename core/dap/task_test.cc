#include "dap/task.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/testing/status_matchers.h"
#include "codec/hex.h"

namespace baya::dap {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;

// The fields and bytes of divviup/janus, messages/src/tests/task.rs at 4ab28a36.
constexpr std::string_view kFooBar =
    "06666f6f626172"
    "001468747470733a2f2f6578616d706c652e636f6d2f"
    "001c68747470733a2f2f616e6f746865722e6578616d706c652e636f6d2f"
    "0000000000000e10"
    "0000000000002710"
    "01"
    "0000";
constexpr std::string_view kCount = "000000010000";
constexpr std::string_view kHistogram =
    "00000004000800000100"
    "00000012";
constexpr std::string_view kTaskInterval =
    "0014"
    "00010010"
    "0000000000000115"
    "000000000000001c";

Bytes TaskBytes(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (std::string_view part : parts) text += part;
  return codec::DecodeHex(text).value();
}

TEST(TaskConfigurationTest, EncodesAsPublished) {
  const Bytes bytes = TaskBytes({kFooBar, kCount, kTaskInterval});
  BAYA_ASSERT_OK_AND_ASSIGN(const TaskConfiguration task, DecodeTaskConfiguration(bytes));
  EXPECT_EQ(AsText(task.task_info), "foobar");
  EXPECT_EQ(task.leader_aggregator_endpoint, "https://example.com/");
  EXPECT_EQ(task.helper_aggregator_endpoint, "https://another.example.com/");
  EXPECT_EQ(task.time_precision_s, 3600u);
  EXPECT_EQ(task.min_batch_size, 10000u);
  EXPECT_EQ(task.batch_mode, BatchMode::kTimeInterval);
  EXPECT_EQ(task.vdaf_type, 1u);
  ASSERT_EQ(task.extensions.size(), 1u);
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes encoded, Encode(task));
  EXPECT_EQ(encoded, bytes);
}

TEST(TaskConfigurationTest, NothingIsMissingOrLeftOver) {
  Bytes bytes = TaskBytes({kFooBar, kHistogram, kTaskInterval});
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeTaskConfiguration(ByteView(bytes).first(size)),
                StatusIs(StatusCode::kInvalidArgument))
        << size;
  }
  bytes.push_back(0);
  EXPECT_THAT(DecodeTaskConfiguration(bytes), StatusIs(StatusCode::kInvalidArgument));
}

TEST(TaskConfigurationTest, FieldsOutOfRangeAreRefused) {
  const Bytes good = TaskBytes({kFooBar, kHistogram, "0000"});
  ASSERT_THAT(DecodeTaskConfiguration(good), IsOk());
  // No task_info.
  EXPECT_FALSE(
      DecodeTaskConfiguration(TaskBytes({"00", kFooBar.substr(14), kHistogram, "0000"})).ok());
  // A URL that is not ASCII: the first character after its length.
  Bytes url = good;
  url[9] = 0xff;
  EXPECT_FALSE(DecodeTaskConfiguration(url).ok());
  // A time precision of zero: the eight bytes after the helper's URL.
  Bytes precision = good;
  const size_t at = 7 + 22 + 30;
  ASSERT_EQ(precision[at + 6], 0x0e);
  precision[at + 6] = precision[at + 7] = 0;
  EXPECT_FALSE(DecodeTaskConfiguration(precision).ok());
}

TEST(TaskTest, TakesHistogramsInTimeIntervals) {
  const TaskId id = {1, 2, 3};
  const Bytes configuration = TaskBytes({kFooBar, kHistogram, kTaskInterval});
  BAYA_ASSERT_OK_AND_ASSIGN(const Task task, MakeTask(id, configuration));
  EXPECT_EQ(task.id, id);
  EXPECT_EQ(task.configuration, configuration);
  EXPECT_EQ(task.histogram.length, 256u);
  EXPECT_EQ(task.histogram.chunk_length, 18u);
  EXPECT_EQ(task.min_batch_size, 10000u);
  ASSERT_TRUE(task.task_interval.has_value());
  EXPECT_EQ(*task.task_interval, (Interval{277, 28}));
  EXPECT_EQ(task.TimeAt(1'000'000), 277u);
  BAYA_ASSERT_OK_AND_ASSIGN(const Task plain,
                            MakeTask(id, TaskBytes({kFooBar, kHistogram, "0000"})));
  EXPECT_FALSE(plain.task_interval.has_value());
}

TEST(TaskTest, RefusesWhatItCannotServe) {
  const auto make = [](std::initializer_list<std::string_view> parts) {
    return MakeTask({}, TaskBytes(parts)).status();
  };
  const std::string_view before_mode = kFooBar.substr(0, kFooBar.size() - 6);
  EXPECT_THAT(make({kFooBar, kCount, "0000"}), StatusIs(StatusCode::kUnimplemented));
  EXPECT_THAT(make({before_mode, "020000", kHistogram, "0000"}),
              StatusIs(StatusCode::kUnimplemented));
  EXPECT_THAT(make({before_mode, "01000101", kHistogram, "0000"}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(make({kFooBar, kHistogram,
                    "00041234"
                    "0000"}),
              StatusIs(StatusCode::kUnimplemented));
  // A VDAF configuration of another length, of no bucket, of too many.
  EXPECT_THAT(make({kFooBar,
                    "000000040004"
                    "00000100",
                    "0000"}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(make({kFooBar,
                    "000000040008"
                    "0000000000000012",
                    "0000"}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(make({kFooBar,
                    "000000040008"
                    "0010000100000012",
                    "0000"}),
              StatusIs(StatusCode::kInvalidArgument));
  // Task intervals: twice, out of order, not an interval.
  EXPECT_THAT(make({kFooBar, kHistogram, "0028", kTaskInterval.substr(4), kTaskInterval.substr(4)}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(make({kFooBar, kHistogram, "0018", kTaskInterval.substr(4), "00000000"}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(make({kFooBar, kHistogram,
                    "0007"
                    "0001"
                    "0003"
                    "010203"}),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST(TaskTest, TheChunkLengthIsTheSquareRootRoundedUp) {
  EXPECT_EQ(ChunkLengthFor(1), 1u);
  EXPECT_EQ(ChunkLengthFor(4), 2u);
  EXPECT_EQ(ChunkLengthFor(5), 3u);
  EXPECT_EQ(ChunkLengthFor(256), 16u);
  EXPECT_EQ(ChunkLengthFor(1u << 20), 1024u);
}

TEST(TaskTest, TheContextIsTheVersionAndTheTask) {
  TaskId id = {};
  id[31] = 7;
  EXPECT_EQ(codec::EncodeHex(VdafContext(id)), "6461702d3138" + std::string(62, '0') + "07");
}

TEST(TaskTest, AHistogramsConfigurationIsTwoNumbers) {
  EXPECT_EQ(codec::EncodeHex(EncodeHistogramConfig({256, 18})), "0000010000000012");
}

}  // namespace
}  // namespace baya::dap
