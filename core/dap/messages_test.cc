#include "dap/messages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/testing/status_matchers.h"
#include "codec/hex.h"

namespace baya::dap {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;

// Encodings by the draft's presentation language. The values of fields are those in the tests of
// divviup/janus (messages/src/tests, at 4ab28a36), whose bytes for every structure that draft 18
// left unchanged are these; requests and responses of aggregation jobs have no outer length since
// draft 18.
constexpr std::string_view kReportId1 = "0102030405060708090a0b0c0d0e0f10";
constexpr std::string_view kReportId2 = "100f0e0d0c0b0a090807060504030201";
constexpr std::string_view kMetadata1 = "0102030405060708090a0b0c0d0e0f10000000000000d4310000";
constexpr std::string_view kMetadata2 =
    "100f0e0d0c0b0a0908070605040302010000000000011f4600080000000430313233";
constexpr std::string_view kCiphertext1 = "2a000630313233343500000006353433323130";
constexpr std::string_view kCiphertext2 =
    "0d00046162636500000004"
    "61626664";
constexpr std::string_view kTimeIntervalQuery = "010010000000000000d4310000000000003039";

Bytes Hex(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (std::string_view part : parts) text += part;
  return codec::DecodeHex(text).value();
}

std::string Text(ByteView bytes) { return codec::EncodeHex(bytes); }

using Check = std::function<bool(ByteView)>;

// Every beginning of `message` is refused, and so is `message` with a byte more.
void ExpectWhole(const Bytes& message, const Check& decodes) {
  EXPECT_TRUE(decodes(message));
  for (size_t size = 0; size < message.size(); ++size) {
    EXPECT_FALSE(decodes(ByteView(message).first(size))) << size;
  }
  Bytes longer = message;
  longer.push_back(0);
  EXPECT_FALSE(decodes(longer));
}

// The same for a sequence: a beginning is accepted at the ends of its elements alone.
void ExpectSequence(const Bytes& message, const std::vector<size_t>& ends, const Check& decodes) {
  for (size_t size = 0; size <= message.size(); ++size) {
    const bool whole = std::find(ends.begin(), ends.end(), size) != ends.end();
    EXPECT_EQ(decodes(ByteView(message).first(size)), whole) << size;
  }
}

// `message` with the four or two bytes at `at` set to ones: a length past the end.
Bytes Overlong(Bytes message, size_t at, size_t width) {
  for (size_t i = 0; i < width; ++i) message[at + i] = 0xff;
  return message;
}

TEST(MessagesTest, HpkeCiphertext) {
  const Bytes bytes = Hex({"0a00043031323300000004", "34353637"});
  BAYA_ASSERT_OK_AND_ASSIGN(const HpkeCiphertext ciphertext, DecodeHpkeCiphertext(bytes));
  EXPECT_EQ(ciphertext.config_id, 10);
  EXPECT_EQ(AsText(ciphertext.enc), "0123");
  EXPECT_EQ(AsText(ciphertext.payload), "4567");
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes encoded, Encode(ciphertext));
  EXPECT_EQ(encoded, bytes);
  const Check decodes = [](ByteView view) { return DecodeHpkeCiphertext(view).ok(); };
  ExpectWhole(bytes, decodes);
  EXPECT_FALSE(decodes(Overlong(bytes, 1, 2)));
  EXPECT_FALSE(decodes(Overlong(bytes, 7, 4)));
  EXPECT_FALSE(decodes(Hex({"0a", "0000", "0000000134"})));
  EXPECT_FALSE(decodes(Hex({"0a", "000130", "00000000"})));
}

