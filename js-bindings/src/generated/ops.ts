// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.

import {
  bool,
  fixed,
  int64,
  list,
  opaque8,
  opaque16,
  opaque32,
  operation,
  string8,
  string16,
  struct,
  uint8,
  uint16,
  uint32,
  uint64,
} from '../tls.js';

export const abiVersion = 1;

/** What the host has to do before it answers the page. The vault comes first when it is to be destroyed, else the record. */
export interface Effects {
  /** what the record outside the vault has to be from now on; empty: leave it as it is */
  readonly writeRecord: string;
  /** the record outside the vault has to go */
  readonly deleteRecord: boolean;
  /** 0 nothing; 1 call openVault with all that is stored; 2 delete every blob and slot secret that may be left, make a slot secret and call createVault; 3 flush and confirm until vaultGone, then delete every blob and slot secret that may be left (when no vault is open, only that). Said again until it is done */
  readonly vault: number;
}

/** How far storage has come. All zeros when no vault is open. */
export interface StoreState {
  /** a vault is open */
  readonly open: boolean;
  /** records with a smaller sequence are durable */
  readonly durableEnd: number;
  /** of the next record */
  readonly nextSequence: number;
  /** of the store as confirmed; keep the highest elsewhere for openVault */
  readonly generation: number;
  /** number of the slot secret that opens the store as confirmed */
  readonly epoch: number;
  /** make a fresh slot secret, store it beside the old one and call offerSlotSecret: it completes a destruction */
  readonly wantsSlotSecret: boolean;
  /** something destroyed could still be opened from what storage holds */
  readonly destructionPending: boolean;
  /** a status code: 0, or why records are in memory only; 10 (aborted): another instance wrote, read everything and call openVault again */
  readonly health: number;
}

/** What the person chose for one purpose. */
export interface Choice {
  /** store, personalize, measure, train, sync, location or partner:N */
  readonly purpose: string;
  /** false: refused or withdrawn */
  readonly granted: boolean;
}

/** One key of one consent command in the page's data layer. */
export interface ConsentModeSetting {
  /** of an 'update'; false: of a 'default' */
  readonly update: boolean;
  /** such as personalization_storage */
  readonly key: string;
  /** the value is 'granted' */
  readonly granted: boolean;
}

/** Whether one declared purpose may be used now. */
export interface PurposeState {
  /** its name */
  readonly purpose: string;
  /** open */
  readonly allowed: boolean;
  /** open, or what closes it: refused, not_granted, global_privacy_control, consent_mode_denied, held, text_changed, expired, needs_store, paused */
  readonly reason: string;
  /** open, and nothing may be kept beyond the session */
  readonly memoryOnly: boolean;
}

/** What is consented to, from every signal heard. */
export interface ConsentState {
  /** no banner is needed: a choice about store was made or heard, and a grant still counts */
  readonly asked: boolean;
  /** the person has paused every use */
  readonly paused: boolean;
  /** every purpose that the site declares, in the order of their numbers */
  readonly purposes: readonly PurposeState[];
}

/** One named value in the vault's storage. */
export interface Blob {
  /** as the vault gave it */
  readonly name: string;
  /** all of it */
  readonly bytes: Uint8Array;
}

/** What must hold of one blob before a batch is applied, in the same transaction: it begins with one of the prefixes or, where that is allowed, is absent. */
export interface Expectation {
  /** of the blob */
  readonly name: string;
  /** any of them will do */
  readonly prefixes: readonly Uint8Array[];
  /** it may also not exist */
  readonly mayBeAbsent: boolean;
}

/** What opening a vault found. */
export interface Recovery {
  /** of the state that was read */
  readonly generation: number;
  /** of the slot secret that opened it; the others are to be destroyed */
  readonly secretIndex: number;
  /** read */
  readonly records: number;
  /** in damaged blobs */
  readonly lostRecords: number;
  /** blobs that gave less than they should have */
  readonly damagedBlobs: number;
  /** in blobs cut short */
  readonly tornBytes: number;
  /** intact, but not of a shape that this build reads */
  readonly skippedRecords: number;
  /** the chunks had to speak for themselves */
  readonly headLost: boolean;
  /** the store is older than newestGenerationSeen */
  readonly rolledBack: boolean;
}

/** What became of one event. */
export interface Verdict {
  /** it counts; durable once its sequence is below durableEnd */
  readonly accepted: boolean;
  /** of its record; 0 when it is held in memory alone */
  readonly sequence: number;
  /** empty when accepted, else duplicate, too_old, quota or why it was quarantined, such as unknown_event or missing_field */
  readonly reason: string;
}

/** One part of why an item is on the shelf. */
export interface ShelfReason {
  /** bought_together, just_viewed, likes_category, likes_brand, likes_tag, likes_word, likes_price, bought_again, popular, trending, promoted or exploring */
  readonly code: string;
  /** the item, attribute or category to try that it refers to, or why the shop promotes it; empty for none */
  readonly because: string;
  /** of all that speaks for the item */
  readonly sharePermille: number;
}

/** One recommended item. */
export interface ShelfItem {
  /** its identifier in the catalogue */
  readonly item: string;
  /** at most three, exploring first, then the largest */
  readonly reasons: readonly ShelfReason[];
}

/** One part of an item's score. */
export interface ScorePart {
  /** as a shelf's reasons name it, or what counts against it, such as variety */
  readonly code: string;
  /** the item, attribute or category that it refers to; empty for none */
  readonly because: string;
  /** model units */
  readonly points: bigint;
}

