#include "vdaf/prio3_client.h"

#include <utility>

#include "vdaf/count.h"
#include "vdaf/histogram.h"
#include "vdaf/prio3_sharding.h"

namespace baya::vdaf {
namespace {

template <Valid Circuit>
Result<std::unique_ptr<const Prio3Client>> Make(size_t shares,
                                                std::span<const uint64_t> parameters) {
  BAYA_ASSIGN_OR_RETURN(Circuit circuit, CreateCircuit<Circuit>(shares, parameters));
  return std::unique_ptr<const Prio3Client>(
      new Prio3Sharding<Circuit, Prio3Client>(std::move(circuit), shares));
}

}  // namespace

Result<std::unique_ptr<const Prio3Client>> MakeCountClient(size_t shares) {
  return Make<Count>(shares, {});
}

Result<std::unique_ptr<const Prio3Client>> MakeHistogramClient(size_t shares, uint64_t length,
                                                               uint64_t chunk_length) {
  const uint64_t parameters[] = {length, chunk_length};
  return Make<Histogram>(shares, parameters);
}

}  // namespace baya::vdaf
