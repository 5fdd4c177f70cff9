// The engine in the caller's own thread, without a worker: for Node programs, tools and tests.
// A page uses index.ts, which keeps the profile where there is no network.

import { engineIntegrity, moduleIntegrity } from './build.js';
import { Engine as Base } from './engine.js';
import { operations } from './generated/by_name.js';
import type { OperationName, ReplyOf, RequestOf } from './generated/ops.js';
import { EngineModule, type FillRandom } from './loader.js';
import { loadReports } from './report_module.js';
import { BayaError } from './status.js';

export type { OperationName, Operations, ReplyOf, RequestOf } from './generated/ops.js';
export { type Abi, EngineModule, type FillRandom, integrityOf } from './loader.js';
export { packDigests } from './pack_digests.js';
export { type ErrorCode, statusCodes } from './status.js';
export { BayaError, engineIntegrity, moduleIntegrity };

/** Every method throws a BayaError and nothing else. */
export class Engine extends Base {
  /** `now` gives milliseconds since 1970. */
  static override open(module: EngineModule, now: () => number = Date.now): Engine {
    return new Engine(module, Engine.openIn(module), now);
  }

  call<Name extends OperationName>(name: Name, request: RequestOf<Name>): ReplyOf<Name> {
    try {
      return this.run(operations[name], request);
    } catch (error) {
      if (error instanceof BayaError) throw error;
      throw new BayaError('invalidArgument', 'the operation has no such request', error);
    }
  }
}

export interface OpenOptions {
  /** Milliseconds since 1970; the system's clock by default. */
  readonly now?: () => number;
  /** The platform's entropy by default. Anything else is for conformance tests alone. */
  readonly fillRandom?: FillRandom;
  /** The report.wasm of this release; without it no report is made. */
  readonly reports?: Uint8Array;
}

/** Opens an engine in a module of its own; `wasm` must be a module of this release. */
export async function openEngine(
  wasm: Uint8Array,
  { now, fillRandom, reports }: OpenOptions = {},
): Promise<Engine> {
  const module = await EngineModule.load(wasm, moduleIntegrity, fillRandom);
  if (reports !== undefined) await loadReports(module, reports, fillRandom);
  return Engine.open(module, now);
}
