#include <utility>

#include "base/testing/test_host.h"
#include "fuzz_target.h"
#include "vault/chunk.h"
#include "vault/head.h"
#include "vault/key_slots.h"
#include "vault/key_table.h"
#include "vault/plaintext.h"
#include "vault/storage.h"
#include "vault/vault.h"

namespace baya::fuzz {
namespace {

using namespace baya::vault;  // NOLINT(google-build-using-namespace)

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
    const std::optional<StorageBatch> batch = std::move(vault.Flush()).value();
    for (const Blob& blob : batch->puts) blobs.push_back(blob);
    Check(vault.Confirm(batch->id).ok());
  }
  return blobs;
}

bool FuzzSlots(ByteView input) {
  const Result<Slots> slots = ParseSlots(input);
  if (!slots.ok()) return false;
  for (const WrappedSlot& slot : slots->slots) {
    const Result<SecretBytes> root = UnwrapRoot(slots->vault_id, slot, Secret());
    Check(!root.ok() || root->size() == kKeyBytes);
  }
  return true;
}

bool FuzzKeyTable(ByteView input) {
  const Result<KeyTable> table = DecodeKeyTable(input);
  if (!table.ok()) return false;
  Check(BytesEqual(EncodeKeyTable(*table).content(), input));
  return true;
}

bool FuzzHead(ByteView input) {
  const Result<Head> head = DecodeHead(input);
  if (!head.ok()) return false;
  Check(BytesEqual(EncodeHead(*head).content(), input));
  std::vector<Gap> gaps;
  for (const Gap& gap : head->gaps) AddGap(gaps, gap);
  return true;
}

bool FuzzChunk(ByteView input) {
  const Result<ChunkPtr> chunk = DecodeChunk(1, 2, PlaintextOf(input));
  if (!chunk.ok()) return false;
  if ((**chunk).listed.type == ChunkType::kSnapshot) {
    Check((**chunk).snapshot().size() < input.size());
    return true;
  }
  uint64_t bytes = 0;
  for (const RecordView& record : (**chunk).Records()) {
    bytes += kRecordHeaderBytes + record.payload.size();
  }
  Check(bytes == (**chunk).body().size());
  return true;
}

bool FuzzPlaintext(ByteView input) {
  const std::optional<Plaintext> plaintext = Plaintext::Parse(SecretBytes::CopyOf(input));
  if (!plaintext) return false;
  Check(BytesEqual(PlaintextOf(plaintext->content()).padded(), input));
  return true;
}

bool FuzzChunkName(ByteView input) {
  const std::optional<uint64_t> id = ParseChunkName(AsText(input));
  if (!id) return false;
  Check(ChunkName(*id) == AsText(input));
  return true;
}

// The first byte names the blob that the rest replaces. Nothing but what was written may be read.
bool FuzzOneBlob(ByteView input) {
  if (input.empty()) return false;
  static const std::vector<Blob> kBlobs = SmallVault();
  std::vector<Blob> blobs = kBlobs;
  blobs[input[0] % blobs.size()].bytes = ToBytes(input.subspan(1));
  baya::testing::TestHost host;
  const SecretBytes secrets[] = {Secret()};
  const Result<Vault> vault = Vault::Open(host, blobs, secrets);
  if (!vault.ok()) return false;
  for (const std::string& purpose : vault->Purposes()) {
    for (const RecordView& record : vault->Records(purpose)) {
      Check(AsText(record.payload) == "a record");
    }
  }
  return true;
}

std::vector<Bytes> SlotsSeeds() {
  baya::testing::TestHost host(6);
  return {WrapRoot(host, {1, 2}, 3, Secret(), Secret()).value()};
}

std::vector<Bytes> KeyTableSeeds() {
  baya::testing::TestHost host(6);
  KeyTable table;
  const Bytes empty = ToBytes(EncodeKeyTable(table).content());
  table.Add(host, "store", 1);
  table.Add(host, "partner:a", 2);
  return {empty, ToBytes(EncodeKeyTable(table).content())};
}

std::vector<Bytes> HeadSeeds() {
  Head head;
  const Bytes empty = ToBytes(EncodeHead(head).content());
  head.chunks = {{1, 1, ChunkType::kLog, 1, 1, 2}, {2, 2, ChunkType::kSnapshot, 2, 0, 0}};
  head.gaps = {{5, 9, 3, GapReason::kDestroyed}, {10, 12, 1, GapReason::kDamaged}};
  return {empty, ToBytes(EncodeHead(head).content())};
}

std::vector<Bytes> ChunkSeeds() {
  baya::testing::TestHost host(6);
  const RecordView records[] = {{1, 1, AsBytes("first")}, {9, 2, AsBytes("ninth")}};
  return {
      ToBytes(MakeLogChunk(host, 1, records)->plaintext.content()),
      ToBytes(MakeSnapshotChunk(host, 1, 2, 3, AsBytes("s"))->plaintext.content()),
  };
}

std::vector<Bytes> PlaintextSeeds() {
  return {ToBytes(PlaintextOf({}).padded()), ToBytes(PlaintextOf(AsBytes("content")).padded())};
}

std::vector<Bytes> ChunkNameSeeds() {
  return {ToBytes(AsBytes(ChunkName(1))), ToBytes(AsBytes(ChunkName(UINT64_MAX)))};
}

std::vector<Bytes> BlobSeeds() {
  std::vector<Bytes> seeds;
  for (const Blob& blob : SmallVault()) {
    Bytes seed = {static_cast<uint8_t>(seeds.size())};
    seed.insert(seed.end(), blob.bytes.begin(), blob.bytes.end());
    seeds.push_back(std::move(seed));
  }
  return seeds;
}

}  // namespace

std::vector<Target> VaultTargets() {
  return {{"vault_slots", FuzzSlots, SlotsSeeds},
          {"vault_key_table", FuzzKeyTable, KeyTableSeeds},
          {"vault_head", FuzzHead, HeadSeeds},
          {"vault_chunk", FuzzChunk, ChunkSeeds},
          {"vault_plaintext", FuzzPlaintext, PlaintextSeeds},
          {"vault_chunk_name", FuzzChunkName, ChunkNameSeeds},
          {"vault_blob", FuzzOneBlob, BlobSeeds}};
}

}  // namespace baya::fuzz
