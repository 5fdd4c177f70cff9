// All that a device does with core/dap: a task and two lists of HPKE configurations to a report.

#include <algorithm>

#include "dap/client.h"
#include "dap/task.h"

namespace dap = baya::dap;
using baya::ByteView;

namespace {

// Entropy from outside, as a page's module has it.
class BorrowedHost final : public baya::Host {
 public:
  explicit BorrowedHost(ByteView entropy) : entropy_(entropy) {}
  int64_t NowMs() override { return 0; }
  void FillRandom(baya::MutableByteView out) override {
    std::copy_n(entropy_.begin(), std::min(out.size(), entropy_.size()), out.begin());
  }

 private:
  ByteView entropy_;
};

}  // namespace

// `data` points at `size` bytes.
extern "C" __attribute__((used, visibility("default"))) size_t CallMakeReport(const uint8_t* data,
                                                                              size_t size) {
  const ByteView bytes(data, size);
  BorrowedHost host(bytes);
  const auto task = dap::MakeTask({}, bytes);
  const auto config = dap::SelectHpkeConfig(bytes);
  if (!task.ok() || !config.ok()) return 0;
  const auto report = dap::MakeReport(*task, *config, *config, task->TimeAt(size), size, host);
  return report.ok() ? report->encoded.size() + dap::ReportsUrl(*task).size() : 0;
}

extern "C" __attribute__((used, visibility("default"))) size_t CallUploadErrors(const uint8_t* data,
                                                                                size_t size) {
  const auto errors = dap::DecodeUploadErrors({data, size});
  return errors.ok() ? errors->size() : 0;
}
