#include "dap/hpke_info.h"

#include <string_view>
#include <utility>

#include "codec/tls.h"
#include "crypto/fixed_bytes.h"
#include "crypto/hpke.h"
#include "dap/messages_internal.h"

namespace baya::dap {
namespace {

namespace hpke = crypto::hpke;

Bytes Info(std::string_view label, Role sender, Role recipient) {
  Bytes info = ToBytes(AsBytes(label));
  info.push_back(static_cast<uint8_t>(sender));
  info.push_back(static_cast<uint8_t>(recipient));
  return info;
}

}  // namespace

Result<HpkeKey> MakeHpkeKey(uint8_t id, Host& host) {
  HpkeKey key;
  key.private_key = SecretBytes(hpke::kPrivateKeyBytes);
  host.FillRandom(key.private_key.ExposeMutable());
  BAYA_ASSIGN_OR_RETURN(const auto& public_key, crypto::x25519::PublicKeyOf(key.private_key));
  key.config = {.id = id,
                .kem_id = hpke::kKemId,
                .kdf_id = hpke::kKdfId,
                .aead_id = hpke::kAeadId,
                .public_key = ToBytes(public_key)};
  return key;
}

bool IsSupported(const HpkeConfig& config) {
  return config.kem_id == hpke::kKemId && config.kdf_id == hpke::kKdfId &&
         config.aead_id == hpke::kAeadId && config.public_key.size() == hpke::kPublicKeyBytes;
}

Bytes InputShareInfo(Role server_role) {
  return Info("dap-18 input share", Role::kClient, server_role);
}

Bytes AggregateShareInfo(Role server_role) {
  return Info("dap-18 aggregate share", server_role, Role::kCollector);
}

Result<Bytes> InputShareAad(const Task& task, const ReportMetadata& metadata,
                            ByteView public_share) {
  codec::Writer writer;
  writer.Raw(task.id);
  writer.Raw(task.configuration);
  internal::Write(writer, metadata);
  writer.Opaque32(public_share);
  return std::move(writer).Finish();
}

Bytes AggregateShareAad(const Task& task, ByteView collection_job_req) {
  Bytes aad = ToBytes(task.id);
  aad.insert(aad.end(), task.configuration.begin(), task.configuration.end());
  aad.insert(aad.end(), collection_job_req.begin(), collection_job_req.end());
  return aad;
}

Result<HpkeCiphertext> Seal(const HpkeConfig& recipient, ByteView info, ByteView aad,
                            ByteView plaintext, Host& host) {
  if (!IsSupported(recipient)) {
    return kError<StatusCode::kUnimplemented, "an HPKE configuration is not supported">;
  }
  BAYA_ASSIGN_OR_RETURN(const auto& public_key,
                        crypto::FixedBytes<hpke::kPublicKeyBytes>(recipient.public_key));
  SecretBytes ephemeral(hpke::kPrivateKeyBytes);
  host.FillRandom(ephemeral.ExposeMutable());
  BAYA_ASSIGN_OR_RETURN(hpke::Sealed sealed,
                        hpke::SealBase(public_key, info, aad, plaintext, ephemeral));
  return HpkeCiphertext{.config_id = recipient.id,
                        .enc = ToBytes(sealed.enc),
                        .payload = std::move(sealed.ciphertext)};
}

Result<SecretBytes> Open(const HpkeKey& key, ByteView info, ByteView aad,
                         const HpkeCiphertext& ciphertext) {
  if (ciphertext.config_id != key.config.id) {
    return kError<StatusCode::kNotFound, "a ciphertext is for another HPKE configuration">;
  }
  const auto enc = crypto::FixedBytes<hpke::kEncBytes>(ciphertext.enc);
  if (enc.ok() && IsSupported(key.config)) {
    auto plaintext = hpke::OpenBase(*enc, key.private_key, info, aad, ciphertext.payload);
    if (plaintext.ok()) return plaintext;
  }
  return kError<StatusCode::kDataLoss, "an HPKE ciphertext does not open">;
}

}  // namespace baya::dap
