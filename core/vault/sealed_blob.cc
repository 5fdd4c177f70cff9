#include "vault/sealed_blob.h"

#include <optional>
#include <utility>

#include "codec/tls.h"
#include "crypto/xchacha20poly1305.h"

namespace baya::vault {
namespace {

namespace aead = crypto::xchacha20poly1305;

static_assert(kSealedHeaderBytes == 1 + 4 + aead::kNonceBytes);
static_assert(kKeyBytes == aead::kKeyBytes);

constexpr size_t kOverheadBytes = kSealedHeaderBytes + aead::kTagBytes;

Result<Bytes> AssociatedData(const BlobContext& context, uint8_t version, uint32_t length) {
  codec::Writer writer;
  writer.Opaque8(AsBytes(context.label));
  writer.U8(version);
  writer.U32(length);
  writer.Raw(context.vault_id);
  writer.U64(context.subject);
  writer.U32(context.key_id);
  return std::move(writer).Finish();
}

Fault CheckHeader(uint8_t version, uint32_t length, size_t blob_bytes) {
  if (version != kFormatVersion) return Fault::kVersion;
  if (blob_bytes < length) return Fault::kTorn;
  if (blob_bytes > length || length > kMaxBlobBytes) return Fault::kOversize;
  return length < kOverheadBytes ? Fault::kTorn : Fault::kNone;
}

}  // namespace

Result<Bytes> SealBlob(Host& host, const SecretBytes& key, const BlobContext& context,
                       const Plaintext& plaintext) {
  const size_t length = kOverheadBytes + plaintext.padded().size();
  if (length > kMaxBlobBytes) {
    return kError<StatusCode::kInvalidArgument, "a blob is larger than the format allows">;
  }
  aead::Nonce nonce;
  host.FillRandom(nonce);
  BAYA_ASSIGN_OR_RETURN(const Bytes& associated_data,
                        AssociatedData(context, kFormatVersion, static_cast<uint32_t>(length)));
  BAYA_ASSIGN_OR_RETURN(const Bytes& ciphertext,
                        aead::Seal(key, nonce, associated_data, plaintext.padded()));
  codec::Writer writer;
  writer.U8(kFormatVersion);
  writer.U32(static_cast<uint32_t>(length));
  writer.Raw(nonce);
  writer.Raw(ciphertext);
  return std::move(writer).Finish();
}

OpenedBlob OpenBlob(const SecretBytes& key, const BlobContext& context, ByteView blob) {
  codec::Reader reader(blob);
  const Result<uint8_t> version = reader.U8();
  const Result<uint32_t> length = reader.U32();
  const Result<ByteView> nonce = reader.Raw(aead::kNonceBytes);
  if (!version.ok() || !length.ok() || !nonce.ok()) return {Fault::kTorn, {}};
  const Fault fault = CheckHeader(*version, *length, blob.size());
  if (fault != Fault::kNone) return {fault, {}};
  const Result<Bytes> associated_data = AssociatedData(context, *version, *length);
  const Result<ByteView> ciphertext = reader.Raw(reader.remaining());
  if (!associated_data.ok() || !ciphertext.ok()) return {Fault::kMalformed, {}};
  Result<SecretBytes> padded = aead::Open(key, aead::NonceView(nonce->data(), aead::kNonceBytes),
                                          *associated_data, *ciphertext);
  if (!padded.ok()) return {Fault::kAuthentication, {}};
  std::optional<Plaintext> plaintext = Plaintext::Parse(std::move(*padded));
  if (!plaintext) return {Fault::kMalformed, {}};
  return {Fault::kNone, std::move(*plaintext)};
}

}  // namespace baya::vault
