// A storage for tests: blobs in memory, with a history of all that was ever written, and with
// every way of applying a batch that a real one might get wrong.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/status.h"
#include "vault/storage.h"

namespace baya::vault::testing {

class MemoryStorage {
 public:
  // As storage.h asks. Errors: kAborted (an expectation does not hold).
  Status Apply(const StorageBatch& batch) {
    for (const Expectation& expectation : batch.expects) {
      const auto found = blobs_.find(expectation.name);
      if (!Meets(expectation, found == blobs_.end() ? nullptr : &found->second)) {
        return kError<StatusCode::kAborted, "an expectation does not hold">;
      }
    }
    ApplySome(batch, [](size_t) { return true; });
    return OkStatus();
  }

  // Breaks the promise: applies only those steps, puts before deletes, for which `chosen` holds.
  template <typename Chosen>
  void ApplySome(const StorageBatch& batch, Chosen&& chosen) {
    size_t step = 0;
    for (const Blob& blob : batch.puts) {
      if (chosen(step++)) Put(blob.name, blob.bytes);
    }
    for (const std::string& name : batch.deletes) {
      if (chosen(step++)) blobs_.erase(name);
    }
  }

  void Put(const std::string& name, const Bytes& bytes) {
    blobs_[name] = bytes;
    history_.push_back({name, bytes});
  }

  std::vector<Blob> Blobs() const {
    std::vector<Blob> blobs;
    for (const auto& [name, bytes] : blobs_) blobs.push_back({name, bytes});
    return blobs;
  }

  std::map<std::string, Bytes>& map() { return blobs_; }

  // Every blob that was ever written, in order.
  const std::vector<Blob>& history() const { return history_; }

  size_t TotalBytes() const {
    size_t total = 0;
    for (const auto& entry : blobs_) total += entry.second.size();
    return total;
  }

 private:
  std::map<std::string, Bytes> blobs_;
  std::vector<Blob> history_;
};

}  // namespace baya::vault::testing
