#include "dap/client.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "base/testing/status_matchers.h"
#include "codec/base64url.h"
#include "codec/hex.h"
#include "dap/testing/world.h"

namespace baya::dap {
namespace {

using ::baya::testing::StatusIs;
using testing::kBuckets;
using testing::World;

HpkeConfig Config(uint8_t id, uint16_t kem_id, uint16_t aead_id, size_t key_bytes = 32) {
  return {.id = id,
          .kem_id = kem_id,
          .kdf_id = 1,
          .aead_id = aead_id,
          .public_key = Bytes(key_bytes, 9)};
}

Bytes List(const std::vector<HpkeConfig>& configs) { return EncodeHpkeConfigList(configs).value(); }

TEST(SelectHpkeConfigTest, TakesTheFirstThatIsSupported) {
  BAYA_ASSERT_OK_AND_ASSIGN(
      const HpkeConfig config,
      SelectHpkeConfig(List({Config(1, 0x10, 3), Config(2, 0x20, 1), Config(3, 0x20, 3, 31),
                             Config(4, 0x20, 3), Config(5, 0x20, 3)})));
  EXPECT_EQ(config.id, 4);
}

TEST(SelectHpkeConfigTest, RefusesAListWithoutOne) {
  EXPECT_THAT(SelectHpkeConfig(List({Config(1, 0x10, 3), Config(2, 0x20, 1)})),
              StatusIs(StatusCode::kUnimplemented));
  EXPECT_THAT(SelectHpkeConfig(List({Config(1, 0x20, 3), Config(1, 0x20, 1)})),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(SelectHpkeConfig(Bytes{0, 0}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(SelectHpkeConfig({}), StatusIs(StatusCode::kInvalidArgument));
}

TEST(MakeReportTest, EveryMeasurementHasTheSameLength) {
  World world;
  std::set<size_t> sizes;
  for (uint64_t bucket = 0; bucket < kBuckets; ++bucket) {
    BAYA_ASSERT_OK_AND_ASSIGN(const ClientReport report,
                              MakeReport(world.task, world.leader_keys[0].config,
                                         world.helper_keys[0].config, 77, bucket, world.host));
    sizes.insert(report.encoded.size());
    BAYA_ASSERT_OK_AND_ASSIGN(const auto decoded, DecodeUploadRequest(report.encoded));
    ASSERT_EQ(decoded.size(), 1u);
    EXPECT_EQ(decoded[0].report_metadata.report_id, report.id);
    EXPECT_EQ(decoded[0].report_metadata.time, 77u);
    EXPECT_TRUE(decoded[0].report_metadata.public_extensions.empty());
    EXPECT_EQ(decoded[0].leader_encrypted_input_share.config_id, 1);
    EXPECT_EQ(decoded[0].helper_encrypted_input_share.config_id, 2);
    // A seed and a blind behind no extensions and a length; the tag.
    EXPECT_EQ(decoded[0].helper_encrypted_input_share.payload.size(), 2u + 4 + 64 + 16);
  }
  EXPECT_EQ(sizes.size(), 1u);
}

TEST(MakeReportTest, IdsAndSharesAreFresh) {
  World world;
  const Report one = world.Honest(1);
  const Report two = world.Honest(1);
  EXPECT_NE(one.report_metadata.report_id, two.report_metadata.report_id);
  EXPECT_NE(one.public_share, two.public_share);
  EXPECT_NE(one.leader_encrypted_input_share.enc, one.helper_encrypted_input_share.enc);
  EXPECT_NE(one.leader_encrypted_input_share.enc, two.leader_encrypted_input_share.enc);
}

TEST(MakeReportTest, WhatCannotBeSealedOrCountedIsRefused) {
  World world;
  const HpkeConfig& good = world.leader_keys[0].config;
  const auto make = [&](const HpkeConfig& leader, const HpkeConfig& helper, uint64_t bucket) {
    return MakeReport(world.task, leader, helper, 1, bucket, world.host).status();
  };
  EXPECT_THAT(make(good, good, kBuckets), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(make(good, Config(1, 0x20, 1), 0), StatusIs(StatusCode::kUnimplemented));
  HpkeConfig zero = good;
  zero.public_key = Bytes(32);
  EXPECT_THAT(make(zero, good, 0), StatusIs(StatusCode::kInvalidArgument));
}

TEST(ResourcesTest, EndpointsMayEndInASlash) {
  const World world;
  EXPECT_EQ(ReportsUrl(world.task), "https://leader.example/dap/tasks/" +
                                        codec::EncodeBase64Url(testing::kTaskId) + "/reports");
  EXPECT_EQ(HpkeConfigUrl(world.task.leader_url), "https://leader.example/dap/hpke_config");
  EXPECT_EQ(HpkeConfigUrl(world.task.helper_url), "https://helper.example/hpke_config");
}

// "Client Behavior" and "Aggregate Share Encryption": labels, then the roles of sender and
// recipient.
TEST(HpkeInfoTest, LabelsNameSenderAndRecipient) {
  EXPECT_EQ(AsText(InputShareInfo(Role::kLeader)), std::string("dap-18 input share\x01\x02"));
  EXPECT_EQ(AsText(InputShareInfo(Role::kHelper)), std::string("dap-18 input share\x01\x03"));
  EXPECT_EQ(AsText(AggregateShareInfo(Role::kLeader)),
            std::string("dap-18 aggregate share\x02\x00", 24));
  EXPECT_EQ(AsText(AggregateShareInfo(Role::kHelper)),
            std::string("dap-18 aggregate share\x03\x00", 24));
}

TEST(HpkeInfoTest, AssociatedDataIsTaskConfigurationAndMessage) {
  const World world;
  ReportMetadata metadata;
  metadata.report_id = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  metadata.time = 54321;
  metadata.public_extensions.push_back({0, ToBytes(AsBytes("0123"))});
  const std::string head =
      codec::EncodeHex(world.task.id) + codec::EncodeHex(world.task.configuration);
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes aad, InputShareAad(world.task, metadata, AsBytes("0123")));
  EXPECT_EQ(codec::EncodeHex(aad), head +
                                       "0102030405060708090a0b0c0d0e0f10"
                                       "000000000000d431"
                                       "00080000000430313233"
                                       "00000004"
                                       "30313233");
  EXPECT_EQ(codec::EncodeHex(AggregateShareAad(world.task, AsBytes("request"))),
            head + codec::EncodeHex(AsBytes("request")));
}

}  // namespace
}  // namespace baya::dap
