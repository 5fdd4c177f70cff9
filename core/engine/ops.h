// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.
//
// The engine's operations. What is encoded follows the order of the members, in the TLS
// presentation language. Bytes and texts are borrowed: a request's from what it was decoded from.
// Decoders fail with kInvalidArgument, encoders with kOutOfRange when something is longer than its
// length field.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace baya::engine {

inline constexpr uint32_t kAbiVersion = 1;

enum class Op : uint32_t {
  kAbout = 1,
  kShardHistogram = 3,
  kSetPack = 4,
  kStart = 5,
  kSignals = 6,
  kConsentState = 7,
  kCreateVault = 8,
  kOpenVault = 9,
  kIngest = 10,
  kFlush = 11,
  kConfirm = 12,
  kFail = 13,
  kOfferSlotSecret = 14,
  kRecommend = 15,
  kExplain = 16,
  kInventory = 18,
  kAccessLog = 19,
  kCorrect = 20,
  kExportData = 21,
  kImportData = 22,
  kPause = 23,
  kErase = 24,
  kTick = 25,
  kMeasureTasks = 26,
  kDueReports = 27,
  kMakeReport = 28,
  kTakeUploads = 29,
  kUploadDone = 30,
  kReportLog = 31,
  kReceipts = 35,
};

// What the host has to do before it answers the page. The vault comes first when it is to be
// destroyed, else the record.
struct Effects {
  // what the record outside the vault has to be from now on; empty: leave it as it is
  std::string_view write_record{};
  // the record outside the vault has to go
  bool delete_record = false;
  // 0 nothing; 1 call openVault with all that is stored; 2 delete every blob and slot secret that
  // may be left, make a slot secret and call createVault; 3 flush and confirm until vaultGone, then
  // delete every blob and slot secret that may be left (when no vault is open, only that). Said
  // again until it is done
  uint8_t vault = 0;
};

// How far storage has come. All zeros when no vault is open.
struct StoreState {
  // a vault is open
  bool open = false;
  // records with a smaller sequence are durable
  uint64_t durable_end = 0;
  // of the next record
  uint64_t next_sequence = 0;
  // of the store as confirmed; keep the highest elsewhere for openVault
  uint64_t generation = 0;
  // number of the slot secret that opens the store as confirmed
  uint32_t epoch = 0;
  // make a fresh slot secret, store it beside the old one and call offerSlotSecret: it completes a
  // destruction
  bool wants_slot_secret = false;
  // something destroyed could still be opened from what storage holds
  bool destruction_pending = false;
  // a status code: 0, or why records are in memory only; 10 (aborted): another instance wrote, read
  // everything and call openVault again
  uint8_t health = 0;
};

// What the person chose for one purpose.
struct Choice {
  // store, personalize, measure, train, sync, location or partner:N
  std::string_view purpose{};
  // false: refused or withdrawn
  bool granted = false;
};

// One key of one consent command in the page's data layer.
struct ConsentModeSetting {
  // of an 'update'; false: of a 'default'
  bool update = false;
  // such as personalization_storage
  std::string_view key{};
  // the value is 'granted'
  bool granted = false;
};

// Whether one declared purpose may be used now.
struct PurposeState {
  // its name
  std::string_view purpose{};
  // open
  bool allowed = false;
  // open, or what closes it: refused, not_granted, global_privacy_control, consent_mode_denied,
  // held, text_changed, expired, needs_store, paused
  std::string_view reason{};
  // open, and nothing may be kept beyond the session
  bool memory_only = false;
};

// What is consented to, from every signal heard.
struct ConsentState {
  // no banner is needed: a choice about store was made or heard, and a grant still counts
  bool asked = false;
  // the person has paused every use
  bool paused = false;
  // every purpose that the site declares, in the order of their numbers
  std::vector<PurposeState> purposes{};
};

// One named value in the vault's storage.
struct Blob {
  // as the vault gave it
  std::string_view name{};
  // all of it
  ByteView bytes{};
};

