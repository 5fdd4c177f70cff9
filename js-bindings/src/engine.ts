// The engine as a synchronous object over a loaded module.

import { abiVersion } from './generated/ops.js';
import type { EngineModule } from './loader.js';
import { BayaError, errorCodeOf } from './status.js';
import { decode, encodeInto, type Operation, sizeOf } from './tls.js';

const responseSize = 16; // four words: status, handle, data, size
const decoder = new TextDecoder();

/** Every method throws a BayaError and nothing else. */
export class Engine {
  readonly #module: EngineModule;
  readonly #handle: number;
  readonly #now: () => number;

  protected constructor(module: EngineModule, handle: number, now: () => number) {
    this.#module = module;
    this.#handle = handle;
    this.#now = now;
  }

  /** `now` gives milliseconds since 1970. */
  static open(module: EngineModule, now: () => number = Date.now): Engine {
    return new Engine(module, Engine.openIn(module), now);
  }

  /** The handle of a fresh one. */
  protected static openIn({ abi }: EngineModule): number {
    if (abi.baya_abi_version() !== abiVersion) {
      throw new BayaError('failedPrecondition', 'the engine is of another release');
    }
    const handle = abi.baya_engine_open();
    if (handle === 0) throw new BayaError('resourceExhausted', 'too many engines are open');
    return handle;
  }

  run<Request, Reply>({ id, request, reply }: Operation<Request, Reply>, asked: Request): Reply {
    const write = (bytes: Uint8Array) => encodeInto(request, asked, bytes);
    return decode(reply, this.#call(id, sizeOf(request, asked), write));
  }

  /** Runs the operation of that id on an encoded request, which it overwrites with zeros. */
  callBytes(op: number, request: Uint8Array): Uint8Array {
    return this.#call(op, request.length, (bytes) => {
      bytes.set(request);
      request.fill(0);
    });
  }

  // The request is written where the module reads it: a secret has no other copy here.
  #call(op: number, size: number, write: (bytes: Uint8Array) => void): Uint8Array {
    const { abi } = this.#module;
    const response = abi.baya_alloc(responseSize + size);
    if (response === 0) throw new BayaError('resourceExhausted', 'the request is too large');
    let handle = 0;
    try {
      write(this.#module.view(response + responseSize, size));
      const status = abi.baya_engine_call(
        this.#handle,
        op,
        Math.floor(this.#now()),
        response + responseSize,
        size,
        response,
      );
      const words = new DataView(this.#module.view(response, responseSize).buffer, response);
      handle = words.getUint32(4, true);
      const data = this.#module.view(words.getUint32(8, true), words.getUint32(12, true));
      if (status !== 0) throw new BayaError(errorCodeOf(status), decoder.decode(data));
      return data.slice();
    } finally {
      if (!this.#module.stopped) {
        if (handle !== 0) abi.baya_response_release(handle);
        abi.baya_free(response);
      }
    }
  }

  /** Whatever is called after it throws `notFound`. */
  close(): void {
    const status = this.#module.abi.baya_engine_close(this.#handle);
    if (status !== 0) throw new BayaError(errorCodeOf(status), 'the engine is closed already');
  }
}