/** One field of the profile, for the person. */
export interface HeldField {
  /** its family's, then, for families with many fields, a dot and the rest */
  readonly name: string;
  /** 0 who it is, 1 what they buy, 2 how they engage, 3 how they feel */
  readonly card: number;
  /** of the value: 0 a whole number, 1 a text, 2 money */
  readonly form: number;
  /** the number, or the amount in minor units; its unit is its family's */
  readonly number: bigint;
  /** the text, or the currency; else empty */
  readonly text: string;
  /** 0 stated by an event, 1 inferred from several, 2 corrected by the person */
  readonly origin: number;
  /** the person says that it is not so, and nobody uses it */
  readonly contradicted: boolean;
  /** of the last event behind it: 1 a call on the page, 2 the page's data layer, 3 an import, 4 the person */
  readonly source: number;
  /** what it may be used for: bit n is purpose n, bit 7 every partner */
  readonly purposes: number;
  /** since when it holds */
  readonly sinceMs: number;
  /** when it last changed or was confirmed */
  readonly updatedMs: number;
  /** by anyone but the person; 0: never */
  readonly lastUsedMs: number;
  /** unless it is renewed; 0: when the person says so */
  readonly expiresMs: number;
}

/** How often one caller did one thing in one hour. */
export interface AccessCount {
  /** since 1970 */
  readonly hour: number;
  /** such as page or shelf:home */
  readonly caller: string;
  /** its number; 256 and more: a partner's */
  readonly purpose: number;
  /** its number (core/consent/operation.h) */
  readonly operation: number;
  /** uses that were */
  readonly allowed: number;
  /** uses that were not */
  readonly refused: number;
}

/** What the site's plan asks consent for now. */
export interface ConsentText {
  /** its number; 256 and more: a partner's */
  readonly purpose: number;
  /** 32 bytes: SHA-256 of the text as shown */
  readonly hash: Uint8Array;
  /** a grant older than this is asked for again; 0: no such limit */
  readonly maxAgeMs: number;
}

/** One measurement that the site declares, and how it stands with this device. */
export interface MeasureTask {
  /** 32 bytes: of the task */
  readonly id: Uint8Array;
  /** for programs, such as category-interest */
  readonly name: string;
  /** for the person */
  readonly title: string;
  /** for the person: what is counted and why */
  readonly text: string;
  /** what one report costs, in millionths; 0 for a test without noise */
  readonly epsilonMicro: number;
  /** with fewer devices there is no result */
  readonly minBatch: number;
  /** one report in each epoch of this length */
  readonly periodS: number;
  /** how far the measurement looks back */
  readonly windowS: number;
  /** a report leaves at random within this time */
  readonly delayS: number;
  /** made for tests, maybe without noise */
  readonly test: boolean;
  /** one for each answer; a report is one of them */
  readonly labels: readonly string[];
  /** gets one half of a report, and hands the other on sealed */
  readonly leaderUrl: string;
  /** gets the other half */
  readonly helperUrl: string;
  /** off (the purpose measure is closed), refused (this device does not take part), over (not now), nothing (nothing to report yet), ready, waiting (reports wait to be sent), reported (in this epoch), no_budget */
  readonly state: string;
  /** there is something that a report would say now */
  readonly hasPreview: boolean;
  /** index of the label that it would say */
  readonly preview: number;
  /** when the task's next epoch begins; 0 when it may report in this one */
  readonly nextMs: number;
}

/** A report that should be made now. */
export interface DueReport {
  /** 32 bytes: of the task */
  readonly taskId: Uint8Array;
  /** where to get the leader's HPKE configurations */
  readonly leaderConfigUrl: string;
  /** the helper's */
  readonly helperConfigUrl: string;
}

/** A report that should be sent now. */
export interface Upload {
  /** 16 bytes: of the report */
  readonly id: Uint8Array;
  /** POST it there */
  readonly url: string;
  /** as application/ppm-dap;message=upload-req; the same bytes at every try */
  readonly body: Uint8Array;
}

/** A report that was made on this device. */
export interface LoggedReport {
  /** waiting, sent, refused (by the leader), withdrawn or given_up (deleted unsent) */
  readonly state: string;
  /** of its task */
  readonly title: string;
  /** what it says; empty when it was withdrawn */
  readonly label: string;
  /** what it cost, in millionths */
  readonly epsilonMicro: number;
  /** when it was made */
  readonly madeMs: number;
  /** while it waits: it does not leave before; else 0 */
  readonly dueMs: number;
  /** when it came to its state; 0 while it waits */
  readonly endedMs: number;
  /** who got one half */
  readonly leaderUrl: string;
  /** who got the other half */
  readonly helperUrl: string;
}

export type AboutRequest = Readonly<Record<never, never>>;

export interface AboutReply {
  /** of the exports and of these operations */
  readonly abiVersion: number;
  /** semantic version of the release */
  readonly packageVersion: string;
  /** name of the VDAF draft it follows */
  readonly vdafDraft: string;
  /** the version byte in the draft's domain separation tag */
  readonly vdafVersion: number;
}

