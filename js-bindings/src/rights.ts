// dist/rights.js: what a person sees and does about their own data, for the pages that the site's
// plan names. Everything rejects with a BayaError and nothing else.

import {
  accessRowsOf,
  explanationOf,
  fieldsOf,
  measurementsOf,
  profileOf,
  reportsOf,
} from './answers.js';
import type { Ack, Baya, Purpose } from './api.js';
import { exportJson } from './export.js';
import * as ops from './generated/ops.js';
import { snapshotOf } from './portable.js';
import { read } from './reading.js';
import { type AboutTheSite, type ReceiptFormat, receiptDocument } from './receipt_documents.js';
import { type Receipts, receiptsOf } from './receipts.js';
import { EraseScope, type Protection as Stored } from './requests.js';
import type { Service } from './service.js';
import { serviceKey } from './service_key.js';
import { BayaError } from './status.js';
import type { Operation } from './tls.js';

export type { Ack, Baya, Purpose } from './api.js';
export type { AboutTheSite, Controller, ReceiptFormat } from './receipt_documents.js';
export type { AskedText, Receipt, ReceiptEntry, Receipts } from './receipts.js';
export { BayaError, type ErrorCode } from './status.js';

export type FieldValue = number | string | { readonly minor: number; readonly currency: string };

/** One thing that the profile holds. Times are milliseconds since 1970; 0 is none. */
export interface Field {
  /** Its name for `correct`. */
  readonly field: string;
  readonly card: 'who' | 'buying' | 'engagement' | 'feelings';
  readonly value: FieldValue;
  /** stated, inferred or corrected */
  readonly origin: string;
  readonly inferred: boolean;
  /** The person has said that it is not so. */
  readonly contradicted: boolean;
  /** Of the last event behind it: page, data_layer, import or person. */
  readonly source: string;
  readonly purposes: readonly string[];
  readonly sinceMs: number;
  readonly updatedMs: number;
  readonly lastUsedMs: number;
  readonly expiresMs: number;
  /**
   * How much of its time has passed: fresh in the first third, ageing in the second, old in the last;
   * lasting when it stays until the person says so.
   */
  readonly freshness: 'fresh' | 'ageing' | 'old' | 'lasting';
  /**
   * contradicted or corrected by the person; guessed from several events; confirmed: said again after
   * the first time; single: said once
   */
  readonly accuracy: 'contradicted' | 'corrected' | 'guessed' | 'confirmed' | 'single';
}

export interface Profile {
  readonly who: readonly Field[];
  readonly buying: readonly Field[];
  readonly engagement: readonly Field[];
  readonly feelings: readonly Field[];
}

export interface Contribution {
  readonly code: string;
  readonly because?: string;
  /** Model units; all of them add up to the score. */
  readonly points: number;
}

export interface Explanation {
  readonly item: string;
  readonly personal: boolean;
  readonly score: number;
  /** Why no shelf shows it, such as "owned" or "disliked"; missing when one may. */
  readonly withheld?: string;
  readonly contributions: readonly Contribution[];
}

export interface AccessRow {
  /** Hours are whole: when within one is not recorded. */
  readonly hourMs: number;
  readonly caller: string;
  readonly purpose: string;
  readonly operation: string;
  readonly allowed: number;
  readonly refused: number;
}

/** A measurement that the site declares. Times are milliseconds since 1970; 0 is none. */
export interface MeasureTask {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  /** Of one report; 0: a test without noise. */
  readonly epsilon: number;
  /** With fewer devices there is no result. */
  readonly minBatch: number;
  readonly periodS: number;
  readonly windowS: number;
  readonly delayS: number;
  readonly test: boolean;
  readonly labels: readonly string[];
  readonly leaderUrl: string;
  readonly helperUrl: string;
  /** off, refused, over, nothing, ready, waiting, reported or no_budget */
  readonly state: string;
  /** What a report would say now: one of the labels. */
  readonly preview: string | undefined;
  /** When it reports again. */
  readonly nextMs: number;
}

