#include "vault/recovery.h"

#include <algorithm>
#include <set>
#include <utility>

#include "vault/key_slots.h"

namespace baya::vault {
namespace {

struct ChunkBlob {
  uint64_t id = 0;
  ByteView bytes;
};

struct BlobSet {
  std::optional<ByteView> slots[2];
  std::optional<ByteView> keys[2];
  std::optional<ByteView> head[2];
  std::vector<ChunkBlob> chunks;  // ascending by id
  uint64_t foreign = 0;

  const ChunkBlob* FindChunk(uint64_t id) const {
    const auto it =
        std::lower_bound(chunks.begin(), chunks.end(), id,
                         [](const ChunkBlob& blob, uint64_t wanted) { return blob.id < wanted; });
    return it != chunks.end() && it->id == id ? &*it : nullptr;
  }
};

std::optional<ByteView>* FixedPlace(BlobSet& set, std::string_view name) {
  for (size_t copy = 0; copy < 2; ++copy) {
    if (name == kSlotsNames[copy]) return &set.slots[copy];
    if (name == kKeysNames[copy]) return &set.keys[copy];
    if (name == kHeadNames[copy]) return &set.head[copy];
  }
  return nullptr;
}

Result<BlobSet> Sort(std::span<const Blob> blobs) {
  constexpr Status kTwice(StatusCode::kInvalidArgument, "storage gave one blob name twice");
  BlobSet set;
  for (const Blob& blob : blobs) {
    if (std::optional<ByteView>* place = FixedPlace(set, blob.name)) {
      if (place->has_value()) return kTwice;
      *place = blob.bytes;
    } else if (const std::optional<uint64_t> id = ParseChunkName(blob.name)) {
      set.chunks.push_back({*id, blob.bytes});
    } else {
      ++set.foreign;
    }
  }
  std::sort(set.chunks.begin(), set.chunks.end(),
            [](const ChunkBlob& a, const ChunkBlob& b) { return a.id < b.id; });
  for (size_t i = 1; i < set.chunks.size(); ++i) {
    if (set.chunks[i - 1].id == set.chunks[i].id) return kTwice;
  }
  return set;
}

// A root that a secret opened, and what of the vault opens under it.
struct Candidate {
  VaultId vault_id{};
  uint32_t epoch = 0;
  SecretBytes root;
  size_t secret_index = 0;
  size_t slots_copy = 0;
  bool slots_twin = false;
  std::optional<KeyTable> keys[2];
  std::optional<Head> head[2];
  Fault keys_fault[2] = {Fault::kMissing, Fault::kMissing};
  Fault head_fault[2] = {Fault::kMissing, Fault::kMissing};

