// What DAP seals: for whom, bound to what.
//
// Source: draft-ietf-ppm-dap-18, "HPKE Configuration Request", "Client Behavior", "Input Share
// Decryption" and "Aggregate Share Encryption"; RFC 9180 §6.1.
#pragma once

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "dap/messages.h"
#include "dap/task.h"

namespace baya::dap {

// A recipient's configuration with the key that opens what is sealed to it.
struct HpkeKey {
  HpkeConfig config;
  SecretBytes private_key;
};

// A new key for the suite of crypto/hpke.h.
Result<HpkeKey> MakeHpkeKey(uint8_t id, Host& host);

// Whether crypto/hpke.h speaks the configuration's suite and its key has that suite's size.
bool IsSupported(const HpkeConfig& config);

// "dap-18 input share" || 0x01 || server_role.
Bytes InputShareInfo(Role server_role);
// "dap-18 aggregate share" || server_role || 0x00.
Bytes AggregateShareInfo(Role server_role);

// InputShareAad. `public_share` has fewer than 2^32 bytes.
Result<Bytes> InputShareAad(const Task& task, const ReportMetadata& metadata,
                            ByteView public_share);
// AggregateShareAad. `collection_job_req` is the encoded message as the Collector sent it.
Bytes AggregateShareAad(const Task& task, ByteView collection_job_req);

// Errors: kUnimplemented (the configuration is not supported), kInvalidArgument (its key has small
// order).
Result<HpkeCiphertext> Seal(const HpkeConfig& recipient, ByteView info, ByteView aad,
                            ByteView plaintext, Host& host);

// Errors: kNotFound (the ciphertext is for another configuration), kDataLoss (it does not open).
Result<SecretBytes> Open(const HpkeKey& key, ByteView info, ByteView aad,
                         const HpkeCiphertext& ciphertext);

}  // namespace baya::dap