export interface ShardHistogramRequest {
  /** application context, the same for all parties of a task */
  readonly ctx: Uint8Array;
  /** 16 bytes: public, never used twice in a task */
  readonly nonce: Uint8Array;
  /** number of aggregators, at least 2 */
  readonly shares: number;
  /** number of buckets */
  readonly length: number;
  /** buckets proved together; the square root of length is best */
  readonly chunkLength: number;
  /** the bucket, below length */
  readonly measurement: number;
}

export interface ShardHistogramReply {
  /** for every aggregator */
  readonly publicShare: Uint8Array;
  /** secret, one for each aggregator, the leader's first */
  readonly inputShares: readonly Uint8Array[];
}

export interface SetPackRequest {
  /** the site that the pack must name; empty: whichever it names */
  readonly site: string;
  /** 32 bytes: the Ed25519 public key that the tag pins */
  readonly signer: Uint8Array;
  /** measurements made for tests may be taken; never set by the published tag */
  readonly testTasks: boolean;
  /** of each section of the pack, in order, as the host has computed it over the bytes below; empty: the engine computes it */
  readonly sha256: Uint8Array;
  /** all of it */
  readonly pack: Uint8Array;
}

export interface SetPackReply {
  /** of the pack */
  readonly version: number;
  /** 32 bytes: SHA-256 of what was signed */
  readonly packId: Uint8Array;
  /** in its catalogue; 0 when it ranks nothing */
  readonly items: number;
  /** what the host has to do */
  readonly effects: Effects;
  /** afterwards */
  readonly store: StoreState;
}

export interface StartRequest {
  /** the record as found; empty: there is none */
  readonly record: string;
}

export interface StartReply {
  /** what the host has to do */
  readonly effects: Effects;
}

export interface SignalsRequest {
  /** one act of the person; empty: none */
  readonly choices: readonly Choice[];
  /** of the consent text that was shown; empty: the plan's current one */
  readonly textVersion: string;
  /** the browser asserts it */
  readonly globalPrivacyControl: boolean;
  /** new ones, in their order */
  readonly consentMode: readonly ConsentModeSetting[];
}

export interface SignalsReply {
  /** afterwards */
  readonly consent: ConsentState;
  /** what the host has to do */
  readonly effects: Effects;
  /** afterwards */
  readonly store: StoreState;
}

export type ConsentStateRequest = Readonly<Record<never, never>>;

export interface ConsentStateReply {
  /** now */
  readonly consent: ConsentState;
}

export interface CreateVaultRequest {
  /** 32 bytes: a fresh slot secret, stored already as number 1 */
  readonly secret: Uint8Array;
}

export interface CreateVaultReply {
  /** afterwards */
  readonly store: StoreState;
}

export interface OpenVaultRequest {
  /** everything in the vault's storage; a blob that could not be read must fail the call's preparation instead */
  readonly blobs: readonly Blob[];
  /** every slot secret the device holds */
  readonly secrets: readonly Uint8Array[];
  /** the highest generation kept elsewhere; 0: none */
  readonly newestGenerationSeen: number;
  /** the record outside the vault as it is now; empty: there is none */
  readonly record: string;
}

export interface OpenVaultReply {
  /** there was a vault */
  readonly found: boolean;
  /** what was found */
  readonly recovery: Recovery;
  /** the pack in use is older than one used before: nothing is ranked until a newer one is set */
  readonly packOutdated: boolean;
  /** afterwards */
  readonly consent: ConsentState;
  /** what the host has to do */
  readonly effects: Effects;
  /** afterwards */
  readonly store: StoreState;
}

export interface IngestRequest {
  /** who sends them, such as page */
  readonly caller: string;
  /** call records (core/docs/formats/event.md) */
  readonly events: readonly Uint8Array[];
}

export interface IngestReply {
  /** one for each */
  readonly verdicts: readonly Verdict[];
  /** afterwards */
  readonly store: StoreState;
}

export type FlushRequest = Readonly<Record<never, never>>;

export interface FlushReply {
  /** false: the rest of the batch is empty */
  readonly hasBatch: boolean;
  /** of the batch */
  readonly id: number;
  /** all checked in the transaction */
  readonly expects: readonly Expectation[];
  /** each replaces */
  readonly puts: readonly Blob[];
  /** names of blobs; they need not exist */
  readonly deletes: readonly string[];
  /** number of the slot secret that opens the store afterwards; 0: none does */
  readonly epoch: number;
  /** that number is new: once durable, destroy every other slot secret */
  readonly rotates: boolean;
  /** afterwards */
  readonly store: StoreState;
}

export interface ConfirmRequest {
  /** of the batch */
  readonly id: number;
}

export interface ConfirmReply {
  /** it was the last batch of an erased vault, which is closed now */
  readonly vaultGone: boolean;
  /** what the host has to do */
  readonly effects: Effects;
  /** afterwards */
  readonly store: StoreState;
}

export interface FailRequest {
  /** of the batch */
  readonly id: number;
  /** a status code: 8 storage is full, 10 an expectation did not hold, 14 anything else */
  readonly code: number;
}

export interface FailReply {
  /** afterwards */
  readonly store: StoreState;
}

export interface OfferSlotSecretRequest {
  /** 32 bytes: stored already, beside the old one */
  readonly secret: Uint8Array;
}

export interface OfferSlotSecretReply {
  /** its number */
  readonly epoch: number;
  /** afterwards */
  readonly store: StoreState;
}

