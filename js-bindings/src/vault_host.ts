// Carries out what the engine says has to be done with the vault: opening, making and destroying
// it, and the record outside it.

import type { BlobStore } from './blob_store.js';
import type { DeviceSlot } from './device_slot.js';
import type { Engine } from './engine.js';
import * as ops from './generated/ops.js';
import type { Notice } from './messages.js';
import { degraded, failureState } from './states.js';
import { asBayaError, BayaError } from './status.js';
import { WriterLoop, type Written } from './writer_loop.js';

export interface VaultParts {
  readonly engine: Pick<Engine, 'run' | 'callBytes'>;
  /** Lets the engine make reports. `wasm`: report.wasm. */
  readonly loadReports: (wasm: Uint8Array) => Promise<void>;
  readonly store: BlobStore;
  readonly slot: DeviceSlot;
  readonly notify: (notice: Notice) => void;
  /** Whether reports may be made and sent; told when it changes. */
  readonly measuring: (allowed: boolean) => void;
  /** What localStorage["baya"] has to be from now on; null: it has to go. */
  readonly keepRecord: (record: string | null) => void;
}

// The engine's numbers.
const openStored = 1;
const createVault = 2;
const destroyVault = 3;

const isRefusal = (record: string) => record.includes('"refused"');
// A refusal, once what is stored has been destroyed; finished by the next start that finds it.
const owedErasure = (refusal: string) => refusal.replace('refused', 'erasing');

export class VaultHost {
  readonly #parts: VaultParts;
  #record: string;
  #loop: WriterLoop;

  /** `record`: localStorage["baya"] as found, or ''. */
  constructor(parts: VaultParts, record: string) {
    this.#parts = parts;
    this.#record = record;
    this.#loop = this.#newLoop();
  }

  /** What is durable outlives the worker. */
  get stores(): boolean {
    return this.#parts.store.kind !== 'memory';
  }

  /** The record, as far as it is true of this store. */
  get startRecord(): string {
    if (this.stores) return this.#record;
    const known = this.#record.replace('erasing', 'refused');
    return isRefusal(known) ? known : '';
  }

  /** Resolves when the record of that sequence, or everything, is durable, or with why not. */
  written(sequence?: number): Promise<Written> {
    return this.#loop.written(sequence);
  }

  /** What `written` belongs to: another one once the vault has been opened again. */
  get opening(): unknown {
    return this.#loop;
  }

  close(): void {
    this.#loop.stop();
  }

  async carryOut(effects: ops.Effects): Promise<void> {
    const { vault, writeRecord } = effects;
    if (vault === destroyVault) {
      if (this.stores && isRefusal(writeRecord)) this.#keep(owedErasure(writeRecord));
      await this.#destroy();
    }
    this.#mark(effects);
    if (vault === openStored) await this.#open();
    if (vault === createVault) await this.#create();
  }

  /** After another instance wrote, or storage was wiped. */
  async openAgain(): Promise<void> {
    this.#loop.stop();
    this.#loop = this.#newLoop();
    await this.#open();
  }

  #newLoop(): WriterLoop {
    const { engine, store, slot, notify } = this.#parts;
    const finished = (written: Written, wrote: boolean) => {
      if (wrote) notify({ event: 'change', what: 'profile' });
      if (written !== 'durable') notify(degraded(failureState(written)));
    };
    return new WriterLoop(engine, store, slot, (effects) => this.#mark(effects), finished);
  }

  // Of what is held in memory alone, nothing is to be found by the next page. A refusal is, and with
  // it that what could not be opened has to go.
  #mark({ writeRecord, deleteRecord }: ops.Effects): void {
    if (deleteRecord && this.stores) this.#keep(null);
    if (writeRecord === '' || !(this.stores || isRefusal(writeRecord))) return;
    const owed = !this.stores && this.#record !== '' && !isRefusal(this.#record);
    this.#keep(owed ? owedErasure(writeRecord) : writeRecord);
  }

  #keep(record: string | null): void {
    this.#record = record ?? '';
    this.#parts.keepRecord(record);
  }

  async #open(): Promise<void> {
    const { store, slot, notify } = this.#parts;
    const [blobs, secrets, newestGenerationSeen] = await Promise.all([
      store.readAll(),
      slot.secrets(),
      slot.newestGeneration(),
    ]);
    const request = { blobs, secrets, newestGenerationSeen, record: this.startRecord };
    const opened = this.#tryToOpen(request);
    if (opened === undefined) return;
    const { found, recovery, effects } = opened;
    if (found && secrets.length > 1) await slot.keepOnly(recovery.secretIndex);
    // What was remembered last may not have reached the disk before the browser was killed.
    if (found && recovery.generation > newestGenerationSeen) {
      await slot.sawGeneration(recovery.generation);
    }
    if (!found) await this.#clear();
    if (recovery.lostRecords > 0) notify(degraded('lost_events'));
    if (recovery.rolledBack) notify(degraded('rolled_back'));
    await this.carryOut(effects);
  }

  // Nothing when no secret opens what is stored, such as after one of the two was evicted. It stays
  // until somebody consents anew.
  #tryToOpen(request: ops.OpenVaultRequest): ops.OpenVaultReply | undefined {
    try {
      return this.#parts.engine.run(ops.openVault, request);
    } catch (error) {
      const { code } = asBayaError(error);
      if (code !== 'permissionDenied' && code !== 'dataLoss') throw error;
      this.#parts.notify(degraded('unreadable'));
      return undefined;
    }
  }

  // Whatever is there was left by an interrupted start, and nobody consented to it.
  async #create(): Promise<void> {
    await this.#clear();
    this.#parts.engine.run(ops.createVault, { secret: await this.#parts.slot.make() });
  }

  async #destroy(): Promise<void> {
    await this.written(); // the erasure's own batch, as far as storage takes it
    try {
      await this.#clear();
    } catch (cause) {
      throw new BayaError('unavailable', 'storage does not let go of what is erased', cause);
    }
  }

  // The share first: what is left without it cannot be opened.
  async #clear(): Promise<void> {
    await this.#parts.slot.destroy();
    await this.#parts.store.destroy();
  }
}
