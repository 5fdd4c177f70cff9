// The worker's part in the vault: elected among the tabs where the platform can do that, on its own
// and in memory where it cannot.

import { type BlobStore, MemoryStore } from './blob_store.js';
import { engineIntegrity } from './build.js';
import { type DeviceSlot, MemorySlot, openDeviceSlot } from './device_slot.js';
import { Engine } from './engine.js';
import { IndexedDbStore } from './indexeddb_store.js';
import { Interim } from './interim.js';
import { Keeper } from './keeper.js';
import type { EngineModule } from './loader.js';
import type { News, Notice, Opening } from './messages.js';
import { type Ask, canElect, Office } from './office.js';
import { loadReports as loadReportsFor } from './report_module.js';
import type { Request } from './requests.js';
import { degraded } from './states.js';
import { BayaError } from './status.js';
import { firstRetryMs } from './writer_loop.js';

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
  let { record } = opening; // as the pages have it by now
  const notify = (notice: Notice) => tell({ type: 'notice', notice });
  const open = async (store: BlobStore, slot: DeviceSlot): Promise<Keeper> => {
    const keepRecord = (kept: string | null) => {
      record = kept ?? undefined;
      tell({ type: 'record', record: kept });
    };
    const measuring = (allowed: boolean) => tellPage({ type: 'measuring', allowed });
    const loadReports = (wasm: Uint8Array) => loadReportsFor(module, wasm);
    const engine = Engine.open(module);
    const parts = { engine, loadReports, store, slot, notify, keepRecord, measuring };
    try {
      return await Keeper.open(parts, { ...opening, record });
    } catch (error) {
      engine.close();
      throw error;
    }
  };
  const openStored = () => open(new IndexedDbStore(), openDeviceSlot());
  const mayStore = elected && typeof indexedDB === 'object' && indexedDB !== null;
  const stored = mayStore ? await openTwice(openStored) : undefined;
  if (stored !== undefined) return (request, again) => stored.answer(request, again);
  notify(degraded('memory'));
  const memory = await open(new MemoryStore(), new MemorySlot());
  if (!mayStore) return (request, again) => memory.answer(request, again);
  const interim = new Interim(memory, openStored, () => {
    for (const what of ['storage', 'consent', 'profile']) notify({ event: 'change', what });
  });
  return (request, again) => interim.answer(request, again);
}

// Nothing when storage refuses twice: a connection that was lost comes back at once, or not so soon.
// What the engine refuses, it refuses in memory as well.
async function openTwice(open: () => Promise<Keeper>): Promise<Keeper | undefined> {
  for (const retryMs of [firstRetryMs, 0]) {
    try {
      return await open();
    } catch (error) {
      if (error instanceof BayaError) throw error;
      if (retryMs > 0) await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
  return undefined;
}
