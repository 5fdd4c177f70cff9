// Bytes of the engine's module in, a running instance out. Nothing is compiled before its hash
// has been compared.

import { asBayaError, BayaError, statusCodes } from './status.js';

/** The exports of wasm/abi.h. Addresses, sizes and handles are unsigned 32-bit integers. */
export interface Abi {
  baya_abi_version(): number;
  baya_alloc(size: number): number;
  baya_free(address: number): number;
  baya_engine_open(): number;
  baya_engine_call(
    engine: number,
    op: number,
    nowMs: number,
    request: number,
    requestSize: number,
    response: number,
  ): number;
  baya_engine_close(engine: number): number;
  baya_response_release(handle: number): number;
  baya_live_count(): number;
}

type AbiFunction = (...args: number[]) => number;

/** Fills all of `out` with entropy fit for keys, or throws. */
export type FillRandom = (out: Uint8Array) => void;

// The most that one call of getRandomValues may ask for (Web Cryptography API, §10.1.1).
const maxEntropyBytes = 65536;

export const fillRandomFromPlatform: FillRandom = (out) => {
  for (let offset = 0; offset < out.length; offset += maxEntropyBytes) {
    const end = Math.min(offset + maxEntropyBytes, out.length);
    crypto.getRandomValues(out.subarray(offset, end) as Uint8Array<ArrayBuffer>);
  }
};

/** `sha256-` and the digest in base64, as in an HTML integrity attribute. */
export async function integrityOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new BayaError('failedPrecondition', 'no Web Cryptography: the page must come by HTTPS');
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}

/** A copy of `bytes` whose hash is in `integrity`; `dataLoss` when it is another. */
export async function verifiedCopy(
  bytes: Uint8Array,
  integrity: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const copy = bytes.slice();
  if (!integrity.includes(await integrityOf(copy))) {
    throw new BayaError('dataLoss', 'the engine is not the file this release was built with');
  }
  return copy;
}

/** One instance of the module. After a trap it is stopped for good. */
export class EngineModule {
  readonly abi: Abi;
  readonly #memory: WebAssembly.Memory;
  #stopped = false;
  /** Serves baya_report_call; without it no report is made. */
  reports: ((op: number, request: Uint8Array) => Uint8Array) | undefined;

  private constructor(exports: WebAssembly.Exports) {
    this.#memory = exports.memory as WebAssembly.Memory;
    const functions = Object.entries(exports).filter(([name]) => name.startsWith('baya_'));
    this.abi = Object.fromEntries(
      functions.map(([name, call]) => [name, this.#guarded(call as AbiFunction)]),
    ) as unknown as Abi;
  }

  /** Refuses with `dataLoss`, before compiling, bytes whose hash is not in `integrity`. */
  static async load(
    bytes: Uint8Array,
    integrity: string,
    fillRandom: FillRandom = fillRandomFromPlatform,
  ): Promise<EngineModule> {
    const verified = await verifiedCopy(bytes, integrity);
    let loaded: EngineModule | undefined;
    let reply = new Uint8Array();
    const { instance } = await WebAssembly.instantiate(verified, {
      env: {
        get_random: (address: number, size: number) => {
          if (loaded === undefined) throw new BayaError('internal', 'entropy before the start');
          fillRandom(loaded.view(address >>> 0, size >>> 0));
        },
        report_call: (op: number, address: number, size: number) => {
          if (loaded?.reports === undefined) return -statusCodes.unavailable;
          try {
            reply = loaded.reports(op, loaded.view(address >>> 0, size >>> 0).slice()).slice();
            return reply.length;
          } catch (error) {
            return -statusCodes[asBayaError(error).code];
          }
        },
        report_reply: (address: number) => loaded?.view(address >>> 0, reply.length).set(reply),
        emscripten_notify_memory_growth: () => {}, // each view is a new one
      },
      wasi_snapshot_preview1: {
        proc_exit: () => {
          throw new BayaError('internal', 'the engine has ended itself');
        },
      },
    }).catch((cause: unknown) => {
      throw new BayaError('unavailable', 'this platform does not run the engine', cause);
    });
    loaded = new EngineModule(instance.exports);
    (instance.exports._initialize as () => void)();
    return loaded;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** The module's memory in bytes. */
  get memorySize(): number {
    return this.#memory.buffer.byteLength;
  }

  /** A view of the module's memory; valid until the next call into it. */
  view(address: number, size: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#memory.buffer, address, size);
  }

  // Whatever is thrown inside leaves the module in the middle of something: no call after it.
  #guarded(call: AbiFunction): AbiFunction {
    return (...args) => {
      if (this.#stopped) {
        throw new BayaError('failedPrecondition', 'the engine has stopped after a fault');
      }
      try {
        return call(...args) >>> 0;
      } catch (cause) {
        this.#stopped = true;
        throw new BayaError('internal', 'a fault has stopped the engine', cause);
      }
    };
  }
}
