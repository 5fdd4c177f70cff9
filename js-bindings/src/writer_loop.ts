// Carries the vault's batches to storage, one transaction for all that came in meanwhile, and says
// when what was asked for is durable.

import type { BlobStore, Outcome } from './blob_store.js';
import type { DeviceSlot } from './device_slot.js';
import type { Engine } from './engine.js';
import * as ops from './generated/ops.js';
import { asBayaError, type StatusCode, statusCodes } from './status.js';

/** `durable`, or why not; `aborted`: another instance wrote, or storage was wiped. */
export type Written = Outcome;

interface Waiting {
  /** It waits for the record of that sequence; undefined: for everything. */
  readonly sequence: number | undefined;
  resolve(written: Written): void;
}

// Of a batch after which no slot secret opens the store.
const noEpoch = 0;

/** After a failure of storage: the first pause, and the last of those that double. */
export const firstRetryMs = 500;
export const lastRetryMs = 60_000;

export class WriterLoop {
  readonly #engine: Pick<Engine, 'run'>;
  readonly #store: BlobStore;
  readonly #slot: DeviceSlot;
  readonly #left: (effects: ops.Effects) => void;
  readonly #finished: (written: Written, wrote: boolean) => void;
  readonly #waiting: Waiting[] = [];
  #running = false;
  #retryMs = firstRetryMs;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    engine: Pick<Engine, 'run'>,
    store: BlobStore,
    slot: DeviceSlot,
    left: (effects: ops.Effects) => void,
    finished: (written: Written, wrote: boolean) => void,
  ) {
    this.#engine = engine;
    this.#store = store;
    this.#slot = slot;
    this.#left = left;
    this.#finished = finished;
  }

  /** Resolves when all of it is durable, or with why it is not. */
  written(sequence?: number): Promise<Written> {
    const done = new Promise<Written>((resolve) => this.#waiting.push({ sequence, resolve }));
    if (!this.#running) this.#begin();
    return done;
  }

  /** No batch is begun after it. */
  stop(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
  }

  #begin(): void {
    this.#running = true;
    // What is already on its way to this worker goes into the same transaction.
    setTimeout(() => this.#run(), 0);
  }

  async #run(): Promise<void> {
    clearTimeout(this.#retry);
    let wrote = false;
    let outcome: Written | 'nothing' = 'durable';
    try {
      while (outcome === 'durable') {
        outcome = await this.#writeNext();
        wrote ||= outcome === 'durable';
      }
    } catch (error) {
      outcome = asBayaError(error).code === 'aborted' ? 'aborted' : 'unavailable';
    }
    const written = outcome === 'nothing' ? 'durable' : outcome;
    this.#running = false;
    if (written !== 'durable') this.#resolveAll(written);
    else if (this.#waiting.length > 0) this.#begin(); // for who came after the last look
    this.#plan(written);
    this.#finished(written, wrote);
  }

  #plan(written: Written): void {
    if (written === 'durable') {
      this.#retryMs = firstRetryMs;
    } else if (written !== 'aborted') {
      this.#retry = setTimeout(() => this.written(), this.#retryMs);
      this.#retryMs = Math.min(2 * this.#retryMs, lastRetryMs);
    }
  }

  async #writeNext(): Promise<Written | 'nothing'> {
    const batch = this.#engine.run(ops.flush, {});
    if (!batch.hasBatch) {
      if (!batch.store.wantsSlotSecret) {
        this.#resolveAll('durable'); // at once: whoever comes after this look is not meant
        return 'nothing';
      }
      this.#engine.run(ops.offerSlotSecret, { secret: await this.#slot.make() });
      return this.#writeNext();
    }
    const outcome = await this.#carryOut(batch);
    if (outcome === 'durable') {
      const { effects, store } = this.#engine.run(ops.confirm, { id: batch.id });
      this.#left(effects);
      this.#release(store);
      if (batch.epoch !== noEpoch) this.#slot.sawGeneration(batch.id);
    } else {
      const code: StatusCode = outcome;
      this.#engine.run(ops.fail, { id: batch.id, code: statusCodes[code] });
    }
    return outcome;
  }

  async #carryOut(batch: ops.FlushReply): Promise<Outcome> {
    if (batch.epoch === noEpoch) return this.#destroyAll();
    const outcome = await this.#store.apply(batch);
    if (outcome !== 'durable' || !batch.rotates) return outcome;
    try {
      await this.#slot.keepNewest();
      return 'durable';
    } catch {
      return 'unavailable'; // the old secret may still be there
    }
  }

  // The last batch of an erased vault. Deleting the database whole leaves less behind than deleting
  // its blobs would: Chromium keeps what a transaction deletes in a log of its own for a while.
  async #destroyAll(): Promise<Outcome> {
    try {
      await this.#slot.destroy();
      await this.#store.destroy();
      return 'durable';
    } catch {
      return 'unavailable';
    }
  }

  #resolveAll(written: Written): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve(written);
  }

  #release({ durableEnd }: ops.StoreState): void {
    for (let i = this.#waiting.length - 1; i >= 0; i--) {
      const { sequence, resolve } = this.#waiting[i] as Waiting;
      if (sequence === undefined || sequence >= durableEnd) continue;
      this.#waiting.splice(i, 1);
      resolve('durable');
    }
  }
}