export interface RecommendRequest {
  /** the shelf, such as shelf:home */
  readonly caller: string;
  /** at most so many items, 1 to 1000 */
  readonly limit: number;
  /** identifiers of items to leave out; unknown ones are ignored */
  readonly exclude: readonly string[];
  /** a category that may fill the shelf; others have at most three places in ten; empty: none */
  readonly category: string;
  /** where the page is, as the catalogue names regions; empty: only what is sold everywhere */
  readonly region: string;
  /** items for adults may appear */
  readonly adult: boolean;
  /** by score alone: without caps, variety, promotions, rests and exploring */
  readonly plain: boolean;
}

export interface RecommendReply {
  /** the person's own history was used */
  readonly personal: boolean;
  /** best first */
  readonly items: readonly ShelfItem[];
}

export interface ExplainRequest {
  /** its identifier */
  readonly item: string;
}

export interface ExplainReply {
  /** the person's own history was used */
  readonly personal: boolean;
  /** the sum of the parts' points */
  readonly score: bigint;
  /** why no shelf shows it; empty when one may */
  readonly withheld: string;
  /** exploring first, then the largest */
  readonly parts: readonly ScorePart[];
}

export type InventoryRequest = Readonly<Record<never, never>>;

export interface InventoryReply {
  /** ascending by card, then by family, then by name */
  readonly fields: readonly HeldField[];
}

export type AccessLogRequest = Readonly<Record<never, never>>;

export interface AccessLogReply {
  /** oldest first */
  readonly rows: readonly AccessCount[];
}

export interface CorrectRequest {
  /** 1 it is this; 2 it is not so; 3 forget what I said of it */
  readonly action: number;
  /** its name */
  readonly field: string;
  /** for action 1 */
  readonly value: string;
}

export interface CorrectReply {
  /** of the event that the correction is */
  readonly verdict: Verdict;
  /** afterwards */
  readonly store: StoreState;
}

export type ExportDataRequest = Readonly<Record<never, never>>;

export interface ExportDataReply {
  /** when, since 1970 */
  readonly exportedMs: number;
  /** core/docs/formats/event.md §3 */
  readonly snapshot: Uint8Array;
  /** as in inventory */
  readonly fields: readonly HeldField[];
}

export interface ImportDataRequest {
  /** core/docs/formats/event.md §3 */
  readonly snapshot: Uint8Array;
}

export interface ImportDataReply {
  /** events that were not held */
  readonly added: number;
  /** of the last record; 0 when none was added */
  readonly sequence: number;
  /** afterwards */
  readonly store: StoreState;
}

export interface PauseRequest {
  /** stop */
  readonly paused: boolean;
}

export interface PauseReply {
  /** afterwards */
  readonly consent: ConsentState;
  /** afterwards */
  readonly store: StoreState;
}

export interface EraseRequest {
  /** 1 everything, and every consent with it: a refusal record is left so that nobody asks again; 2 what is held under a purpose; 3 an item; 4 who the person is, and nothing of what they did; 5 every event of a span of time, corrections too */
  readonly scope: number;
  /** the purpose or item; else empty */
  readonly name: string;
  /** of a span: since 1970, from here on; else 0 */
  readonly fromMs: number;
  /** of a span: before this; else 0 */
  readonly toMs: number;
}

export interface EraseReply {
  /** events that went or were rewritten without the item */
  readonly removed: number;
  /** what the host has to do */
  readonly effects: Effects;
  /** afterwards */
  readonly store: StoreState;
}

export type TickRequest = Readonly<Record<never, never>>;

export interface TickReply {
  /** events let go */
  readonly expired: number;
  /** afterwards */
  readonly store: StoreState;
}

export type MeasureTasksRequest = Readonly<Record<never, never>>;

export interface MeasureTasksReply {
  /** in the pack's order */
  readonly tasks: readonly MeasureTask[];
  /** the most that reports may cost in one budget epoch, in millionths of epsilon */
  readonly budgetMicro: number;
  /** of this epoch */
  readonly spentMicro: number;
  /** when the next budget epoch begins */
  readonly epochEndMs: number;
  /** since when is counted: an erasure begins anew; 0: nothing was ever charged */
  readonly sinceMs: number;
}

export type DueReportsRequest = Readonly<Record<never, never>>;

export interface DueReportsReply {
  /** in the pack's order */
  readonly reports: readonly DueReport[];
  /** ask again at this time, and after events; 0: after events alone */
  readonly nextMs: number;
}

export interface MakeReportRequest {
  /** 32 bytes: of the task */
  readonly taskId: Uint8Array;
  /** what the leader answered for its HPKE configurations */
  readonly leaderConfigs: Uint8Array;
  /** what the helper answered */
  readonly helperConfigs: Uint8Array;
}

export interface MakeReportReply {
  /** afterwards */
  readonly store: StoreState;
}

export type TakeUploadsRequest = Readonly<Record<never, never>>;

export interface TakeUploadsReply {
  /** the oldest first */
  readonly uploads: readonly Upload[];
  /** when the next one is due; 0: nothing waits */
  readonly nextMs: number;
}

export interface UploadDoneRequest {
  /** 16 bytes: of the report */
  readonly id: Uint8Array;
  /** false: it refused it for good */
  readonly accepted: boolean;
}

export interface UploadDoneReply {
  /** afterwards */
  readonly store: StoreState;
}

export type ReportLogRequest = Readonly<Record<never, never>>;

export interface ReportLogReply {
  /** in the order they were made */
  readonly reports: readonly LoggedReport[];
}

