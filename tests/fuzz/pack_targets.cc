#include <utility>

#include "fuzz_target.h"
#include "pack/site_pack.h"
#include "pack/testing/shop_builder.h"
#include "recommend/recommender.h"

namespace baya::fuzz {
namespace {

using namespace baya::pack;  // NOLINT(google-build-using-namespace)

bool FuzzHeader(ByteView input) {
  const Result<Header> header = ParseHeader(input);
  if (!header.ok()) return false;
  Check(header->size <= input.size() && header->signed_bytes.size() < input.size());
  return true;
}

std::vector<Bytes> PackSeeds() {
  return {Seal(pack::testing::LampsAndMugs().Request(), pack::testing::TestSeed()).value()};
}

// Under its signature: nothing but what the publisher signed.
bool FuzzPack(ByteView input) {
  static const Bytes kSigned = PackSeeds()[0];
  const bool opens = SitePack::Open(input, pack::testing::TestTrust()).ok();
  Check(opens == BytesEqual(input, kSigned));
  return opens;
}

void Rank(const SitePack& pack) {
  if (pack.shop() == nullptr) return;
  Result<recommend::Recommender> recommender = recommend::Recommender::Create(pack);
  if (!recommender.ok()) return;
  const int64_t now_ms = 1'795'354'620'000;
  const uint32_t items = pack.shop()->catalogue.size();
  if (items > 0) {
    (void)recommender->Add(
        {.item = items - 1, .kind = recommend::InteractionKind::kViewed, .time_ms = now_ms - 1},
        now_ms);
  }
  std::vector<recommend::RankedItem> shelf;
  recommend::ShelfRequest request;
  request.varied = true;
  if (!recommender->Recommend(request, now_ms, shelf).ok()) return;
  for (const recommend::RankedItem& ranked : shelf) Check(ranked.item < items);
}

// The first byte names the section that the rest replaces, in a pack that its publisher signs.
bool FuzzSection(ByteView input) {
  if (input.empty()) return false;
  static const SealRequest kShop = [] {
    SealRequest request = pack::testing::LampsAndMugs().Request();
    RepeatCard card;
    card.item_points.resize(pack::testing::LampsAndMugs().items.size());
    request.sections.push_back({SectionType::kRepeat, EncodeRepeat(card).value()});
    return request;
  }();
  SealRequest request = kShop;
  request.sections[input[0] % request.sections.size()].body = ToBytes(input.subspan(1));
  const Result<Bytes> sealed = Seal(request, pack::testing::TestSeed());
  if (!sealed.ok()) return false;
  const Result<SitePack> pack = SitePack::Open(*sealed, pack::testing::TestTrust());
  if (!pack.ok()) return false;
  Rank(*pack);
  return true;
}

std::vector<Bytes> SectionSeeds() {
  std::vector<Bytes> seeds;
  for (const Section& section : pack::testing::LampsAndMugs().Request().sections) {
    Bytes seed = {static_cast<uint8_t>(seeds.size())};
    seed.insert(seed.end(), section.body.begin(), section.body.end());
    seeds.push_back(std::move(seed));
  }
  return seeds;
}

// A section by itself: no signature to make, so that far more of them are tried.
template <typename T>
bool FuzzBody(ByteView input) {
  return T::Parse(input).ok();
}

template <SectionType kType>
std::vector<Bytes> BodySeeds() {
  for (const Section& section : pack::testing::LampsAndMugs().Request().sections) {
    if (section.type == kType) return {section.body};
  }
  return {};
}

std::vector<Bytes> RepeatSeeds() {
  RepeatCard card;
  card.item_points.resize(6);
  return {EncodeRepeat(card).value()};
}

std::vector<Bytes> SessionSeeds() {
  const std::vector<std::vector<WeightedSource>> table = {{{1, 0.5}, {2, -0.25}}, {}, {{0, 1.0}}};
  const SessionWeights weights = {.decay = {1024, 621, 65535}, .seen_again = -300};
  return {EncodeSession(table, weights, 4).value(), EncodeSession(table, weights, 8).value()};
}

}  // namespace

std::vector<Target> PackTargets() {
  return {{"pack_header", FuzzHeader, PackSeeds},
          {"pack_file", FuzzPack, PackSeeds},
          {"pack_sealed_section", FuzzSection, SectionSeeds},
          {"pack_catalogue", FuzzBody<Catalogue>, BodySeeds<SectionType::kCatalogue>},
          {"pack_model", FuzzBody<Model>, BodySeeds<SectionType::kModel>},
          {"pack_popularity", FuzzBody<Popularity>, BodySeeds<SectionType::kPopularity>},
          {"pack_attributes", FuzzBody<Attributes>, BodySeeds<SectionType::kAttributes>},
          {"pack_repeat", FuzzBody<Repeat>, RepeatSeeds},
          {"pack_session", FuzzBody<SessionModel>, SessionSeeds}};
}

}  // namespace baya::fuzz