TEST(MessagesTest, HpkeConfigList) {
  const Bytes first =
      Hex({"17", "0020", "0001", "0003", "0010", "30313233343536373839616263646566"});
  const Bytes second = Hex({"0c", "0010", "0003", "0002", "0001", "ff"});
  BAYA_ASSERT_OK_AND_ASSIGN(const HpkeConfig config, DecodeHpkeConfig(first));
  EXPECT_EQ(config.id, 23);
  EXPECT_EQ(config.kem_id, 0x0020);
  EXPECT_EQ(config.kdf_id, 0x0001);
  EXPECT_EQ(config.aead_id, 0x0003);
  EXPECT_EQ(AsText(config.public_key), "0123456789abcdef");
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes again, Encode(config));
  EXPECT_EQ(again, first);
  ExpectWhole(first, [](ByteView view) { return DecodeHpkeConfig(view).ok(); });
  EXPECT_THAT(DecodeHpkeConfig(Hex({"17", "0020", "0001", "0003", "0000"})),
              StatusIs(StatusCode::kInvalidArgument));

  const Bytes list = Hex({"0023", Text(first), Text(second)});
  BAYA_ASSERT_OK_AND_ASSIGN(const std::vector<HpkeConfig> configs, DecodeHpkeConfigList(list));
  ASSERT_EQ(configs.size(), 2u);
  EXPECT_EQ(configs[1].aead_id, 0x0002);
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes encoded, EncodeHpkeConfigList(configs));
  EXPECT_EQ(encoded, list);
  ExpectWhole(list, [](ByteView view) { return DecodeHpkeConfigList(view).ok(); });
  EXPECT_THAT(DecodeHpkeConfigList(Hex({"0000"})), StatusIs(StatusCode::kInvalidArgument));
}

TEST(MessagesTest, UploadRequest) {
  const Bytes first = Hex({kMetadata1, "00000000", kCiphertext1, kCiphertext2});
  const Bytes second = Hex({kMetadata2, "0000000433323130", kCiphertext1, kCiphertext2});
  const Bytes body = Hex({Text(first), Text(second)});
  BAYA_ASSERT_OK_AND_ASSIGN(const std::vector<Report> reports, DecodeUploadRequest(body));
  ASSERT_EQ(reports.size(), 2u);
  EXPECT_EQ(Text(reports[0].report_metadata.report_id), kReportId1);
  EXPECT_EQ(reports[0].report_metadata.time, 54321u);
  EXPECT_TRUE(reports[0].report_metadata.public_extensions.empty());
  EXPECT_TRUE(reports[0].public_share.empty());
  EXPECT_EQ(Text(reports[1].report_metadata.report_id), kReportId2);
  ASSERT_EQ(reports[1].report_metadata.public_extensions.size(), 1u);
  EXPECT_EQ(reports[1].report_metadata.public_extensions[0].type, 0);
  EXPECT_EQ(AsText(reports[1].report_metadata.public_extensions[0].data), "0123");
  EXPECT_EQ(AsText(reports[1].public_share), "3210");
  EXPECT_EQ(reports[1].leader_encrypted_input_share.config_id, 42);
  EXPECT_EQ(AsText(reports[1].helper_encrypted_input_share.payload), "abfd");
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes encoded, Encode(reports[1]));
  EXPECT_EQ(encoded, second);
  const Check decodes = [](ByteView view) { return DecodeUploadRequest(view).ok(); };
  ExpectSequence(body, {0, first.size(), body.size()}, decodes);
  EXPECT_FALSE(decodes(Overlong(first, 24, 2)));  // public_extensions
  EXPECT_FALSE(decodes(Overlong(first, 26, 4)));  // public_share
}

TEST(MessagesTest, PlaintextInputShare) {
  const Bytes bytes = Hex({"0008", "0000", "0004", "30313233", "00000004", "34353637"});
  BAYA_ASSERT_OK_AND_ASSIGN(const PlaintextInputShare share, DecodePlaintextInputShare(bytes));
  ASSERT_EQ(share.private_extensions.size(), 1u);
  EXPECT_EQ(AsText(share.private_extensions[0].data), "0123");
  EXPECT_EQ(AsText(share.payload.Expose()), "4567");
  ExpectWhole(bytes, [](ByteView view) { return DecodePlaintextInputShare(view).ok(); });
  EXPECT_FALSE(DecodePlaintextInputShare(Hex({"0000", "00000000"})).ok());
  // An extension that is longer than the list it is in.
  EXPECT_FALSE(DecodePlaintextInputShare(Hex({"0004", "00000001", "ff", "0000000134"})).ok());
}

