// One owner of the vault for all tabs of the site: the tab whose worker holds the Web Lock. The
// others send it what they are asked; when it ends, the next one takes the lock, opens what is
// stored, and hears again whatever was not answered.
//
// Source: Web Locks API (W3C) for who is the owner, BroadcastChannel (HTML) for the way to it.

import type { News } from './messages.js';
import { channelName, lockName } from './names.js';
import type { Request } from './requests.js';
import { asBayaError, BayaError, errorOf, type Failure, failureOf } from './status.js';

export type Ask = (request: Request, again: boolean) => Promise<unknown>;

export interface OfficeParts {
  /** Of the code, so that two releases do not talk past each other. */
  readonly release: string;
  /** Becomes the owner. Rejects when this tab cannot be. */
  readonly own: () => Promise<Ask>;
  /** For this tab's page. */
  readonly tell: (news: News) => void;
}

interface Owner {
  readonly name: string;
  readonly release: string;
}

type Letter =
  | { readonly type: 'who' }
  | { readonly type: 'owner'; readonly owner: Owner }
  | {
      readonly type: 'ask';
      readonly to: string;
      readonly from: string;
      readonly id: number;
      readonly request: Request;
      readonly again: boolean;
    }
  | { readonly type: 'answer'; readonly to: string; readonly id: number; readonly value: unknown }
  | {
      readonly type: 'refusal';
      readonly to: string;
      readonly id: number;
      readonly failure: Failure;
    }
  | { readonly type: 'news'; readonly news: News };

interface Open {
  readonly request: Request;
  again: boolean;
  resolve(value: unknown): void;
  reject(error: BayaError): void;
}

/** Whether this platform can elect an owner at all. */
export const canElect = () =>
  typeof BroadcastChannel === 'function' && navigator.locks?.request !== undefined;

export class Office {
  readonly #parts: OfficeParts;
  readonly #channel = new BroadcastChannel(channelName);
  readonly #name = crypto.getRandomValues(new Uint32Array(2)).join('-');
  readonly #open = new Map<number, Open>();
  #lastId = 0;
  #own: Ask | undefined;
  #owner: Owner | undefined;
  #cannotOwn: BayaError | undefined;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
    this.#channel.onmessage = ({ data }: MessageEvent<Letter>) => this.#receive(data);
    navigator.locks
      .request(lockName, () => this.#serve())
      .catch((error) => {
        this.#cannotOwn = asBayaError(error);
        this.#refuseAll(this.#cannotOwn);
      });
    this.#post({ type: 'who' });
  }

  /** Rejects with a BayaError. */
  ask(request: Request): Promise<unknown> {
    if (this.#own !== undefined) return this.#own(request, false);
    const refusal = this.#owner === undefined ? this.#cannotOwn : this.#refusalOf(this.#owner);
    if (refusal !== undefined) return Promise.reject(refusal);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { request, again: false, resolve, reject });
      if (this.#owner !== undefined) this.#send(id);
    });
  }

  /** As the owner, to every tab. */
  announce(news: News): void {
    this.#parts.tell(news);
    this.#post({ type: 'news', news });
  }

  // Holds the lock until the worker ends.
  async #serve(): Promise<void> {
    const own = await this.#parts.own();
    this.#own = own;
    this.#post(this.#mark());
    for (const [id, { request, again, resolve, reject }] of this.#open) {
      this.#open.delete(id);
      own(request, again).then(resolve, reject);
    }
    await new Promise(() => {});
  }

  #refuseAll(error: BayaError): void {
    for (const { reject } of this.#open.values()) reject(error);
    this.#open.clear();
  }

  #refusalOf({ release }: Owner): BayaError | undefined {
    if (release === this.#parts.release) return undefined;
    return new BayaError('unavailable', 'another tab runs another release; reload the page');
  }

  #mark(): Letter {
    return { type: 'owner', owner: { name: this.#name, release: this.#parts.release } };
  }

  #receive(letter: Letter): void {
    if ('to' in letter && letter.to !== this.#name) return;
    switch (letter.type) {
      case 'who':
        if (this.#own !== undefined) this.#post(this.#mark());
        break;
      case 'owner':
        this.#follow(letter.owner);
        break;
      case 'ask':
        this.#reply(letter);
        break;
      case 'answer':
        this.#close(letter.id)?.resolve(letter.value);
        break;
      case 'refusal':
        this.#close(letter.id)?.reject(errorOf(letter.failure));
        break;
      case 'news':
        this.#parts.tell(letter.news);
        break;
    }
  }

  #follow(owner: Owner): void {
    if (owner.name === this.#owner?.name) return;
    this.#owner = owner;
    const refusal = this.#refusalOf(owner);
    if (refusal !== undefined) this.#refuseAll(refusal);
    for (const id of this.#open.keys()) this.#send(id);
  }

  #send(id: number): void {
    const open = this.#open.get(id);
    if (open === undefined || this.#owner === undefined) return;
    const { request, again } = open;
    open.again = true;
    this.#post({ type: 'ask', to: this.#owner.name, from: this.#name, id, request, again });
  }

  async #reply({ from: to, id, request, again }: Extract<Letter, { type: 'ask' }>) {
    try {
      if (this.#own === undefined) return;
      this.#post({ type: 'answer', to, id, value: await this.#own(request, again) });
    } catch (error) {
      this.#post({ type: 'refusal', to, id, failure: failureOf(error) });
    }
  }

  #close(id: number): Open | undefined {
    const open = this.#open.get(id);
    this.#open.delete(id);
    return open;
  }

  #post(letter: Letter): void {
    this.#channel.postMessage(letter);
  }
}
