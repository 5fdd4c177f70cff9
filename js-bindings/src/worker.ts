// The worker that holds the engine: one classic file. It loads nothing itself; the page hands it
// the module's bytes, and its own policy header refuses it the network.

import { engineIntegrity } from './build.js';
import { Engine } from './engine.js';
import { operations } from './generated/ops.js';
import { checkIsolation } from './isolation.js';
import { EngineModule } from './loader.js';
import type { Failure, FromWorker, ToWorker } from './messages.js';
import { asBayaError, BayaError } from './status.js';

interface WorkerScope {
  readonly location: { readonly href: string };
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  postMessage(message: FromWorker): void;
}

const scope = globalThis as unknown as WorkerScope;
let engine: Engine | undefined;

function failureOf(error: unknown): Failure {
  const { code, message } = asBayaError(error);
  return { code, message };
}

async function start(wasm: ArrayBuffer): Promise<void> {
  try {
    if (engine !== undefined) throw new BayaError('failedPrecondition', 'it has been started');
    engine = Engine.open(await EngineModule.load(new Uint8Array(wasm), engineIntegrity));
    scope.postMessage({ type: 'started', isolation: await checkIsolation(scope.location.href) });
  } catch (error) {
    scope.postMessage({ type: 'failed', failure: failureOf(error) });
  }
}

function call({ id, name, request }: Extract<ToWorker, { type: 'call' }>): void {
  try {
    if (engine === undefined) throw new BayaError('failedPrecondition', 'it is not started');
    if (!Object.keys(operations).includes(name)) {
      throw new BayaError('unimplemented', 'this build has no such operation');
    }
    scope.postMessage({ type: 'reply', id, reply: engine.call(name, request) });
  } catch (error) {
    scope.postMessage({ type: 'error', id, failure: failureOf(error) });
  }
}

scope.onmessage = ({ data }) => {
  if (data.type === 'start') {
    start(data.wasm);
  } else {
    call(data);
  }
};
