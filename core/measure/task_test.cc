#include "measure/task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/testing/status_matchers.h"
#include "codec/hex.h"
#include "measure/limits.h"
#include "measure/testing/samples.h"

namespace baya::measure {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Bytes Encoded(const Descriptor& descriptor) {
  const Result<Bytes> bytes = EncodeDescriptor(descriptor);
  return bytes.ok() ? *bytes : Bytes();
}

TEST(DescriptorTest, ReadsWhatItWrote) {
  const Descriptor interest = testing::CategoryInterest();
  const Bytes bytes = Encoded(interest);
  BAYA_ASSERT_OK_AND_ASSIGN(const Descriptor read, DecodeDescriptor(bytes));
  EXPECT_EQ(read.name, interest.name);
  EXPECT_EQ(read.title, interest.title);
  EXPECT_EQ(read.text, interest.text);
  EXPECT_EQ(read.policy, interest.policy);
  EXPECT_EQ(read.mechanism, interest.mechanism);
  EXPECT_EQ(read.epsilon_micro, interest.epsilon_micro);
  EXPECT_EQ(read.min_batch_size, interest.min_batch_size);
  EXPECT_EQ(read.period_s, interest.period_s);
  EXPECT_EQ(read.window_s, interest.window_s);
  EXPECT_EQ(read.delay_s, interest.delay_s);
  EXPECT_EQ(read.measurement, interest.measurement);
  EXPECT_EQ(read.signals, interest.signals);
  EXPECT_EQ(read.labels, interest.labels);
  EXPECT_EQ(Encoded(read), bytes);
}

// Written by hand from core/docs/formats/tasks.md.
TEST(DescriptorTest, HasTheBytesOfTheFormat) {
  Descriptor conversion = testing::Conversion();
  conversion.name = "n";
  conversion.title = "ti";
  conversion.text = "tex";
  conversion.labels = {"a", "b", "c", "d"};
  EXPECT_EQ(codec::EncodeHex(Encoded(conversion)),
            "01"      // version
            "016e"    // name
            "027469"  // title
            "0003746578"
            "01"                      // production
            "01"                      // discrete Laplace
            "01"                      // replace one
            "00000000000f4240"        // epsilon 1
            "00000014"                // minimum batch 20
            "00093a80"                // a week
            "00278d00"                // thirty days
            "00000e10"                // an hour
            "02"                      // conversion
            "00"                      // no signals
            "00080161016201630164");  // labels
}

TEST(DescriptorTest, RefusesEveryPrefixAndAnyTail) {
  Bytes bytes = Encoded(testing::CategoryInterest());
  ASSERT_THAT(bytes, Not(IsEmpty()));
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeDescriptor(ByteView(bytes).first(size)), Not(IsOk())) << size;
  }
  bytes.push_back(0);
  EXPECT_THAT(DecodeDescriptor(bytes), StatusIs(StatusCode::kInvalidArgument));
}

TEST(DescriptorTest, RefusesAnotherVersion) {
  Bytes bytes = Encoded(testing::CategoryInterest());
  bytes[0] = 2;
  EXPECT_THAT(DecodeDescriptor(bytes), StatusIs(StatusCode::kUnimplemented));
}

TEST(DescriptorTest, NoNoiseOnlyInATest) {
  Descriptor descriptor = testing::CategoryInterest();
  descriptor.mechanism = Mechanism::kNone;
  descriptor.epsilon_micro = 0;
  EXPECT_THAT(Check(descriptor), StatusIs(StatusCode::kInvalidArgument));
  descriptor.policy = Policy::kTest;
  BAYA_EXPECT_OK(Check(descriptor));
  descriptor.epsilon_micro = 1;
  EXPECT_THAT(Check(descriptor), StatusIs(StatusCode::kInvalidArgument));
}

TEST(DescriptorTest, NoiseHasAnEpsilon) {
  Descriptor descriptor = testing::CategoryInterest();
  descriptor.epsilon_micro = 0;
  EXPECT_THAT(Check(descriptor), StatusIs(StatusCode::kInvalidArgument));
  descriptor.epsilon_micro = kMaxEpsilonMicro;
  BAYA_EXPECT_OK(Check(descriptor));
  descriptor.epsilon_micro = kMaxEpsilonMicro + 1;
  EXPECT_THAT(Check(descriptor), StatusIs(StatusCode::kResourceExhausted));
}

TEST(DescriptorTest, ProductionNeedsACrowd) {
  Descriptor descriptor = testing::CategoryInterest();
  descriptor.min_batch_size = kMinProductionBatch - 1;
  EXPECT_THAT(Check(descriptor), StatusIs(StatusCode::kInvalidArgument));
  descriptor.policy = Policy::kTest;
  BAYA_EXPECT_OK(Check(descriptor));
  descriptor.min_batch_size = 0;
  EXPECT_THAT(Check(descriptor), StatusIs(StatusCode::kInvalidArgument));
}

TEST(DescriptorTest, ProductionIsNoBeacon) {
  Descriptor descriptor = testing::CategoryInterest();
  descriptor.period_s = kMinProductionPeriodS;
  BAYA_EXPECT_OK(Check(descriptor));
  descriptor.period_s = kMinProductionPeriodS - 1;
  EXPECT_THAT(Check(descriptor), StatusIs(StatusCode::kInvalidArgument));
  descriptor.policy = Policy::kTest;
  BAYA_EXPECT_OK(Check(descriptor));
}

