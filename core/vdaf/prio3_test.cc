#include "vdaf/prio3.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <vector>

#include "base/testing/status_matchers.h"
#include "vdaf/prio3_types.h"
#include "vdaf/testing/random.h"

namespace baya::vdaf {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::Each;
using ::testing::ElementsAre;

const ByteView kCtx = AsBytes("a context");

std::unique_ptr<const Prio3> Make(std::string_view name, size_t shares,
                                  std::vector<uint64_t> values) {
  auto prio3 = MakePrio3(name, shares, values);
  EXPECT_THAT(prio3, IsOk());
  return *std::move(prio3);
}

std::vector<ByteView> Views(const std::vector<SecretBytes>& list) {
  std::vector<ByteView> views;
  for (const SecretBytes& bytes : list) views.push_back(bytes.Expose());
  return views;
}

// A report with everything that is needed to verify it, all of it open to tampering.
struct Case {
  Bytes verify_key;
  Bytes nonce;
  Bytes public_share;
  std::vector<Bytes> input_shares;
};

Case MakeCase(const Prio3& prio3, uint64_t measurement, testing::Random& random) {
  Case c;
  c.verify_key = random.RandomBytes(Prio3::kVerifyKeySize);
  c.nonce = random.RandomBytes(Prio3::kNonceSize);
  auto report =
      prio3.Shard(kCtx, std::span(&measurement, 1), c.nonce, random.RandomBytes(prio3.RandSize()));
  EXPECT_THAT(report, IsOk());
  c.public_share = report->public_share;
  for (const SecretBytes& share : report->input_shares) {
    c.input_shares.push_back(ToBytes(share.Expose()));
  }
  return c;
}

// All Aggregators' out shares, or the first refusal.
Result<std::vector<SecretBytes>> Verify(const Prio3& prio3, const Case& c) {
  std::vector<SecretBytes> states;
  std::vector<SecretBytes> shares;
  for (size_t j = 0; j < prio3.Shares(); ++j) {
    BAYA_ASSIGN_OR_RETURN(
        Prio3Verification verification,
        prio3.VerifyInit(c.verify_key, kCtx, j, c.nonce, c.public_share, c.input_shares[j]));
    states.push_back(std::move(verification.verify_state));
    shares.push_back(std::move(verification.verifier_share));
  }
  BAYA_ASSIGN_OR_RETURN(const Bytes message, prio3.VerifierSharesToMessage(kCtx, Views(shares)));
  std::vector<SecretBytes> out_shares;
  for (const SecretBytes& state : states) {
    BAYA_ASSIGN_OR_RETURN(SecretBytes out_share, prio3.VerifyNext(kCtx, state.Expose(), message));
    out_shares.push_back(std::move(out_share));
  }
  return out_shares;
}

// The result of a whole batch.
Result<std::vector<uint64_t>> Aggregate(const Prio3& prio3,
                                        const std::vector<uint64_t>& measurements) {
  testing::Random random(15);
  std::vector<SecretBytes> agg_shares;
  for (size_t j = 0; j < prio3.Shares(); ++j) agg_shares.push_back(prio3.AggInit());
  for (uint64_t measurement : measurements) {
    BAYA_ASSIGN_OR_RETURN(const auto out_shares,
                          Verify(prio3, MakeCase(prio3, measurement, random)));
    for (size_t j = 0; j < prio3.Shares(); ++j) {
      BAYA_RETURN_IF_ERROR(prio3.AggUpdate(agg_shares[j].ExposeMutable(), out_shares[j].Expose()));
    }
  }
  return prio3.Unshard(Views(agg_shares), measurements.size());
}

TEST(Prio3, CountsWithAnyNumberOfShares) {
  for (size_t shares : std::initializer_list<size_t>{2, 3, 5, 255}) {
    EXPECT_THAT(Aggregate(*Make("Prio3Count", shares, {}), {1, 0, 1, 1, 0}),
                IsOkAndHolds(ElementsAre(3)))
        << shares;
  }
}

TEST(Prio3, HistogramsWithAnyNumberOfShares) {
  for (size_t shares : std::initializer_list<size_t>{2, 3, 5}) {
    EXPECT_THAT(Aggregate(*Make("Prio3Histogram", shares, {5, 2}), {0, 4, 4, 2, 4}),
                IsOkAndHolds(ElementsAre(1, 0, 1, 0, 3)))
        << shares;
  }
  EXPECT_THAT(Aggregate(*Make("Prio3Histogram", 2, {1, 1}), {0, 0}), IsOkAndHolds(ElementsAre(2)));
  EXPECT_THAT(Aggregate(*Make("Prio3Histogram", 2, {3, 8}), {2}),
              IsOkAndHolds(ElementsAre(0, 0, 1)));
}

TEST(Prio3, MessagesHaveTheSizesItSays) {
  testing::Random random(16);
  for (const auto& prio3 : {Make("Prio3Count", 3, {}), Make("Prio3Histogram", 2, {7, 3})}) {
    for (uint64_t measurement : std::initializer_list<uint64_t>{0, 1}) {
      const Case c = MakeCase(*prio3, measurement, random);
      EXPECT_EQ(c.public_share.size(), prio3->PublicShareSize());
      for (size_t j = 0; j < prio3->Shares(); ++j) {
        EXPECT_EQ(c.input_shares[j].size(), prio3->InputShareSize(j));
      }
      const auto v =
          prio3->VerifyInit(c.verify_key, kCtx, 1, c.nonce, c.public_share, c.input_shares[1]);
      ASSERT_THAT(v, IsOk());
      EXPECT_EQ(v->verifier_share.size(), prio3->VerifierShareSize());
    }
  }
  // Sizes of the wire format worked out by hand (§7.2.7).
  const auto histogram = Make("Prio3Histogram", 2, {256, 16});
  EXPECT_EQ(histogram->PublicShareSize(), 64u);
  EXPECT_EQ(histogram->InputShareSize(0), 16u * (256 + 32 + 63) + 32);
  EXPECT_EQ(histogram->InputShareSize(1), 64u);
  EXPECT_EQ(histogram->VerifierShareSize(), 16u * (1 + 32 + 1) + 32);
  EXPECT_EQ(histogram->VerifierMessageSize(), 32u);
  EXPECT_EQ(histogram->AggShareSize(), 16u * 256);
  EXPECT_EQ(histogram->RandSize(), 128u);
}

TEST(Prio3, TheDeviceRefusesAMeasurementOutOfRange) {
  const auto check = [](const Prio3& prio3, std::vector<uint64_t> measurement) {
    EXPECT_THAT(prio3.Shard(kCtx, measurement, Bytes(16), Bytes(prio3.RandSize())),
                StatusIs(StatusCode::kInvalidArgument));
  };
  const auto count = Make("Prio3Count", 2, {});
  check(*count, {2});
  check(*count, {~uint64_t{0}});
  check(*count, {});
  check(*count, {0, 1});
  const auto histogram = Make("Prio3Histogram", 2, {4, 2});
  check(*histogram, {4});
  check(*histogram, {uint64_t{1} << 32});
  check(*histogram, {});
  check(*histogram, {0, 0});
}

TEST(Prio3, ShardRefusesWrongSizes) {
  const auto prio3 = Make("Prio3Histogram", 2, {4, 2});
  const uint64_t measurement[] = {1};
  const size_t rand_size = prio3->RandSize();
  EXPECT_THAT(prio3->Shard(Bytes(Prio3::kMaxContextSize), measurement, Bytes(16), Bytes(rand_size)),
              IsOk());
  EXPECT_THAT(
      prio3->Shard(Bytes(Prio3::kMaxContextSize + 1), measurement, Bytes(16), Bytes(rand_size)),
      StatusIs(StatusCode::kInvalidArgument));
  for (size_t nonce_size : std::initializer_list<size_t>{0, 15, 17}) {
    EXPECT_THAT(prio3->Shard(kCtx, measurement, Bytes(nonce_size), Bytes(rand_size)),
                StatusIs(StatusCode::kInvalidArgument));
  }
  for (size_t size : {size_t{0}, rand_size - 1, rand_size + 1, rand_size - 32}) {
    EXPECT_THAT(prio3->Shard(kCtx, measurement, Bytes(16), Bytes(size)),
                StatusIs(StatusCode::kInvalidArgument));
  }
}

TEST(Prio3, VerifyInitRefusesWrongSizesAndIds) {
  testing::Random random(17);
  for (const auto& prio3 : {Make("Prio3Count", 2, {}), Make("Prio3Histogram", 2, {4, 2})}) {
    const Case good = MakeCase(*prio3, 1, random);
    const auto check = [&](const Case& c, size_t agg_id, ByteView ctx, ByteView input_share) {
      EXPECT_THAT(
          prio3->VerifyInit(c.verify_key, ctx, agg_id, c.nonce, c.public_share, input_share),
          StatusIs(StatusCode::kInvalidArgument));
    };
    check(good, 2, kCtx, good.input_shares[1]);
    check(good, ~size_t{0}, kCtx, good.input_shares[1]);
    check(good, 0, Bytes(Prio3::kMaxContextSize + 1), good.input_shares[0]);
    check(good, 0, kCtx, good.input_shares[1]);
    check(good, 1, kCtx, good.input_shares[0]);
    for (size_t j = 0; j < 2; ++j) {
      Bytes share = good.input_shares[j];
      check(good, j, kCtx, {});
      check(good, j, kCtx, ByteView(share).first(share.size() - 1));
      share.push_back(0);
      check(good, j, kCtx, share);
    }
    for (int change : {-1, 1}) {
      Case c = good;
      c.nonce.resize(c.nonce.size() + static_cast<size_t>(change));
      check(c, 0, kCtx, c.input_shares[0]);
      c = good;
      c.verify_key.resize(c.verify_key.size() + static_cast<size_t>(change));
      check(c, 0, kCtx, c.input_shares[0]);
    }
    Case c = good;
    c.public_share.push_back(0);
    check(c, 0, kCtx, c.input_shares[0]);
    c = good;
    std::fill_n(c.input_shares[0].begin(), 16, uint8_t{0xff});  // not below the modulus
    check(c, 0, kCtx, c.input_shares[0]);
  }
}

TEST(Prio3, LaterStepsRefuseMalformedMessages) {
  testing::Random random(18);
  for (const auto& prio3 : {Make("Prio3Count", 2, {}), Make("Prio3Histogram", 2, {4, 2})}) {
    const Case c = MakeCase(*prio3, 1, random);
    std::vector<Bytes> shares;
    Bytes state;
    for (size_t j = 0; j < 2; ++j) {
      const auto v =
          prio3->VerifyInit(c.verify_key, kCtx, j, c.nonce, c.public_share, c.input_shares[j]);
      ASSERT_THAT(v, IsOk());
      shares.push_back(ToBytes(v->verifier_share.Expose()));
      state = ToBytes(v->verify_state.Expose());
    }
    const auto to_message = [&](std::vector<Bytes> list) {
      return prio3->VerifierSharesToMessage(kCtx, std::vector<ByteView>(list.begin(), list.end()));
    };
    ASSERT_THAT(to_message(shares), IsOk());
    EXPECT_THAT(to_message({}), StatusIs(StatusCode::kInvalidArgument));
    EXPECT_THAT(to_message({shares[0]}), StatusIs(StatusCode::kInvalidArgument));
    EXPECT_THAT(to_message({shares[0], shares[1], shares[1]}),
                StatusIs(StatusCode::kInvalidArgument));
    Bytes longer = shares[0];
    longer.push_back(0);
    EXPECT_THAT(to_message({longer, shares[1]}), StatusIs(StatusCode::kInvalidArgument));
    Bytes overflow = shares[0];
    std::fill_n(overflow.begin(), 16, uint8_t{0xff});
    EXPECT_THAT(to_message({overflow, shares[1]}), StatusIs(StatusCode::kInvalidArgument));

    const Bytes message = *to_message(shares);
    longer = message;
    longer.push_back(0);
    EXPECT_THAT(prio3->VerifyNext(kCtx, state, longer), StatusIs(StatusCode::kInvalidArgument));
    EXPECT_THAT(prio3->VerifyNext(kCtx, ByteView(state).first(state.size() - 1), message),
                StatusIs(StatusCode::kInvalidArgument));

    SecretBytes agg_share = prio3->AggInit();
    const Bytes too_short(prio3->AggShareSize() - 1);
    const Bytes not_below(prio3->AggShareSize(), 0xff);
    EXPECT_THAT(prio3->AggUpdate(agg_share.ExposeMutable(), too_short),
                StatusIs(StatusCode::kInvalidArgument));
    EXPECT_THAT(prio3->AggUpdate(agg_share.ExposeMutable(), not_below),
                StatusIs(StatusCode::kInvalidArgument));
    EXPECT_THAT(agg_share.Expose(), Each(0));

    const std::vector<ByteView> agg_shares(2, agg_share.Expose());
    EXPECT_THAT(prio3->Unshard(agg_shares, 1), IsOkAndHolds(Each(0)));
    EXPECT_THAT(prio3->Unshard(agg_shares, 0), StatusIs(StatusCode::kInvalidArgument));
    EXPECT_THAT(prio3->Unshard(std::span(agg_shares).first(1), 1),
                StatusIs(StatusCode::kInvalidArgument));
  }
}

// Flips each bit of `bytes` in turn and expects a refusal; the bytes are as before at the end.
template <typename Accepted>
void ExpectEveryBitMatters(Bytes& bytes, size_t stride, Accepted accepted) {
  for (size_t bit = 0; bit < 8 * bytes.size(); bit += stride) {
    bytes[bit / 8] = static_cast<uint8_t>(bytes[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(accepted()) << bit;
    bytes[bit / 8] = static_cast<uint8_t>(bytes[bit / 8] ^ (1 << (bit % 8)));
  }
}

TEST(Prio3, EveryFlippedBitOfACountReportIsRefused) {
  testing::Random random(19);
  for (size_t shares : std::initializer_list<size_t>{2, 3}) {
    const auto prio3 = Make("Prio3Count", shares, {});
    for (uint64_t measurement : std::initializer_list<uint64_t>{0, 1}) {
      Case c = MakeCase(*prio3, measurement, random);
      const auto accepted = [&] { return Verify(*prio3, c).ok(); };
      for (Bytes& share : c.input_shares) ExpectEveryBitMatters(share, 1, accepted);
      EXPECT_TRUE(accepted());
    }
  }
}

TEST(Prio3, FlippedBitsOfAHistogramReportAreRefused) {
  testing::Random random(20);
  const auto prio3 = Make("Prio3Histogram", 2, {4, 2});
  Case c = MakeCase(*prio3, 2, random);
  const auto accepted = [&] { return Verify(*prio3, c).ok(); };
  for (Bytes& share : c.input_shares) ExpectEveryBitMatters(share, 7, accepted);
  ExpectEveryBitMatters(c.public_share, 7, accepted);
  ExpectEveryBitMatters(c.nonce, 7, accepted);  // bound by the joint randomness
  EXPECT_TRUE(accepted());
}

// A flipped bit in a message between the Aggregators, or in a stored state, is found.
TEST(Prio3, FlippedBitsOfVerifierMessagesAreRefused) {
  testing::Random random(21);
  const auto prio3 = Make("Prio3Histogram", 2, {4, 2});
  const Case c = MakeCase(*prio3, 2, random);
  std::vector<Bytes> shares;
  Bytes state;
  for (size_t j = 0; j < 2; ++j) {
    const auto v =
        prio3->VerifyInit(c.verify_key, kCtx, j, c.nonce, c.public_share, c.input_shares[j]);
    ASSERT_THAT(v, IsOk());
    shares.push_back(ToBytes(v->verifier_share.Expose()));
    state = ToBytes(v->verify_state.Expose());
  }
  Bytes message;
  const auto accepted = [&] {
    const auto combined =
        prio3->VerifierSharesToMessage(kCtx, std::vector<ByteView>(shares.begin(), shares.end()));
    return combined.ok() && prio3->VerifyNext(kCtx, state, *combined).ok();
  };
  ASSERT_TRUE(accepted());
  for (Bytes& share : shares) ExpectEveryBitMatters(share, 3, accepted);
  message =
      *prio3->VerifierSharesToMessage(kCtx, std::vector<ByteView>(shares.begin(), shares.end()));
  ExpectEveryBitMatters(message, 1, [&] { return prio3->VerifyNext(kCtx, state, message).ok(); });
}

// Another key, context or number of the Aggregator changes what is checked.
TEST(Prio3, ReportsAreBoundToTheirContext) {
  testing::Random random(22);
  for (const auto& prio3 : {Make("Prio3Count", 2, {}), Make("Prio3Histogram", 2, {4, 2})}) {
    const Case c = MakeCase(*prio3, 1, random);
    std::vector<SecretBytes> shares;
    for (size_t j = 0; j < 2; ++j) {
      auto v = prio3->VerifyInit(c.verify_key, AsBytes("b context"), j, c.nonce, c.public_share,
                                 c.input_shares[j]);
      ASSERT_THAT(v, IsOk());
      shares.push_back(std::move(v->verifier_share));
    }
    EXPECT_THAT(prio3->VerifierSharesToMessage(AsBytes("b context"), Views(shares)),
                StatusIs(StatusCode::kDataLoss));
  }
}

TEST(Prio3, UnshardRefusesWhatDoesNotFitAndReadsNoise) {
  const auto prio3 = Make("Prio3Histogram", 2, {2, 1});
  // p - 5 and 7, as an aggregator's noise could leave them; p = 2^128 - 28 * 2^64 + 1.
  Bytes share(32);
  share[0] = 0xfc;
  std::fill_n(share.begin() + 1, 7, uint8_t{0xff});
  share[8] = 0xe3;
  std::fill_n(share.begin() + 9, 7, uint8_t{0xff});
  share[16] = 7;
  const Bytes zero(32);
  const ByteView agg_shares[] = {share, zero};
  EXPECT_THAT(prio3->Unshard(agg_shares, 1), StatusIs(StatusCode::kOutOfRange));
  EXPECT_THAT(prio3->UnshardNoised(agg_shares, 1), IsOkAndHolds(ElementsAre(-5, 7)));
}

TEST(Prio3Types, KnowsWhatItOffers) {
  uint32_t last = 0;
  for (const Prio3Type& type : Prio3Types()) {
    EXPECT_GT(type.algorithm_id, last);
    last = type.algorithm_id;
    EXPECT_EQ(FindPrio3Type(type.name), &type);
    EXPECT_EQ(FindPrio3Type(type.algorithm_id), &type);
  }
  EXPECT_EQ(FindPrio3Type("Prio3"), nullptr);
  EXPECT_EQ(FindPrio3Type(uint32_t{0}), nullptr);
  EXPECT_EQ(FindPrio3Type("Prio3Count")->algorithm_id, 1u);
  EXPECT_EQ(FindPrio3Type("Prio3Histogram")->algorithm_id, 4u);
  EXPECT_EQ(Make("Prio3Histogram", 2, {4, 2})->AlgorithmId(), 4u);
}

TEST(Prio3Types, RefusesWhatItCannotMake) {
  EXPECT_THAT(MakePrio3("Prio3Nothing", 2, {}), StatusIs(StatusCode::kUnimplemented));
  for (size_t shares : std::initializer_list<size_t>{0, 1, 256}) {
    EXPECT_THAT(MakePrio3("Prio3Count", shares, {}), StatusIs(StatusCode::kInvalidArgument));
  }
  const uint64_t three[] = {4, 2, 1};
  EXPECT_THAT(MakePrio3("Prio3Count", 2, std::span(three).first(1)),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(MakePrio3("Prio3Histogram", 2, std::span(three).first(1)),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(MakePrio3("Prio3Histogram", 2, three), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::vdaf
