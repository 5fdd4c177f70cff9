// Owns the vault: one engine, one storage, one device slot. Answers requests in their order; each
// is answered once it is durable, while the next ones are already worked on.

import type { Ack, ConsentState } from './api.js';
import type { BlobStore } from './blob_store.js';
import {
  choiceRequest,
  keyOf,
  shelfOf,
  shelfRequest,
  signalsRequest,
  stateOf,
} from './conversions.js';
import type { DeviceSlot } from './device_slot.js';
import type { Engine } from './engine.js';
import type * as ops from './generated/ops.js';
import type { Notice, Opening } from './messages.js';
import type { Request, RequestOf, Signals } from './requests.js';
import { asBayaError, BayaError } from './status.js';
import { WriterLoop, type Written } from './writer_loop.js';

export interface KeeperParts {
  readonly engine: Pick<Engine, 'call'>;
  readonly store: BlobStore;
  readonly slot: DeviceSlot;
  readonly notify: (notice: Notice) => void;
  /** What localStorage["baya"] has to be from now on; null: it has to go. */
  readonly keepRecord: (record: string | null) => void;
}

// The engine's own words for the scopes of an erasure.
const scopes = { all: 1, purpose: 2, item: 3 } as const;
// Who uses the data, as the access log names it.
const caller = 'page';

const tickMs = 3_600_000;

const isRefusal = (record: string) => record.includes('"refused"');

export class Keeper {
  private queue: Promise<unknown> = Promise.resolve();
  private loop: WriterLoop;
  private timer: ReturnType<typeof setInterval> | undefined;
  private globalPrivacyControl = false; // as last heard

  private constructor(private readonly parts: KeeperParts) {
    this.loop = this.newLoop();
  }

  static async open(parts: KeeperParts, opening: Opening): Promise<Keeper> {
    const keeper = new Keeper(parts);
    await keeper.inTurn(() => keeper.begin(opening));
    keeper.timer = setInterval(() => keeper.answer({ name: 'leave' }).catch(() => {}), tickMs);
    return keeper;
  }

  /** Rejects with a BayaError. `again`: it may have been asked before, of an owner now gone. */
  async answer(request: Request, again = false): Promise<unknown> {
    try {
      return await this.dispatch(request, again);
    } catch (error) {
      throw asBayaError(error);
    }
  }

  close(): void {
    clearInterval(this.timer);
    this.loop.stop();
  }

  private get stores(): boolean {
    return this.parts.store.kind !== 'memory';
  }

  private newLoop(): WriterLoop {
    const { engine, store, slot } = this.parts;
    const finished = (written: Written, wrote: boolean) => {
      if (wrote) this.parts.notify({ event: 'change', what: 'profile' });
      if (written !== 'durable') this.parts.notify({ event: 'degraded', what: wordsFor(written) });
    };
    return new WriterLoop(engine, store, slot, (effects) => this.mark(effects), finished);
  }