  bool has_keys() const { return keys[0] || keys[1]; }
  bool has_head() const { return head[0] || head[1]; }
};

// Adds the root, or notes that a second copy holds it too.
void AddCandidate(std::vector<Candidate>& candidates, Candidate candidate) {
  for (Candidate& known : candidates) {
    if (known.epoch == candidate.epoch && known.vault_id == candidate.vault_id &&
        ConstantTimeEqual(known.root.Expose(), candidate.root.Expose())) {
      known.slots_twin = known.slots_twin || known.slots_copy != candidate.slots_copy;
      return;
    }
  }
  candidates.push_back(std::move(candidate));
}

void TrySlots(const Slots& slots, size_t copy, std::span<const SecretBytes> secrets,
              std::vector<Candidate>& candidates) {
  for (const WrappedSlot& slot : slots.slots) {
    for (size_t i = 0; i < secrets.size(); ++i) {
      Result<SecretBytes> root = UnwrapRoot(slots.vault_id, slot, secrets[i]);
      if (!root.ok()) continue;
      Candidate candidate;
      candidate.vault_id = slots.vault_id;
      candidate.epoch = slot.epoch;
      candidate.root = std::move(*root);
      candidate.secret_index = i;
      candidate.slots_copy = copy;
      AddCandidate(candidates, std::move(candidate));
    }
  }
}

Result<std::vector<Candidate>> OpenSlots(const BlobSet& set, std::span<const SecretBytes> secrets) {
  std::vector<Candidate> candidates;
  bool found = false;
  bool parsed = false;
  for (size_t copy = 0; copy < 2; ++copy) {
    if (!set.slots[copy]) continue;
    found = true;
    const Result<Slots> slots = ParseSlots(*set.slots[copy]);
    if (!slots.ok()) continue;
    parsed = true;
    TrySlots(*slots, copy, secrets, candidates);
  }
  if (!candidates.empty()) return candidates;
  if (parsed) {
    return Status(StatusCode::kPermissionDenied, "no key slot opens with the secrets given");
  }
  const bool empty = set.chunks.empty() && !set.keys[0] && !set.keys[1] && !set.head[0] &&
                     !set.head[1];
  if (!found && empty) return Status(StatusCode::kNotFound, "storage holds no vault");
  return Status(StatusCode::kDataLoss, "the key slots of the vault are lost");
}

// The decoded value of a sealed blob, or the fault.
template <typename T, typename Decode>
std::optional<T> OpenDecoded(const SecretBytes& key, const BlobContext& context,
                             const std::optional<ByteView>& blob, Decode decode, Fault& fault) {
  if (!blob) return std::nullopt;
  const OpenedBlob opened = OpenBlob(key, context, *blob);
  fault = opened.fault;
  if (fault != Fault::kNone) return std::nullopt;
  Result<T> value = decode(opened.plaintext.content());
  if (!value.ok()) {
    fault = Fault::kMalformed;
    return std::nullopt;
  }
  return std::move(*value);
}

Status OpenUnder(const BlobSet& set, Candidate& candidate) {
  BAYA_ASSIGN_OR_RETURN(const SecretBytes keys_key,
                        DeriveKeysKey(candidate.vault_id, candidate.root));
  BAYA_ASSIGN_OR_RETURN(const SecretBytes head_key,
                        DeriveHeadKey(candidate.vault_id, candidate.root));
  for (size_t copy = 0; copy < 2; ++copy) {
    candidate.keys[copy] = OpenDecoded<KeyTable>(
        keys_key, {kKeysLabel, candidate.vault_id, candidate.epoch, 0}, set.keys[copy],
        DecodeKeyTable, candidate.keys_fault[copy]);
    candidate.head[copy] = OpenDecoded<Head>(
        head_key, {kHeadLabel, candidate.vault_id, candidate.epoch, 0}, set.head[copy], DecodeHead,
        candidate.head_fault[copy]);
  }
  return OkStatus();
}

// The highest epoch that is whole; else the highest whose keys are there.
Result<Candidate> Choose(const BlobSet& set, std::vector<Candidate> candidates) {
  for (Candidate& candidate : candidates) BAYA_RETURN_IF_ERROR(OpenUnder(set, candidate));
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [](const Candidate& a, const Candidate& b) { return a.epoch > b.epoch; });
  for (const bool whole : {true, false}) {
    for (Candidate& candidate : candidates) {
      if (candidate.has_keys() && (!whole || candidate.has_head())) return std::move(candidate);
    }
  }
  return Status(StatusCode::kDataLoss, "the key table of the vault is lost");
}

// Which of the two is there and newer.
template <typename T>
std::optional<size_t> Newer(const std::optional<T> (&copies)[2]) {
  if (!copies[0] && !copies[1]) return std::nullopt;
  if (!copies[0] || !copies[1]) return copies[0] ? 0 : 1;
  return copies[0]->generation >= copies[1]->generation ? 0 : 1;
}

// The newer table, and those keys of the older one that it lacks.
void TakeKeys(Candidate& candidate, Recovered& recovered) {
  const size_t newer = *Newer(candidate.keys);
  std::optional<KeyTable>& older = candidate.keys[1 - newer];
  recovered.keys_copy = newer;
  recovered.keys_twin = older && older->generation == candidate.keys[newer]->generation;
  recovered.keys = std::move(*candidate.keys[newer]);
  if (!older || recovered.keys_twin) return;
  KeyTable& keys = recovered.keys;
  for (DataKey& key : older->keys) {
    if (keys.Find(key.id) != nullptr) continue;
    keys.keys.push_back(std::move(key));
    recovered.keys_merged = true;
  }
  std::sort(keys.keys.begin(), keys.keys.end(),
            [](const DataKey& a, const DataKey& b) { return a.id < b.id; });
  keys.next_key_id = std::max(keys.next_key_id, older->next_key_id);
}

void TakeHead(const BlobSet& set, Candidate& candidate, Recovered& recovered) {
  for (size_t copy = 0; copy < 2; ++copy) {
    if (!set.head[copy]) continue;
    const ByteView blob = *set.head[copy];
    recovered.head_found[copy] = ToBytes(blob.first(std::min(blob.size(), kSealedHeaderBytes)));
  }
  recovered.head_copy = Newer(candidate.head);
  if (!recovered.head_copy) {
    recovered.report.head_lost = true;
    return;
  }
  recovered.head = std::move(*candidate.head[*recovered.head_copy]);
}

void ReportTorn(RecoveryReport& report, Fault fault, uint64_t bytes) {
  if (fault == Fault::kTorn) report.torn_bytes += bytes;
}

// A slots copy of another epoch is no damage: an interrupted rotation leaves one.
Fault SlotsFault(const BlobSet& set, const Candidate& candidate, size_t copy) {
  if (!set.slots[copy] || copy == candidate.slots_copy || candidate.slots_twin) return Fault::kNone;
  const Result<Slots> slots = ParseSlots(*set.slots[copy]);
  if (!slots.ok()) return Fault::kMalformed;
  const bool same_epoch = std::any_of(
      slots->slots.begin(), slots->slots.end(),
      [&](const WrappedSlot& slot) { return slot.epoch == candidate.epoch; });
  return same_epoch ? Fault::kAuthentication : Fault::kNone;
}

// Copies of what opened elsewhere: worth a report, no loss.
void ReportCopies(const BlobSet& set, const Candidate& candidate, RecoveryReport& report) {
  const auto note = [&report](BlobKind kind, Fault fault, const std::optional<ByteView>& blob) {
    if (fault == Fault::kNone || !blob) return;
    report.damage.push_back({kind, fault, 0, blob->size()});
    ReportTorn(report, fault, blob->size());
  };
  for (size_t copy = 0; copy < 2; ++copy) {
    note(BlobKind::kSlots, SlotsFault(set, candidate, copy), set.slots[copy]);
    note(BlobKind::kKeys, candidate.keys_fault[copy], set.keys[copy]);
    note(BlobKind::kHead, candidate.head_fault[copy], set.head[copy]);
  }
}

// Opens one listed chunk and compares it with its entry.
OpenedChunk OpenListed(const BlobSet& set, const Recovered& recovered, const ListedChunk& listed) {
  const DataKey* key = recovered.keys.Find(listed.key_id);
  if (key == nullptr) return {Fault::kKeyMissing, nullptr};
  const ChunkBlob* blob = set.FindChunk(listed.id);
  if (blob == nullptr) return {Fault::kMissing, nullptr};
  OpenedChunk opened =
      OpenChunk(key->key, key->id, recovered.vault_id, listed.id, blob->bytes);
  if (opened.fault != Fault::kNone) return opened;
  const bool fits = opened.chunk->listed == listed && opened.chunk->epoch <= recovered.head.epoch &&
                    opened.chunk->generation <= recovered.head.generation;
  if (!fits) return {Fault::kMisplaced, nullptr};
  return opened;
}

void NoteLoss(const BlobSet& set, const ListedChunk& listed, Fault fault, Recovered& recovered) {
  RecoveryReport& report = recovered.report;
  const bool destroyed = fault == Fault::kKeyMissing &&
                         recovered.keys.generation > recovered.head.keys_generation;
  if (listed.type == ChunkType::kLog) {
    AddGap(recovered.head.gaps,
           {listed.first_sequence, listed.first_sequence + listed.span, listed.records,
            destroyed ? GapReason::kDestroyed : GapReason::kDamaged});
  }
  if (destroyed) return;
  const ChunkBlob* blob = set.FindChunk(listed.id);
  const uint64_t bytes = blob == nullptr ? 0 : blob->bytes.size();
  report.damage.push_back({BlobKind::kChunk, fault, listed.records, bytes});
  report.lost_records += listed.records;
  ReportTorn(report, fault, bytes);
}

void OpenListedChunks(const BlobSet& set, Recovered& recovered) {
  for (const ListedChunk& listed : recovered.head.chunks) {
    OpenedChunk opened = OpenListed(set, recovered, listed);
    if (opened.fault == Fault::kNone) {
      recovered.needed_ids.push_back(listed.id);
      recovered.chunks.push_back(std::move(opened.chunk));
    } else {
      NoteLoss(set, listed, opened.fault, recovered);
    }
  }
}

bool IsListed(const Recovered& recovered, uint64_t id) {
  const std::vector<ListedChunk>& chunks = recovered.head.chunks;
  return std::any_of(chunks.begin(), chunks.end(),
                     [id](const ListedChunk& listed) { return listed.id == id; });
}

// A chunk's blob does not say which key is its own, so every key is tried; this is rare.
ChunkPtr OpenUnlisted(const ChunkBlob& blob, const Recovered& recovered, Fault& fault) {
  for (const DataKey& key : recovered.keys.keys) {
    OpenedChunk opened = OpenChunk(key.key, key.id, recovered.vault_id, blob.id, blob.bytes);
    fault = opened.fault;
    if (fault != Fault::kAuthentication) return std::move(opened.chunk);
  }
  return nullptr;
}

// Chunks of batches newer than the head, the newest first; the others are counted as left over.
std::vector<ChunkPtr> FindAdoptable(const BlobSet& set, Recovered& recovered) {
  RecoveryReport& report = recovered.report;
  std::vector<ChunkPtr> adoptable;
  for (const ChunkBlob& blob : set.chunks) {
    if (IsListed(recovered, blob.id)) continue;
    Fault fault = Fault::kKeyMissing;
    ChunkPtr chunk = OpenUnlisted(blob, recovered, fault);
    if (chunk != nullptr && chunk->generation > recovered.head.generation) {
      recovered.newest_generation = std::max(recovered.newest_generation, chunk->generation);
      recovered.needed_ids.push_back(blob.id);
      adoptable.push_back(std::move(chunk));
      continue;
    }
    ++report.unlisted_chunks;
    report.unlisted_bytes += blob.bytes.size();
    ReportTorn(report, fault, blob.bytes.size());
  }
  std::sort(adoptable.begin(), adoptable.end(), [](const ChunkPtr& a, const ChunkPtr& b) {
    return a->generation != b->generation ? a->generation > b->generation
                                          : a->listed.id < b->listed.id;
  });
  return adoptable;
}

void AdoptLog(Host& host, const Chunk& chunk, std::set<uint64_t>& known, Recovered& recovered) {
  std::vector<RecordView> fresh;
  for (const RecordView& record : chunk.Records()) {
    if (known.insert(record.sequence).second) fresh.push_back(record);
  }
  if (fresh.empty()) return;
  recovered.adopted.push_back(MakeLogChunk(host, chunk.listed.key_id, fresh));
  recovered.report.adopted_records += fresh.size();
  recovered.head.next_sequence =
      std::max(recovered.head.next_sequence, fresh.back().sequence + 1);
}

// Newer than any that is listed; of several, the first is the newest.
void AdoptSnapshot(Host& host, const Chunk& chunk, Recovered& recovered) {
  const std::string& purpose = recovered.keys.Find(chunk.listed.key_id)->purpose;
  const auto same = [&](const ChunkPtr& other) {
    return other->listed.type == ChunkType::kSnapshot &&
           other->snapshot_kind() == chunk.snapshot_kind() &&
           recovered.keys.Find(other->listed.key_id)->purpose == purpose;
  };
  if (std::any_of(recovered.adopted.begin(), recovered.adopted.end(), same)) return;
  std::erase_if(recovered.chunks, same);
  recovered.adopted.push_back(MakeSnapshotChunk(host, chunk.listed.key_id, chunk.snapshot_kind(),
                                                chunk.listed.first_sequence, chunk.snapshot()));
}

void Adopt(Host& host, const BlobSet& set, Recovered& recovered) {
  const std::vector<ChunkPtr> adoptable = FindAdoptable(set, recovered);
  if (adoptable.empty()) return;
  std::set<uint64_t> known;
  for (const ChunkPtr& chunk : recovered.chunks) {
    if (chunk->listed.type != ChunkType::kLog) continue;
    for (const RecordView& record : chunk->Records()) known.insert(record.sequence);
  }
  for (const ChunkPtr& chunk : adoptable) {
    if (chunk->listed.type == ChunkType::kLog) {
      AdoptLog(host, *chunk, known, recovered);
    } else {
      AdoptSnapshot(host, *chunk, recovered);
    }
  }
}

void FinishReport(const BlobSet& set, const OpenOptions& options, Recovered& recovered) {
  RecoveryReport& report = recovered.report;
  report.generation = recovered.newest_generation;
  report.epoch = recovered.epoch;
  report.gaps = recovered.head.gaps;
  report.foreign_blobs = set.foreign;
  report.keys_rolled_back = recovered.keys.generation < recovered.head.keys_generation;
  report.rolled_back = recovered.newest_generation < options.newest_generation_seen;
  for (const ChunkPtr& chunk : recovered.chunks) report.records += chunk->listed.records;
  report.records += report.adopted_records;
}

}  // namespace