export type ReceiptsRequest = Readonly<Record<never, never>>;

export interface ReceiptsReply {
  /** core/docs/formats/consent.md §2, from the first */
  readonly receipts: readonly Uint8Array[];
  /** the site's own name for the texts as they are now */
  readonly textVersion: string;
  /** of every purpose that the site declares */
  readonly texts: readonly ConsentText[];
  /** how long an event is kept */
  readonly retentionMs: number;
}

/** Request and reply by the operation's name. */
export interface Operations {
  /** What this build is. */
  readonly about: {
    readonly request: AboutRequest;
    readonly reply: AboutReply;
  };
  /** Splits one Prio3Histogram measurement into shares. */
  readonly shardHistogram: {
    readonly request: ShardHistogramRequest;
    readonly reply: ShardHistogramReply;
  };
  /** Takes a site pack into use: the catalogue, the model and the plan. Comes first; a later pack of a higher version may follow at any time. The pack in use stays when the new one is refused. */
  readonly setPack: {
    readonly request: SetPackRequest;
    readonly reply: SetPackReply;
  };
  /** Says what the page kept outside the vault. Comes once, after setPack and before any signal. */
  readonly start: {
    readonly request: StartRequest;
    readonly reply: StartReply;
  };
  /** Hears signals of consent: the person's choices, the browser's and a consent platform's. Each may come again; only what is said changes. Carry the effects out and flush before the page is told. */
  readonly signals: {
    readonly request: SignalsRequest;
    readonly reply: SignalsReply;
  };
  /** Tells what is consented to now. */
  readonly consentState: {
    readonly request: ConsentStateRequest;
    readonly reply: ConsentStateReply;
  };
  /** Makes the vault that a grant of store asked for. Nothing is stored before its first batch. */
  readonly createVault: {
    readonly request: CreateVaultRequest;
    readonly reply: CreateVaultReply;
  };
  /** Opens what is stored, and rebuilds everything from it. Also after another instance has written: what was not durable is then to be sent again. With nothing stored the choice starts afresh. Destroy the secrets that did not open it, then flush. */
  readonly openVault: {
    readonly request: OpenVaultRequest;
    readonly reply: OpenVaultReply;
  };
  /** Takes events in, in their order. Fails as a whole with permissionDenied without consent. */
  readonly ingest: {
    readonly request: IngestRequest;
    readonly reply: IngestReply;
  };
  /** Gives the next batch for storage, or none when one is in flight or nothing is left to write. The host applies it in one transaction, destroys the other slot secrets when it rotates, and calls confirm or fail. */
  readonly flush: {
    readonly request: FlushRequest;
    readonly reply: FlushReply;
  };
  /** Says that the batch in flight is durable. */
  readonly confirm: {
    readonly request: ConfirmRequest;
    readonly reply: ConfirmReply;
  };
  /** Says that the batch in flight was not applied, or that nobody knows; its content is offered again. */
  readonly fail: {
    readonly request: FailRequest;
    readonly reply: FailReply;
  };
  /** Offers a fresh slot secret, so that a destruction can be completed. A batch that rotates follows. */
  readonly offerSlotSecret: {
    readonly request: OfferSlotSecretRequest;
    readonly reply: OfferSlotSecretReply;
  };
  /** Ranks items for one shelf: for this person where they consented, else by what all visitors buy. */
  readonly recommend: {
    readonly request: RecommendRequest;
    readonly reply: RecommendReply;
  };
  /** Says what speaks for and against one item; the points add up to the score, on the shelf that was ranked last for what stands there. */
  readonly explain: {
    readonly request: ExplainRequest;
    readonly reply: ExplainReply;
  };
  /** Shows the person every field that is held. */
  readonly inventory: {
    readonly request: InventoryRequest;
    readonly reply: InventoryReply;
  };
  /** Shows the person who used their data for what. */
  readonly accessLog: {
    readonly request: AccessLogRequest;
    readonly reply: AccessLogReply;
  };
  /** Sets right what the profile holds. Flush afterwards. */
  readonly correct: {
    readonly request: CorrectRequest;
    readonly reply: CorrectReply;
  };
  /** Gives the person all that is held. js-bindings/src/export.ts makes the portable JSON of it. */
  readonly exportData: {
    readonly request: ExportDataRequest;
    readonly reply: ExportDataReply;
  };
  /** Merges a profile taken elsewhere with what is held. Flush afterwards. */
  readonly importData: {
    readonly request: ImportDataRequest;
    readonly reply: ImportDataReply;
  };
  /** Stops or resumes every use but the person's own rights. Flush afterwards. */
  readonly pause: {
    readonly request: PauseRequest;
    readonly reply: PauseReply;
  };
  /** Erases at once in memory; from storage with the batches that follow: flush, and offer a slot secret where one is wanted, until destructionPending is false. */
  readonly erase: {
    readonly request: EraseRequest;
    readonly reply: EraseReply;
  };
  /** Lets go what retention no longer covers, and writes down when data was used. At start, once an hour, and before the page goes. */
  readonly tick: {
    readonly request: TickRequest;
    readonly reply: TickReply;
  };
  /** The measurements of the site's pack, for the person. */
  readonly measureTasks: {
    readonly request: MeasureTasksRequest;
    readonly reply: MeasureTasksReply;
  };
  /** Which reports should be made now. Nothing while the purpose measure is closed. */
  readonly dueReports: {
    readonly request: DueReportsRequest;
    readonly reply: DueReportsReply;
  };
  /** Measures, charges and queues one report. It can be taken for upload when the batches that follow are durable. */
  readonly makeReport: {
    readonly request: MakeReportRequest;
    readonly reply: MakeReportReply;
  };
  /** Which reports should be sent now: due, durable, and the purpose measure is open at this moment. */
  readonly takeUploads: {
    readonly request: TakeUploadsRequest;
    readonly reply: TakeUploadsReply;
  };
  /** The leader has answered for a report: it is not sent again. */
  readonly uploadDone: {
    readonly request: UploadDoneRequest;
    readonly reply: UploadDoneReply;
  };
  /** What left this device and what waits to leave it, for the person. */
  readonly reportLog: {
    readonly request: ReportLogRequest;
    readonly reply: ReportLogReply;
  };
  /** Shows the person what they consented to and when. */
  readonly receipts: {
    readonly request: ReceiptsRequest;
    readonly reply: ReceiptsReply;
  };
}