// What must hold of one blob before a batch is applied, in the same transaction: it begins with one
// of the prefixes or, where that is allowed, is absent.
struct Expectation {
  // of the blob
  std::string_view name{};
  // any of them will do
  std::vector<ByteView> prefixes{};
  // it may also not exist
  bool may_be_absent = false;
};

// What opening a vault found.
struct Recovery {
  // of the state that was read
  uint64_t generation = 0;
  // of the slot secret that opened it; the others are to be destroyed
  uint16_t secret_index = 0;
  // read
  uint64_t records = 0;
  // in damaged blobs
  uint64_t lost_records = 0;
  // blobs that gave less than they should have
  uint32_t damaged_blobs = 0;
  // in blobs cut short
  uint64_t torn_bytes = 0;
  // intact, but not of a shape that this build reads
  uint32_t skipped_records = 0;
  // the chunks had to speak for themselves
  bool head_lost = false;
  // the store is older than newestGenerationSeen
  bool rolled_back = false;
};

// What became of one event.
struct Verdict {
  // it counts; durable once its sequence is below durableEnd
  bool accepted = false;
  // of its record; 0 when it is held in memory alone
  uint64_t sequence = 0;
  // empty when accepted, else duplicate, too_old, quota or why it was quarantined, such as
  // unknown_event or missing_field
  std::string_view reason{};
};

// One part of why an item is on the shelf.
struct ShelfReason {
  // bought_together, just_viewed, likes_category, likes_brand, likes_tag, likes_word, likes_price,
  // bought_again, popular, trending, promoted or exploring
  std::string_view code{};
  // the item, attribute or category to try that it refers to, or why the shop promotes it; empty
  // for none
  std::string_view because{};
  // of all that speaks for the item
  uint16_t share_permille = 0;
};

// One recommended item.
struct ShelfItem {
  // its identifier in the catalogue
  std::string_view item{};
  // at most three, exploring first, then the largest
  std::vector<ShelfReason> reasons{};
};

// One part of an item's score.
struct ScorePart {
  // as a shelf's reasons name it, or what counts against it, such as variety
  std::string_view code{};
  // the item, attribute or category that it refers to; empty for none
  std::string_view because{};
  // model units
  int64_t points = 0;
};

// One field of the profile, for the person.
struct HeldField {
  // its family's, then, for families with many fields, a dot and the rest
  std::string_view name{};
  // 0 who it is, 1 what they buy, 2 how they engage, 3 how they feel
  uint8_t card = 0;
  // of the value: 0 a whole number, 1 a text, 2 money
  uint8_t form = 0;
  // the number, or the amount in minor units; its unit is its family's
  int64_t number = 0;
  // the text, or the currency; else empty
  std::string_view text{};
  // 0 stated by an event, 1 inferred from several, 2 corrected by the person
  uint8_t origin = 0;
  // the person says that it is not so, and nobody uses it
  bool contradicted = false;
  // of the last event behind it: 1 a call on the page, 2 the page's data layer, 3 an import, 4 the
  // person
  uint8_t source = 0;
  // what it may be used for: bit n is purpose n, bit 7 every partner
  uint8_t purposes = 0;
  // since when it holds
  uint64_t since_ms = 0;
  // when it last changed or was confirmed
  uint64_t updated_ms = 0;
  // by anyone but the person; 0: never
  uint64_t last_used_ms = 0;
  // unless it is renewed; 0: when the person says so
  uint64_t expires_ms = 0;
};

// How often one caller did one thing in one hour.
struct AccessCount {
  // since 1970
  uint32_t hour = 0;
  // such as page or shelf:home
  std::string_view caller{};
  // its number; 256 and more: a partner's
  uint16_t purpose = 0;
  // its number (core/consent/operation.h)
  uint8_t operation = 0;
  // uses that were
  uint32_t allowed = 0;
  // uses that were not
  uint32_t refused = 0;
};

