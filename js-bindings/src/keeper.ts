// Owns the vault: one engine, one storage, one device slot. Answers requests in their order; each
// is answered once it is durable, while the next ones are already worked on.

import type { Ack, ConsentState } from './api.js';
import { type BlobStore, MemoryStore } from './blob_store.js';
import { type DeviceSlot, MemorySlot } from './device_slot.js';
import type { Engine } from './engine.js';
import type * as ops from './generated/ops.js';
import type { Notice, Opening } from './messages.js';
import type { Answer, Request, RequestOf, Signals } from './requests.js';
import { asBayaError, BayaError } from './status.js';
import { WriterLoop, type Written } from './writer_loop.js';

export interface KeeperParts {
  readonly engine: Pick<Engine, 'call'>;
  readonly store: BlobStore;
  readonly slot: DeviceSlot;
  readonly notify: (notice: Notice) => void;
}

// The engine's own words for the scopes of an erasure.
const scopes = { all: 1, purpose: 2, item: 3 } as const;
// Who uses the data, as the access log names it.
const caller = 'page';
const shelf = 'shelf:page';

const tickMs = 3_600_000;

const isRefusal = (record: string) => record.includes('"refused"');

export class Keeper {
  private queue: Promise<unknown> = Promise.resolve();
  private loop: WriterLoop;
  private timer: ReturnType<typeof setInterval> | undefined;

  private constructor(private readonly parts: KeeperParts) {
    this.loop = this.newLoop();
  }

  /** The answer's value is nothing; its record is what the opening found to be so. */
  static async open(parts: KeeperParts, opening: Opening): Promise<[Keeper, Answer]> {
    const keeper = new Keeper(parts);
    const record = await keeper.inTurn(() => keeper.begin(opening));
    keeper.timer = setInterval(() => keeper.answer({ name: 'leave' }).catch(() => {}), tickMs);
    return [keeper, { value: undefined, ...record }];
  }

  /** Rejects with a BayaError. `again`: it may have been asked before, of an owner now gone. */
  async answer(request: Request, again = false): Promise<Answer> {
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
    return new WriterLoop(engine, store, slot, (written, wrote) => {
      if (wrote) this.parts.notify({ event: 'change', what: 'profile' });
      if (written !== 'durable') this.parts.notify({ event: 'degraded', what: wordsFor(written) });
    });
  }

  // One after the other: what a request does to the engine and to the vault as a whole.
  private inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => {});
    return turn;
  }

  private async begin({ pack, signer, record, signals }: Opening): Promise<Effect> {
    const { engine } = this.parts;
    const effect = new Effect();
    const packed = engine.call('setPack', { site: '', signer: fromBase64Url(signer), pack });
    await this.carryOut(packed.effects, effect);
    const found = record !== undefined && (this.stores || isRefusal(record)) ? record : '';
    await this.carryOut(engine.call('start', { record: found }).effects, effect);
    const heard = engine.call('signals', signalsRequest(signals));
    await this.carryOut(heard.effects, effect);
    if (heard.store.open) {
      engine.call('tick', {});
      await this.loop.written();
    }
    return effect;
  }

  private async dispatch(request: Request, again: boolean): Promise<Answer> {
    const { engine } = this.parts;
    switch (request.name) {
      case 'take':
        return { value: await this.take(request, again) };
      case 'hear':
        return this.settle(() => engine.call('signals', signalsRequest(request.signals)));
      case 'choose':
        return this.settle(() => engine.call('signals', choiceRequest(request)));
      case 'consentState':
        return this.read(() => stateOf(engine.call('consentState', {}).consent));
      case 'recommend':
        return this.read(() => shelfOf(engine.call('recommend', { caller: shelf, ...request })));
      case 'inventory':
        return this.read(() => engine.call('inventory', {}).fields);
      case 'profile':
        return this.read(() => engine.call('profile', {}).profile);
      case 'explain':
        return this.read(() => engine.call('explain', { item: request.item }).explanation);
      case 'accessLog':
        return this.read(() => engine.call('accessLog', {}).rows);
      case 'export':
        return this.read(() => engine.call('exportData', {}).json);
      case 'correct':
        return { value: await this.correct(request) };
      case 'import':
        return { value: await this.import(request) };
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
        return { value: await this.protection() };
    }
  }

  private async read(work: () => unknown): Promise<Answer> {
    return { value: await this.inTurn(work) };
  }

  // For what may change consents or the vault as a whole. Its change is told when it is done.
  private settle(
    work: () => { readonly effects?: ops.Effects; readonly consent?: ops.ConsentState },
  ): Promise<Answer> {
    return this.inTurn(async () => {
      const { effects, consent } = work();
      const effect = new Effect();
      if (effects !== undefined) await this.carryOut(effects, effect);
      const written = await this.loop.written();
      if (written === 'aborted') await this.reopen(effect);
      else if (written !== 'durable') throw new BayaError('unavailable', wordsFor(written));
      this.parts.notify({ event: 'change', what: 'consent' });
      return { value: consent && stateOf(consent), ...effect };
    });
  }

  private async carryOut(effects: ops.Effects, effect: Effect): Promise<void> {
    if (effects.writeRecord !== '') effect.record = effects.writeRecord;
    if (effects.deleteRecord) effect.record = null;
    if (!this.stores && !(effect.record && isRefusal(effect.record))) delete effect.record;
    if (effects.vault === 1) await this.openStored(effect);
    if (effects.vault === 2) await this.createVault();
    if (effects.vault === 3) await this.destroyVault();
  }

  private async openStored(effect: Effect): Promise<void> {
    const { engine, store, slot } = this.parts;
    const [blobs, secrets] = await Promise.all([store.readAll(), slot.secrets()]);
    const opened = engine.call('openVault', { blobs, secrets, newestGenerationSeen: 0 });
    if (opened.found && secrets.length > 1) await slot.keepOnly(opened.recovery.secretIndex);
    if (!opened.found) await this.clear();
    if (opened.recovery.lostRecords > 0) {
      this.parts.notify({ event: 'degraded', what: 'some events could not be read' });
    }
    await this.carryOut(opened.effects, effect);
  }

  // Whatever is there was left by an interrupted start, and nobody consented to it.
  private async createVault(): Promise<void> {
    await this.clear();
    const secret = await this.parts.slot.make();
    this.parts.engine.call('createVault', { secret });
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
  private async reopen(effect: Effect): Promise<void> {
    this.parts.notify({ event: 'degraded', what: wordsFor('aborted') });
    this.loop.stop();
    this.loop = this.newLoop();
    await this.openStored(effect);
  }

  private async take({ record }: RequestOf<'take'>, again: boolean): Promise<Ack> {
    return this.write(again, () => {
      const { verdicts } = this.parts.engine.call('ingest', { caller, events: [record] });
      return verdicts[0];
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
      await this.inTurn(() => this.reopen(new Effect()));
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

// What the page has to do to its own record.
class Effect {
  record?: string | null;
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

function signalsRequest({ globalPrivacyControl, consentMode }: Signals): ops.SignalsRequest {
  const settings = consentMode.flatMap(({ command, values }) =>
    Object.entries(values).map(([key, value]) => ({
      update: command === 'update',
      key,
      granted: value === 'granted',
    })),
  );
  return { choices: [], textVersion: '', globalPrivacyControl, consentMode: settings };
}
