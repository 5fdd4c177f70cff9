// Answers what pages ask of the owner of the vault, in their order; what changes something is
// answered once it is durable, while the next ones are already worked on.

import type { Ack, ConsentState } from './api.js';
import { encodeCall } from './call_record.js';
import {
  choiceRequest,
  keyOf,
  reasonOf,
  shelfOf,
  shelfRequest,
  signalsRequest,
  stateOf,
} from './conversions.js';
import type { Engine } from './engine.js';
import type * as ops from './generated/ops.js';
import type { Opening } from './messages.js';
import type { Protection, ReportWork, Request, RequestOf, Signals } from './requests.js';
import { asBayaError, BayaError } from './status.js';
import { VaultHost, type VaultParts, wordsFor } from './vault_host.js';
import type { Written } from './writer_loop.js';

// The engine's numbers for the scopes of an erasure and the kinds of correction.
const scopes = { all: 1, purpose: 2, item: 3, identity: 4 } as const;
const corrections = { set: 1, contradict: 2, undo: 3 } as const;

// Who uses the data, as the access log names it.
const caller = 'page';

const tickMs = 3_600_000;

/** What became of one event: what the engine said of it, and whether that is durable. */
interface Taken {
  readonly verdict: ops.Verdict;
  readonly written: Promise<Written>;
  readonly opening: unknown;
}

export class Keeper {
  readonly #parts: VaultParts;
  readonly #vault: VaultHost;
  #queue: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setInterval> | undefined;
  #globalPrivacyControl = false; // as last heard
  #toldConsent = ''; // the state of which the pages know
  #measuring = false; // as the page knows

  private constructor(parts: VaultParts, vault: VaultHost) {
    this.#parts = parts;
    this.#vault = vault;
  }

  /** Rejects with a BayaError of the engine's, or with whatever storage failed with. */
  static async open(parts: VaultParts, opening: Opening): Promise<Keeper> {
    const keeper = new Keeper(parts, new VaultHost(parts, opening.record ?? ''));
    await keeper.#inTurn(() => keeper.#begin(opening));
    keeper.#timer = setInterval(() => keeper.answer({ name: 'leave' }).catch(() => {}), tickMs);
    return keeper;
  }

  /** Rejects with a BayaError. `again`: it may have been asked before, of an owner now gone. */
  async answer(request: Request, again = false): Promise<unknown> {
    try {
      return await this.#dispatch(request, again);
    } catch (error) {
      throw asBayaError(error);
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#vault.close();
  }

  get #engine(): Pick<Engine, 'call'> {
    return this.#parts.engine;
  }

