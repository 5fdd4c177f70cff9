// baya-rank PACK COUNT SEED: ranks COUNT made-up visitors with PACK and prints everything.
//
// The same arguments print the same bytes from every build: tests/differential compares them.
#include <cinttypes>
#include <cstdio>
#include <cstdlib>

#include "recommend/recommender.h"

namespace baya::recommend {
namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kNowMs = 15'000 * kDayMs;

// splitmix64: Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint32_t Below(uint32_t bound) {
    uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return static_cast<uint32_t>((z ^ z >> 31) % bound);
  }

 private:
  uint64_t state_;
};

Bytes ReadAll(const char* path) {
  Bytes bytes;
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) return bytes;
  uint8_t buffer[4096];
  size_t count;
  while ((count = std::fread(buffer, 1, sizeof buffer, file)) > 0) {
    bytes.insert(bytes.end(), buffer, buffer + count);
  }
  (void)std::fclose(file);
  return bytes;
}

Status MakeVisitor(uint32_t item_count, uint32_t attribute_count, Random& random,
                   Recommender& recommender) {
  recommender.Forget();
  for (uint32_t i = random.Below(60); i > 0; --i) {
    Interaction interaction;
    interaction.item = random.Below(item_count);
    interaction.kind = static_cast<InteractionKind>(1 + random.Below(7));
    // Half of them in the last two hours, so that there is a present visit.
    const bool lately = random.Below(2) == 0;
    interaction.time_ms = kNowMs - (lately ? int64_t{random.Below(120)} * kDayMs / 1440
                                           : int64_t{random.Below(400)} * kDayMs / 2);
    interaction.weight_permille = static_cast<uint16_t>(random.Below(1001));
    BAYA_RETURN_IF_ERROR(recommender.Add(interaction, kNowMs));
  }
  if (attribute_count == 0) return OkStatus();
  const auto attribute = static_cast<AttributeId>(random.Below(attribute_count));
  return recommender.Declare(attribute, static_cast<int32_t>(random.Below(4096)) - 1024);
}

Status PrintShelf(uint32_t visitor, Recommender& recommender) {
  ShelfRequest request;
  request.bought = static_cast<Bought>(visitor % 3);
  BAYA_ASSIGN_OR_RETURN(const auto shelf, recommender.Recommend(request, kNowMs));
  std::printf("visitor %" PRIu32 "\n", visitor);
  for (const RankedItem& ranked : shelf) {
    BAYA_ASSIGN_OR_RETURN(const Explanation why, recommender.Explain(ranked.item, kNowMs));
    std::printf("%" PRIu32 " %" PRId64, ranked.item, ranked.score);
    for (const Contribution& contribution : why.contributions) {
      std::printf(" %d:%" PRIu32 ":%" PRId64, static_cast<int>(contribution.reason),
                  contribution.ref, contribution.points);
    }
    std::printf("\n");
  }
  return OkStatus();
}

Status Run(const char* path, uint32_t count, uint64_t seed) {
  BAYA_ASSIGN_OR_RETURN(const pack::SitePack pack,
                        pack::SitePack::OpenFromAnySigner(ReadAll(path)));
  BAYA_ASSIGN_OR_RETURN(Recommender recommender, Recommender::Create(pack));
  Random random(seed);
  for (uint32_t visitor = 0; visitor < count; ++visitor) {
    BAYA_RETURN_IF_ERROR(MakeVisitor(pack.shop()->catalogue.size(),
                                     pack.shop()->attributes.attribute_count(), random,
                                     recommender));
    BAYA_RETURN_IF_ERROR(PrintShelf(visitor, recommender));
  }
  return OkStatus();
}

}  // namespace
}  // namespace baya::recommend

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: baya-rank PACK COUNT SEED\n");
    return 2;
  }
  const auto count = static_cast<uint32_t>(std::strtoul(argv[2], nullptr, 10));
  const baya::Status status =
      baya::recommend::Run(argv[1], count, std::strtoull(argv[3], nullptr, 10));
  if (!status.ok()) {
    std::fprintf(stderr, "baya-rank: %.*s\n", static_cast<int>(status.message().size()),
                 status.message().data());
  }
  return status.ok() ? 0 : 1;
}