TEST(MessagesTest, UploadErrors) {
  const ReportUploadStatus statuses[] = {
      {ReportId{}, ReportError::kTaskExpired},
      {ReportId{1, 2, 3}, ReportError::kInvalidMessage},
  };
  const Bytes body = EncodeUploadErrors(statuses);
  EXPECT_EQ(Text(body),
            "0000000000000000000000000000000007"
            "0102030000000000000000000000000008");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto decoded, DecodeUploadErrors(body));
  ASSERT_EQ(decoded.size(), 2u);
  EXPECT_EQ(decoded[1].id, statuses[1].id);
  EXPECT_EQ(decoded[1].error, ReportError::kInvalidMessage);
  ExpectSequence(body, {0, 17, 34}, [](ByteView view) { return DecodeUploadErrors(view).ok(); });
}

TEST(MessagesTest, AggregationJobInitReq) {
  const Bytes first =
      Hex({kMetadata1, "00000000", kCiphertext1, "0000000b", "00", "00000006", "303132333435"});
  const Bytes second =
      Hex({kMetadata2, "0000000430313233", kCiphertext2, "00000005", "02", "00000000"});
  const Bytes head = Hex({"07", "00000000", "0000"});
  const Bytes body = Hex({Text(head), Text(first), Text(second)});
  BAYA_ASSERT_OK_AND_ASSIGN(const AggregationJobInitReq request, DecodeAggregationJobInitReq(body));
  EXPECT_EQ(request.verification_key_id, 7);
  EXPECT_TRUE(request.agg_param.empty());
  EXPECT_TRUE(request.extensions.empty());
  ASSERT_EQ(request.verify_inits.size(), 2u);
  EXPECT_EQ(Text(request.verify_inits[0].payload), "0000000006303132333435");
  EXPECT_EQ(AsText(request.verify_inits[1].report_share.public_share), "0123");
  EXPECT_EQ(request.verify_inits[1].report_share.encrypted_input_share.config_id, 13);
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes encoded,
                            EncodeAggregationJobInitReq(7, request.verify_inits));
  EXPECT_EQ(encoded, body);
  const Check decodes = [](ByteView view) { return DecodeAggregationJobInitReq(view).ok(); };
  ExpectSequence(body, {head.size(), head.size() + first.size(), body.size()}, decodes);

  // With an aggregation parameter and the extension of the other batch mode.
  BAYA_ASSERT_OK_AND_ASSIGN(const AggregationJobInitReq other,
                            DecodeAggregationJobInitReq(Hex({"ff", "00000006", "303132333435",
                                                             "0006", "0001", "0002", "0202"})));
  EXPECT_EQ(AsText(other.agg_param), "012345");
  ASSERT_EQ(other.extensions.size(), 1u);
  EXPECT_EQ(other.extensions[0].type, 1);
}

TEST(MessagesTest, AggregationJobResp) {
  const Bytes body = Hex({kReportId1, "00", "00000013", "01", "00000006", "303132333435",
                          "00000004", "36373839",  // continue
                          kReportId2, "01",        // finish
                          "ffffffffffffffffffffffffffffffff", "02", "06"});
  BAYA_ASSERT_OK_AND_ASSIGN(const std::vector<VerifyResp> responses,
                            DecodeAggregationJobResp(body));
  ASSERT_EQ(responses.size(), 3u);
  EXPECT_EQ(responses[0].type, VerifyRespType::kContinue);
  EXPECT_EQ(responses[0].payload.size(), 0x13u);
  EXPECT_EQ(responses[1].type, VerifyRespType::kFinish);
  EXPECT_EQ(responses[2].type, VerifyRespType::kReject);
  EXPECT_EQ(responses[2].report_error, ReportError::kVdafVerifyError);
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes encoded, EncodeAggregationJobResp(responses));
  EXPECT_EQ(encoded, body);
  const Check decodes = [](ByteView view) { return DecodeAggregationJobResp(view).ok(); };
  ExpectSequence(body, {0, 40, 57, 75}, decodes);
  EXPECT_FALSE(decodes(Hex({kReportId1, "03"})));
  EXPECT_FALSE(decodes(Hex({kReportId1, "00", "00000000"})));
}