export interface Measurements {
  readonly tasks: readonly MeasureTask[];
  /** The most that reports may cost in a budget epoch, and what they did in this one. */
  readonly budget: number;
  readonly spent: number;
  readonly epochEndMs: number;
  /** Since when is counted: erasing everything begins anew. */
  readonly sinceMs: number;
}

/** A report that was made on this device. */
export interface Report {
  /**
   * waiting, sent, refused, withdrawn or given_up; the last two are deleted here, and may have
   * arrived if they were on their way, or if the answer was lost
   */
  readonly state: string;
  readonly title: string;
  /** What it says; '' when it was withdrawn. */
  readonly label: string;
  readonly epsilon: number;
  readonly madeMs: number;
  /** It does not leave before. */
  readonly dueMs: number;
  readonly endedMs: number;
  readonly leaderUrl: string;
  readonly helperUrl: string;
}

export interface Protection extends Stored {
  /** The browser has promised not to evict it. */
  readonly persisted: boolean;
  /** The browser refuses the network to what holds the profile. */
  readonly isolated: boolean;
  /** All of it in plain words. */
  readonly words: string;
}

export interface Rights {
  inventory(): Promise<readonly Field[]>;
  profile(): Promise<Profile>;
  explain(item: string): Promise<Explanation>;
  accessLog(): Promise<readonly AccessRow[]>;
  /**
   * A text sets it right; null says that it is not so; undefined takes back what was said. Null for
   * "reason.item.ID", "reason.tag.NAME" and so on: not to be a reason for a recommendation any more;
   * "reason.exploring.CATEGORY": not to be tried out, "reason.exploring": nothing is.
   */
  correct(field: string, value?: string | null): Promise<Ack>;
  /** Portable JSON. */
  export(): Promise<string>;
  /** Merges what `export` gave with what is held. */
  import(json: string): Promise<Ack>;
  /**
   * Every use; or learning alone, which goes on from when it is resumed: what was done meanwhile is
   * held, and is never learned from.
   */
  pause(paused: boolean | { readonly learning: boolean }): Promise<void>;
  /**
   * Resolves once it is gone from the device, as far as a page can tell. A purpose other than
   * `store` is withdrawn. A span is from `from` to before `to`; reports made from it and waiting
   * still leave.
   */
  erase(
    what:
      | { readonly all: true }
      | { readonly purpose: Purpose }
      | { readonly item: string }
      | { readonly from: Date; readonly to: Date },
  ): Promise<void>;
  protection(): Promise<Protection>;
  /** What was consented to and when; `dataLoss` when that is no unbroken chain. */
  receipts(): Promise<Receipts>;
  /** JSON with the field names that other systems know: core/docs/formats/receipts.md. */
  exportReceipts(format: ReceiptFormat, about: AboutTheSite): Promise<string>;
  /** What the site asks of this device, and what a report would say now. */
  measureTasks(): Promise<Measurements>;
  /** What left this device and what waits to, the oldest first. */
  reportLog(): Promise<readonly Report[]>;
}

/** `baya` is what load() or the tag gave. */
export function rights(baya: Baya): Rights {
  const service = (baya as { [serviceKey]?: Service })[serviceKey];
  const guarded = <T>(work: (service: Service) => Promise<T>): Promise<T> => {
    if (service !== undefined) return work(service);
    return Promise.reject(new BayaError('unavailable', 'there is no page to ask'));
  };
  const reading = <Request, Reply>(operation: Operation<Request, Reply>, request: Request) =>
    guarded((to) => read((asked) => to.ask(asked), operation, request));
  const inventory = async () => fieldsOf(await reading(ops.inventory, {}), Date.now());
  const receipts = async () => receiptsOf(await reading(ops.receipts, {}));
  return {
    inventory,
    profile: async () => profileOf(await inventory()),
    explain: async (of) => {
      const item = await given(() => String(of));
      return explanationOf(item, await reading(ops.explain, { item }));
    },
    accessLog: async () => accessRowsOf(await reading(ops.accessLog, {})),
    correct: (field, value) =>
      guarded((to) => to.ask({ name: 'correct', ...correction(field, value) })),
    export: async () => exportJson(await reading(ops.exportData, {})),
    import: (text) =>
      guarded(async (to) => {
        const snapshot = await given(() => snapshotOf(String(text)));
        return to.ask({ name: 'import', snapshot });
      }),
    pause: (paused) => guarded((to) => pause(to, paused)),
    erase: (what) => guarded((to) => erase(to, what)),
    protection: () => guarded(protectionOf),
    receipts,
    exportReceipts: async (format, about) => {
      const held = [await receipts(), await inventory()] as const;
      return given(() => receiptDocument(format, about, ...held));
    },
    measureTasks: async () => measurementsOf(await reading(ops.measureTasks, {})),
    reportLog: async () => reportsOf(await reading(ops.reportLog, {})),
  };
}

