// The worker that holds the engine: one classic file. It loads nothing itself; the page hands it
// the module's bytes, and its own policy header refuses it the network.

import { moduleIntegrity } from './build.js';
import { Engine } from './engine.js';
import { checkIsolation } from './isolation.js';
import { EngineModule } from './loader.js';
import type { FromWorker, ToWorker } from './messages.js';
import { BayaError, failureOf } from './status.js';
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

const outOfOrder = () =>
  new BayaError('failedPrecondition', 'it is not started, or has been started already');

async function answer(task: ToWorker): Promise<unknown> {
  switch (task.type) {
    case 'start':
      if (engine !== undefined) throw outOfOrder();
      module = await EngineModule.load(new Uint8Array(task.wasm), moduleIntegrity);
      engine = Engine.open(module);
      return checkIsolation(scope.location.href);
    case 'call':
      if (engine === undefined) throw outOfOrder();
      return engine.callBytes(task.op, task.request);
    case 'open': {
      const loaded = module;
      if (loaded === undefined || vault !== undefined) throw outOfOrder();
      vault = await openVaultWorker(loaded, task.opening, (news) => scope.postMessage(news));
      return undefined;
    }
    case 'ask':
      if (vault === undefined) throw outOfOrder();
      return vault.ask(task.request);
  }
}

scope.onmessage = async ({ data }) => {
  const { id } = data;
  try {
    scope.postMessage({ type: 'answer', id, value: await answer(data) });
  } catch (error) {
    scope.postMessage({ type: 'failure', id, failure: failureOf(error) });
  }
};
