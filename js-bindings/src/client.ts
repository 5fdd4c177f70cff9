// The page's side: fetches the module, starts the worker and talks to it.

import { moduleIntegrity } from './build.js';
import { fetchBytes } from './fetch_bytes.js';
import { verifiedCopy } from './loader.js';
import type { FromWorker, Isolation, News, Opening, Task } from './messages.js';
import type { Request } from './requests.js';
import { asBayaError, BayaError, errorOf } from './status.js';

export interface ClientOptions {
  /** dist/worker.js, on the page's own origin. */
  readonly workerUrl: string | URL;
  /** dist/engine.wasm of the same release. */
  readonly wasmUrl: string | URL;
  /** How long the start may take, 15,000 ms by default; a blocker may let a load hang. */
  readonly startTimeoutMs?: number;
}

/** What comes without having been asked for. */
export interface ClientListener {
  news(news: News): void;
  /** The worker has failed; nothing comes any more. */
  ended(error: BayaError): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: BayaError): void;
}

/** Every promise rejects with a BayaError and nothing else; nothing is thrown into the page. */
export class Client {
  #worker: Worker | undefined;
  #listener: ClientListener | undefined;
  #ended: BayaError | undefined;
  #isolation: Isolation = 'not isolated';
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();
  readonly #stop = new AbortController();

  protected constructor() {}

  /** `unavailable` when a file cannot be loaded, `dataLoss` when it is not this release's. */
  static start(options: ClientOptions): Promise<Client> {
    return new Client().started(options);
  }

  protected async started(options: ClientOptions): Promise<this> {
    const late = () => this.#end(new BayaError('unavailable', 'the engine took too long to start'));
    const timer = setTimeout(late, options.startTimeoutMs ?? 15_000);
    try {
      await this.#start(options);
      return this;
    } catch (error) {
      this.close();
      throw asBayaError(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whether the worker was refused the network when it started. */
  get isolation(): Isolation {
    return this.#isolation;
  }

  /** Runs the operation of that number on an encoded request. */
  callBytes(op: number, request: Uint8Array): Promise<Uint8Array> {
    return this.#send({ type: 'call', op, request });
  }

  /** The worker takes its part in the site's vault. Once. */
  open(opening: Opening, listener: ClientListener): Promise<void> {
    this.#listener = listener;
    return this.#send({ type: 'open', opening });
  }

  /** Asks the owner of the vault, which may be another tab. */
  ask(request: Request): Promise<unknown> {
    return this.#send({ type: 'ask', request });
  }

  /** Ends the worker. Calls that wait, and later ones, reject with `aborted`. */
  close(): void {
    this.#end(new BayaError('aborted', 'the client was closed'));
  }

  async #start({ wasmUrl, workerUrl }: ClientOptions): Promise<void> {
    const bytes = await fetchBytes(wasmUrl, 'the engine', { signal: this.#stop.signal }).catch(
      (error) => {
        throw this.#ended ?? error;
      },
    );
    const wasm = (await verifiedCopy(bytes, moduleIntegrity)).buffer;
    if (this.#ended !== undefined) throw this.#ended;
    try {
      this.#worker = new Worker(trusted(workerUrl));
    } catch (cause) {
      throw new BayaError('unavailable', 'the worker could not be started', cause);
    }
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const error = new BayaError('unavailable', 'the worker could not be loaded, or has failed');
      this.#end(error);
      this.#listener?.ended(error);
    };
    this.#isolation = await this.#send({ type: 'start', wasm }, [wasm]);
  }

  #send<T>(task: Task, transfer: Transferable[] = []): Promise<T> {
    return new Promise<unknown>((resolve, reject) => {
      if (this.#ended !== undefined) throw this.#ended;
      const id = ++this.#lastId;
      try {
        this.#worker?.postMessage({ ...task, id }, transfer);
      } catch {
        // Without what was thrown: it quotes what could not be sent.
        throw new BayaError('invalidArgument', 'the request holds what cannot be sent');
      }
      this.#waiting.set(id, { resolve, reject });
    }) as Promise<T>;
  }

  #receive(message: FromWorker): void {
    if (!('id' in message)) {
      this.#listener?.news(message);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'answer') waiting?.resolve(message.value);
    else waiting?.reject(errorOf(message.failure));
  }

  #end(reason: BayaError): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#stop.abort();
    this.#worker?.terminate();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}

interface TrustedTypes {
  createPolicy(name: string, rules: object): { createScriptURL(url: string): string };
}

// A page that requires Trusted Types (W3C) lets a worker start with the policy "baya" alone.
let policy: { createScriptURL(url: string): string } | undefined;

function trusted(url: string | URL): string | URL {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return url;
  try {
    policy ??= trustedTypes.createPolicy('baya', { createScriptURL: (text: string) => text });
    return policy.createScriptURL(String(url));
  } catch {
    return url; // the page does not know the policy, and may not require one either
  }
}
