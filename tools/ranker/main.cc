// baya-ranker: the code that ranks on devices, for a program beside it that asks over pipes
// (ranker/messages.h). Answers are a status code of one byte and the shelf, or why there is none.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

#include "base/bytes.h"
#include "pack/limits.h"
#include "pack/site_pack.h"
#include "ranker/messages.h"
#include "recommend/recommender.h"

namespace baya::tools {
namespace {

// False at the end of the input, if it ends before the first byte.
bool ReadExactly(uint8_t* out, size_t size) {
  size_t done = 0;
  while (done < size) {
    const size_t count = std::fread(out + done, 1, size - done, stdin);
    if (count == 0) {
      if (done == 0) return false;
      std::_Exit(2);
    }
    done += count;
  }
  return true;
}

bool ReadMessage(Bytes& message) {
  uint8_t head[4];
  if (!ReadExactly(head, sizeof head)) return false;
  const uint32_t size =
      uint32_t{head[0]} << 24 | uint32_t{head[1]} << 16 | uint32_t{head[2]} << 8 | head[3];
  if (size > pack::kMaxPackBytes) std::_Exit(2);
  message.resize(size);
  if (size > 0 && !ReadExactly(message.data(), size)) std::_Exit(2);
  return true;
}

void Answer(const Status& status, ByteView shelf) {
  const ByteView bytes = status.ok() ? shelf : AsBytes(status.message());
  const auto size = static_cast<uint32_t>(bytes.size() + 1);
  const uint8_t head[5] = {static_cast<uint8_t>(size >> 24), static_cast<uint8_t>(size >> 16),
                           static_cast<uint8_t>(size >> 8), static_cast<uint8_t>(size),
                           static_cast<uint8_t>(status.code())};
  (void)std::fwrite(head, 1, sizeof head, stdout);
  (void)std::fwrite(bytes.data(), 1, bytes.size(), stdout);
  (void)std::fflush(stdout);
}

Result<Bytes> Rank(ByteView message, recommend::Recommender& recommender) {
  BAYA_ASSIGN_OR_RETURN(RankCall call, DecodeRankCall(message));
  if (call.forget) recommender.Forget();
  for (const HeardInteraction& heard : call.heard) {
    BAYA_RETURN_IF_ERROR(recommender.Add(heard.interaction, heard.now_ms));
  }
  call.request.exclude = call.exclude;
  BAYA_ASSIGN_OR_RETURN(const auto& shelf, recommender.Recommend(call.request, call.now_ms));
  return EncodeShelf(shelf);
}

Result<recommend::Recommender> Open(ByteView bytes, std::optional<pack::SitePack>& pack) {
  BAYA_ASSIGN_OR_RETURN(pack, pack::SitePack::OpenFromAnySigner(bytes));
  return recommend::Recommender::Create(*pack);
}

void Serve() {
  Bytes message;
  if (!ReadMessage(message)) return;
  std::optional<pack::SitePack> pack;
  auto recommender = Open(message, pack);
  Answer(recommender.status(), {});
  if (!recommender.ok()) return;
  while (ReadMessage(message)) {
    const Result<Bytes> shelf = Rank(message, *recommender);
    Answer(shelf.status(), shelf.ok() ? *shelf : Bytes());
  }
}

}  // namespace
}  // namespace baya::tools

int main() {
  baya::tools::Serve();
  return 0;
}
