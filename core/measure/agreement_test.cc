#include "measure/agreement.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "base/testing/status_matchers.h"
#include "dap/client.h"
#include "measure/limits.h"
#include "measure/testing/built_task.h"
#include "measure/testing/samples.h"

namespace baya::measure {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;

template <typename Change>
Result<dap::Task> AgreeWith(Change change) {
  const Descriptor descriptor = testing::CategoryInterest();
  dap::TaskConfiguration configuration = testing::ConfigurationOf(descriptor);
  change(configuration);
  const testing::BuiltTask built = testing::Build(7, descriptor, configuration);
  return Agree(built.View());
}

Result<dap::Task> AgreeWithUrls(std::string leader, std::string helper) {
  return AgreeWith([&](dap::TaskConfiguration& c) {
    c.leader_aggregator_endpoint = std::move(leader);
    c.helper_aggregator_endpoint = std::move(helper);
  });
}

TEST(AgreementTest, GivesTheTaskOfTheConfiguration) {
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::Task task, AgreeWith([](dap::TaskConfiguration&) {}));
  EXPECT_EQ(task.id[0], 7);
  EXPECT_EQ(task.histogram.length, 3u);
  EXPECT_EQ(task.min_batch_size, 20u);
  EXPECT_EQ(task.leader_url, "https://leader.example/");
}

// What the person read is what is bound into the report.
TEST(AgreementTest, AnotherTextIsRefused) {
  EXPECT_THAT(AgreeWith([](dap::TaskConfiguration& c) { c.task_info[5] ^= 1; }),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(AgreeWith([](dap::TaskConfiguration& c) { c.task_info.pop_back(); }),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST(AgreementTest, AnotherCrowdOrShapeIsRefused) {
  EXPECT_THAT(AgreeWith([](dap::TaskConfiguration& c) { c.min_batch_size = 19; }),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(AgreeWith([](dap::TaskConfiguration& c) {
                c.vdaf_configuration = dap::EncodeHistogramConfig({4, 2});
              }),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(AgreeWith([](dap::TaskConfiguration& c) { c.vdaf_type = 1; }),
              StatusIs(StatusCode::kUnimplemented));
}

TEST(AgreementTest, TheAggregatorsAreTwo) {
  const std::string leader = "https://one.example/";
  for (const char* helper :
       {"https://one.example/", "https://one.example/other/path", "https://ONE.example",
        "https://one.example?x", "https://one.example:443/"}) {
    EXPECT_THAT(AgreeWithUrls(leader, helper), StatusIs(StatusCode::kPermissionDenied)) << helper;
  }
  EXPECT_THAT(AgreeWithUrls(leader, "https://one.example:8443/"), IsOk());
  EXPECT_THAT(AgreeWithUrls(leader, "https://two.example/"), IsOk());
}

TEST(AgreementTest, TheAggregatorsAreReachedInPrivate) {
  const std::string leader = "https://one.example/";
  for (const char* helper :
       {"http://two.example/", "ftp://two.example/", "two.example", "https://",
        "http://localhost.example/", "http://127.0.0.10/", "https://user@two.example/",
        // A browser reads these as one.example, as two.example or not at all.
        "https:///one.example/", "https://one.example\\two/", "https://one.exa\tmple/",
        "https://%6fne.example/", "https://two.example:/", "https://two.example:0443/",
        "https://two.example:x/", "https://two.example./", "https://:8443/"}) {
    EXPECT_THAT(AgreeWithUrls(leader, helper), StatusIs(StatusCode::kPermissionDenied)) << helper;
  }
  for (const char* helper : {"http://127.0.0.1:9002/", "http://localhost/", "http://[::1]:1/"}) {
    EXPECT_THAT(AgreeWithUrls(leader, helper), IsOk()) << helper;
  }
  EXPECT_THAT(AgreeWithUrls("http://127.0.0.1:1/", "http://127.0.0.1:2/"), IsOk());
}

// A queue or a log that holds more could not be read again.
TEST(AgreementTest, AddressesFitTheQueueAndTheLog) {
  const auto padded = [](std::string url, size_t size) {
    url.resize(size, 'x');
    return url;
  };
  const std::string leader = "https://one.example/";
  const std::string helper = "https://two.example/";
  // "/tasks/", 43 letters of the id, "/reports".
  const size_t most = kMaxUrlBytes - 7 - 43 - 8;
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::Task task, AgreeWithUrls(padded(leader, most), helper));
  EXPECT_EQ(dap::ReportsUrl(task).size(), kMaxUrlBytes);
  EXPECT_THAT(AgreeWithUrls(padded(leader, most + 1), helper),
              StatusIs(StatusCode::kResourceExhausted));
  EXPECT_THAT(AgreeWithUrls(leader, padded(helper, kMaxUrlBytes)), IsOk());
  EXPECT_THAT(AgreeWithUrls(leader, padded(helper, kMaxUrlBytes + 1)),
              StatusIs(StatusCode::kResourceExhausted));
}

TEST(AgreementTest, TimesAreOfManyDevices) {
  const auto precise = [](Policy policy, uint64_t precision_s) {
    Descriptor descriptor = testing::CategoryInterest();
    descriptor.policy = policy;
    dap::TaskConfiguration configuration = testing::ConfigurationOf(descriptor);
    configuration.time_precision_s = precision_s;
    return Agree(testing::Build(7, descriptor, configuration).View());
  };
  EXPECT_THAT(precise(Policy::kProduction, kMinProductionPrecisionS), IsOk());
  EXPECT_THAT(precise(Policy::kProduction, kMinProductionPrecisionS - 1),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(precise(Policy::kTest, 1), IsOk());
}

TEST(AgreementTest, ALongerProofIsRefused) {
  for (const uint32_t chunk_length : {1U, 3U, uint32_t{1} << 20}) {
    EXPECT_THAT(AgreeWith([&](dap::TaskConfiguration& c) {
                  c.vdaf_configuration = dap::EncodeHistogramConfig({3, chunk_length});
                }),
                StatusIs(StatusCode::kInvalidArgument))
        << chunk_length;
  }
}

}  // namespace
}  // namespace baya::measure
