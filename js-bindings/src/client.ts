// The page's side: fetches the module, starts the worker and talks to it.

import { engineIntegrity } from './build.js';
import type { OperationName, ReplyOf, RequestOf } from './generated/ops.js';
import { verifiedCopy } from './loader.js';
import type { Failure, FromWorker, Isolation, ToWorker } from './messages.js';
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
  /** Whether the worker was refused the network when it started. */
  readonly isolation: Isolation;

  private constructor(
    private readonly connection: Connection,
    isolation: Isolation,
  ) {
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
    return this.connection.call(name, request);
  }

  /** Ends the worker. Calls that wait, and later ones, reject with `aborted`. */
  close(): void {
    this.connection.close();
  }
}

class Deadline {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly passed: Promise<never>;

  constructor(ms: number) {
    this.passed = new Promise((_, reject) => {
      this.timer = setTimeout(
        () => reject(new BayaError('unavailable', 'the engine took too long to start')),
        ms,
      );
    });
    this.passed.catch(() => {});
  }

  limit<T>(work: Promise<T>): Promise<T> {
    work.catch(() => {});
    return Promise.race([work, this.passed]);
  }

  clear(): void {
    clearTimeout(this.timer);
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
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private closed: BayaError | undefined;
  private lastId = startId;

  constructor(url: string | URL) {
    try {
      this.worker = new Worker(url);
    } catch (cause) {
      throw new BayaError('unavailable', 'the worker could not be started', cause);
    }
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.end(new BayaError('unavailable', 'the worker could not be loaded, or has failed'));
    };
  }

  start(wasm: ArrayBuffer): Promise<Isolation> {
    return this.send(startId, { type: 'start', wasm }, [wasm]);
  }

  call<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<ReplyOf<Name>> {
    const id = ++this.lastId;
    return this.send(id, { type: 'call', id, name, request }, []);
  }

  close(): void {
    this.end(new BayaError('aborted', 'the client was closed'));
  }

  private send<T>(id: number, message: ToWorker, transfer: Transferable[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.closed !== undefined) {
        reject(this.closed);
        return;
      }
      try {
        this.worker.postMessage(message, transfer);
      } catch (cause) {
        reject(new BayaError('invalidArgument', 'the request holds what cannot be sent', cause));
        return;
      }
      this.waiting.set(id, { resolve, reject });
    });
  }

  private receive(message: FromWorker): void {
    const id = 'id' in message ? message.id : startId;
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (waiting === undefined) return;
    if ('failure' in message) {
      waiting.reject(errorOf(message.failure));
    } else {
      const value = message.type === 'started' ? message.isolation : message.reply;
      waiting.resolve(value as never);
    }
  }

  private end(reason: BayaError): void {
    if (this.closed !== undefined) return;
    this.closed = reason;
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }
}

function errorOf({ code, message }: Failure): BayaError {
  return new BayaError(code, message);
}