  #dispatch(request: Request, again: boolean): Promise<unknown> {
    switch (request.name) {
      case 'take':
        return this.#write(again, () => this.#ingest(request));
      case 'correct':
        return this.#write(false, () => this.#correct(request));
      case 'import':
        return this.#write(false, () => this.#import(request));
      case 'hear':
        return this.#settle(() => this.#hear(request.signals));
      case 'choose':
        return this.#settle(() => this.#choose(request));
      case 'pause':
        return this.#settle(() => this.#engine.call('pause', { paused: request.paused }));
      case 'reset':
        return this.#erase('identity', '');
      case 'erase':
        return this.#erase(request.scope, request.of);
      case 'leave':
        return this.#settle(() => this.#engine.call('tick', {}));
      case 'protection':
        return this.#protection();
      case 'reports':
        return this.#inTurn(() => this.#unfenced(() => this.#reportWork()));
      case 'report':
        return this.#settle(() => this.#engine.call('makeReport', request));
      case 'uploaded':
        return this.#settle(() => this.#engine.call('uploadDone', request));
      default:
        return this.#inTurn(() => this.#read(request));
    }
  }

  // What changes nothing that has to be durable before it is answered.
  #read(
    request: Exclude<
      Request,
      { name: 'take' | 'correct' | 'import' | 'hear' | 'choose' | 'pause' | 'reset' }
    >,
  ): unknown {
    switch (request.name) {
      case 'consentState':
        return stateOf(this.#engine.call('consentState', {}).consent);
      case 'recommend':
        return shelfOf(this.#engine.call('recommend', shelfRequest(request)));
      case 'inventory':
        return this.#engine.call('inventory', {}).fields;
      case 'profile':
        return this.#engine.call('profile', {}).profile;
      case 'explain':
        return this.#engine.call('explain', { item: request.item }).explanation;
      case 'accessLog':
        return this.#engine.call('accessLog', {}).rows;
      case 'export':
        return this.#engine.call('exportData', {}).json;
      case 'measureTasks':
        return this.#engine.call('measureTasks', {});
      case 'reportLog':
        return this.#engine.call('reportLog', {}).reports;
      default:
        throw new BayaError('unimplemented', 'this release has no such request');
    }
  }

  // One after the other: what a request does to the engine and to the vault as a whole.
  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #begin({ pack, signer, site, signals, testTasks }: Opening): Promise<void> {
    const request = { site, signer: keyOf(signer), pack, testTasks: testTasks === true };
    const packed = this.#engine.call('setPack', request);
    await this.#vault.carryOut(packed.effects);
    const started = this.#engine.call('start', { record: this.#vault.startRecord });
    await this.#vault.carryOut(started.effects);
    await this.#vault.carryOut(this.#hear(signals).effects);
    this.#engine.call('tick', {});
    await this.#vault.written();
    this.#toldConsent = JSON.stringify(this.#engine.call('consentState', {}).consent);
    this.#tellMeasuring();
  }

  #hear(signals: Signals): ops.SignalsReply {
    this.#globalPrivacyControl = signals.globalPrivacyControl;
    return this.#engine.call('signals', signalsRequest(signals));
  }

  #choose(request: RequestOf<'choose'>): ops.SignalsReply {
    return this.#engine.call('signals', choiceRequest(request, this.#globalPrivacyControl));
  }

  #erase(scope: keyof typeof scopes, of: string) {
    return this.#settle(() => this.#engine.call('erase', { scope: scopes[scope], name: of }));
  }

  #ingest({ call }: RequestOf<'take'>): ops.Verdict | undefined {
    const request = { caller, events: [encodeCall(call)] };
    const [verdict] = this.#engine.call('ingest', request).verdicts;
    const inMemory = verdict?.accepted && verdict.sequence === 0;
    return inMemory ? { ...verdict, accepted: false, reason: 'not_stored' } : verdict;
  }

  #correct({ field, value }: RequestOf<'correct'>): ops.Verdict {
    const action = value == null ? (value === null ? 'contradict' : 'undo') : 'set';
    const request = { action: corrections[action], field, value: value ?? '' };
    return this.#engine.call('correct', request).verdict;
  }

  #import({ snapshot }: RequestOf<'import'>): ops.Verdict {
    const { sequence } = this.#engine.call('importData', { snapshot });
    return { accepted: true, sequence, reason: '' };
  }

  // For what may change consents or the vault as a whole: others wait until it is done.
  #settle(
    work: () => {
      readonly effects?: ops.Effects;
      readonly consent?: ops.ConsentState;
      readonly store: ops.StoreState;
    },
  ): Promise<ConsentState | undefined> {
    return this.#inTurn(async () => {
      const { effects, consent } = await this.#unfenced(work);
      this.#tellMeasuring(); // before anything is awaited
      if (effects !== undefined) await this.#vault.carryOut(effects);
      const written = await this.#vault.written();
      if (written === 'aborted') await this.#vault.openAgain();
      else if (written !== 'durable') throw new BayaError('unavailable', wordsFor(written));
      this.#tellMeasuring();
      this.#tellConsent();
      return consent && stateOf(consent);
    });
  }

  // Whatever the engine refuses because the vault has to be opened again.
  async #unfenced<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      if (asBayaError(error).code !== 'aborted') throw error;
      await this.#vault.openAgain();
      return work();
    }
  }

  // A page that keeps nothing keeps no ledger either.
  #reportWork(): ReportWork {
    if (!this.#vault.stores) return { due: [], uploads: [], nextMs: 0 };
    const { reports: due, nextMs } = this.#engine.call('dueReports', {});
    const { uploads, nextMs: dueMs } = this.#engine.call('takeUploads', {});
    const times = [nextMs, dueMs].filter((ms) => ms > 0);
    return { due, uploads, nextMs: times.length === 0 ? 0 : Math.min(...times) };
  }

  #tellMeasuring(): void {
    const { purposes } = this.#engine.call('consentState', {}).consent;
    const allowed =
      this.#vault.stores &&
      purposes.some(({ purpose, allowed }) => purpose === 'measure' && allowed);
    if (allowed === this.#measuring) return;
    this.#measuring = allowed;
    this.#parts.measuring(allowed);
  }

  #tellConsent(): void {
    const state = JSON.stringify(this.#engine.call('consentState', {}).consent);
    if (state === this.#toldConsent) return;
    this.#toldConsent = state;
    this.#parts.notify({ event: 'change', what: 'consent' });
  }

  // What the engine takes in is acknowledged once it is durable. When the vault had to be opened
  // again meanwhile, it is offered once more.
  async #write(again: boolean, work: () => ops.Verdict | undefined): Promise<Ack> {
    let taken = await this.#take(work);
    if ((await written(taken)) === 'aborted') {
      await this.#openAgain(taken);
      taken = await this.#take(work);
    }
    return this.#acknowledge(taken, again);
  }

  async #acknowledge(taken: Taken | string, again: boolean): Promise<Ack> {
    if (typeof taken === 'string') return { accepted: false, reason: taken };
    const { accepted, reason } = taken.verdict;
    const wasTaken = accepted || (again && reason === 'duplicate');
    const outcome = await taken.written;
    if (!wasTaken) return { accepted: false, reason };
    if (outcome === 'resourceExhausted') return { accepted: false, reason: 'quota' };
    if (outcome !== 'durable') return { accepted: false, reason: 'unavailable' };
    return this.#vault.stores ? { accepted: true } : { accepted: false, reason: 'not_stored' };
  }

  #take(work: () => ops.Verdict | undefined): Promise<Taken | string> {
    return this.#inTurn(async () => {
      try {
        const verdict = await this.#unfenced(work);
        if (verdict === undefined) return 'invalid';
        const sequence = verdict.sequence === 0 ? undefined : verdict.sequence;
        return { verdict, written: this.#vault.written(sequence), opening: this.#vault.opening };
      } catch (error) {
        return reasonOf(asBayaError(error).code);
      }
    });
  }

  #openAgain(taken: Taken | string): Promise<void> {
    return this.#inTurn(async () => {
      if (typeof taken === 'string' || taken.opening !== this.#vault.opening) return;
      await this.#vault.openAgain();
    });
  }

  async #protection(): Promise<Protection> {
    const { store, slot } = this.#parts;
    let persisted = false;
    try {
      persisted = await navigator.storage.persisted();
    } catch {
      // A browser without the Storage API promises nothing.
    }
    return { storage: store.kind, share: slot.kind, persisted };
  }
}

const written = async (taken: Taken | string) =>
  typeof taken === 'string' ? undefined : taken.written;
