// The way from the page to whoever owns the vault: fetches the files and starts the worker at the
// first need, and again when the page comes back to life.

import { findChoice, writeChoice } from './choice_record.js';
import { Client, type ClientListener } from './client.js';
import type { SignalsRequest } from './generated/ops.js';
import type { Notice } from './messages.js';
import { Reporter } from './reporter.js';
import type { Request, RequestName, RequestOf, ValueOf } from './requests.js';
import { fetchSitePack } from './site_pack.js';
import { asBayaError, type BayaError } from './status.js';

export interface ServiceOptions {
  readonly pack: string;
  readonly signer: string;
  readonly site: string;
  readonly worker: string;
  readonly engine: string;
  readonly reports: string;
  readonly testTasks: boolean;
}

// After a failure; a blocker stays, a lost network may not.
const retryMs = 10_000;
const startTimeoutMs = 15_000;

export class Service {
  readonly #options: ServiceOptions;
  readonly #signals: () => SignalsRequest;
  readonly #notify: (notice: Notice) => void;
  #client: Promise<Client> | undefined;
  readonly #reporter: Reporter;
  #failed: { readonly error: BayaError; readonly atMs: number } | undefined;

  constructor(
    options: ServiceOptions,
    signals: () => SignalsRequest,
    notify: (notice: Notice) => void,
  ) {
    this.#options = options;
    this.#reporter = new Reporter((request) => this.ask(request), options.reports);
    this.#signals = signals;
    this.#notify = notify;
    // A page that is put away must not keep the vault from the others.
    globalThis.addEventListener?.('pagehide', (event) => {
      if ((event as PageTransitionEvent).persisted) this.#close();
    });
    document.addEventListener?.('visibilitychange', () => this.#leave());
  }

  #leave(): void {
    if (document.visibilityState !== 'hidden' || this.#client === undefined) return;
    this.ask({ name: 'leave' }).catch(() => {});
  }

  get started(): boolean {
    return this.#client !== undefined;
  }

  /** Rejects with a BayaError. */
  async ask<Name extends RequestName>(request: RequestOf<Name>): Promise<ValueOf<Name>> {
    const client = await this.#connect();
    return (await client.ask(request as Request)) as ValueOf<Name>;
  }

  /** Whether the worker was refused the network. */
  async isolated(): Promise<boolean> {
    return (await this.#connect()).isolation === 'refused';
  }

  #connect(): Promise<Client> {
    if (this.#client !== undefined) return this.#client;
    if (this.#failed !== undefined && Date.now() - this.#failed.atMs < retryMs) {
      return Promise.reject(this.#failed.error);
    }
    const client = this.#start();
    this.#client = client;
    client.catch((error) => {
      if (this.#client === client) this.#fail(asBayaError(error));
    });
    return client;
  }

  async #start(): Promise<Client> {
    const { pack, signer, site, worker, engine, testTasks } = this.#options;
    const packBytes = fetchSitePack(pack);
    packBytes.catch(() => {});
    const client = await Client.start({ workerUrl: worker, wasmUrl: engine, startTimeoutMs });
    try {
      const record = (await findChoice())?.text;
      const signals = this.#signals();
      const bytes = await packBytes;
      const opening = { pack: bytes, signer, site, record, signals, testTasks };
      await client.open(opening, this.#listener);
    } catch (error) {
      client.close();
      throw error;
    }
    this.#failed = undefined;
    this.#notify({ event: 'ready', what: 'open' });
    return client;
  }

  readonly #listener: ClientListener = {
    news: (news) => {
      if (news.type === 'measuring') {
        this.#reporter.allow(news.allowed);
      } else if (news.type === 'record') {
        writeChoice(news.record);
      } else {
        if (news.notice.event === 'change') this.#reporter.soon();
        this.#notify(news.notice);
      }
    },
    ended: (error) => this.#fail(error),
  };

  #fail(error: BayaError): void {
    if (this.#client === undefined) return;
    this.#client = undefined;
    this.#reporter.allow(false);
    this.#failed = { error, atMs: Date.now() };
    this.#notify({ event: 'degraded', code: 'stopped', what: error.message });
  }

  #close(): void {
    const client = this.#client;
    this.#client = undefined;
    this.#reporter.allow(false);
    client?.then(
      (open) => open.close(),
      () => {},
    );
  }
}
