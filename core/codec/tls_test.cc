#include "codec/tls.h"

#include <gtest/gtest.h>

#include <utility>

#include "base/testing/status_matchers.h"

namespace baya::codec {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Eq;

TEST(WriterTest, WritesBigEndianNumbers) {
  Writer writer;
  writer.U8(0x01);
  writer.U16(0x0203);
  writer.U32(0x04050607);
  writer.U64(0x08090A0B0C0D0E0F);
  EXPECT_THAT(std::move(writer).Finish(),
              IsOkAndHolds(ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)));
}

TEST(WriterTest, PutsTheLengthBeforeOpaqueBytes) {
  Writer writer;
  writer.Opaque8(AsBytes("a"));
  writer.Opaque16(AsBytes("b"));
  writer.Opaque32(AsBytes("c"));
  writer.Raw(AsBytes("d"));
  EXPECT_THAT(std::move(writer).Finish(),
              IsOkAndHolds(ElementsAre(1, 'a', 0, 1, 'b', 0, 0, 0, 1, 'c', 'd')));
}

TEST(WriterTest, VectorsNest) {
  Writer writer;
  writer.Vector16([](Writer& outer) {
    outer.U8(7);
    outer.Vector8([](Writer& inner) { inner.U16(9); });
    outer.Vector24([](Writer& inner) { inner.U8(5); });
    outer.Vector32([](Writer&) {});
  });
  EXPECT_THAT(std::move(writer).Finish(),
              IsOkAndHolds(ElementsAre(0, 12, 7, 2, 0, 9, 0, 0, 1, 5, 0, 0, 0, 0)));
}

TEST(WriterTest, TheLargestLengthStillFits) {
  Writer writer;
  writer.Opaque8(Bytes(255));
  writer.Opaque16(Bytes(65535));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, std::move(writer).Finish());
  EXPECT_EQ(bytes.size(), 1u + 255 + 2 + 65535);
}

TEST(WriterTest, OneByteTooManyIsAnErrorThatSticks) {
  Writer opaque8;
  opaque8.Opaque8(Bytes(256));
  opaque8.U8(1);
  EXPECT_THAT(std::move(opaque8).Finish(), StatusIs(StatusCode::kOutOfRange));

  Writer opaque16;
  opaque16.Opaque16(Bytes(65536));
  EXPECT_THAT(std::move(opaque16).Finish(), StatusIs(StatusCode::kOutOfRange));

  Writer vector8;
  vector8.Vector8([](Writer& inner) { inner.Raw(Bytes(256)); });
  EXPECT_THAT(std::move(vector8).Finish(), StatusIs(StatusCode::kOutOfRange));

  Writer nested;
  nested.Vector16([](Writer& inner) { inner.Opaque8(Bytes(256)); });
  EXPECT_THAT(std::move(nested).Finish(), StatusIs(StatusCode::kOutOfRange));
}

TEST(ReaderTest, ReadsWhatWasWritten) {
  Writer writer;
  writer.U8(0xFF);
  writer.U16(0xFFFE);
  writer.U32(0xFFFFFFFD);
  writer.U64(0xFFFFFFFFFFFFFFFC);
  writer.Opaque8(AsBytes("one"));
  writer.Opaque16({});
  writer.Vector32([](Writer& inner) { inner.U16(5); });
  writer.Raw(AsBytes("end"));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, std::move(writer).Finish());

  Reader reader(bytes);
  EXPECT_THAT(reader.U8(), IsOkAndHolds(Eq(0xFF)));
  EXPECT_THAT(reader.U16(), IsOkAndHolds(Eq(0xFFFE)));
  EXPECT_THAT(reader.U32(), IsOkAndHolds(Eq(0xFFFFFFFD)));
  EXPECT_THAT(reader.U64(), IsOkAndHolds(Eq(0xFFFFFFFFFFFFFFFC)));
  EXPECT_THAT(reader.Opaque8(), IsOkAndHolds(ElementsAre('o', 'n', 'e')));
  EXPECT_THAT(reader.Opaque16(), IsOkAndHolds(ElementsAre()));
  BAYA_ASSERT_OK_AND_ASSIGN(Reader inner, reader.Vector32());
  EXPECT_THAT(inner.U16(), IsOkAndHolds(Eq(5)));
  EXPECT_THAT(inner.Finish(), IsOk());
  EXPECT_EQ(reader.remaining(), 3u);
  EXPECT_THAT(reader.Raw(3), IsOkAndHolds(ElementsAre('e', 'n', 'd')));
  EXPECT_THAT(reader.Finish(), IsOk());
}

TEST(ReaderTest, RefusesEveryTruncationAndConsumesNothing) {
  const Bytes bytes = {0, 0, 0, 3, 'a', 'b', 'c'};
  for (size_t size = 0; size < bytes.size(); ++size) {
    Reader reader(ByteView(bytes).first(size));
    EXPECT_THAT(reader.Opaque32(), StatusIs(StatusCode::kInvalidArgument)) << size;
    EXPECT_EQ(reader.remaining(), size);
  }
  Reader short_number(ByteView(bytes).first(7));
  EXPECT_THAT(short_number.U64(), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(short_number.remaining(), 7u);
}

TEST(ReaderTest, RefusesLengthsPastTheEnd) {
  const Bytes bytes = {0xFF, 0xFF, 0xFF, 0xFF, 0};
  EXPECT_THAT(Reader(bytes).Opaque8(), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Reader(bytes).Opaque16(), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Reader(bytes).Opaque32(), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Reader(bytes).Vector16(), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Reader(bytes).Raw(SIZE_MAX), StatusIs(StatusCode::kInvalidArgument));
}

TEST(ReaderTest, FinishRefusesLeftovers) {
  const Bytes bytes = {1, 2};
  Reader reader(bytes);
  EXPECT_THAT(reader.U8(), IsOkAndHolds(Eq(1)));
  EXPECT_THAT(reader.Finish(), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::codec