TEST(DescriptorTest, RefusesWhatItDoesNotKnow) {
  const auto changed = [](auto change) {
    Descriptor descriptor = testing::CategoryInterest();
    change(descriptor);
    return Check(descriptor);
  };
  EXPECT_THAT(changed([](Descriptor& d) { d.policy = static_cast<Policy>(3); }),
              StatusIs(StatusCode::kUnimplemented));
  EXPECT_THAT(changed([](Descriptor& d) { d.mechanism = static_cast<Mechanism>(2); }),
              StatusIs(StatusCode::kUnimplemented));
  EXPECT_THAT(changed([](Descriptor& d) { d.adjacency = static_cast<Adjacency>(0); }),
              StatusIs(StatusCode::kUnimplemented));
  EXPECT_THAT(changed([](Descriptor& d) { d.measurement = static_cast<Measurement>(3); }),
              StatusIs(StatusCode::kUnimplemented));
}

TEST(DescriptorTest, RefusesWhatBreaksARule) {
  const std::string long_label(kMaxLabelBytes + 1, 'x');
  const auto changed = [](auto change) {
    Descriptor descriptor = testing::CategoryInterest();
    change(descriptor);
    return Check(descriptor);
  };
  const std::vector<Status> refused = {
      changed([](Descriptor& d) { d.name = ""; }),
      changed([](Descriptor& d) { d.title = "\xff"; }),
      changed([](Descriptor& d) { d.text = ""; }),
      changed([](Descriptor& d) { d.period_s = 0; }),
      changed([](Descriptor& d) { d.window_s = 0; }),
      changed([](Descriptor& d) { d.signals = 0; }),
      changed([](Descriptor& d) { d.signals = 8; }),
      changed([](Descriptor& d) { d.labels = {"other"}; }),
      changed([](Descriptor& d) {
        d.labels = {"lamps", "lamps"};
      }),
      changed([](Descriptor& d) {
        d.labels = {"lamps", ""};
      }),
      changed([&](Descriptor& d) {
        d.labels = {"lamps", long_label};
      }),
      changed([](Descriptor& d) { d.measurement = Measurement::kConversionAfterRecommendation; }),
  };
  EXPECT_THAT(refused, Each(StatusIs(StatusCode::kInvalidArgument)));
}

TEST(DescriptorTest, HoldsAsManyLabelsAsTheLimitSays) {
  std::vector<std::string> names;
  for (size_t i = 0; i <= kMaxLabels; ++i) {
    names.push_back(std::string(kMaxLabelBytes - 4, 'x') + std::to_string(1000 + i));
  }
  Descriptor descriptor = testing::CategoryInterest();
  descriptor.labels.assign(names.begin(), names.end() - 1);
  const Bytes bytes = Encoded(descriptor);
  BAYA_ASSERT_OK_AND_ASSIGN(const Descriptor read, DecodeDescriptor(bytes));
  EXPECT_THAT(read.labels, SizeIs(kMaxLabels));
  descriptor.labels.push_back(names.back());
  EXPECT_THAT(EncodeDescriptor(descriptor), StatusIs(StatusCode::kResourceExhausted));
}

// SHA-256 of the empty string: FIPS 180-4.
TEST(TaskInfoTest, IsTheVersionAndTheHash) {
  EXPECT_EQ(codec::EncodeHex(TaskInfoOf({})),
            "01e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

class TasksTest : public ::testing::Test {
 protected:
  static Task MakeTask(uint8_t id, const Bytes& descriptor) {
    Task task;
    task.id.fill(id);
    task.configuration = kConfiguration;
    task.encoded_descriptor = descriptor;
    return task;
  }

  static constexpr uint8_t kConfiguration[] = {1, 2, 3};
  const Bytes interest_ = Encoded(testing::CategoryInterest());
  const Bytes conversion_ = Encoded(testing::Conversion());
};

TEST_F(TasksTest, ReadsWhatItWrote) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes section,
                            EncodeTasks({MakeTask(7, interest_), MakeTask(9, conversion_)}));
  BAYA_ASSERT_OK_AND_ASSIGN(const std::vector<Task> tasks, DecodeTasks(section));
  ASSERT_THAT(tasks, SizeIs(2));
  EXPECT_THAT(tasks[0].id, Each(7));
  EXPECT_THAT(tasks[0].configuration, ElementsAre(1, 2, 3));
  EXPECT_EQ(tasks[0].descriptor.name, "category-interest");
  EXPECT_THAT(tasks[1].id, Each(9));
  EXPECT_EQ(ToBytes(tasks[1].encoded_descriptor), conversion_);
  EXPECT_THAT(tasks[1].descriptor.labels, SizeIs(kConversions));
}

TEST_F(TasksTest, ThereMayBeNone) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes section, EncodeTasks({}));
  EXPECT_THAT(section, ElementsAre(0, 0, 0));
  EXPECT_THAT(*DecodeTasks(section), IsEmpty());
}

TEST_F(TasksTest, RefusesEveryPrefixAndAnyTail) {
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes section, EncodeTasks({MakeTask(7, conversion_)}));
  for (size_t size = 0; size < section.size(); ++size) {
    EXPECT_THAT(DecodeTasks(ByteView(section).first(size)), Not(IsOk())) << size;
  }
  section.push_back(0);
  EXPECT_THAT(DecodeTasks(section), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(TasksTest, RefusesEqualIdsTooManyAndNoConfiguration) {
  EXPECT_THAT(EncodeTasks({MakeTask(7, interest_), MakeTask(7, conversion_)}),
              StatusIs(StatusCode::kInvalidArgument));
  std::vector<Task> many;
  for (uint8_t id = 0; id <= kMaxTasks; ++id) many.push_back(MakeTask(id, interest_));
  EXPECT_THAT(EncodeTasks(many), StatusIs(StatusCode::kResourceExhausted));
  many.pop_back();
  BAYA_EXPECT_OK(EncodeTasks(many).status());
  many[0].configuration = {};
  EXPECT_THAT(EncodeTasks(many), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::measure
