// The vault as a module of its own, for tests/bench vault: behind the C ABI and in the operations
// of engine.wasm, so that the host of a page carries out what it says. No profile is made of the
// records, and there may be more of them than a profile takes.

#include "vault/vault.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/secret_bytes.h"
#include "engine/ops.h"
#include "wasm/callee.h"

namespace baya::wasm {
namespace {

constexpr const char* kPurpose = "store";
constexpr Status kNoVault = kError<StatusCode::kFailedPrecondition, "no vault is open">;

engine::Expectation ExpectationOf(const vault::Expectation& expectation) {
  engine::Expectation result;
  result.name = expectation.name;
  for (const std::optional<Bytes>& prefix : expectation.any_of) {
    if (prefix) {
      result.prefixes.emplace_back(*prefix);
    } else {
      result.may_be_absent = true;
    }
  }
  return result;
}

class VaultCallee final : public Callee {
 public:
  explicit VaultCallee(Host& host) : host_(host) {}

  Result<Bytes> Call(uint32_t op, ByteView request) override {
    const auto id = static_cast<engine::Op>(op);
    if (id == engine::Op::kCreateVault) return Create(request);
    if (id == engine::Op::kOpenVault) return Open(request);
    if (!vault_) return kNoVault;
    switch (id) {
      case engine::Op::kIngest:
        return Append(request);
      case engine::Op::kFlush:
        return Flush();
      case engine::Op::kConfirm:
        return Confirm(request);
      case engine::Op::kFail:
        return Fail(request);
      default:
        return kError<StatusCode::kUnimplemented, "not of the vault">;
    }
  }

 private:
  engine::StoreState State() const {
    return {.open = true,
            .durable_end = vault_->durable_end(),
            .next_sequence = vault_->next_sequence(),
            .generation = vault_->generation(),
            .epoch = vault_->epoch()};
  }

  Result<Bytes> Create(ByteView request) {
    BAYA_ASSIGN_OR_RETURN(const auto& decoded, engine::DecodeCreateVaultRequest(request));
    BAYA_ASSIGN_OR_RETURN(vault::Vault made,
                          vault::Vault::Create(host_, SecretBytes::CopyOf(decoded.secret)));
    vault_.emplace(std::move(made));
    return engine::EncodeCreateVaultReply({.store = State()});
  }

  Result<Bytes> Open(ByteView request) {
    BAYA_ASSIGN_OR_RETURN(const auto& decoded, engine::DecodeOpenVaultRequest(request));
    std::vector<vault::Blob> blobs;
    for (const engine::Blob& blob : decoded.blobs) {
      blobs.push_back({std::string(blob.name), ToBytes(blob.bytes)});
    }
    std::vector<SecretBytes> secrets;
    for (const ByteView secret : decoded.secrets) secrets.push_back(SecretBytes::CopyOf(secret));
    BAYA_ASSIGN_OR_RETURN(vault::Vault opened, vault::Vault::Open(host_, blobs, secrets));
    vault_.emplace(std::move(opened));
    engine::OpenVaultReply reply;
    reply.found = true;
    reply.recovery.lost_records = vault_->report().lost_records;
    reply.recovery.records = vault_->Records(kPurpose).size();
    reply.store = State();
    return engine::EncodeOpenVaultReply(reply);
  }

  Result<Bytes> Append(ByteView request) {
    BAYA_ASSIGN_OR_RETURN(const auto& decoded, engine::DecodeIngestRequest(request));
    engine::IngestReply reply;
    for (const ByteView event : decoded.events) {
      BAYA_ASSIGN_OR_RETURN(const uint64_t sequence, vault_->Append(kPurpose, 1, event));
      reply.verdicts.push_back({.accepted = true, .sequence = sequence});
    }
    reply.store = State();
    return engine::EncodeIngestReply(reply);
  }

  Result<Bytes> Flush() {
    BAYA_ASSIGN_OR_RETURN(const std::optional<vault::StorageBatch> batch, vault_->Flush());
    engine::FlushReply reply;
    if (batch) {
      reply.has_batch = true;
      reply.id = batch->id;
      for (const vault::Expectation& one : batch->expects) {
        reply.expects.push_back(ExpectationOf(one));
      }
      for (const vault::Blob& blob : batch->puts) reply.puts.push_back({blob.name, blob.bytes});
      reply.deletes.assign(batch->deletes.begin(), batch->deletes.end());
      reply.epoch = batch->epoch;
      reply.rotates = batch->rotates;
    }
    reply.store = State();
    return engine::EncodeFlushReply(reply);
  }

  Result<Bytes> Confirm(ByteView request) {
    BAYA_ASSIGN_OR_RETURN(const auto& decoded, engine::DecodeConfirmRequest(request));
    BAYA_RETURN_IF_ERROR(vault_->Confirm(decoded.id));
    return engine::EncodeConfirmReply({.store = State()});
  }

  Result<Bytes> Fail(ByteView request) {
    BAYA_ASSIGN_OR_RETURN(const auto& decoded, engine::DecodeFailRequest(request));
    BAYA_RETURN_IF_ERROR(vault_->Fail(decoded.id, static_cast<StatusCode>(decoded.code)));
    return engine::EncodeFailReply({.store = State()});
  }

  Host& host_;
  std::optional<vault::Vault> vault_;
};

}  // namespace

std::unique_ptr<Callee> MakeCallee(Host& host) { return std::make_unique<VaultCallee>(host); }

}  // namespace baya::wasm
