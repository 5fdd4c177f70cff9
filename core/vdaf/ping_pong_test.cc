#include "vdaf/ping_pong.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "base/testing/status_matchers.h"
#include "vdaf/prio3_types.h"
#include "vdaf/testing/random.h"

namespace baya::vdaf {
namespace {

using ::baya::testing::StatusIs;

const ByteView kPingPongCtx = AsBytes("a context");

class PingPongTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const std::vector<uint64_t> parameters = GetParam() == std::string_view("Prio3Histogram")
                                                 ? std::vector<uint64_t>{5, 2}
                                                 : std::vector<uint64_t>{};
    prio3_ = MakePrio3(GetParam(), 2, parameters).value();
    testing::Random random(7);
    key_ = random.RandomBytes(Prio3::kVerifyKeySize);
    nonce_ = random.RandomBytes(Prio3::kNonceSize);
    const uint64_t measurement = 1;
    report_ =
        prio3_
            ->Shard(kPingPongCtx, {&measurement, 1}, nonce_, random.RandomBytes(prio3_->RandSize()))
            .value();
  }

  Result<Continued> Leader() const {
    return PingPongLeaderInit(*prio3_, key_, kPingPongCtx, nonce_, report_.public_share,
                              report_.input_shares[0].Expose());
  }
  Result<FinishedWithOutbound> Helper(ByteView inbound) const {
    return PingPongHelperInit(*prio3_, key_, kPingPongCtx, nonce_, report_.public_share,
                              report_.input_shares[1].Expose(), inbound);
  }
  Result<SecretBytes> Finish(const Continued& state, ByteView inbound) const {
    return PingPongLeaderContinued(*prio3_, kPingPongCtx, state.verify_state.Expose(), inbound);
  }

  std::unique_ptr<const Prio3> prio3_;
  Bytes key_;
  Bytes nonce_;
  Prio3Report report_;
};

TEST_P(PingPongTest, OneRoundTripGivesBothTheirOutShares) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Continued leader, Leader());
  // initialize(0), then the verifier share behind its length in 4 bytes.
  ASSERT_EQ(leader.outbound.size(), 5 + prio3_->VerifierShareSize());
  EXPECT_EQ(leader.outbound[0], 0);
  BAYA_ASSERT_OK_AND_ASSIGN(const FinishedWithOutbound helper, Helper(leader.outbound));
  ASSERT_EQ(helper.outbound.size(), 5 + prio3_->VerifierMessageSize());
  EXPECT_EQ(helper.outbound[0], 2);
  EXPECT_EQ(helper.outbound[4], prio3_->VerifierMessageSize());
  BAYA_ASSERT_OK_AND_ASSIGN(const SecretBytes out_share, Finish(leader, helper.outbound));
  const ByteView shares[] = {out_share.Expose(), helper.out_share.Expose()};
  BAYA_ASSERT_OK_AND_ASSIGN(const std::vector<uint64_t> result, prio3_->Unshard(shares, 1));
  EXPECT_EQ(result[prio3_->AlgorithmId() == 4 ? 1 : 0], 1u);
}

TEST_P(PingPongTest, MessagesOfAnotherTypeOrLengthAreRefused) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Continued leader, Leader());
  BAYA_ASSERT_OK_AND_ASSIGN(const FinishedWithOutbound helper, Helper(leader.outbound));
  for (const uint8_t type : Bytes{1, 2, 3, 255}) {
    Bytes message = leader.outbound;
    message[0] = type;
    EXPECT_THAT(Helper(message), StatusIs(StatusCode::kInvalidArgument)) << int{type};
  }
  for (const uint8_t type : Bytes{0, 1, 3, 255}) {
    Bytes message = helper.outbound;
    message[0] = type;
    EXPECT_THAT(Finish(leader, message), StatusIs(StatusCode::kInvalidArgument)) << int{type};
  }
  Bytes initialize = leader.outbound;
  Bytes finish = helper.outbound;
  initialize.push_back(0);
  finish.push_back(0);
  do {
    EXPECT_THAT(Helper(initialize), StatusIs(StatusCode::kInvalidArgument));
    initialize.pop_back();
    if (initialize.size() == leader.outbound.size()) initialize.pop_back();
  } while (!initialize.empty());
  do {
    EXPECT_THAT(Finish(leader, finish), StatusIs(StatusCode::kInvalidArgument));
    finish.pop_back();
    if (finish.size() == helper.outbound.size()) finish.pop_back();
  } while (!finish.empty());
}

TEST_P(PingPongTest, AVerifierShareThatWasChangedIsRefused) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Continued leader, Leader());
  for (size_t i = 5; i < leader.outbound.size(); ++i) {
    Bytes message = leader.outbound;
    message[i] ^= 1;
    EXPECT_FALSE(Helper(message).ok()) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Types, PingPongTest, ::testing::Values("Prio3Count", "Prio3Histogram"));

}  // namespace
}  // namespace baya::vdaf