// What the site's plan asks consent for now.
struct ConsentText {
  // its number; 256 and more: a partner's
  uint16_t purpose = 0;
  // 32 bytes: SHA-256 of the text as shown
  ByteView hash{};
  // a grant older than this is asked for again; 0: no such limit
  uint64_t max_age_ms = 0;
};

// One measurement that the site declares, and how it stands with this device.
struct MeasureTask {
  // 32 bytes: of the task
  ByteView id{};
  // for programs, such as category-interest
  std::string_view name{};
  // for the person
  std::string_view title{};
  // for the person: what is counted and why
  std::string_view text{};
  // what one report costs, in millionths; 0 for a test without noise
  uint64_t epsilon_micro = 0;
  // with fewer devices there is no result
  uint32_t min_batch = 0;
  // one report in each epoch of this length
  uint32_t period_s = 0;
  // how far the measurement looks back
  uint32_t window_s = 0;
  // a report leaves at random within this time
  uint32_t delay_s = 0;
  // made for tests, maybe without noise
  bool test = false;
  // one for each answer; a report is one of them
  std::vector<std::string_view> labels{};
  // gets one half of a report, and hands the other on sealed
  std::string_view leader_url{};
  // gets the other half
  std::string_view helper_url{};
  // off (the purpose measure is closed), refused (this device does not take part), over (not now),
  // nothing (nothing to report yet), ready, waiting (reports wait to be sent), reported (in this
  // epoch), no_budget
  std::string_view state{};
  // there is something that a report would say now
  bool has_preview = false;
  // index of the label that it would say
  uint32_t preview = 0;
  // when the task's next epoch begins; 0 when it may report in this one
  uint64_t next_ms = 0;
};

// A report that should be made now.
struct DueReport {
  // 32 bytes: of the task
  ByteView task_id{};
  // where to get the leader's HPKE configurations
  std::string_view leader_config_url{};
  // the helper's
  std::string_view helper_config_url{};
};

// A report that should be sent now.
struct Upload {
  // 16 bytes: of the report
  ByteView id{};
  // POST it there
  std::string_view url{};
  // as application/ppm-dap;message=upload-req; the same bytes at every try
  ByteView body{};
};

// A report that was made on this device.
struct LoggedReport {
  // waiting, sent, refused (by the leader), withdrawn or given_up (deleted unsent)
  std::string_view state{};
  // of its task
  std::string_view title{};
  // what it says; empty when it was withdrawn
  std::string_view label{};
  // what it cost, in millionths
  uint64_t epsilon_micro = 0;
  // when it was made
  uint64_t made_ms = 0;
  // while it waits: it does not leave before; else 0
  uint64_t due_ms = 0;
  // when it came to its state; 0 while it waits
  uint64_t ended_ms = 0;
  // who got one half
  std::string_view leader_url{};
  // who got the other half
  std::string_view helper_url{};
};

// About: What this build is.
struct AboutRequest {};
Result<AboutRequest> DecodeAboutRequest(ByteView bytes);

struct AboutReply {
  // of the exports and of these operations
  uint32_t abi_version = 0;
  // semantic version of the release
  std::string_view package_version{};
  // name of the VDAF draft it follows
  std::string_view vdaf_draft{};
  // the version byte in the draft's domain separation tag
  uint8_t vdaf_version = 0;
};
Result<Bytes> EncodeAboutReply(const AboutReply& message);

// ShardHistogram: Splits one Prio3Histogram measurement into shares.
struct ShardHistogramRequest {
  // application context, the same for all parties of a task
  ByteView ctx{};
  // 16 bytes: public, never used twice in a task
  ByteView nonce{};
  // number of aggregators, at least 2
  uint8_t shares = 0;
  // number of buckets
  uint32_t length = 0;
  // buckets proved together; the square root of length is best
  uint32_t chunk_length = 0;
  // the bucket, below length
  uint32_t measurement = 0;
};
Result<ShardHistogramRequest> DecodeShardHistogramRequest(ByteView bytes);