TEST(MessagesTest, CollectionJobReq) {
  const Bytes bytes = Hex({kTimeIntervalQuery, "00000006303132333435", "0000"});
  BAYA_ASSERT_OK_AND_ASSIGN(const CollectionJobReq request, DecodeCollectionJobReq(bytes));
  EXPECT_EQ(request.query.batch_mode, 1);
  BAYA_ASSERT_OK_AND_ASSIGN(const Interval interval, DecodeInterval(request.query.config));
  EXPECT_EQ(interval, (Interval{54321, 12345}));
  EXPECT_EQ(EncodeInterval(interval), request.query.config);
  EXPECT_EQ(AsText(request.agg_param), "012345");
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes encoded, Encode(request));
  EXPECT_EQ(encoded, bytes);
  ExpectWhole(bytes, [](ByteView view) { return DecodeCollectionJobReq(view).ok(); });

  // Extensions survive as they came, even out of order.
  const Bytes extended =
      Hex({"02", "0000", "00000000", "000b", "0002", "0000", "0001", "0003", "657874"});
  BAYA_ASSERT_OK_AND_ASSIGN(const CollectionJobReq other, DecodeCollectionJobReq(extended));
  ASSERT_EQ(other.extensions.size(), 2u);
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes again, Encode(other));
  EXPECT_EQ(again, extended);
}

TEST(MessagesTest, CollectionJobResp) {
  const Bytes bytes =
      Hex({"0000000000000017", "000000000000d431", "0000000000003039", "0a", "0004", "30313233",
           "00000004", "34353637", "0c", "0005", "3031323334", "00000003", "353637"});
  BAYA_ASSERT_OK_AND_ASSIGN(const CollectionJobResp response, DecodeCollectionJobResp(bytes));
  EXPECT_EQ(response.report_count, 23u);
  EXPECT_EQ(response.interval, (Interval{54321, 12345}));
  EXPECT_EQ(response.leader_encrypted_agg_share.config_id, 10);
  EXPECT_EQ(AsText(response.helper_encrypted_agg_share.payload), "567");
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes encoded, Encode(response));
  EXPECT_EQ(encoded, bytes);
  ExpectWhole(bytes, [](ByteView view) { return DecodeCollectionJobResp(view).ok(); });
}

TEST(MessagesTest, AggregateShareReq) {
  const Bytes bytes = Hex({kTimeIntervalQuery, "00000000", "0000",                // request
                           "01", "0010", "000000000000d435", "0000000000000001",  // selector
                           "00000000000001b7",                                    // count
                           "0000000000000000000000000000000000000000000000000000000000000102"});
  BAYA_ASSERT_OK_AND_ASSIGN(const AggregateShareReq request, DecodeAggregateShareReq(bytes));
  EXPECT_EQ(request.report_count, 439u);
  EXPECT_EQ(request.checksum[31], 2);
  EXPECT_EQ(request.batch_selector.batch_mode, 1);
  BAYA_ASSERT_OK_AND_ASSIGN(const Interval selector, DecodeInterval(request.batch_selector.config));
  EXPECT_EQ(selector, (Interval{54325, 1}));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes encoded, Encode(request));
  EXPECT_EQ(encoded, bytes);
  ExpectWhole(bytes, [](ByteView view) { return DecodeAggregateShareReq(view).ok(); });
}

TEST(MessagesTest, IntervalsHaveAnEnd) {
  EXPECT_THAT(DecodeInterval(Hex({"0000000000000000", "ffffffffffffffff"})), IsOk());
  EXPECT_THAT(DecodeInterval(Hex({"0000000000000001", "ffffffffffffffff"})),
              StatusIs(StatusCode::kInvalidArgument));
  const Interval interval{10, 3};
  EXPECT_FALSE(interval.Contains(9));
  EXPECT_TRUE(interval.Contains(10));
  EXPECT_TRUE(interval.Contains(12));
  EXPECT_FALSE(interval.Contains(13));
}

}  // namespace
}  // namespace baya::dap
