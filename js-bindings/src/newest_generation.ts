// The newest generation of the vault that was ever confirmed, kept apart from the vault's database:
// by it a store is noticed that was put back to an earlier state (core/docs/formats/vault.md §9).
// Where there is an origin private file system it is in a file of its own,
//
//   struct { uint64 generation; uint64 complement; } Newest;
//
// elsewhere beside the device key. A write that was cut off counts as none.

import { newestFileName } from './names.js';
import { overwrite, removeFile, withFile } from './private_file.js';

export interface NewestPlace {
  /** 0 when none is kept. */
  read(): Promise<number>;
  write(generation: number): Promise<void>;
  destroy(): Promise<void>;
}

const newestBytes = 16;

// A burst of batches is remembered in as many writes as its length in this: each opens, flushes and
// closes a file, for which the next batch would wait.
const pauseMs = 250;
const allOnes = 0xffff_ffff_ffff_ffffn;

export const newestFile: NewestPlace = {
  async read() {
    const view = new DataView(new ArrayBuffer(newestBytes));
    await withFile(newestFileName, false, (file) =>
      file.read(new Uint8Array(view.buffer), { at: 0 }),
    );
    const generation = view.getBigUint64(0);
    return view.getBigUint64(8) === (generation ^ allOnes) ? Number(generation) : 0;
  },
  async write(generation) {
    const view = new DataView(new ArrayBuffer(newestBytes));
    view.setBigUint64(0, BigInt(generation));
    view.setBigUint64(8, BigInt(generation) ^ allOnes);
    await withFile(newestFileName, true, (file) => overwrite(file, 0, new Uint8Array(view.buffer)));
  },
  destroy: () => removeFile(newestFileName),
};

/** Writes behind: nobody waits for it, and what came meanwhile is one write. */
export class NewestGeneration {
  readonly #place: NewestPlace;
  #newest = 0;
  #writing: Promise<void> | undefined;

  constructor(place: NewestPlace) {
    this.#place = place;
  }

  /** A place that cannot be read remembers nothing. */
  async read(): Promise<number> {
    await this.#writing;
    const kept = await this.#place.read().catch(() => 0);
    this.#newest = Math.max(this.#newest, kept);
    return kept;
  }

  keep(generation: number): void {
    this.#newest = Math.max(this.#newest, generation);
    this.#writing ??= this.#write();
  }

  async destroy(): Promise<void> {
    this.#newest = 0;
    await this.#writing;
    await this.#place.destroy();
  }

  async #write(): Promise<void> {
    let written = 0;
    try {
      while (written < this.#newest) {
        written = this.#newest;
        await this.#place.write(written);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    } catch {
      // The next one tries again; until then a little more can be put back unnoticed.
    }
    this.#writing = undefined;
  }
}
