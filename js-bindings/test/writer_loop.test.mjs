// What the writer calls durable is in storage, whenever in the writer's own turns it came in. Over
// the real engine; storage is a map that is kept when the process ends.

import assert from 'node:assert/strict';
import test from 'node:test';
import { signer, sitePack } from '../../tests/lib/site_pack.mjs';
import { engineWasm, importSources } from './support/files.mjs';

const sources = await importSources([
  'blob_store.ts',
  'call_record.ts',
  'device_slot.ts',
  'generated/by_name.ts',
  'in_process.ts',
  'keeper.ts',
  'requests.ts',
  'rights.ts',
  'service_key.ts',
  'writer_loop.ts',
]);
const { callText, encodeCall, Keeper, MemorySlot, MemoryStore, WriterLoop } = sources;

const engineBytes = engineWasm();
const pack = sitePack();
const silent = { choices: [], textVersion: '', globalPrivacyControl: false, consentMode: [] };
const choices = ['store', 'personalize'].map((purpose) => ({ purpose, granted: true }));
const grant = { ...silent, name: 'signals', choices };

// A store that lasts, and that is done as soon as it is asked.
class KeptStore extends MemoryStore {
  kind = 'indexeddb';

  async copy() {
    const copy = new KeptStore();
    const puts = await this.readAll();
    assert.equal(await copy.apply({ expects: [], puts, deletes: [] }), 'durable');
    return copy;
  }
}

async function openKeeper(device) {
  device.engine = await sources.openEngine(engineBytes);
  const parts = {
    engine: device.engine,
    store: device.store,
    slot: device.slot,
    notify: () => {},
    measuring: () => {},
    loadReports: async () => {},
    keepRecord: (record) => {
      device.record = record ?? undefined;
    },
  };
  return Keeper.open(parts, { pack, signer, site: '', record: device.record, signals: silent });
}

const viewed = (product) =>
  callText({
    verb: 'track',
    messageId: `m-${product}`,
    timeMs: Date.now() - 1000,
    sentMs: Date.now(),
    name: 'Product Viewed',
    properties: { product_id: product },
  });

async function productsIn(device) {
  const keeper = await openKeeper(device);
  try {
    const fields = await sources
      .rights({ [sources.serviceKey]: { ask: (request) => keeper.answer(request) } })
      .inventory();
    return fields.map(({ field }) => field).filter((field) => field.startsWith('viewed.'));
  } finally {
    keeper.close();
  }
}

function take({ engine }, product) {
  const request = { caller: 'page', events: [encodeCall(viewed(product))] };
  const [verdict] = engine.run(sources.operations.ingest, request).verdicts;
  assert.ok(verdict.accepted && verdict.sequence > 0);
  return verdict.sequence;
}

const mostTurns = 16;

test('what comes in right after something became durable is stored as well', async (t) => {
  for (let turns = 0; turns <= mostTurns; turns++) {
    const device = { store: new KeptStore(), slot: new MemorySlot() };
    const keeper = await openKeeper(device);
    t.after(() => keeper.close());
    await keeper.answer(grant);
    const nothing = () => {};
    const { engine, store, slot } = device;
    const writer = new WriterLoop(engine, store, slot, nothing, nothing);
    let turned = writer.written(take(device, 'lamp-2'));
    for (let i = 0; i < turns; i++) turned = turned.then(nothing);
    const written = await turned.then(() => writer.written(take(device, 'lamp-4')));
    // The process dies here.
    const left = { ...device, store: await store.copy() };
    assert.equal(written, 'durable');
    const held = await productsIn(left);
    assert.ok(held.includes('viewed.lamp-4'), `durable, and lost, after ${turns} turns`);
    assert.ok(held.includes('viewed.lamp-2'));
    assert.ok(!held.includes('viewed.lamp-6')); // control: the search can miss
  }
});