// What comes of looking at an argument alone. A getter of the page's may throw, and what the language
// throws itself, such as at a text where an object belongs, quotes it.
async function given<T>(look: () => T | Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof BayaError) throw error;
    throw new BayaError('invalidArgument', 'an argument is not what it has to be');
  }
}

// The engine's numbers for the kinds of correction.
const corrections = { set: 1, contradict: 2, undo: 3 } as const;

function correction(field: string, value: string | null | undefined): ops.CorrectRequest {
  if (value == null) {
    return { action: corrections[value === null ? 'contradict' : 'undo'], field, value: '' };
  }
  return { action: corrections.set, field, value };
}

async function pause(service: Service, paused: Parameters<Rights['pause']>[0]): Promise<void> {
  if (typeof paused !== 'object') return service.ask({ name: 'pause', paused: paused === true });
  const learning = await given(() => paused.learning);
  const word = correction('learning', learning === true ? null : undefined);
  const { accepted } = await service.ask({ name: 'correct', ...word });
  if (!accepted) throw new BayaError('unavailable', 'that could not be kept');
}

async function erase(service: Service, what: Parameters<Rights['erase']>[0]): Promise<void> {
  await service.ask({ name: 'erase', ...(await given(() => partOf(what))) });
}

function partOf(what: Parameters<Rights['erase']>[0]) {
  const part = (scope: EraseScope, of: string, fromMs = 0, toMs = 0) => ({
    scope,
    of,
    fromMs,
    toMs,
  });
  if ('purpose' in what) return part(EraseScope.purpose, what.purpose);
  if ('item' in what) return part(EraseScope.item, what.item);
  if ('from' in what) return part(EraseScope.span, '', +what.from, +what.to);
  if (what.all === true) return part(EraseScope.all, '');
  throw new BayaError('invalidArgument', 'nothing to erase was named');
}

async function protectionOf(service: Service): Promise<Protection> {
  const stored = await service.ask({ name: 'protection' });
  const found = { ...stored, isolated: await service.isolated(), persisted: await isPersisted() };
  return { ...found, words: wordsFor(found) };
}

// A browser without the Storage API promises nothing.
async function isPersisted(): Promise<boolean> {
  try {
    return await navigator.storage.persisted();
  } catch {
    return false;
  }
}

// What holds, and what does not: an encrypted profile whose key is on the same device is as safe
// as the device.
function wordsFor({ storage, share, persisted, isolated }: Omit<Protection, 'words'>): string {
  const kept =
    storage === 'memory'
      ? 'The profile is in memory only and ends with this page.'
      : 'The profile is encrypted on this device. Its key is on this device too: whoever can use ' +
        'this browser, or read its disk while the disk itself is not encrypted, can open it.';
  const erased = {
    opfs: 'Erasing overwrites a part of the key, so that what is left cannot be opened.',
    database: 'Erasing deletes the database with a part of the key as a whole.',
    none: 'Nothing is stored, so there is nothing to erase.',
  }[share];
  const network = isolated
    ? 'The browser refuses the network to the part that holds the profile.'
    : 'The part that holds the profile is not isolated: the browser would let it use the network.';
  const evicted =
    persisted || storage === 'memory' ? '' : ' The browser may delete it when space is short.';
  return `${kept}${evicted} ${erased} ${network}`;
}
