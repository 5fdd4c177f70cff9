#include "vault/sealed_blob.h"

#include <gtest/gtest.h>

#include <utility>

#include "base/testing/status_matchers.h"
#include "base/testing/test_host.h"

namespace baya::vault {
namespace {

using ::baya::testing::StatusIs;

class SealedBlobTest : public ::testing::Test {
 protected:
  SealedBlobTest() : plaintext_(5) {
    FixedWriter(plaintext_.mutable_content()).Raw(AsBytes("hello"));
    context_ = {kChunkLabel, {1, 2, 3}, 42, 7};
  }

  Bytes Sealed() { return std::move(SealBlob(host_, key_, context_, plaintext_)).value(); }

  Fault FaultOf(const Bytes& blob) { return OpenBlob(key_, context_, blob).fault; }

  baya::testing::TestHost host_;
  SecretBytes key_ = SecretBytes::CopyOf(Bytes(kKeyBytes, 9));
  BlobContext context_;
  Plaintext plaintext_;
};

TEST_F(SealedBlobTest, OpensWithTheSameKeyAndContext) {
  const Bytes blob = Sealed();
  EXPECT_EQ(blob.size(), kSealedHeaderBytes + kMinPlaintextBytes + 16);
  const OpenedBlob opened = OpenBlob(key_, context_, blob);
  EXPECT_EQ(opened.fault, Fault::kNone);
  EXPECT_EQ(AsText(opened.plaintext.content()), "hello");
  EXPECT_NE(Sealed(), blob);  // a fresh nonce
}

TEST_F(SealedBlobTest, NamesTheFault) {
  const Bytes blob = Sealed();
  EXPECT_EQ(FaultOf({}), Fault::kTorn);
  EXPECT_EQ(FaultOf(Bytes(blob.begin(), blob.begin() + 28)), Fault::kTorn);
  EXPECT_EQ(FaultOf(Bytes(blob.begin(), blob.end() - 1)), Fault::kTorn);
  Bytes longer = blob;
  longer.push_back(0);
  EXPECT_EQ(FaultOf(longer), Fault::kOversize);
  Bytes version = blob;
  version[0] = 2;
  EXPECT_EQ(FaultOf(version), Fault::kVersion);
  Bytes damaged = blob;
  damaged.back() ^= 1;
  EXPECT_EQ(FaultOf(damaged), Fault::kAuthentication);
  Bytes shrunk = blob;
  shrunk.pop_back();
  shrunk[4] = static_cast<uint8_t>(shrunk[4] - 1);  // and its length with it
  EXPECT_EQ(FaultOf(shrunk), Fault::kAuthentication);
  EXPECT_EQ(FaultOf({1, 0, 0, 0, 29, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                     0, 0, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, 0, 0}),
            Fault::kTorn);  // as long as it says, but without room for a tag
}

TEST_F(SealedBlobTest, EveryPartOfTheContextIsBound) {
  const Bytes blob = Sealed();
  BlobContext other = context_;
  other.label = kHeadLabel;
  EXPECT_EQ(OpenBlob(key_, other, blob).fault, Fault::kAuthentication);
  other = context_;
  other.vault_id[15] = 1;
  EXPECT_EQ(OpenBlob(key_, other, blob).fault, Fault::kAuthentication);
  other = context_;
  other.subject = 43;
  EXPECT_EQ(OpenBlob(key_, other, blob).fault, Fault::kAuthentication);
  other = context_;
  other.key_id = 8;
  EXPECT_EQ(OpenBlob(key_, other, blob).fault, Fault::kAuthentication);
  EXPECT_EQ(OpenBlob(SecretBytes(kKeyBytes), context_, blob).fault, Fault::kAuthentication);
}

TEST_F(SealedBlobTest, RefusesWrongKeysAndTooMuch) {
  EXPECT_THAT(SealBlob(host_, SecretBytes(31), context_, plaintext_),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(SealBlob(host_, key_, context_, Plaintext(kMaxBlobBytes)),
              StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::vault
