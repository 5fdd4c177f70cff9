#include "consent/receipt.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "codec/hex.h"

namespace baya::consent {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::Not;

TextHash Text() {
  TextHash text{};
  text.fill(0xab);
  return text;
}

Receipt First() {
  Receipt receipt;
  receipt.time_ms = 1'700'000'000'000;
  receipt.source = Source::kBanner;
  receipt.entries = {{Purpose::kStore, ReceiptChoice::kGranted, Text()},
                     {Purpose::kMeasure, ReceiptChoice::kRefused, {}}};
  return receipt;
}

TEST(ReceiptTest, HasTheBytesOfTheDocument) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, EncodeReceipt(First()));
  const std::string zeros(64, '0');
  std::string text;
  for (int i = 0; i < 32; ++i) text += "ab";
  EXPECT_EQ(codec::EncodeHex(bytes),
            "01"
            "00000000"
            "0000018bcfe56800"
            "01" +
                zeros + "0046" +
                "0001"
                "01" +
                text +
                "0003"
                "02" +
                zeros);
  EXPECT_THAT(DecodeReceipt(bytes), IsOkAndHolds(First()));
}

TEST(ReceiptTest, EveryTruncationIsRefused) {
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes bytes, EncodeReceipt(First()));
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeReceipt(ByteView(bytes).first(size)), Not(IsOk())) << size;
  }
  bytes.push_back(0);
  EXPECT_THAT(DecodeReceipt(bytes), StatusIs(StatusCode::kInvalidArgument));
}

TEST(ReceiptTest, AFlippedBitIsRefusedOrAnotherReceipt) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, EncodeReceipt(First()));
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] = static_cast<uint8_t>(flipped[bit / 8] ^ (1u << (bit % 8)));
    const Result<Receipt> receipt = DecodeReceipt(flipped);
    if (!receipt.ok()) continue;
    EXPECT_NE(*receipt, First()) << bit;
    EXPECT_THAT(EncodeReceipt(*receipt), IsOkAndHolds(flipped)) << bit;
  }
}

TEST(ReceiptTest, RefusesWhatNoActCouldHaveMade) {
  Receipt receipt = First();
  receipt.entries.clear();
  EXPECT_THAT(EncodeReceipt(receipt), StatusIs(StatusCode::kInvalidArgument));
  receipt = First();
  std::swap(receipt.entries[0], receipt.entries[1]);
  EXPECT_THAT(EncodeReceipt(receipt), StatusIs(StatusCode::kInvalidArgument));
  receipt = First();
  receipt.entries[1].purpose = Purpose::kStore;
  EXPECT_THAT(EncodeReceipt(receipt), StatusIs(StatusCode::kInvalidArgument));
  receipt = First();
  receipt.entries[1].text = Text();
  EXPECT_THAT(EncodeReceipt(receipt), StatusIs(StatusCode::kInvalidArgument));
  receipt = First();
  receipt.previous[0] = 1;
  EXPECT_THAT(EncodeReceipt(receipt), StatusIs(StatusCode::kInvalidArgument));
}

TEST(ReceiptTest, ALaterVersionIsToldApart) {
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes bytes, EncodeReceipt(First()));
  bytes[0] = 2;
  EXPECT_THAT(DecodeReceipt(bytes), StatusIs(StatusCode::kUnimplemented));
}

std::vector<Bytes> Chain(size_t length) {
  std::vector<Bytes> chain;
  for (uint32_t i = 0; i < length; ++i) {
    Receipt receipt = First();
    receipt.sequence = i;
    receipt.time_ms += i;
    if (i > 0) receipt.previous = HashReceipt(chain.back());
    chain.push_back(EncodeReceipt(receipt).value());
  }
  return chain;
}

TEST(ReceiptChainTest, AWholeChainHolds) {
  EXPECT_THAT(VerifyReceiptChain({}), IsOk());
  EXPECT_THAT(VerifyReceiptChain(Chain(4)), IsOk());
}

TEST(ReceiptChainTest, AMissingMovedOrChangedReceiptBreaksIt) {
  std::vector<Bytes> chain = Chain(4);
  chain.erase(chain.begin() + 1);
  EXPECT_THAT(VerifyReceiptChain(chain), StatusIs(StatusCode::kDataLoss));
  chain = Chain(4);
  chain.erase(chain.begin());
  EXPECT_THAT(VerifyReceiptChain(chain), StatusIs(StatusCode::kDataLoss));
  chain = Chain(4);
  std::swap(chain[1], chain[2]);
  EXPECT_THAT(VerifyReceiptChain(chain), StatusIs(StatusCode::kDataLoss));
  chain = Chain(4);
  chain[1][12] ^= 1;  // the time's last byte
  EXPECT_THAT(VerifyReceiptChain(chain), StatusIs(StatusCode::kDataLoss));
}

}  // namespace
}  // namespace baya::consent
