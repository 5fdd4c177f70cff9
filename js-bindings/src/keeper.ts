// Answers what pages ask of the owner of the vault, in their order; what changes something is
// answered once it is durable, while the next ones are already worked on.

import type { Ack, ConsentState } from './api.js';
import { encodeCall } from './call_record.js';
import { keyOf, reasonOf, shelfOf, shelfRequest, stateOf } from './conversions.js';
import * as ops from './generated/ops.js';
import type { Opening } from './messages.js';
import { packDigests } from './pack_digests.js';
import type { Protection, ReportWork, Request, RequestOf } from './requests.js';
import { degraded, failureState } from './states.js';
import { asBayaError, BayaError } from './status.js';
import type { Operation } from './tls.js';
import { VaultHost, type VaultParts } from './vault_host.js';
import type { Written } from './writer_loop.js';

// Who uses the data, as the access log names it.
const caller = 'page';

const tickMs = 3_600_000;

// What rights.ts may ask of the engine itself: it changes nothing that has to be durable.
const readings: readonly number[] = [
  ops.OperationId.explain,
  ops.OperationId.inventory,
  ops.OperationId.accessLog,
  ops.OperationId.exportData,
  ops.OperationId.receipts,
  ops.OperationId.measureTasks,
  ops.OperationId.reportLog,
];

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

  #run<Asked, Reply>(operation: Operation<Asked, Reply>, request: Asked): Reply {
    return this.#parts.engine.run(operation, request);
  }

  async #dispatch(request: Request, again: boolean): Promise<unknown> {
    switch (request.name) {
      case 'take':
        return this.#write(() => this.#ingest(request), again);
      case 'correct':
        return this.#write(() => this.#run(ops.correct, request).verdict);
      case 'import':
        return this.#write(() => this.#import(request));
      case 'signals':
        return this.#settle(() => this.#run(ops.signals, request));
      case 'pause':
        return this.#settle(() => this.#run(ops.pause, request));
      case 'erase':
        return this.#settle(() =>
          this.#run(ops.erase, { fromMs: 0, toMs: 0, ...request, name: request.of }),
        );
      case 'leave':
        return this.#settle(() => this.#run(ops.tick, {}));
      case 'report':
        await this.#parts.loadReports(request.wasm);
        return this.#settle(() => this.#run(ops.makeReport, request));
      case 'uploaded':
        return this.#settle(() => this.#run(ops.uploadDone, request));
      case 'reports':
        return this.#inTurn(() => this.#unfenced(() => this.#reportWork()));
      case 'protection':
        return Promise.resolve(this.#protection());
      case 'consentState':
        return this.#inTurn(() => stateOf(this.#consent()));
      case 'recommend':
        return this.#inTurn(() => shelfOf(this.#run(ops.recommend, shelfRequest(request))));
      case 'read':
        if (!readings.includes(request.op)) break;
        return this.#inTurn(() => this.#parts.engine.callBytes(request.op, request.request));
    }
    throw new BayaError('unimplemented', 'this release has no such request');
  }

  #protection(): Protection {
    const { store, slot } = this.#parts;
    return { storage: store.kind, share: slot.kind };
  }

  // One after the other: what a request does to the engine and to the vault as a whole.
  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #begin({ pack, signer, site, signals, testTasks }: Opening): Promise<void> {
    const sha256 = await packDigests(pack);
    const request = { site, signer: keyOf(signer), testTasks: testTasks === true, sha256, pack };
    const packed = this.#run(ops.setPack, request);
    await this.#vault.carryOut(packed.effects);
    const started = this.#run(ops.start, { record: this.#vault.startRecord });
    await this.#vault.carryOut(started.effects);
    await this.#vault.carryOut(this.#run(ops.signals, signals).effects);
    this.#run(ops.tick, {});
    await this.#vault.written();
    this.#toldConsent = JSON.stringify(this.#consent());
    this.#tellMeasuring();
  }

  #consent(): ops.ConsentState {
    return this.#run(ops.consentState, {}).consent;
  }

  #ingest({ call }: RequestOf<'take'>): ops.Verdict {
    const events = [encodeCall(call)];
    const [verdict] = this.#run(ops.ingest, { caller, events }).verdicts as [ops.Verdict];
    const inMemory = verdict.accepted && verdict.sequence === 0;
    return inMemory ? { ...verdict, accepted: false, reason: 'not_stored' } : verdict;
  }

  #import({ snapshot }: RequestOf<'import'>): ops.Verdict {
    const { sequence } = this.#run(ops.importData, { snapshot });
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
      else if (written !== 'durable')
        throw new BayaError('unavailable', degraded(failureState(written)).what);
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
    const { reports: due, nextMs } = this.#run(ops.dueReports, {});
    const { uploads, nextMs: dueMs } = this.#run(ops.takeUploads, {});
    const times = [nextMs, dueMs].filter((ms) => ms > 0);
    return { due, uploads, nextMs: times.length === 0 ? 0 : Math.min(...times) };
  }

  #tellMeasuring(): void {
    const { purposes } = this.#consent();
    const allowed =
      this.#vault.stores &&
      purposes.some(({ purpose, allowed }) => purpose === 'measure' && allowed);
    if (allowed === this.#measuring) return;
    this.#measuring = allowed;
    this.#parts.measuring(allowed);
  }

  #tellConsent(): void {
    const state = JSON.stringify(this.#consent());
    if (state === this.#toldConsent) return;
    this.#toldConsent = state;
    this.#parts.notify({ event: 'change', what: 'consent' });
  }

  // What the engine takes in is acknowledged once it is durable. When the vault had to be opened
  // again meanwhile, it is offered once more. `again`: so it was, maybe, to another owner.
  async #write(work: () => ops.Verdict, again = false): Promise<Ack> {
    let taken = await this.#take(work);
    if ((await taken.written) === 'aborted') {
      await this.#openAgain(taken);
      taken = await this.#take(work);
    }
    const { accepted, reason } = taken.verdict;
    const written = await taken.written;
    if (!accepted && !(again && reason === 'duplicate')) return { accepted: false, reason };
    if (written === 'resourceExhausted') return { accepted: false, reason: 'quota' };
    if (written !== 'durable') return { accepted: false, reason: 'unavailable' };
    return this.#vault.stores ? { accepted: true } : { accepted: false, reason: 'not_stored' };
  }

  #take(work: () => ops.Verdict): Promise<Taken> {
    return this.#inTurn(async () => {
      try {
        const verdict = await this.#unfenced(work);
        const written = this.#vault.written(verdict.sequence || undefined);
        return { verdict, written, opening: this.#vault.opening };
      } catch (error) {
        const verdict = { accepted: false, sequence: 0, reason: reasonOf(asBayaError(error).code) };
        return { verdict, written: Promise.resolve('durable'), opening: undefined };
      }
    });
  }

  #openAgain({ opening }: Taken): Promise<void> {
    return this.#inTurn(async () => {
      if (opening === this.#vault.opening) await this.#vault.openAgain();
    });
  }
}
