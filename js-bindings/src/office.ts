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

type Letter =
  | { readonly type: 'who' }
  | { readonly type: 'owner'; readonly owner: string; readonly release: string }
  | {
      readonly type: 'ask';
      readonly owner: string;
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
  readonly #name = Array.from(crypto.getRandomValues(new Uint32Array(2)), String).join('-');
  readonly #open = new Map<number, Open>();
  #lastId = 0;
  #own: Ask | undefined;
  #owner: { readonly name: string; readonly release: string } | undefined;
  #cannotOwn: BayaError | undefined;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
    this.#channel.onmessage = ({ data }: MessageEvent<Letter>) => this.#receive(data);
    navigator.locks
      .request(lockName, () => this.#serve())
      .catch((error) => {
        this.#giveUp(asBayaError(error));
      });
    this.#post({ type: 'who' });
  }

  /** Rejects with a BayaError. */
  ask(request: Request): Promise<unknown> {
    if (this.#own !== undefined) return this.#own(request, false);
    if (this.#cannotOwn !== undefined && this.#owner === undefined) {
      return Promise.reject(this.#cannotOwn);
    }
    if (this.#owner !== undefined && this.#owner.release !== this.#parts.release) {
      return Promise.reject(otherRelease());
    }
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

  #giveUp(error: BayaError): void {
    this.#cannotOwn = error;
    for (const id of [...this.#open.keys()]) this.#close(id)?.reject(error);
  }

  #mark(): Letter {
    return { type: 'owner', owner: this.#name, release: this.#parts.release };
  }

  #receive(letter: Letter): void {
    switch (letter.type) {
      case 'who':
        if (this.#own !== undefined) this.#post(this.#mark());
        break;
      case 'owner':
        this.#follow(letter.owner, letter.release);
        break;
      case 'ask':
        if (letter.owner === this.#name) this.#reply(letter);
        break;
      case 'answer':
        if (letter.to === this.#name) this.#close(letter.id)?.resolve(letter.value);
        break;
      case 'refusal':
        if (letter.to !== this.#name) break;
        this.#close(letter.id)?.reject(errorOf(letter.failure));
        break;
      case 'news':
        this.#parts.tell(letter.news);
        break;
    }
  }

  #follow(name: string, release: string): void {
    if (name === this.#owner?.name) return;
    this.#owner = { name, release };
    if (release !== this.#parts.release) {
      for (const id of [...this.#open.keys()]) this.#close(id)?.reject(otherRelease());
      return;
    }
    for (const id of this.#open.keys()) this.#send(id);
  }

  #send(id: number): void {
    const open = this.#open.get(id);
    if (open === undefined || this.#owner === undefined) return;
    const { request, again } = open;
    open.again = true;
    this.#post({ type: 'ask', owner: this.#owner.name, from: this.#name, id, request, again });
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

const otherRelease = () =>
  new BayaError('unavailable', 'another tab runs another release; reload the page');