export type OperationName = keyof Operations;
export type RequestOf<Name extends OperationName> = Operations[Name]['request'];
export type ReplyOf<Name extends OperationName> = Operations[Name]['reply'];

/** The operations by their numbers. */
export enum OperationId {
  about = 1,
  shardHistogram = 3,
  setPack = 4,
  start = 5,
  signals = 6,
  consentState = 7,
  createVault = 8,
  openVault = 9,
  ingest = 10,
  flush = 11,
  confirm = 12,
  fail = 13,
  offerSlotSecret = 14,
  recommend = 15,
  explain = 16,
  inventory = 18,
  accessLog = 19,
  correct = 20,
  exportData = 21,
  importData = 22,
  pause = 23,
  erase = 24,
  tick = 25,
  measureTasks = 26,
  dueReports = 27,
  makeReport = 28,
  takeUploads = 29,
  uploadDone = 30,
  reportLog = 31,
  receipts = 35,
}

const effectsCodec = /* @__PURE__ */ struct<Effects>({
  writeRecord: string8,
  deleteRecord: bool,
  vault: uint8,
});

const storeStateCodec = /* @__PURE__ */ struct<StoreState>({
  open: bool,
  durableEnd: uint64,
  nextSequence: uint64,
  generation: uint64,
  epoch: uint32,
  wantsSlotSecret: bool,
  destructionPending: bool,
  health: uint8,
});

const choiceCodec = /* @__PURE__ */ struct<Choice>({
  purpose: string8,
  granted: bool,
});

const consentModeSettingCodec = /* @__PURE__ */ struct<ConsentModeSetting>({
  update: bool,
  key: string8,
  granted: bool,
});

const purposeStateCodec = /* @__PURE__ */ struct<PurposeState>({
  purpose: string8,
  allowed: bool,
  reason: string8,
  memoryOnly: bool,
});

const consentStateCodec = /* @__PURE__ */ struct<ConsentState>({
  asked: bool,
  paused: bool,
  purposes: /* @__PURE__ */ list(purposeStateCodec),
});

const blobCodec = /* @__PURE__ */ struct<Blob>({
  name: string8,
  bytes: opaque32,
});

const expectationCodec = /* @__PURE__ */ struct<Expectation>({
  name: string8,
  prefixes: /* @__PURE__ */ list(opaque8),
  mayBeAbsent: bool,
});

const recoveryCodec = /* @__PURE__ */ struct<Recovery>({
  generation: uint64,
  secretIndex: uint16,
  records: uint64,
  lostRecords: uint64,
  damagedBlobs: uint32,
  tornBytes: uint64,
  skippedRecords: uint32,
  headLost: bool,
  rolledBack: bool,
});

const verdictCodec = /* @__PURE__ */ struct<Verdict>({
  accepted: bool,
  sequence: uint64,
  reason: string16,
});

const shelfReasonCodec = /* @__PURE__ */ struct<ShelfReason>({
  code: string8,
  because: string16,
  sharePermille: uint16,
});

const shelfItemCodec = /* @__PURE__ */ struct<ShelfItem>({
  item: string8,
  reasons: /* @__PURE__ */ list(shelfReasonCodec),
});

const scorePartCodec = /* @__PURE__ */ struct<ScorePart>({
  code: string8,
  because: string16,
  points: int64,
});

const heldFieldCodec = /* @__PURE__ */ struct<HeldField>({
  name: string16,
  card: uint8,
  form: uint8,
  number: int64,
  text: string16,
  origin: uint8,
  contradicted: bool,
  source: uint8,
  purposes: uint8,
  sinceMs: uint64,
  updatedMs: uint64,
  lastUsedMs: uint64,
  expiresMs: uint64,
});

const accessCountCodec = /* @__PURE__ */ struct<AccessCount>({
  hour: uint32,
  caller: string8,
  purpose: uint16,
  operation: uint8,
  allowed: uint32,
  refused: uint32,
});

const consentTextCodec = /* @__PURE__ */ struct<ConsentText>({
  purpose: uint16,
  hash: /* @__PURE__ */ fixed(32),
  maxAgeMs: uint64,
});

