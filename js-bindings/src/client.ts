// The page's side: fetches the module, starts the worker and talks to it.

import { engineIntegrity } from './build.js';
import type { OperationName, ReplyOf, RequestOf } from './generated/ops.js';
import { verifiedCopy } from './loader.js';
import type { Failure, FromWorker, Isolation, Notice, Opening, ToWorker } from './messages.js';
import type { Request } from './requests.js';
import { asBayaError, BayaError } from './status.js';

export interface ClientOptions {
  /** dist/worker.js, on the page's own origin. */
  readonly workerUrl: string | URL;
  /** dist/engine.wasm of the same release. */
  readonly wasmUrl: string | URL;
  /** How long the start may take, 15,000 ms by default; a blocker may let a load hang. */
  readonly startTimeoutMs?: number;
}

interface Waiting {
  resolve(value: never): void;
  reject(error: BayaError): void;
}

// 0 is the start; calls count from 1.
const startId = 0;

/** Every promise rejects with a BayaError and nothing else; nothing is thrown into the page. */
export class Client {
  readonly #connection: Connection;
  /** Whether the worker was refused the network when it started. */
  readonly isolation: Isolation;

  private constructor(connection: Connection, isolation: Isolation) {
    this.#connection = connection;
    this.isolation = isolation;
  }

  /** `unavailable` when a file cannot be loaded, `dataLoss` when it is not this release's. */
  static async start(options: ClientOptions): Promise<Client> {
    let connection: Connection | undefined;
    const deadline = new Deadline(options.startTimeoutMs ?? 15_000);
    try {
      const wasm = await deadline.limit(fetchEngine(options.wasmUrl));
      connection = new Connection(options.workerUrl);
      const isolation = await deadline.limit(connection.start(wasm.buffer));
      return new Client(connection, isolation);
    } catch (error) {
      connection?.close();
      throw asBayaError(error);
    } finally {
      deadline.clear();
    }
  }

  call<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<ReplyOf<Name>> {
    return this.#connection.call(name, request);
  }

  /** The worker takes its part in the site's vault. Once. */
  open(opening: Opening, listener: ClientListener): Promise<void> {
    this.#connection.listener = listener;
    return this.#connection.request({ type: 'open', opening });
  }

  /** Asks the owner of the vault, which may be another tab. */
  ask(request: Request): Promise<unknown> {
    return this.#connection.request({ type: 'ask', request });
  }

  /** Ends the worker. Calls that wait, and later ones, reject with `aborted`. */
  close(): void {
    this.#connection.close();
  }
}

/** What comes without having been asked for. */
export interface ClientListener {
  notice(notice: Notice): void;
  /** This worker owns the vault, and reports may be made and sent, or may not any more. */
  measuring(allowed: boolean): void;
  record(record: string | null): void;
  /** The worker has failed; nothing comes any more. */
  ended(error: BayaError): void;
}

class Deadline {
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #passed: Promise<never>;

  constructor(ms: number) {
    this.#passed = new Promise((_, reject) => {
      this.#timer = setTimeout(
        () => reject(new BayaError('unavailable', 'the engine took too long to start')),
        ms,
      );
    });
    this.#passed.catch(() => {});
  }

  limit<T>(work: Promise<T>): Promise<T> {
    work.catch(() => {});
    return Promise.race([work, this.#passed]);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}

async function fetchEngine(url: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array;
  try {
    const response = await fetch(url, { credentials: 'omit' });
    if (!response.ok) throw new BayaError('unavailable', `the engine: HTTP ${response.status}`);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    if (cause instanceof BayaError) throw cause;
    throw new BayaError('unavailable', 'the engine could not be loaded', cause);
  }
  return verifiedCopy(bytes, engineIntegrity);
}

class Connection {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #closed: BayaError | undefined;
  listener: ClientListener | undefined;
  #lastId = startId;

  constructor(url: string | URL) {
    try {
      this.#worker = new Worker(trusted(url));
    } catch (cause) {
      throw new BayaError('unavailable', 'the worker could not be started', cause);
    }
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const error = new BayaError('unavailable', 'the worker could not be loaded, or has failed');
      this.#end(error);
      this.listener?.ended(error);
    };
  }

  start(wasm: ArrayBuffer): Promise<Isolation> {
    return this.#send(startId, { type: 'start', wasm }, [wasm]);
  }

  call<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<ReplyOf<Name>> {
    const id = ++this.#lastId;
    return this.#send(id, { type: 'call', id, name, request }, []);
  }

  request<T>(message: { type: 'open'; opening: Opening } | { type: 'ask'; request: Request }) {
    const id = ++this.#lastId;
    return this.#send<T>(id, { ...message, id }, []);
  }

  close(): void {
    this.#end(new BayaError('aborted', 'the client was closed'));
  }

  #send<T>(id: number, message: ToWorker, transfer: Transferable[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#closed !== undefined) {
        reject(this.#closed);
        return;
      }
      try {
        this.#worker.postMessage(message, transfer);
      } catch (cause) {
        reject(new BayaError('invalidArgument', 'the request holds what cannot be sent', cause));
        return;
      }
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'notice':
        this.listener?.notice(message.notice);
        break;
      case 'record':
        this.listener?.record(message.record);
        break;
      case 'measuring':
        this.listener?.measuring(message.allowed);
        break;
      default:
        this.#settle(message);
    }
  }

  #settle(message: Exclude<FromWorker, { type: 'notice' | 'record' | 'measuring' }>): void {
    const id = 'id' in message ? message.id : startId;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting === undefined) return;
    if ('failure' in message) {
      waiting.reject(errorOf(message.failure));
    } else {
      waiting.resolve(contentOf(message) as never);
    }
  }

  #end(reason: BayaError): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}

function contentOf(
  message: Extract<FromWorker, { type: 'started' | 'reply' | 'answer' }>,
): unknown {
  switch (message.type) {
    case 'started':
      return message.isolation;
    case 'reply':
      return message.reply;
    case 'answer':
      return message.value;
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

function errorOf({ code, message }: Failure): BayaError {
  return new BayaError(code, message);
}
