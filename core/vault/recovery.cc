#include "vault/recovery.h"

#include <algorithm>
#include <utility>

#include "base/sort.h"
#include "vault/blob_set.h"
#include "vault/id_set.h"

namespace baya::vault {
namespace {

struct Loss {
  ListedChunk listed;
  Fault fault = Fault::kNone;
  bool destroyed = false;  // on purpose
};

// What one head lists, as far as it opens.
struct State {
  size_t root = 0;  // index
  std::optional<size_t> head_copy;
  std::vector<ChunkPtr> chunks;
  std::vector<Loss> losses;
  std::vector<Loss> passed_over;  // of newer heads that would have cost more
  uint64_t next_sequence = 1;     // of any head seen

  // What its choice would cost: records, and 1 for a snapshot. Those whose key is missing count in
  // any case: of a head whose key table never arrived they were not destroyed, and the head of
  // whoever destroyed them does not list them.
  uint64_t cost() const {
    uint64_t sum = 0;
    for (const Loss& loss : losses) sum += std::max<uint32_t>(1, loss.listed.records);
    return sum;
  }
};

// Opens one listed chunk and compares it with its entry.
OpenedChunk OpenListed(const BlobSet& set, const OpenedRoot& opened, const Head& head,
                       const ListedChunk& listed) {
  const DataKey* key = opened.keys->Find(listed.key_id);
  if (key == nullptr) return {Fault::kKeyMissing, nullptr};
  const ChunkBlob* blob = set.FindChunk(listed.id);
  if (blob == nullptr) return {Fault::kMissing, nullptr};
  OpenedChunk chunk = OpenChunk(key->key, key->id, opened.vault_id, listed.id, blob->bytes);
  if (chunk.fault != Fault::kNone) return chunk;
  const bool fits = chunk.chunk->listed == listed && chunk.chunk->epoch <= head.epoch &&
                    chunk.chunk->generation <= head.generation;
  if (!fits) return {Fault::kMisplaced, nullptr};
  return chunk;
}

State OpenState(const BlobSet& set, const std::vector<OpenedRoot>& roots, size_t root,
                size_t head_copy) {
  const OpenedRoot& opened = roots[root];
  const Head& head = *opened.head[head_copy];
  State state;
  state.root = root;
  state.head_copy = head_copy;
  state.next_sequence = head.next_sequence;
  for (const ListedChunk& listed : head.chunks) {
    OpenedChunk chunk = OpenListed(set, opened, head, listed);
    if (chunk.fault == Fault::kNone) {
      state.chunks.push_back(std::move(chunk.chunk));
      continue;
    }
    const bool destroyed =
        chunk.fault == Fault::kKeyMissing && opened.keys->generation > head.keys_generation;
    state.losses.push_back({listed, chunk.fault, destroyed});
  }
  return state;
}

// The heads of all roots that have keys: the highest epoch, then the newest generation first.
std::vector<std::pair<size_t, size_t>> HeadsInOrder(const std::vector<OpenedRoot>& roots) {
  std::vector<std::pair<size_t, size_t>> heads;
  for (size_t root = 0; root < roots.size(); ++root) {
    const OpenedRoot& opened = roots[root];
    if (!opened.keys) continue;
    const bool second_first =
        opened.head[1] && opened.head[0] && opened.head[1]->generation > opened.head[0]->generation;
    for (const size_t copy : {second_first ? size_t{1} : 0, second_first ? size_t{0} : 1}) {
      if (opened.head[copy]) heads.emplace_back(root, copy);
    }
  }
  return heads;
}

// Notes in `state` what the newer one lists.
void PassOver(const State& newer, State& state) {
  state.next_sequence = std::max(state.next_sequence, newer.next_sequence);
  state.passed_over = newer.passed_over;
  for (const Loss& loss : newer.losses) {
    if (loss.listed.type == ChunkType::kLog && !loss.destroyed) state.passed_over.push_back(loss);
  }
}

// The newest head that costs nothing, else the one that costs least: a batch that was not applied
// whole may have left a head that lists what never arrived.
State ChooseState(const BlobSet& set, const std::vector<OpenedRoot>& roots) {
  std::optional<State> best;
  for (const auto& [root, copy] : HeadsInOrder(roots)) {
    State state = OpenState(set, roots, root, copy);
    if (!best) {
      best.emplace(std::move(state));
    } else if (state.cost() < best->cost()) {
      PassOver(*best, state);
      best.emplace(std::move(state));
    }
    if (best->cost() == 0) break;
  }
  if (best) return std::move(*best);
  State headless;
  while (!roots[headless.root].keys) ++headless.root;
  return headless;
}

void ReportTorn(RecoveryReport& report, Fault fault, uint64_t bytes) {
  if (fault == Fault::kTorn) report.torn_bytes += bytes;
}

// Copies of what opened elsewhere: worth a report, no loss.
void ReportCopies(const BlobSet& set, const OpenedRoot& opened, RecoveryReport& report) {
  const auto note = [&report](BlobKind kind, Fault fault, const std::optional<ByteView>& blob) {
    if (fault == Fault::kNone || !blob) return;
    report.damage.push_back({kind, fault, 0, blob->size()});
    ReportTorn(report, fault, blob->size());
  };
  for (size_t copy = 0; copy < 2; ++copy) {
    note(BlobKind::kSlots, opened.slots_fault[copy], set.slots[copy]);
    note(BlobKind::kKeys, opened.keys_fault[copy], set.keys[copy]);
    note(BlobKind::kHead, opened.head_fault[copy], set.head[copy]);
  }
}

void NoteLosses(const BlobSet& set, const std::vector<Loss>& losses, Recovered& recovered) {
  RecoveryReport& report = recovered.report;
  for (const Loss& loss : losses) {
    const ListedChunk& listed = loss.listed;
    if (listed.type == ChunkType::kLog) {
      AddGap(recovered.head.gaps,
             {listed.first_sequence, listed.first_sequence + listed.span, listed.records,
              loss.destroyed ? GapReason::kDestroyed : GapReason::kDamaged});
    }
    if (loss.destroyed) continue;
    const ChunkBlob* blob = set.FindChunk(listed.id);
    const uint64_t bytes = blob == nullptr ? 0 : blob->bytes.size();
    report.damage.push_back({BlobKind::kChunk, loss.fault, listed.records, bytes});
    report.lost_records += listed.records;
    ReportTorn(report, loss.fault, bytes);
  }
}

bool IsListed(const Recovered& recovered, uint64_t id) {
  const std::vector<ListedChunk>& chunks = recovered.head.chunks;
  return std::any_of(chunks.begin(), chunks.end(),
                     [id](const ListedChunk& listed) { return listed.id == id; });
}

// A chunk's blob does not say which key is its own, so every key is tried; this is rare.
ChunkPtr OpenUnlisted(const ChunkBlob& blob, const OpenedRoot& opened, Fault& fault) {
  for (const DataKey& key : opened.keys->keys) {
    OpenedChunk chunk = OpenChunk(key.key, key.id, opened.vault_id, blob.id, blob.bytes);
    fault = chunk.fault;
    if (fault != Fault::kAuthentication) return std::move(chunk.chunk);
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
    ChunkPtr chunk = OpenUnlisted(blob, recovered.opened, fault);
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
  StableSort(adoptable, [](const ChunkPtr& a, const ChunkPtr& b) {
    return a->generation != b->generation ? a->generation > b->generation
                                          : a->listed.id < b->listed.id;
  });
  return adoptable;
}

void AdoptLog(Host& host, const Chunk& chunk, IdSet& known, Recovered& recovered) {
  std::vector<RecordView> fresh;
  for (const RecordView& record : chunk.Records()) {
    if (known.Add(record.sequence)) fresh.push_back(record);
  }
  if (fresh.empty()) return;
  recovered.adopted.push_back(MakeLogChunk(host, chunk.listed.key_id, fresh));
  recovered.report.adopted_records += fresh.size();
  recovered.head.next_sequence = std::max(recovered.head.next_sequence, fresh.back().sequence + 1);
}

// Newer than any that is listed; of several, the first is the newest.
void AdoptSnapshot(Host& host, const Chunk& chunk, Recovered& recovered) {
  const KeyTable& keys = *recovered.opened.keys;
  const std::string& purpose = keys.Find(chunk.listed.key_id)->purpose;
  const auto same = [&](const ChunkPtr& other) {
    return other->listed.type == ChunkType::kSnapshot &&
           other->snapshot_kind() == chunk.snapshot_kind() &&
           keys.Find(other->listed.key_id)->purpose == purpose;
  };
  if (std::any_of(recovered.adopted.begin(), recovered.adopted.end(), same)) return;
  std::erase_if(recovered.chunks, same);
  recovered.adopted.push_back(MakeSnapshotChunk(host, chunk.listed.key_id, chunk.snapshot_kind(),
                                                chunk.listed.first_sequence, chunk.snapshot()));
}

void Adopt(Host& host, const BlobSet& set, Recovered& recovered) {
  const std::vector<ChunkPtr> adoptable = FindAdoptable(set, recovered);
  if (adoptable.empty()) return;
  std::vector<uint64_t> listed;
  for (const ChunkPtr& chunk : recovered.chunks) {
    if (chunk->listed.type != ChunkType::kLog) continue;
    for (const RecordView& record : chunk->Records()) listed.push_back(record.sequence);
  }
  IdSet known(std::move(listed));
  for (const ChunkPtr& chunk : adoptable) {
    if (chunk->listed.type == ChunkType::kLog) {
      AdoptLog(host, *chunk, known, recovered);
    } else {
      AdoptSnapshot(host, *chunk, recovered);
    }
  }
}

// How many records of the purpose that `listed` had are there between its first and its last. Of
// all purposes when its key is unknown.
uint64_t CountWithin(const Recovered& recovered, const ListedChunk& listed) {
  const KeyTable& keys = *recovered.opened.keys;
  const DataKey* key = keys.Find(listed.key_id);
  uint64_t count = 0;
  for (const std::vector<ChunkPtr>* chunks : {&recovered.chunks, &recovered.adopted}) {
    for (const ChunkPtr& chunk : *chunks) {
      if (chunk->listed.type != ChunkType::kLog) continue;
      if (key != nullptr && keys.Find(chunk->listed.key_id)->purpose != key->purpose) continue;
      for (const RecordView& record : chunk->Records()) {
        if (record.sequence - listed.first_sequence <= listed.span) ++count;
      }
    }
  }
  return count;
}

// What a newer head listed and neither the chosen one nor a chunk taken in makes up for.
void ReportPassedOver(const State& state, Recovered& recovered) {
  RecoveryReport& report = recovered.report;
  for (const Loss& loss : state.passed_over) {
    const ListedChunk& listed = loss.listed;
    const uint64_t there = CountWithin(recovered, listed);
    if (there >= listed.records) continue;
    const auto missing = static_cast<uint32_t>(listed.records - there);
    AddGap(recovered.head.gaps, {listed.first_sequence, listed.first_sequence + listed.span,
                                 missing, GapReason::kDamaged});
    report.damage.push_back({BlobKind::kChunk, loss.fault, missing, 0});
    report.lost_records += missing;
  }
  recovered.head.next_sequence = std::max(recovered.head.next_sequence, state.next_sequence);
}

void TakeHead(const BlobSet& set, const State& state, Recovered& recovered) {
  for (size_t copy = 0; copy < 2; ++copy) {
    if (!set.head[copy]) continue;
    const ByteView blob = *set.head[copy];
    recovered.head_found[copy] = ToBytes(blob.first(std::min(blob.size(), kSealedHeaderBytes)));
  }
  recovered.head_copy = state.head_copy;
  if (state.head_copy) recovered.head = *recovered.opened.head[*state.head_copy];
  recovered.report.head_lost = !state.head_copy;
  recovered.newest_generation = recovered.opened.keys->generation;
  for (const std::optional<Head>& head : recovered.opened.head) {
    if (!head) continue;
    recovered.newest_generation = std::max(recovered.newest_generation, head->generation);
  }
}

// The next batch writes the other copy of the keys: it must not be the one that the head needs, as
// it would be after a batch whose keys arrived and whose head did not.
void KeepKeysOfHead(Recovered& recovered) {
  OpenedRoot& opened = recovered.opened;
  if (!recovered.head_copy || opened.older_keys == 0) return;
  if (opened.older_keys < recovered.head.keys_generation) return;
  opened.keys_copy = 1 - opened.keys_copy;
  opened.keys_merged = true;
}

void FinishReport(const BlobSet& set, const OpenOptions& options, Recovered& recovered) {
  RecoveryReport& report = recovered.report;
  const OpenedRoot& opened = recovered.opened;
  report.generation = recovered.newest_generation;
  report.epoch = opened.epoch;
  report.secret_index = opened.secret_index;
  report.gaps = recovered.head.gaps;
  report.foreign_blobs = set.foreign;
  report.keys_rolled_back = opened.keys->generation < recovered.head.keys_generation;
  report.rolled_back = recovered.newest_generation < options.newest_generation_seen;
  for (const ChunkPtr& chunk : recovered.chunks) report.records += chunk->listed.records;
  report.records += report.adopted_records;
}

}  // namespace

Result<Recovered> Recover(Host& host, std::span<const Blob> blobs,
                          std::span<const SecretBytes> secrets, const OpenOptions& options) {
  BAYA_ASSIGN_OR_RETURN(const BlobSet& set, SortBlobs(blobs));
  BAYA_ASSIGN_OR_RETURN(auto&& roots, OpenRoots(set, secrets));
  State state = ChooseState(set, roots);
  Recovered recovered;
  recovered.opened = std::move(roots[state.root]);
  recovered.slots_blob = ToBytes(*set.slots[recovered.opened.slots_copy]);
  ReportCopies(set, recovered.opened, recovered.report);
  TakeHead(set, state, recovered);
  KeepKeysOfHead(recovered);
  recovered.chunks = std::move(state.chunks);
  for (const ChunkPtr& chunk : recovered.chunks) {
    recovered.needed_ids.push_back(chunk->listed.id);
  }
  NoteLosses(set, state.losses, recovered);
  Adopt(host, set, recovered);
  StableSort(recovered.needed_ids);
  ReportPassedOver(state, recovered);
  for (const ChunkBlob& blob : set.chunks) recovered.stored_ids.push_back(blob.id);
  recovered.last_batch_id = std::max(recovered.newest_generation, options.newest_generation_seen);
  FinishReport(set, options, recovered);
  return recovered;
}

}  // namespace baya::vault