Result<Recovered> Recover(Host& host, std::span<const Blob> blobs,
                          std::span<const SecretBytes> secrets, const OpenOptions& options) {
  BAYA_ASSIGN_OR_RETURN(const BlobSet set, Sort(blobs));
  BAYA_ASSIGN_OR_RETURN(std::vector<Candidate> candidates, OpenSlots(set, secrets));
  BAYA_ASSIGN_OR_RETURN(Candidate chosen, Choose(set, std::move(candidates)));
  Recovered recovered;
  recovered.vault_id = chosen.vault_id;
  recovered.epoch = chosen.epoch;
  recovered.slots_blob = ToBytes(*set.slots[chosen.slots_copy]);
  recovered.slots_copy = chosen.slots_copy;
  recovered.slots_twin = chosen.slots_twin;
  recovered.report.secret_index = chosen.secret_index;
  ReportCopies(set, chosen, recovered.report);
  TakeKeys(chosen, recovered);
  TakeHead(set, chosen, recovered);
  recovered.root = std::move(chosen.root);
  recovered.newest_generation = std::max(recovered.head.generation, recovered.keys.generation);
  OpenListedChunks(set, recovered);
  Adopt(host, set, recovered);
  for (const ChunkBlob& blob : set.chunks) recovered.stored_ids.push_back(blob.id);
  std::sort(recovered.needed_ids.begin(), recovered.needed_ids.end());
  recovered.last_batch_id =
      std::max(recovered.newest_generation, options.newest_generation_seen);
  FinishReport(set, options, recovered);
  return recovered;
}

}  // namespace baya::vault
