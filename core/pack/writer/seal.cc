#include "pack/writer/seal.h"

#include "codec/tls.h"
#include "crypto/ed25519_signing.h"
#include "pack/site_pack.h"

namespace baya::pack {
namespace {

Result<Bytes> EncodeSigned(const SealRequest& request, const crypto::ed25519::PublicKey& key) {
  codec::Writer out;
  out.Raw(AsBytes("bayapack"));
  out.U16(kFormat);
  out.U64(request.version);
  out.U64(request.replaces);
  out.Opaque8(AsBytes(request.site));
  out.Raw(key);
  out.Opaque8(request.next_key ? ByteView(*request.next_key) : ByteView());
  out.Vector16([&request](codec::Writer& entries) {
    for (const Section& section : request.sections) {
      entries.U8(static_cast<uint8_t>(section.type));
      entries.U32(static_cast<uint32_t>(section.body.size()));
      entries.Raw(crypto::Sha256(section.body));
    }
  });
  return std::move(out).Finish();
}

}  // namespace

Result<Bytes> Seal(const SealRequest& request, const SecretBytes& seed) {
  BAYA_ASSIGN_OR_RETURN(const auto& key, crypto::ed25519::PublicKeyOf(seed));
  BAYA_ASSIGN_OR_RETURN(auto&& bytes, EncodeSigned(request, key));
  BAYA_ASSIGN_OR_RETURN(const auto& signature, crypto::ed25519::Sign(seed, SignatureInput(bytes)));
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  for (const Section& section : request.sections) {
    bytes.insert(bytes.end(), section.body.begin(), section.body.end());
  }
  // A pack that no device would take must not leave the publisher's machine.
  BAYA_RETURN_IF_ERROR(SitePack::OpenFromAnySigner(bytes).status());
  return bytes;
}

}  // namespace baya::pack
