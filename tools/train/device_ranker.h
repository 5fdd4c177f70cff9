// The code that ranks on devices, in this program or, as WebAssembly, in Node.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pack/writer/seal.h"
#include "recommend/interaction.h"
#include "recommend/ranked_item.h"
#include "recommend/shelf_request.h"

namespace baya::tools {

// Which build of it.
struct DeviceBuild {
  std::string ranker;  // baya-ranker.cjs of the wasm build, for Node; empty: this program
  std::string engine;  // the Node program around engine.wasm; empty: this program
};

// One visitor after the other. What recommend::Recommender refuses is a ToolError.
class DeviceRanker {
 public:
  virtual ~DeviceRanker() = default;

  virtual void Forget() = 0;
  virtual void Add(const recommend::Interaction& interaction, int64_t now_ms) = 0;
  virtual std::vector<recommend::RankedItem> Recommend(const recommend::ShelfRequest& request,
                                                       int64_t now_ms) = 0;
};

// [ThreadCount()], each with the pack made of `sections`. Throws ToolError.
std::vector<std::unique_ptr<DeviceRanker>> MakeRankers(const std::vector<pack::Section>& sections,
                                                       const DeviceBuild& build);

}  // namespace baya::tools
