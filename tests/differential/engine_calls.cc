// The engine, driven by frames on standard input, so that another build's calls can be made again
// to the byte. Integers are big-endian:
//
//   uint32 op; uint64 now_ms; uint32 entropy_bytes; entropy; uint32 request_bytes; request
//       ->   uint32 status; uint32 reply_bytes; reply
//
// Op 0 makes a new engine; its request is ignored. The entropy is what the call may draw; drawing
// more, or leaving some, ends the program.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

#include "base/bytes.h"
#include "base/host.h"
#include "dap/report_maker.h"
#include "engine/engine.h"

namespace {

[[noreturn]] void Fail(const char* what) {
  std::fprintf(stderr, "engine_calls: %s\n", what);
  std::_Exit(2);
}

class GivenHost final : public baya::Host {
 public:
  int64_t NowMs() override { return now_ms_; }
  void FillRandom(baya::MutableByteView out) override {
    if (entropy_.size() - drawn_ < out.size()) Fail("a call draws more entropy than the other did");
    for (uint8_t& byte : out) byte = entropy_[drawn_++];
  }

  void Give(int64_t now_ms, baya::Bytes entropy) {
    now_ms_ = now_ms;
    entropy_ = std::move(entropy);
    drawn_ = 0;
  }
  bool used_up() const { return drawn_ == entropy_.size(); }

 private:
  int64_t now_ms_ = 0;
  baya::Bytes entropy_;
  size_t drawn_ = 0;
};

// False at the end of the input, if it ends here.
bool Read(void* out, size_t size) {
  const size_t count = std::fread(out, 1, size, stdin);
  if (count != size && count != 0) Fail("a frame is cut off");
  return count == size;
}

uint64_t ReadInteger(size_t size) {
  uint8_t bytes[8] = {};
  if (!Read(bytes, size)) Fail("a frame is cut off");
  uint64_t value = 0;
  for (size_t i = 0; i < size; ++i) value = value << 8 | bytes[i];
  return value;
}

baya::Bytes ReadBytes() {
  baya::Bytes bytes(ReadInteger(4));
  if (!bytes.empty() && !Read(bytes.data(), bytes.size())) Fail("a frame is cut off");
  return bytes;
}

void Write(baya::ByteView bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) Fail("nobody reads");
}

void WriteInteger(uint32_t value) {
  const uint8_t bytes[] = {static_cast<uint8_t>(value >> 24), static_cast<uint8_t>(value >> 16),
                           static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value)};
  Write(bytes);
}

class Calls {
 public:
  // False at the end of the input.
  bool Next() {
    uint8_t first = 0;
    if (!Read(&first, 1)) return false;
    const auto op = static_cast<uint32_t>(uint64_t{first} << 24 | ReadInteger(3));
    const auto now_ms = static_cast<int64_t>(ReadInteger(8));
    host_.Give(now_ms, ReadBytes());
    const baya::Bytes request = ReadBytes();
    if (op == 0) {
      engine_ = std::make_unique<baya::engine::Engine>(host_, maker_);
      Answer(0, {});
      return true;
    }
    Call(op, request);
    if (!host_.used_up()) Fail("a call draws less entropy than the other did");
    return true;
  }

 private:
  void Call(uint32_t op, baya::ByteView request) {
    const auto reply = engine_->Call(op, request);
    if (reply.ok()) return Answer(0, *reply);
    const auto message = reply.status().message();
    Answer(static_cast<uint32_t>(reply.status().code()),
           {reinterpret_cast<const uint8_t*>(message.data()), message.size()});
  }

  static void Answer(uint32_t status, baya::ByteView bytes) {
    WriteInteger(status);
    WriteInteger(static_cast<uint32_t>(bytes.size()));
    Write(bytes);
    (void)std::fflush(stdout);
  }

  GivenHost host_;
  baya::dap::DirectReportMaker maker_{host_};
  std::unique_ptr<baya::engine::Engine> engine_ =
      std::make_unique<baya::engine::Engine>(host_, maker_);
};

}  // namespace

int main() {
  Calls calls;
  while (calls.Next()) {
  }
  return 0;
}
