// Targets that go too far, so that it is seen that the limits strike.
#include "control_targets.h"

namespace baya::fuzz {
namespace {

bool Hang(ByteView input) {
  volatile size_t turns = 0;
  while (input.size() < SIZE_MAX) turns = turns + 1;
  return turns > 0;
}

bool AllocateOnce(ByteView input) {
  const std::vector<uint8_t> large((size_t{65} << 20) + input.size());
  return large[input.size()] == 0;
}

bool AllocateOften(ByteView input) {
  std::vector<Bytes> pieces(65);
  for (Bytes& piece : pieces) piece.resize((size_t{1} << 20) + input.size());
  return pieces.back().size() >= input.size();
}

// As many, but never together.
bool AllocateAndFree(ByteView input) {
  size_t sum = 0;
  for (int i = 0; i < 200; ++i) sum += Bytes((size_t{1} << 20) + input.size()).size();
  return sum > 0;
}

bool ReadNull(ByteView input) {
  const uint8_t* volatile nowhere = nullptr;
  return nowhere[input.size()] == 0;  // NOLINT(clang-analyzer-core.NullDereference)
}

bool EncodeOtherwise(ByteView input) {
  return IsEncodedAgain(
      Result<Bytes>(Bytes{1}), [](const Bytes&) { return Result<Bytes>(Bytes{2}); }, input);
}

std::vector<Bytes> Seeds() { return {{1}}; }

}  // namespace

std::vector<Target> ControlTargets() {
  return {{"control_hang", Hang, Seeds},
          {"control_allocate_once", AllocateOnce, Seeds},
          {"control_allocate_often", AllocateOften, Seeds},
          {"control_allocate_and_free", AllocateAndFree, Seeds},
          {"control_read_null", ReadNull, Seeds},
          {"control_encode_otherwise", EncodeOtherwise, Seeds}};
}

}  // namespace baya::fuzz
