#include "pack/trust.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "pack/testing/shop_builder.h"

namespace baya::pack {
namespace {

using ::baya::testing::StatusIs;
using testing::TestKey;
using testing::TestSeed;
using testing::TestTrust;

struct Sealed {
  Bytes bytes;
  Header header;
};

Sealed SealVersion(uint64_t version, uint64_t replaces = 0, uint8_t signer = 7,
                   std::optional<uint8_t> next = std::nullopt) {
  SealRequest request;
  request.site = "shop.example";
  request.version = version;
  request.replaces = replaces;
  if (next) request.next_key = TestKey(*next);
  request.sections = {{SectionType::kPlan, {static_cast<uint8_t>(version)}}};
  Sealed sealed;
  sealed.bytes = Seal(request, TestSeed(signer)).value();
  sealed.header = ParseHeader(sealed.bytes).value();
  return sealed;
}

TEST(TrustTest, VersionsOnlyRise) {
  Trust trust = TestTrust();
  const Sealed five = SealVersion(5), four = SealVersion(4), six = SealVersion(6);
  BAYA_EXPECT_OK(CheckTrust(five.header, trust));
  trust = After(five.header, trust);
  EXPECT_THAT(CheckTrust(four.header, trust), StatusIs(StatusCode::kFailedPrecondition));
  BAYA_EXPECT_OK(CheckTrust(six.header, trust));
}

TEST(TrustTest, ThePackInUseIsAcceptedAgainButNotAnotherOfItsVersion) {
  const Sealed five = SealVersion(5);
  const Sealed other_five = SealVersion(5, 0, 7, 9);
  const Trust trust = After(five.header, TestTrust());
  BAYA_EXPECT_OK(CheckTrust(five.header, trust));
  EXPECT_THAT(CheckTrust(other_five.header, trust), StatusIs(StatusCode::kFailedPrecondition));
}

TEST(TrustTest, ASignedRollbackTakesTheHighestVersionBackForGood) {
  const Sealed nine = SealVersion(9), eight = SealVersion(8, 9), ten = SealVersion(10);
  Trust trust = After(nine.header, TestTrust());
  BAYA_EXPECT_OK(CheckTrust(eight.header, trust));
  trust = After(eight.header, trust);
  BAYA_EXPECT_OK(CheckTrust(eight.header, trust));
  EXPECT_THAT(CheckTrust(nine.header, trust), StatusIs(StatusCode::kFailedPrecondition));
  BAYA_EXPECT_OK(CheckTrust(ten.header, trust));
  // Once ten is there, the old rollback is an old pack like any other.
  trust = After(ten.header, trust);
  EXPECT_THAT(CheckTrust(eight.header, trust), StatusIs(StatusCode::kFailedPrecondition));
}

TEST(TrustTest, RefusesUnknownSignersWrongSignaturesAndOtherSites) {
  EXPECT_THAT(CheckTrust(SealVersion(1, 0, 8).header, TestTrust()),
              StatusIs(StatusCode::kPermissionDenied));
  Sealed sealed = SealVersion(1);
  sealed.header.signature[3] ^= 1;
  const Status wrong = CheckTrust(sealed.header, TestTrust());
  EXPECT_THAT(wrong, StatusIs(StatusCode::kPermissionDenied));
  Trust elsewhere = TestTrust();
  elsewhere.site = "other.example";
  const Status other = CheckTrust(SealVersion(1).header, elsewhere);
  EXPECT_THAT(other, StatusIs(StatusCode::kPermissionDenied));
  EXPECT_NE(wrong.message(), other.message());
}

TEST(TrustTest, ANewKeySignsOnceTheOldOneNamedIt) {
  const Sealed by_new = SealVersion(3, 0, 8);
  Trust trust = TestTrust();
  EXPECT_THAT(CheckTrust(by_new.header, trust), StatusIs(StatusCode::kPermissionDenied));
  trust = After(SealVersion(2, 0, 7, 8).header, trust);
  BAYA_EXPECT_OK(CheckTrust(by_new.header, trust));
}

}  // namespace
}  // namespace baya::pack
