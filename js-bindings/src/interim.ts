// The owner of the vault while storage cannot be had: it answers from memory, tries again, and hands
// over to one that stores. What it was asked to change meanwhile is asked of that one too, in its
// order, so that no choice of the person's is forgotten.

import type { Keeper } from './keeper.js';
import type { Request, RequestName } from './requests.js';
import { firstRetryMs, lastRetryMs } from './writer_loop.js';

const changing: readonly RequestName[] = ['take', 'correct', 'import', 'signals', 'pause', 'erase'];

// More events than these were promised to nobody.
const maxKept = 1_000;

export class Interim {
  #keeper: Keeper;
  readonly #openStored: () => Promise<Keeper>;
  readonly #handedOver: () => void;
  #asked: Request[] = [];
  #handing: Promise<void> | undefined;
  #isInterim = true;
  #retryMs = 2 * firstRetryMs;

  constructor(memory: Keeper, openStored: () => Promise<Keeper>, handedOver: () => void) {
    this.#keeper = memory;
    this.#openStored = openStored;
    this.#handedOver = handedOver;
    this.#plan();
  }

  async answer(request: Request, again: boolean): Promise<unknown> {
    await this.#handing;
    if (this.#isInterim && changing.includes(request.name)) {
      if (request.name !== 'take' || this.#asked.length < maxKept) this.#asked.push(request);
    }
    return this.#keeper.answer(request, again);
  }

  #plan(): void {
    setTimeout(async () => {
      try {
        const stored = await this.#openStored();
        this.#handing = this.#handOver(stored);
      } catch {
        this.#retryMs = Math.min(2 * this.#retryMs, lastRetryMs);
        this.#plan();
      }
    }, this.#retryMs);
  }

  async #handOver(stored: Keeper): Promise<void> {
    for (const request of this.#asked) await stored.answer(request, true).catch(() => {});
    this.#keeper.close();
    this.#keeper = stored;
    this.#asked = [];
    this.#isInterim = false;
    this.#handedOver();
  }
}
