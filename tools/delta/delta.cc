#include "delta/delta.h"

#include <zstd.h>

#include <algorithm>
#include <array>
#include <memory>

#include "codec/hex.h"
#include "crypto/sha256.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

// RFC 9842 §5: a skippable frame of 32 bytes, then the SHA-256 of the dictionary.
constexpr std::array<uint8_t, 8> kMagic{0x5e, 0x2a, 0x4d, 0x18, 0x20, 0, 0, 0};

// RFC 9842 §5: every decoder takes windows up to 8 MB, or 1.25 times the dictionary.
constexpr int kMostWindowBits = 23;
constexpr int kLeastWindowBits = 10;

// Made once for each version, read by many.
constexpr int kLevel = 19;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
using Context = std::unique_ptr<ZSTD_CCtx, FreeContext>;

void Check(size_t code) {
  if (ZSTD_isError(code) != 0) {
    throw ToolError(std::string("compressing: ") + ZSTD_getErrorName(code));
  }
}

int WindowBits(size_t bytes) {
  int bits = kLeastWindowBits;
  while (bits < kMostWindowBits && (size_t{1} << bits) < bytes) ++bits;
  return bits;
}

Bytes Compress(ByteView base, ByteView target) {
  const Context context(ZSTD_createCCtx());
  if (!context) throw ToolError("compressing: out of memory");
  Check(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel));
  Check(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog,
                               WindowBits(base.size() + target.size())));
  Check(ZSTD_CCtx_refPrefix(context.get(), base.data(), base.size()));
  Bytes out(ZSTD_compressBound(target.size()));
  const size_t size =
      ZSTD_compress2(context.get(), out.data(), out.size(), target.data(), target.size());
  Check(size);
  out.resize(size);
  return out;
}

}  // namespace

Bytes MakeDelta(ByteView base, ByteView target) {
  const crypto::Sha256Digest digest = crypto::Sha256(base);
  const Bytes frame = Compress(base, target);
  Bytes delta(kMagic.size() + digest.size() + frame.size());
  const auto name = std::copy(kMagic.begin(), kMagic.end(), delta.begin());
  const auto content = std::copy(digest.begin(), digest.end(), name);
  std::copy(frame.begin(), frame.end(), content);
  return delta;
}

size_t ZstdSize(ByteView target) { return Compress({}, target).size(); }

std::string DeltaName(const std::string& target_name, ByteView base) {
  return target_name + "." + codec::EncodeHex(crypto::Sha256(base)) + ".dcz";
}

}  // namespace baya::tools
