// The worker that holds the engine: one classic file. It loads nothing itself; the page hands it
// the module's bytes, and its own policy header refuses it the network.

import { engineIntegrity } from './build.js';
import { Engine } from './engine.js';
import { operations } from './generated/ops.js';
import { checkIsolation } from './isolation.js';
import { EngineModule } from './loader.js';
import type { Failure, FromWorker, Opening, ToWorker } from './messages.js';
import type { Request } from './requests.js';
import { asBayaError, BayaError } from './status.js';
import { openVaultWorker, type VaultWorker } from './vault_worker.js';

interface WorkerScope {
  readonly location: { readonly href: string };
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  postMessage(message: FromWorker): void;
}

const scope = globalThis as unknown as WorkerScope;
let module: EngineModule | undefined;
let engine: Engine | undefined; // for single calls; the vault has one of its own
let vault: VaultWorker | undefined;

function failureOf(error: unknown): Failure {
  const { code, message } = asBayaError(error);
  return { code, message };
}

const notStarted = () => new BayaError('failedPrecondition', 'it is not started');

async function start(wasm: ArrayBuffer): Promise<void> {
  try {
    if (engine !== undefined) throw new BayaError('failedPrecondition', 'it has been started');
    module = await EngineModule.load(new Uint8Array(wasm), engineIntegrity);
    engine = Engine.open(module);
    scope.postMessage({ type: 'started', isolation: await checkIsolation(scope.location.href) });
  } catch (error) {
    scope.postMessage({ type: 'failed', failure: failureOf(error) });
  }
}

function call({ id, name, request }: Extract<ToWorker, { type: 'call' }>): void {
  try {
    if (engine === undefined) throw notStarted();
    if (!Object.keys(operations).includes(name)) {
      throw new BayaError('unimplemented', 'this build has no such operation');
    }
    scope.postMessage({ type: 'reply', id, reply: engine.call(name, request) });
  } catch (error) {
    scope.postMessage({ type: 'error', id, failure: failureOf(error) });
  }
}

async function open(opening: Opening): Promise<undefined> {
  const loaded = module;
  if (loaded === undefined || vault !== undefined) throw notStarted();
  vault = await openVaultWorker(
    () => Engine.open(loaded),
    opening,
    (news) => scope.postMessage(news),
  );
}

async function ask(request: Request): Promise<unknown> {
  if (vault === undefined) throw notStarted();
  return vault.ask(request);
}

async function answer(id: number, work: Promise<unknown>): Promise<void> {
  try {
    scope.postMessage({ type: 'answer', id, value: await work });
  } catch (error) {
    scope.postMessage({ type: 'error', id, failure: failureOf(error) });
  }
}

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case 'start':
      start(data.wasm);
      break;
    case 'call':
      call(data);
      break;
    case 'open':
      answer(data.id, open(data.opening));
      break;
    case 'ask':
      answer(data.id, ask(data.request));
      break;
  }
};
