#include "vdaf/xof.h"

#include <cstdlib>

#include "base/status.h"
#include "vdaf/field128.h"
#include "vdaf/field_vec.h"
#include "vdaf/valid.h"

namespace baya::vdaf {
namespace {

constexpr uint8_t kDomain = 1;  // D of TurboSHAKE128

Status CheckSizes(ByteView seed, ByteView dst) {
  if (seed.size() > XofTurboShake128::kMaxSeedSize || dst.size() > XofTurboShake128::kMaxDstSize) {
    return kError<StatusCode::kInvalidArgument, "the seed or domain separation tag is too long">;
  }
  return OkStatus();
}

}  // namespace

XofTurboShake128::XofTurboShake128(ByteView seed, std::initializer_list<ByteView> dst,
                                   std::initializer_list<ByteView> binder)
    : sponge_(kDomain) {
  size_t dst_size = 0;
  for (ByteView part : dst) dst_size += part.size();
  if (seed.size() > kMaxSeedSize || dst_size > kMaxDstSize) std::abort();
  const uint8_t dst_prefix[2] = {static_cast<uint8_t>(dst_size),
                                 static_cast<uint8_t>(dst_size >> 8)};
  const uint8_t seed_prefix[1] = {static_cast<uint8_t>(seed.size())};
  sponge_.Absorb(dst_prefix);
  for (ByteView part : dst) sponge_.Absorb(part);
  sponge_.Absorb(seed_prefix);
  sponge_.Absorb(seed);
  for (ByteView part : binder) sponge_.Absorb(part);
}

Result<SecretBytes> DeriveSeed(ByteView seed, ByteView dst, ByteView binder) {
  BAYA_RETURN_IF_ERROR(CheckSizes(seed, dst));
  SecretBytes out(XofTurboShake128::kSeedSize);
  XofTurboShake128::DeriveSeed(seed, {dst}, {binder}, out.ExposeMutable());
  return out;
}

Result<SecretBytes> ExpandIntoVecField128(ByteView seed, ByteView dst, ByteView binder,
                                          uint64_t length) {
  BAYA_RETURN_IF_ERROR(CheckSizes(seed, dst));
  if (!IsVectorLength(length)) {
    return kError<StatusCode::kInvalidArgument, "a vector has 1 to 2^20 elements">;
  }
  FieldVec<Field128> vec(static_cast<size_t>(length));
  XofTurboShake128::ExpandIntoVec<Field128>(seed, {dst}, {binder}, vec);
  SecretBytes out(vec.size() * Field128::kEncodedSize);
  EncodeVec<Field128>(vec, out.ExposeMutable());
  return out;
}

}  // namespace baya::vdaf