  // One after the other: what a request does to the engine and to the vault as a whole.
  private inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => {});
    return turn;
  }

  private async begin({ pack, signer, record, signals }: Opening): Promise<void> {
    const { engine } = this.parts;
    await this.carryOut(engine.call('setPack', { site: '', signer: keyOf(signer), pack }).effects);
    const found = record !== undefined && (this.stores || isRefusal(record)) ? record : '';
    await this.carryOut(engine.call('start', { record: found }).effects);
    await this.carryOut(this.hear(signals).effects);
    engine.call('tick', {});
    await this.loop.written();
  }

  private hear(signals: Signals): ops.SignalsReply {
    this.globalPrivacyControl = signals.globalPrivacyControl;
    return this.parts.engine.call('signals', signalsRequest(signals));
  }

  private async dispatch(request: Request, again: boolean): Promise<unknown> {
    const { engine } = this.parts;
    switch (request.name) {
      case 'take':
        return this.take(request, again);
      case 'hear':
        return this.settle(() => this.hear(request.signals));
      case 'choose':
        return this.settle(() =>
          engine.call('signals', choiceRequest(request, this.globalPrivacyControl)),
        );
      case 'consentState':
        return this.inTurn(() => stateOf(engine.call('consentState', {}).consent));
      case 'recommend':
        return this.inTurn(() => shelfOf(engine.call('recommend', shelfRequest(request))));
      case 'inventory':
        return this.inTurn(() => engine.call('inventory', {}).fields);
      case 'profile':
        return this.inTurn(() => engine.call('profile', {}).profile);
      case 'explain':
        return this.inTurn(() => engine.call('explain', { item: request.item }).explanation);
      case 'accessLog':
        return this.inTurn(() => engine.call('accessLog', {}).rows);
      case 'export':
        return this.inTurn(() => engine.call('exportData', {}).json);
      case 'correct':
        return this.correct(request);
      case 'import':
        return this.import(request);
      case 'pause':
        return this.settle(() => engine.call('pause', { paused: request.paused }));
      case 'reset':
        return this.settle(() => engine.call('erase', { scope: scopes.purpose, name: 'store' }));
      case 'erase':
        return this.settle(() =>
          engine.call('erase', { scope: scopes[request.scope], name: request.of }),
        );
      case 'leave':
        return this.settle(() => engine.call('tick', {}));
      case 'protection':
        return this.protection();
    }
  }

  // For what may change consents or the vault as a whole. Its change is told when it is done.
  private settle(
    work: () => {
      readonly effects?: ops.Effects;
      readonly consent?: ops.ConsentState;
      readonly store: ops.StoreState;
    },
  ): Promise<ConsentState | undefined> {
    return this.inTurn(async () => {
      const { effects, consent } = work();
      if (effects !== undefined) await this.carryOut(effects);
      const written = await this.loop.written();
      if (written === 'aborted') await this.reopen();
      else if (written !== 'durable') throw new BayaError('unavailable', wordsFor(written));
      this.parts.notify({ event: 'change', what: 'consent' });
      return consent && stateOf(consent);
    });
  }

  private async carryOut(effects: ops.Effects): Promise<void> {
    this.mark(effects);
    if (effects.vault === 1) await this.openStored();
    if (effects.vault === 2) await this.createVault();
    if (effects.vault === 3) await this.destroyVault();
  }

  // Of what is held in memory alone, nothing is to be found by the next page.
  private mark({ writeRecord, deleteRecord }: ops.Effects): void {
    if (deleteRecord && this.stores) this.parts.keepRecord(null);
    if (writeRecord !== '' && (this.stores || isRefusal(writeRecord))) {
      this.parts.keepRecord(writeRecord);
    }
  }

  private async openStored(): Promise<void> {
    const { engine, store, slot } = this.parts;
    const [blobs, secrets] = await Promise.all([store.readAll(), slot.secrets()]);
    const opened = engine.call('openVault', { blobs, secrets, newestGenerationSeen: 0 });
    if (opened.found && secrets.length > 1) await slot.keepOnly(opened.recovery.secretIndex);
    if (!opened.found) await this.clear();
    if (opened.recovery.lostRecords > 0) {
      this.parts.notify({ event: 'degraded', what: 'some events could not be read' });
    }
    await this.carryOut(opened.effects);
  }

  // Whatever is there was left by an interrupted start, and nobody consented to it.
  private async createVault(): Promise<void> {
    await this.clear();
    this.parts.engine.call('createVault', { secret: await this.parts.slot.make() });
  }

  private async destroyVault(): Promise<void> {
    await this.loop.written(); // the erasure's own batch, as far as storage takes it
    await this.clear();
  }

  // The share first: what is left without it cannot be opened.
  private async clear(): Promise<void> {
    await this.parts.slot.destroy();
    await this.parts.store.destroy();
  }

  // After another instance wrote, or storage was wiped.
  private async reopen(): Promise<void> {
    this.parts.notify({ event: 'degraded', what: wordsFor('aborted') });
    this.loop.stop();
    this.loop = this.newLoop();
    await this.openStored();
  }

  private async take({ record }: RequestOf<'take'>, again: boolean): Promise<Ack> {
    return this.write(again, () => {
      const [verdict] = this.parts.engine.call('ingest', { caller, events: [record] }).verdicts;
      const inMemory = verdict?.accepted && verdict.sequence === 0;
      return inMemory ? { ...verdict, accepted: false, reason: 'not_stored' } : verdict;
    });
  }

  private correct({ field, value }: RequestOf<'correct'>): Promise<Ack> {
    const action = value === undefined ? 3 : value === null ? 2 : 1;
    return this.write(false, () => {
      return this.parts.engine.call('correct', { action, field, value: value ?? '' }).verdict;
    });
  }

  private import({ json }: RequestOf<'import'>): Promise<Ack> {
    return this.write(false, () => {
      const { sequence } = this.parts.engine.call('importData', { json });
      return { accepted: true, sequence, reason: '' };
    });
  }

  // What the engine takes in is acknowledged once it is durable.
  private async write(again: boolean, work: () => ops.Verdict | undefined): Promise<Ack> {
    for (let attempt = 1; ; attempt++) {
      const taken = await this.inTurn(() => this.taken(work));
      if (typeof taken === 'string') return { accepted: false, reason: taken };
      const [verdict, written] = [taken.verdict, await taken.written];
      if (!verdict.accepted) {
        if (again && verdict.reason === 'duplicate' && written === 'durable') return accepted;
        return { accepted: false, reason: verdict.reason };
      }
      if (written === 'durable') {
        return this.stores ? accepted : { accepted: false, reason: 'not_stored' };
      }
      if (written !== 'aborted' || attempt > 1) {
        return { accepted: false, reason: written === 'resourceExhausted' ? 'quota' : written };
      }
      await this.inTurn(() => this.reopen());
    }
  }

  private taken(work: () => ops.Verdict | undefined) {
    try {
      const verdict = work();
      if (verdict === undefined) return 'invalid';
      const sequence = verdict.sequence === 0 ? undefined : verdict.sequence;
      return { verdict, written: this.loop.written(sequence) };
    } catch (error) {
      const { code } = asBayaError(error);
      return code === 'permissionDenied'
        ? 'no_consent'
        : code === 'resourceExhausted'
          ? 'quota'
          : code === 'invalidArgument'
            ? 'invalid'
            : 'unavailable';
    }
  }

  private async protection() {
    const { store, slot } = this.parts;
    let persisted = false;
    try {
      persisted = await navigator.storage.persisted();
    } catch {
      // A browser without the Storage API promises nothing.
    }
    return { storage: store.kind, share: slot.kind, persisted };
  }
}

const accepted: Ack = { accepted: true };

function wordsFor(written: Written): string {
  switch (written) {
    case 'durable':
      return 'stored';
    case 'aborted':
      return 'another instance wrote, or storage was cleared';
    case 'resourceExhausted':
      return 'storage is full';
    case 'unavailable':
      return 'storage failed';
  }
}
