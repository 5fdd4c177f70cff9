#include "vault/testing/fuzz_vault.h"

#include <cstdlib>
#include <optional>
#include <utility>

#include "base/testing/test_host.h"
#include "vault/key_slots.h"
#include "vault/vault.h"

namespace baya::vault::testing {
namespace {

enum Target : uint8_t { kSlots, kKeys, kHead, kChunk, kPlaintext, kVault, kTargets };

void Check(bool holds) {
  if (!holds) std::abort();
}

SecretBytes Secret() { return SecretBytes::CopyOf(Bytes(kKeyBytes, 1)); }

Plaintext PlaintextOf(ByteView content) {
  Plaintext plaintext(content.size());
  FixedWriter(plaintext.mutable_content()).Raw(content);
  return plaintext;
}

// A small vault with every kind of blob, the same each time.
std::vector<Blob> SmallVault() {
  baya::testing::TestHost host(5);
  Vault vault = std::move(Vault::Create(host, Secret())).value();
  std::vector<Blob> blobs;
  for (int burst = 0; burst < 2; ++burst) {
    Check(vault.Append("store", 1, AsBytes("a record")).ok());
    if (burst == 0) Check(vault.PutSnapshot("personalize", 1, 1, AsBytes("state")).ok());
    std::optional<StorageBatch> batch = std::move(vault.Flush()).value();
    for (Blob& blob : batch->puts) blobs.push_back(std::move(blob));
    Check(vault.Confirm(batch->id).ok());
  }
  return blobs;
}

void FuzzSlots(ByteView input) {
  const Result<Slots> slots = ParseSlots(input);
  if (!slots.ok()) return;
  for (const WrappedSlot& slot : slots->slots) {
    const Result<SecretBytes> root = UnwrapRoot(slots->vault_id, slot, Secret());
    Check(!root.ok() || root->size() == kKeyBytes);
  }
}

void FuzzKeys(ByteView input) {
  const Result<KeyTable> table = DecodeKeyTable(input);
  if (table.ok()) Check(BytesEqual(EncodeKeyTable(*table).content(), input));
}

void FuzzHead(ByteView input) {
  const Result<Head> head = DecodeHead(input);
  if (!head.ok()) return;
  Check(BytesEqual(EncodeHead(*head).content(), input));
  std::vector<Gap> gaps;
  for (const Gap& gap : head->gaps) AddGap(gaps, gap);
}

void FuzzChunk(ByteView input) {
  const Result<ChunkPtr> chunk = DecodeChunk(1, 2, PlaintextOf(input));
  if (!chunk.ok()) return;
  if ((**chunk).listed.type == ChunkType::kSnapshot) {
    Check((**chunk).snapshot().size() < input.size());
    return;
  }
  uint64_t bytes = 0;
  for (const RecordView& record : (**chunk).Records()) {
    bytes += kRecordHeaderBytes + record.payload.size();
  }
  Check(bytes == (**chunk).body().size());
}

void FuzzPlaintext(ByteView input) {
  const std::optional<Plaintext> plaintext = Plaintext::Parse(SecretBytes::CopyOf(input));
  if (plaintext) Check(BytesEqual(PlaintextOf(plaintext->content()).padded(), input));
}

// The first byte names the blob that the rest replaces. Nothing but what was written may be read.
void FuzzOneBlob(ByteView input) {
  if (input.empty()) return;
  static const std::vector<Blob> kBlobs = SmallVault();
  std::vector<Blob> blobs = kBlobs;
  blobs[input[0] % blobs.size()].bytes = ToBytes(input.subspan(1));
  baya::testing::TestHost host;
  const SecretBytes secrets[] = {Secret()};
  const Result<Vault> vault = Vault::Open(host, blobs, secrets);
  if (!vault.ok()) return;
  for (const std::string& purpose : vault->Purposes()) {
    for (const RecordView& record : vault->Records(purpose)) {
      Check(AsText(record.payload) == "a record");
    }
  }
}

Bytes Input(Target target, ByteView rest) {
  Bytes input = {target};
  input.insert(input.end(), rest.begin(), rest.end());
  return input;
}

}  // namespace

void FuzzVault(ByteView input) {
  if (input.empty()) return;
  const ByteView rest = input.subspan(1);
  switch (input[0] % kTargets) {
    case kSlots:
      return FuzzSlots(rest);
    case kKeys:
      return FuzzKeys(rest);
    case kHead:
      return FuzzHead(rest);
    case kChunk:
      return FuzzChunk(rest);
    case kPlaintext:
      return FuzzPlaintext(rest);
    default:
      return FuzzOneBlob(rest);
  }
}

std::vector<Bytes> FuzzSeeds() {
  baya::testing::TestHost host(6);
  std::vector<Bytes> seeds;
  seeds.push_back(Input(kSlots, *WrapRoot(host, {1, 2}, 3, Secret(), Secret())));
  KeyTable table;
  table.Add(host, "store", 1);
  table.Add(host, "partner:a", 2);
  seeds.push_back(Input(kKeys, EncodeKeyTable(table).content()));
  Head head;
  head.chunks = {{1, 1, ChunkType::kLog, 1, 1, 2}, {2, 2, ChunkType::kSnapshot, 2, 0, 0}};
  head.gaps = {{5, 9, 3, GapReason::kDestroyed}, {10, 12, 1, GapReason::kDamaged}};
  seeds.push_back(Input(kHead, EncodeHead(head).content()));
  const RecordView records[] = {{1, 1, AsBytes("first")}, {9, 2, AsBytes("ninth")}};
  seeds.push_back(Input(kChunk, MakeLogChunk(host, 1, records)->plaintext.content()));
  seeds.push_back(
      Input(kChunk, MakeSnapshotChunk(host, 1, 2, 3, AsBytes("s"))->plaintext.content()));
  seeds.push_back(Input(kPlaintext, PlaintextOf(AsBytes("content")).padded()));
  const std::vector<Blob> blobs = SmallVault();
  for (size_t i = 0; i < blobs.size(); ++i) {
    Bytes seed = {kVault, static_cast<uint8_t>(i)};
    seed.insert(seed.end(), blobs[i].bytes.begin(), blobs[i].bytes.end());
    seeds.push_back(std::move(seed));
  }
  return seeds;
}

}  // namespace baya::vault::testing
