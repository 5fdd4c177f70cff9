// Ours: the vault as a module of its own (native/vault.cc), and what a page's worker has beneath it:
// the database, the device's slot, and the loop that writes.
import { moduleIntegrity } from '../../../../js-bindings/src/build.ts';
import { openDeviceSlot } from '../../../../js-bindings/src/device_slot.ts';
import { Engine } from '../../../../js-bindings/src/engine.ts';
import * as ops from '../../../../js-bindings/src/generated/ops.ts';
import { IndexedDbStore } from '../../../../js-bindings/src/indexeddb_store.ts';
import { EngineModule } from '../../../../js-bindings/src/loader.ts';
import { WriterLoop } from '../../../../js-bindings/src/writer_loop.ts';
import { eventBytes, nextTask, serve } from './events.js';

const BURST = 100; // what a page keeps at once, at most, in fill()

const wasm = fetch('/vault.wasm').then((answer) => answer.arrayBuffer());
const store = new IndexedDbStore();
const slot = openDeviceSlot();
let engine;
let loop;

async function take(numbers) {
  const request = { caller: '', events: numbers.map(eventBytes) };
  const { verdicts } = engine.run(ops.ingest, request);
  const written = await loop.written(verdicts.at(-1).sequence);
  if (written !== 'durable') throw new Error(`not stored: ${written}`);
}

serve({
  async fill(numbers) {
    if (engine === undefined) {
      await this.start();
      engine.run(ops.createVault, { secret: await slot.make() });
    }
    for (let i = 0; i < numbers.length; i += BURST) {
      await take(numbers.slice(i, i + BURST));
      await nextTask();
    }
  },
  async start() {
    const bytes = new Uint8Array(await wasm);
    engine = Engine.open(await EngineModule.load(bytes, moduleIntegrity));
    loop = new WriterLoop(
      engine,
      store,
      slot,
      () => {},
      () => {},
    );
  },
  async open() {
    const [blobs, secrets, newestGenerationSeen] = await Promise.all([
      store.readAll(),
      slot.secrets(),
      slot.newestGeneration(),
    ]);
    const request = { blobs, secrets, newestGenerationSeen, record: '' };
    const { recovery } = engine.run(ops.openVault, request);
    if (recovery.lostRecords > 0) throw new Error('records were lost');
    this.bytes = blobs.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return recovery.records;
  },
  commit: (number) => take([number]),
  close: () => {},
});
