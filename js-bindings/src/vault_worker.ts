// The worker's part in the vault: elected among the tabs where the platform can do that, on its own
// and in memory where it cannot.

import { type BlobStore, MemoryStore } from './blob_store.js';
import { engineIntegrity } from './build.js';
import { type DeviceSlot, MemorySlot, openDeviceSlot } from './device_slot.js';
import { Engine } from './engine.js';
import { IndexedDbStore } from './indexeddb_store.js';
import { Keeper } from './keeper.js';
import type { EngineModule } from './loader.js';
import type { News, Notice, Opening } from './messages.js';
import { type Ask, canElect, Office } from './office.js';
import { loadReports as loadReportsFor } from './report_module.js';
import type { Request } from './requests.js';
import { BayaError } from './status.js';

export interface VaultWorker {
  ask(request: Request): Promise<unknown>;
}

export async function openVaultWorker(
  module: EngineModule,
  opening: Opening,
  tell: (news: News) => void,
): Promise<VaultWorker> {
  if (!canElect()) {
    // Two writers would be worse than none.
    const own = await keep(module, opening, tell, tell, false);
    return { ask: (request) => own(request, false) };
  }
  const office: Office = new Office({
    release: engineIntegrity,
    own: () => keep(module, opening, (news) => office.announce(news), tell, true),
    tell,
  });
  await office.ask({ name: 'signals', ...opening.signals });
  return office;
}

async function keep(
  module: EngineModule,
  opening: Opening,
  tell: (news: News) => void,
  tellPage: (news: News) => void,
  elected: boolean,
): Promise<Ask> {
  const open = async (store: BlobStore, slot: DeviceSlot): Promise<Ask> => {
    const notify = (notice: Notice) => tell({ type: 'notice', notice });
    const keepRecord = (record: string | null) => tell({ type: 'record', record });
    const measuring = (allowed: boolean) => tellPage({ type: 'measuring', allowed });
    const loadReports = (wasm: Uint8Array) => loadReportsFor(module, wasm);
    const engine = Engine.open(module);
    const parts = { engine, loadReports, store, slot, notify, keepRecord, measuring };
    const keeper = await Keeper.open(parts, opening);
    return (request, again) => keeper.answer(request, again);
  };
  const hasDatabase = typeof indexedDB === 'object' && indexedDB !== null;
  if (elected && hasDatabase) {
    try {
      return await open(new IndexedDbStore(), openDeviceSlot());
    } catch (error) {
      // What the engine refuses, it refuses in memory as well; what storage refuses, it may not.
      if (error instanceof BayaError) throw error;
    }
  }
  tell({ type: 'notice', notice: { event: 'degraded', what: 'nothing can be stored' } });
  return open(new MemoryStore(), new MemorySlot());
}