const measureTaskCodec = /* @__PURE__ */ struct<MeasureTask>({
  id: /* @__PURE__ */ fixed(32),
  name: string8,
  title: string8,
  text: string16,
  epsilonMicro: uint64,
  minBatch: uint32,
  periodS: uint32,
  windowS: uint32,
  delayS: uint32,
  test: bool,
  labels: /* @__PURE__ */ list(string8),
  leaderUrl: string16,
  helperUrl: string16,
  state: string8,
  hasPreview: bool,
  preview: uint32,
  nextMs: uint64,
});

const dueReportCodec = /* @__PURE__ */ struct<DueReport>({
  taskId: /* @__PURE__ */ fixed(32),
  leaderConfigUrl: string16,
  helperConfigUrl: string16,
});

const uploadCodec = /* @__PURE__ */ struct<Upload>({
  id: /* @__PURE__ */ fixed(16),
  url: string16,
  body: opaque16,
});

const loggedReportCodec = /* @__PURE__ */ struct<LoggedReport>({
  state: string8,
  title: string8,
  label: string8,
  epsilonMicro: uint64,
  madeMs: uint64,
  dueMs: uint64,
  endedMs: uint64,
  leaderUrl: string16,
  helperUrl: string16,
});

/** What this build is. */
export const about = /* @__PURE__ */ operation(
  1,
  {},
  {
    abiVersion: uint32,
    packageVersion: string8,
    vdafDraft: string8,
    vdafVersion: uint8,
  },
);

/** Splits one Prio3Histogram measurement into shares. */
export const shardHistogram = /* @__PURE__ */ operation(
  3,
  {
    ctx: opaque16,
    nonce: /* @__PURE__ */ fixed(16),
    shares: uint8,
    length: uint32,
    chunkLength: uint32,
    measurement: uint32,
  },
  {
    publicShare: opaque32,
    inputShares: /* @__PURE__ */ list(opaque32),
  },
);

/** Takes a site pack into use: the catalogue, the model and the plan. Comes first; a later pack of a higher version may follow at any time. The pack in use stays when the new one is refused. */
export const setPack = /* @__PURE__ */ operation(
  4,
  {
    site: string8,
    signer: /* @__PURE__ */ fixed(32),
    testTasks: bool,
    sha256: opaque16,
    pack: opaque32,
  },
  {
    version: uint64,
    packId: /* @__PURE__ */ fixed(32),
    items: uint32,
    effects: effectsCodec,
    store: storeStateCodec,
  },
);

/** Says what the page kept outside the vault. Comes once, after setPack and before any signal. */
export const start = /* @__PURE__ */ operation(
  5,
  {
    record: string16,
  },
  {
    effects: effectsCodec,
  },
);

/** Hears signals of consent: the person's choices, the browser's and a consent platform's. Each may come again; only what is said changes. Carry the effects out and flush before the page is told. */
export const signals = /* @__PURE__ */ operation(
  6,
  {
    choices: /* @__PURE__ */ list(choiceCodec),
    textVersion: string8,
    globalPrivacyControl: bool,
    consentMode: /* @__PURE__ */ list(consentModeSettingCodec),
  },
  {
    consent: consentStateCodec,
    effects: effectsCodec,
    store: storeStateCodec,
  },
);

/** Tells what is consented to now. */
export const consentState = /* @__PURE__ */ operation(
  7,
  {},
  {
    consent: consentStateCodec,
  },
);

/** Makes the vault that a grant of store asked for. Nothing is stored before its first batch. */
export const createVault = /* @__PURE__ */ operation(
  8,
  {
    secret: /* @__PURE__ */ fixed(32),
  },
  {
    store: storeStateCodec,
  },
);

/** Opens what is stored, and rebuilds everything from it. Also after another instance has written: what was not durable is then to be sent again. With nothing stored the choice starts afresh. Destroy the secrets that did not open it, then flush. */
export const openVault = /* @__PURE__ */ operation(
  9,
  {
    blobs: /* @__PURE__ */ list(blobCodec),
    secrets: /* @__PURE__ */ list(opaque8),
    newestGenerationSeen: uint64,
    record: string16,
  },
  {
    found: bool,
    recovery: recoveryCodec,
    packOutdated: bool,
    consent: consentStateCodec,
    effects: effectsCodec,
    store: storeStateCodec,
  },
);

/** Takes events in, in their order. Fails as a whole with permissionDenied without consent. */
export const ingest = /* @__PURE__ */ operation(
  10,
  {
    caller: string8,
    events: /* @__PURE__ */ list(opaque16),
  },
  {
    verdicts: /* @__PURE__ */ list(verdictCodec),
    store: storeStateCodec,
  },
);

/** Gives the next batch for storage, or none when one is in flight or nothing is left to write. The host applies it in one transaction, destroys the other slot secrets when it rotates, and calls confirm or fail. */
export const flush = /* @__PURE__ */ operation(
  11,
  {},
  {
    hasBatch: bool,
    id: uint64,
    expects: /* @__PURE__ */ list(expectationCodec),
    puts: /* @__PURE__ */ list(blobCodec),
    deletes: /* @__PURE__ */ list(string8),
    epoch: uint32,
    rotates: bool,
    store: storeStateCodec,
  },
);

/** Says that the batch in flight is durable. */
export const confirm = /* @__PURE__ */ operation(
  12,
  {
    id: uint64,
  },
  {
    vaultGone: bool,
    effects: effectsCodec,
    store: storeStateCodec,
  },
);

/** Says that the batch in flight was not applied, or that nobody knows; its content is offered again. */
export const fail = /* @__PURE__ */ operation(
  13,
  {
    id: uint64,
    code: uint8,
  },
  {
    store: storeStateCodec,
  },
);

