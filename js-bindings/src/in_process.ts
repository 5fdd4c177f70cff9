// The engine in the caller's own thread, without a worker: for Node programs, tools and tests.
// A page uses index.ts, which keeps the profile where there is no network.

import { engineIntegrity } from './build.js';
import { Engine } from './engine.js';
import { EngineModule, type FillRandom } from './loader.js';

export { Engine } from './engine.js';
export type { OperationName, Operations, ReplyOf, RequestOf } from './generated/ops.js';
export { type Abi, EngineModule, type FillRandom, integrityOf } from './loader.js';
export { BayaError, type ErrorCode, statusCodes } from './status.js';
export { engineIntegrity };

export interface OpenOptions {
  /** Milliseconds since 1970; the system's clock by default. */
  readonly now?: () => number;
  /** The platform's entropy by default. Anything else is for conformance tests alone. */
  readonly fillRandom?: FillRandom;
}

/** Opens an engine in a module of its own; `wasm` must be the engine.wasm of this release. */
export async function openEngine(wasm: Uint8Array, options: OpenOptions = {}): Promise<Engine> {
  return Engine.open(
    await EngineModule.load(wasm, engineIntegrity, options.fillRandom),
    options.now,
  );
}