struct ShardHistogramReply {
  // for every aggregator
  ByteView public_share{};
  // secret, one for each aggregator, the leader's first
  std::vector<ByteView> input_shares{};
};
Result<Bytes> EncodeShardHistogramReply(const ShardHistogramReply& message);

// SetPack: Takes a site pack into use: the catalogue, the model and the plan. Comes first; a later
// pack of a higher version may follow at any time. The pack in use stays when the new one is
// refused.
struct SetPackRequest {
  // the site that the pack must name; empty: whichever it names
  std::string_view site{};
  // 32 bytes: the Ed25519 public key that the tag pins
  ByteView signer{};
  // measurements made for tests may be taken; never set by the published tag
  bool test_tasks = false;
  // of each section of the pack, in order, as the host has computed it over the bytes below; empty:
  // the engine computes it
  ByteView sha256{};
  // all of it
  ByteView pack{};
};
Result<SetPackRequest> DecodeSetPackRequest(ByteView bytes);

struct SetPackReply {
  // of the pack
  uint64_t version = 0;
  // 32 bytes: SHA-256 of what was signed
  ByteView pack_id{};
  // in its catalogue; 0 when it ranks nothing
  uint32_t items = 0;
  // what the host has to do
  Effects effects{};
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeSetPackReply(const SetPackReply& message);

// Start: Says what the page kept outside the vault. Comes once, after setPack and before any
// signal.
struct StartRequest {
  // the record as found; empty: there is none
  std::string_view record{};
};
Result<StartRequest> DecodeStartRequest(ByteView bytes);

struct StartReply {
  // what the host has to do
  Effects effects{};
};
Result<Bytes> EncodeStartReply(const StartReply& message);

// Signals: Hears signals of consent: the person's choices, the browser's and a consent platform's.
// Each may come again; only what is said changes. Carry the effects out and flush before the page
// is told.
struct SignalsRequest {
  // one act of the person; empty: none
  std::vector<Choice> choices{};
  // of the consent text that was shown; empty: the plan's current one
  std::string_view text_version{};
  // the browser asserts it
  bool global_privacy_control = false;
  // new ones, in their order
  std::vector<ConsentModeSetting> consent_mode{};
};
Result<SignalsRequest> DecodeSignalsRequest(ByteView bytes);

struct SignalsReply {
  // afterwards
  ConsentState consent{};
  // what the host has to do
  Effects effects{};
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeSignalsReply(const SignalsReply& message);

// ConsentState: Tells what is consented to now.
struct ConsentStateRequest {};
Result<ConsentStateRequest> DecodeConsentStateRequest(ByteView bytes);

struct ConsentStateReply {
  // now
  ConsentState consent{};
};
Result<Bytes> EncodeConsentStateReply(const ConsentStateReply& message);

// CreateVault: Makes the vault that a grant of store asked for. Nothing is stored before its first
// batch.
struct CreateVaultRequest {
  // 32 bytes: a fresh slot secret, stored already as number 1
  ByteView secret{};
};
Result<CreateVaultRequest> DecodeCreateVaultRequest(ByteView bytes);

struct CreateVaultReply {
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeCreateVaultReply(const CreateVaultReply& message);

// OpenVault: Opens what is stored, and rebuilds everything from it. Also after another instance has
// written: what was not durable is then to be sent again. With nothing stored the choice starts
// afresh. Destroy the secrets that did not open it, then flush.
struct OpenVaultRequest {
  // everything in the vault's storage; a blob that could not be read must fail the call's
  // preparation instead
  std::vector<Blob> blobs{};
  // every slot secret the device holds
  std::vector<ByteView> secrets{};
  // the highest generation kept elsewhere; 0: none
  uint64_t newest_generation_seen = 0;
  // the record outside the vault as it is now; empty: there is none
  std::string_view record{};
};
Result<OpenVaultRequest> DecodeOpenVaultRequest(ByteView bytes);

struct OpenVaultReply {
  // there was a vault
  bool found = false;
  // what was found
  Recovery recovery{};
  // the pack in use is older than one used before: nothing is ranked until a newer one is set
  bool pack_outdated = false;
  // afterwards
  ConsentState consent{};
  // what the host has to do
  Effects effects{};
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeOpenVaultReply(const OpenVaultReply& message);

// Ingest: Takes events in, in their order. Fails as a whole with permissionDenied without consent.
struct IngestRequest {
  // who sends them, such as page
  std::string_view caller{};
  // call records (core/docs/formats/event.md)
  std::vector<ByteView> events{};
};
Result<IngestRequest> DecodeIngestRequest(ByteView bytes);

struct IngestReply {
  // one for each
  std::vector<Verdict> verdicts{};
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeIngestReply(const IngestReply& message);

// Flush: Gives the next batch for storage, or none when one is in flight or nothing is left to
// write. The host applies it in one transaction, destroys the other slot secrets when it rotates,
// and calls confirm or fail.
struct FlushRequest {};
Result<FlushRequest> DecodeFlushRequest(ByteView bytes);

struct FlushReply {
  // false: the rest of the batch is empty
  bool has_batch = false;
  // of the batch
  uint64_t id = 0;
  // all checked in the transaction
  std::vector<Expectation> expects{};
  // each replaces
  std::vector<Blob> puts{};
  // names of blobs; they need not exist
  std::vector<std::string_view> deletes{};
  // number of the slot secret that opens the store afterwards; 0: none does
  uint32_t epoch = 0;
  // that number is new: once durable, destroy every other slot secret
  bool rotates = false;
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeFlushReply(const FlushReply& message);

// Confirm: Says that the batch in flight is durable.
struct ConfirmRequest {
  // of the batch
  uint64_t id = 0;
};
Result<ConfirmRequest> DecodeConfirmRequest(ByteView bytes);

struct ConfirmReply {
  // it was the last batch of an erased vault, which is closed now
  bool vault_gone = false;
  // what the host has to do
  Effects effects{};
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeConfirmReply(const ConfirmReply& message);

// Fail: Says that the batch in flight was not applied, or that nobody knows; its content is offered
// again.
struct FailRequest {
  // of the batch
  uint64_t id = 0;
  // a status code: 8 storage is full, 10 an expectation did not hold, 14 anything else
  uint8_t code = 0;
};
Result<FailRequest> DecodeFailRequest(ByteView bytes);

struct FailReply {
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeFailReply(const FailReply& message);

// OfferSlotSecret: Offers a fresh slot secret, so that a destruction can be completed. A batch that
// rotates follows.
struct OfferSlotSecretRequest {
  // 32 bytes: stored already, beside the old one
  ByteView secret{};
};
Result<OfferSlotSecretRequest> DecodeOfferSlotSecretRequest(ByteView bytes);

struct OfferSlotSecretReply {
  // its number
  uint32_t epoch = 0;
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeOfferSlotSecretReply(const OfferSlotSecretReply& message);

// Recommend: Ranks items for one shelf: for this person where they consented, else by what all
// visitors buy.
struct RecommendRequest {
  // the shelf, such as shelf:home
  std::string_view caller{};
  // at most so many items, 1 to 1000
  uint16_t limit = 0;
  // identifiers of items to leave out; unknown ones are ignored
  std::vector<std::string_view> exclude{};
  // a category that may fill the shelf; others have at most three places in ten; empty: none
  std::string_view category{};
  // where the page is, as the catalogue names regions; empty: only what is sold everywhere
  std::string_view region{};
  // items for adults may appear
  bool adult = false;
  // by score alone: without caps, variety, promotions, rests and exploring
  bool plain = false;
};
Result<RecommendRequest> DecodeRecommendRequest(ByteView bytes);

struct RecommendReply {
  // the person's own history was used
  bool personal = false;
  // best first
  std::vector<ShelfItem> items{};
};
Result<Bytes> EncodeRecommendReply(const RecommendReply& message);

// Explain: Says what speaks for and against one item; the points add up to the score, on the shelf
// that was ranked last for what stands there.
struct ExplainRequest {
  // its identifier
  std::string_view item{};
};
Result<ExplainRequest> DecodeExplainRequest(ByteView bytes);

struct ExplainReply {
  // the person's own history was used
  bool personal = false;
  // the sum of the parts' points
  int64_t score = 0;
  // why no shelf shows it; empty when one may
  std::string_view withheld{};
  // exploring first, then the largest
  std::vector<ScorePart> parts{};
};
Result<Bytes> EncodeExplainReply(const ExplainReply& message);

// Inventory: Shows the person every field that is held.
struct InventoryRequest {};
Result<InventoryRequest> DecodeInventoryRequest(ByteView bytes);

struct InventoryReply {
  // ascending by card, then by family, then by name
  std::vector<HeldField> fields{};
};
Result<Bytes> EncodeInventoryReply(const InventoryReply& message);

// AccessLog: Shows the person who used their data for what.
struct AccessLogRequest {};
Result<AccessLogRequest> DecodeAccessLogRequest(ByteView bytes);

struct AccessLogReply {
  // oldest first
  std::vector<AccessCount> rows{};
};
Result<Bytes> EncodeAccessLogReply(const AccessLogReply& message);

// Correct: Sets right what the profile holds. Flush afterwards.
struct CorrectRequest {
  // 1 it is this; 2 it is not so; 3 forget what I said of it
  uint8_t action = 0;
  // its name
  std::string_view field{};
  // for action 1
  std::string_view value{};
};
Result<CorrectRequest> DecodeCorrectRequest(ByteView bytes);

struct CorrectReply {
  // of the event that the correction is
  Verdict verdict{};
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeCorrectReply(const CorrectReply& message);

// ExportData: Gives the person all that is held. js-bindings/src/export.ts makes the portable JSON
// of it.
struct ExportDataRequest {};
Result<ExportDataRequest> DecodeExportDataRequest(ByteView bytes);

struct ExportDataReply {
  // when, since 1970
  uint64_t exported_ms = 0;
  // core/docs/formats/event.md §3
  ByteView snapshot{};
  // as in inventory
  std::vector<HeldField> fields{};
};
Result<Bytes> EncodeExportDataReply(const ExportDataReply& message);

// ImportData: Merges a profile taken elsewhere with what is held. Flush afterwards.
struct ImportDataRequest {
  // core/docs/formats/event.md §3
  ByteView snapshot{};
};
Result<ImportDataRequest> DecodeImportDataRequest(ByteView bytes);

struct ImportDataReply {
  // events that were not held
  uint32_t added = 0;
  // of the last record; 0 when none was added
  uint64_t sequence = 0;
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeImportDataReply(const ImportDataReply& message);

// Pause: Stops or resumes every use but the person's own rights. Flush afterwards.
struct PauseRequest {
  // stop
  bool paused = false;
};
Result<PauseRequest> DecodePauseRequest(ByteView bytes);

struct PauseReply {
  // afterwards
  ConsentState consent{};
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodePauseReply(const PauseReply& message);

// Erase: Erases at once in memory; from storage with the batches that follow: flush, and offer a
// slot secret where one is wanted, until destructionPending is false.
struct EraseRequest {
  // 1 everything, and every consent with it: a refusal record is left so that nobody asks again; 2
  // what is held under a purpose; 3 an item; 4 who the person is, and nothing of what they did; 5
  // every event of a span of time, corrections too
  uint8_t scope = 0;
  // the purpose or item; else empty
  std::string_view name{};
  // of a span: since 1970, from here on; else 0
  uint64_t from_ms = 0;
  // of a span: before this; else 0
  uint64_t to_ms = 0;
};
Result<EraseRequest> DecodeEraseRequest(ByteView bytes);

struct EraseReply {
  // events that went or were rewritten without the item
  uint32_t removed = 0;
  // what the host has to do
  Effects effects{};
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeEraseReply(const EraseReply& message);

// Tick: Lets go what retention no longer covers, and writes down when data was used. At start, once
// an hour, and before the page goes.
struct TickRequest {};
Result<TickRequest> DecodeTickRequest(ByteView bytes);

struct TickReply {
  // events let go
  uint32_t expired = 0;
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeTickReply(const TickReply& message);

// MeasureTasks: The measurements of the site's pack, for the person.
struct MeasureTasksRequest {};
Result<MeasureTasksRequest> DecodeMeasureTasksRequest(ByteView bytes);

struct MeasureTasksReply {
  // in the pack's order
  std::vector<MeasureTask> tasks{};
  // the most that reports may cost in one budget epoch, in millionths of epsilon
  uint64_t budget_micro = 0;
  // of this epoch
  uint64_t spent_micro = 0;
  // when the next budget epoch begins
  uint64_t epoch_end_ms = 0;
  // since when is counted: an erasure begins anew; 0: nothing was ever charged
  uint64_t since_ms = 0;
};
Result<Bytes> EncodeMeasureTasksReply(const MeasureTasksReply& message);

// DueReports: Which reports should be made now. Nothing while the purpose measure is closed.
struct DueReportsRequest {};
Result<DueReportsRequest> DecodeDueReportsRequest(ByteView bytes);

struct DueReportsReply {
  // in the pack's order
  std::vector<DueReport> reports{};
  // ask again at this time, and after events; 0: after events alone
  uint64_t next_ms = 0;
};
Result<Bytes> EncodeDueReportsReply(const DueReportsReply& message);

// MakeReport: Measures, charges and queues one report. It can be taken for upload when the batches
// that follow are durable.
struct MakeReportRequest {
  // 32 bytes: of the task
  ByteView task_id{};
  // what the leader answered for its HPKE configurations
  ByteView leader_configs{};
  // what the helper answered
  ByteView helper_configs{};
};
Result<MakeReportRequest> DecodeMakeReportRequest(ByteView bytes);

struct MakeReportReply {
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeMakeReportReply(const MakeReportReply& message);

// TakeUploads: Which reports should be sent now: due, durable, and the purpose measure is open at
// this moment.
struct TakeUploadsRequest {};
Result<TakeUploadsRequest> DecodeTakeUploadsRequest(ByteView bytes);

struct TakeUploadsReply {
  // the oldest first
  std::vector<Upload> uploads{};
  // when the next one is due; 0: nothing waits
  uint64_t next_ms = 0;
};
Result<Bytes> EncodeTakeUploadsReply(const TakeUploadsReply& message);

// UploadDone: The leader has answered for a report: it is not sent again.
struct UploadDoneRequest {
  // 16 bytes: of the report
  ByteView id{};
  // false: it refused it for good
  bool accepted = false;
};
Result<UploadDoneRequest> DecodeUploadDoneRequest(ByteView bytes);

struct UploadDoneReply {
  // afterwards
  StoreState store{};
};
Result<Bytes> EncodeUploadDoneReply(const UploadDoneReply& message);

// ReportLog: What left this device and what waits to leave it, for the person.
struct ReportLogRequest {};
Result<ReportLogRequest> DecodeReportLogRequest(ByteView bytes);

struct ReportLogReply {
  // in the order they were made
  std::vector<LoggedReport> reports{};
};
Result<Bytes> EncodeReportLogReply(const ReportLogReply& message);

// Receipts: Shows the person what they consented to and when.
struct ReceiptsRequest {};
Result<ReceiptsRequest> DecodeReceiptsRequest(ByteView bytes);

struct ReceiptsReply {
  // core/docs/formats/consent.md §2, from the first
  std::vector<ByteView> receipts{};
  // the site's own name for the texts as they are now
  std::string_view text_version{};
  // of every purpose that the site declares
  std::vector<ConsentText> texts{};
  // how long an event is kept
  uint64_t retention_ms = 0;
};
Result<Bytes> EncodeReceiptsReply(const ReceiptsReply& message);

}  // namespace baya::engine
