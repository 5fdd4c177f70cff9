#include "codec/base64url.h"
#include "codec/hex.h"
#include "codec/json.h"
#include "codec/utf8.h"
#include "fuzz_target.h"
#include "ranker/messages.h"

namespace baya::fuzz {
namespace {

// Written and read again it stays as it is. Not always as it came: 1e2 is written as 100.
bool FuzzJson(ByteView input) {
  const Result<codec::JsonValue> value = codec::ParseJson(AsText(input));
  if (!value.ok()) return false;
  const std::string text = codec::WriteJson(*value).value();
  const Result<codec::JsonValue> again = codec::ParseJson(text);
  Check(again.ok() && codec::WriteJson(*again).value() == text);
  return true;
}
std::vector<Bytes> JsonSeeds() {
  return {ToBytes(AsBytes(R"({"version":1,"list":[1,-2.5e3,true,null,"\u00e9\n"],"of":{"a":{}}})")),
          ToBytes(AsBytes("[[[[[[]]]]]]"))};
}

bool FuzzBase64Url(ByteView input) {
  const Result<Bytes> bytes = codec::DecodeBase64Url(AsText(input));
  if (!bytes.ok()) return false;
  Check(codec::EncodeBase64Url(*bytes) == AsText(input));
  return true;
}
std::vector<Bytes> Base64UrlSeeds() {
  return {ToBytes(AsBytes("aGVsbG8")), ToBytes(AsBytes("_-8")), ToBytes(AsBytes("AA"))};
}

bool FuzzHex(ByteView input) {
  const Result<Bytes> bytes = codec::DecodeHex(AsText(input));
  if (!bytes.ok()) return false;
  Check(bytes->size() * 2 == input.size());
  return true;
}
std::vector<Bytes> HexSeeds() { return {ToBytes(AsBytes("00ff7F")), ToBytes(AsBytes("a0"))}; }

bool FuzzUtf8(ByteView input) { return codec::IsUtf8(AsText(input)); }
std::vector<Bytes> Utf8Seeds() {
  return {ToBytes(AsBytes("a\xc3\xa9\xe2\x82\xac\xf0\x9f\xaa\xa1")), ToBytes(AsBytes("plain"))};
}

bool FuzzRankCall(ByteView input) {
  return IsEncodedAgain(
      tools::DecodeRankCall(input),
      [](const tools::RankCall& call) { return Result<Bytes>(tools::EncodeRankCall(call)); },
      input);
}
std::vector<Bytes> RankCallSeeds() {
  tools::RankCall call;
  call.forget = true;
  call.heard = {{.interaction = {.item = 7,
                                 .kind = recommend::InteractionKind::kOrdered,
                                 .time_ms = -5,
                                 .weight_permille = 300},
                 .now_ms = 1'700'000'000'000}};
  call.request = {.k = 20, .bought = recommend::Bought::kShow, .adult = true, .region = 3};
  call.exclude = {1, 70'000};
  call.now_ms = 1'700'000'000'001;
  return {tools::EncodeRankCall({}), tools::EncodeRankCall(call)};
}

bool FuzzShelf(ByteView input) { return tools::DecodeShelf(input).ok(); }
std::vector<Bytes> ShelfSeeds() {
  recommend::RankedItem item;
  item.item = 3;
  item.score = 12;
  return {tools::EncodeShelf({}), tools::EncodeShelf({item, item})};
}

}  // namespace

std::vector<Target> TextTargets() {
  return {{"codec_json", FuzzJson, JsonSeeds},
          {"codec_base64url", FuzzBase64Url, Base64UrlSeeds},
          {"codec_hex", FuzzHex, HexSeeds},
          {"codec_utf8", FuzzUtf8, Utf8Seeds},
          {"ranker_call", FuzzRankCall, RankCallSeeds},
          {"ranker_shelf", FuzzShelf, ShelfSeeds}};
}

}  // namespace baya::fuzz
