#include "train/device_ranker.h"

#include <utility>

#include "lib/child_process.h"
#include "lib/parallel.h"
#include "lib/tool_error.h"
#include "pack/site_pack.h"
#include "ranker/messages.h"
#include "recommend/recommender.h"
#include "train/held_out.h"

namespace baya::tools {
namespace {

class OwnRanker final : public DeviceRanker {
 public:
  explicit OwnRanker(std::shared_ptr<const pack::SitePack> pack)
      : pack_(std::move(pack)),
        recommender_(OrThrow(recommend::Recommender::Create(*pack_), "reading the pack")) {}

  void Forget() override { recommender_.Forget(); }
  void Add(const recommend::Interaction& interaction, int64_t now_ms) override {
    OrThrow(recommender_.Add(interaction, now_ms), "adding to the history");
  }
  std::vector<recommend::RankedItem> Recommend(const recommend::ShelfRequest& request,
                                               int64_t now_ms) override {
    return OrThrow(recommender_.Recommend(request, now_ms), "ranking");
  }

 private:
  std::shared_ptr<const pack::SitePack> pack_;
  recommend::Recommender recommender_;
};

class WasmRanker final : public DeviceRanker {
 public:
  WasmRanker(const std::string& program, ByteView pack)
      : node_({"node", "--no-experimental-fetch", program}) {
    node_.Send(pack);
    Answer();
  }

  void Forget() override {
    call_.forget = true;
    call_.heard.clear();
  }
  void Add(const recommend::Interaction& interaction, int64_t now_ms) override {
    call_.heard.push_back({interaction, now_ms});
  }
  std::vector<recommend::RankedItem> Recommend(const recommend::ShelfRequest& request,
                                               int64_t now_ms) override {
    call_.request = request;
    call_.exclude.assign(request.exclude.begin(), request.exclude.end());
    call_.now_ms = now_ms;
    node_.Send(EncodeRankCall(call_));
    call_ = RankCall();
    return OrThrow(DecodeShelf(Answer()), "the ranker's answer");
  }

 private:
  Bytes Answer() {
    Bytes answer = node_.Receive();
    if (answer.empty()) throw ToolError("the ranker's answer is empty");
    const uint8_t code = answer.front();
    answer.erase(answer.begin());
    if (code != 0) throw ToolError("ranking: " + std::string(AsText(answer)));
    return answer;
  }

  ChildProcess node_;
  RankCall call_;  // as far as it is known
};

}  // namespace

std::vector<std::unique_ptr<DeviceRanker>> MakeRankers(const std::vector<pack::Section>& sections,
                                                       const DeviceBuild& build) {
  const Bytes bytes = SealForMeasuring(sections);
  std::vector<std::unique_ptr<DeviceRanker>> rankers;
  if (!build.ranker.empty()) {
    for (size_t i = 0; i < ThreadCount(); ++i) {
      rankers.push_back(std::make_unique<WasmRanker>(build.ranker, bytes));
    }
    return rankers;
  }
  const auto pack = std::make_shared<const pack::SitePack>(
      OrThrow(pack::SitePack::OpenFromAnySigner(bytes), "opening the pack"));
  for (size_t i = 0; i < ThreadCount(); ++i) rankers.push_back(std::make_unique<OwnRanker>(pack));
  return rankers;
}

}  // namespace baya::tools
