#include "vault/key_slots.h"

#include <gtest/gtest.h>

#include <utility>

#include "base/testing/status_matchers.h"
#include "base/testing/test_host.h"

namespace baya::vault {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;

class KeySlotsTest : public ::testing::Test {
 protected:
  static SecretBytes Secret(uint8_t value) { return SecretBytes::CopyOf(Bytes(kKeyBytes, value)); }

  Bytes Wrapped() { return std::move(WrapRoot(host_, vault_id_, 3, Secret(5), Secret(1))).value(); }

  baya::testing::TestHost host_;
  VaultId vault_id_{1, 2, 3};
};

TEST_F(KeySlotsTest, OpensWithItsSecretAlone) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Slots slots, ParseSlots(Wrapped()));
  EXPECT_EQ(slots.vault_id, vault_id_);
  ASSERT_EQ(slots.slots.size(), 1u);
  EXPECT_EQ(slots.slots[0].epoch, 3u);
  BAYA_ASSERT_OK_AND_ASSIGN(const SecretBytes root,
                            UnwrapRoot(vault_id_, slots.slots[0], Secret(1)));
  EXPECT_TRUE(ConstantTimeEqual(root.Expose(), Secret(5).Expose()));
  EXPECT_THAT(UnwrapRoot(vault_id_, slots.slots[0], Secret(2)),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(UnwrapRoot({}, slots.slots[0], Secret(1)), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(UnwrapRoot(vault_id_, slots.slots[0], SecretBytes(16)),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(KeySlotsTest, EveryFieldIsBound) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Slots slots, ParseSlots(Wrapped()));
  WrappedSlot slot = slots.slots[0];
  slot.epoch = 4;
  EXPECT_THAT(UnwrapRoot(vault_id_, slot, Secret(1)), StatusIs(StatusCode::kPermissionDenied));
  slot = slots.slots[0];
  slot.parameters = {1};
  EXPECT_THAT(UnwrapRoot(vault_id_, slot, Secret(1)), StatusIs(StatusCode::kPermissionDenied));
  slot = slots.slots[0];
  slot.type = 4;
  EXPECT_THAT(UnwrapRoot(vault_id_, slot, Secret(1)), StatusIs(StatusCode::kUnimplemented));
}

TEST_F(KeySlotsTest, EveryTruncationAndOneByteMoreIsRefused) {
  Bytes blob = Wrapped();
  for (size_t length = 0; length < blob.size(); ++length) {
    EXPECT_THAT(ParseSlots(ByteView(blob).first(length)), StatusIs(StatusCode::kDataLoss));
  }
  blob.push_back(0);
  EXPECT_THAT(ParseSlots(blob), StatusIs(StatusCode::kDataLoss));
  blob.pop_back();
  blob[0] = 2;
  EXPECT_THAT(ParseSlots(blob), StatusIs(StatusCode::kDataLoss));
}

TEST_F(KeySlotsTest, KeysBelowTheRootDiffer) {
  BAYA_ASSERT_OK_AND_ASSIGN(const SecretBytes keys, DeriveKeysKey(vault_id_, Secret(5)));
  BAYA_ASSERT_OK_AND_ASSIGN(const SecretBytes head, DeriveHeadKey(vault_id_, Secret(5)));
  BAYA_ASSERT_OK_AND_ASSIGN(const SecretBytes other, DeriveHeadKey({}, Secret(5)));
  EXPECT_FALSE(ConstantTimeEqual(keys.Expose(), head.Expose()));
  EXPECT_FALSE(ConstantTimeEqual(head.Expose(), other.Expose()));
  EXPECT_THAT(DeriveHeadKey(vault_id_, SecretBytes()), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::vault