/** Offers a fresh slot secret, so that a destruction can be completed. A batch that rotates follows. */
export const offerSlotSecret = /* @__PURE__ */ operation(
  14,
  {
    secret: /* @__PURE__ */ fixed(32),
  },
  {
    epoch: uint32,
    store: storeStateCodec,
  },
);

/** Ranks items for one shelf: for this person where they consented, else by what all visitors buy. */
export const recommend = /* @__PURE__ */ operation(
  15,
  {
    caller: string8,
    limit: uint16,
    exclude: /* @__PURE__ */ list(string16),
    category: string16,
    region: string16,
    adult: bool,
    plain: bool,
  },
  {
    personal: bool,
    items: /* @__PURE__ */ list(shelfItemCodec),
  },
);

/** Says what speaks for and against one item; the points add up to the score, on the shelf that was ranked last for what stands there. */
export const explain = /* @__PURE__ */ operation(
  16,
  {
    item: string16,
  },
  {
    personal: bool,
    score: int64,
    withheld: string8,
    parts: /* @__PURE__ */ list(scorePartCodec),
  },
);

/** Shows the person every field that is held. */
export const inventory = /* @__PURE__ */ operation(
  18,
  {},
  {
    fields: /* @__PURE__ */ list(heldFieldCodec),
  },
);

/** Shows the person who used their data for what. */
export const accessLog = /* @__PURE__ */ operation(
  19,
  {},
  {
    rows: /* @__PURE__ */ list(accessCountCodec),
  },
);

/** Sets right what the profile holds. Flush afterwards. */
export const correct = /* @__PURE__ */ operation(
  20,
  {
    action: uint8,
    field: string16,
    value: string16,
  },
  {
    verdict: verdictCodec,
    store: storeStateCodec,
  },
);

/** Gives the person all that is held. js-bindings/src/export.ts makes the portable JSON of it. */
export const exportData = /* @__PURE__ */ operation(
  21,
  {},
  {
    exportedMs: uint64,
    snapshot: opaque32,
    fields: /* @__PURE__ */ list(heldFieldCodec),
  },
);

/** Merges a profile taken elsewhere with what is held. Flush afterwards. */
export const importData = /* @__PURE__ */ operation(
  22,
  {
    snapshot: opaque32,
  },
  {
    added: uint32,
    sequence: uint64,
    store: storeStateCodec,
  },
);

/** Stops or resumes every use but the person's own rights. Flush afterwards. */
export const pause = /* @__PURE__ */ operation(
  23,
  {
    paused: bool,
  },
  {
    consent: consentStateCodec,
    store: storeStateCodec,
  },
);

/** Erases at once in memory; from storage with the batches that follow: flush, and offer a slot secret where one is wanted, until destructionPending is false. */
export const erase = /* @__PURE__ */ operation(
  24,
  {
    scope: uint8,
    name: string16,
    fromMs: uint64,
    toMs: uint64,
  },
  {
    removed: uint32,
    effects: effectsCodec,
    store: storeStateCodec,
  },
);

/** Lets go what retention no longer covers, and writes down when data was used. At start, once an hour, and before the page goes. */
export const tick = /* @__PURE__ */ operation(
  25,
  {},
  {
    expired: uint32,
    store: storeStateCodec,
  },
);

/** The measurements of the site's pack, for the person. */
export const measureTasks = /* @__PURE__ */ operation(
  26,
  {},
  {
    tasks: /* @__PURE__ */ list(measureTaskCodec),
    budgetMicro: uint64,
    spentMicro: uint64,
    epochEndMs: uint64,
    sinceMs: uint64,
  },
);

/** Which reports should be made now. Nothing while the purpose measure is closed. */
export const dueReports = /* @__PURE__ */ operation(
  27,
  {},
  {
    reports: /* @__PURE__ */ list(dueReportCodec),
    nextMs: uint64,
  },
);

/** Measures, charges and queues one report. It can be taken for upload when the batches that follow are durable. */
export const makeReport = /* @__PURE__ */ operation(
  28,
  {
    taskId: /* @__PURE__ */ fixed(32),
    leaderConfigs: opaque16,
    helperConfigs: opaque16,
  },
  {
    store: storeStateCodec,
  },
);

/** Which reports should be sent now: due, durable, and the purpose measure is open at this moment. */
export const takeUploads = /* @__PURE__ */ operation(
  29,
  {},
  {
    uploads: /* @__PURE__ */ list(uploadCodec),
    nextMs: uint64,
  },
);

/** The leader has answered for a report: it is not sent again. */
export const uploadDone = /* @__PURE__ */ operation(
  30,
  {
    id: /* @__PURE__ */ fixed(16),
    accepted: bool,
  },
  {
    store: storeStateCodec,
  },
);

/** What left this device and what waits to leave it, for the person. */
export const reportLog = /* @__PURE__ */ operation(
  31,
  {},
  {
    reports: /* @__PURE__ */ list(loggedReportCodec),
  },
);

/** Shows the person what they consented to and when. */
export const receipts = /* @__PURE__ */ operation(
  35,
  {},
  {
    receipts: /* @__PURE__ */ list(opaque16),
    textVersion: string8,
    texts: /* @__PURE__ */ list(consentTextCodec),
    retentionMs: uint64,
  },
);
