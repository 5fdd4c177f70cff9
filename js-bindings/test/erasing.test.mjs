// An erasure of everything that is cut short at any of its steps is finished by the next start.

import assert from 'node:assert/strict';
import test from 'node:test';
import { signer, sitePack } from '../../tests/lib/site_pack.mjs';
import { engineWasm, importSources } from './support/files.mjs';

const sources = await importSources([
  'blob_store.ts',
  'call_record.ts',
  'device_slot.ts',
  'in_process.ts',
  'keeper.ts',
  'requests.ts',
  'rights.ts',
  'service_key.ts',
]);
const { callText, EraseScope, Keeper, MemorySlot, MemoryStore, openEngine } = sources;

// A page that was killed is not closed: its tick must not keep the process.
const { setInterval: every } = globalThis;
globalThis.setInterval = (...args) => every(...args).unref();

const signals = { choices: [], textVersion: '', globalPrivacyControl: false, consentMode: [] };
const choose = (granted) => ({
  ...signals,
  name: 'signals',
  choices: ['store', 'personalize'].map((purpose) => ({ purpose, granted })),
});
const eraseAll = { name: 'erase', scope: EraseScope.all, of: '' };
const refused = /^\{"version":1,"choice":"refused","date":"\d{4}-\d{2}-\d{2}"\}$/;
const erasing = /^\{"version":1,"choice":"erasing","date":"\d{4}-\d{2}-\d{2}"\}$/;

// Storage, slot secret and record, which outlive every page. `kind` as that of a BlobStore.
class Device {
  record = undefined;
  blobs = new MemoryStore();
  slot = new MemorySlot();
  kind = 'indexeddb';
  destroyFails = false;

  /** A page that is killed after so many more steps: none of the rest happens, nor comes back. */
  async open(t) {
    const page = { stepsLeft: Number.POSITIVE_INFINITY, steps: [], killed: undefined };
    const killed = new Promise((resolve) => {
      page.killed = resolve;
    });
    const step = (name, act) => {
      if (page.stepsLeft === 0) {
        page.killed('killed');
        return new Promise(() => {});
      }
      page.stepsLeft--;
      page.steps.push(name);
      return act();
    };
    const { kind } = this;
    const [blobs, slot] =
      kind === 'memory' ? [new MemoryStore(), new MemorySlot()] : [this.blobs, this.slot];
    const parts = {
      engine: await openEngine(engineWasm()),
      store: {
        kind,
        readAll: () => blobs.readAll(),
        apply: (batch) => step('apply', () => blobs.apply(batch)),
        destroy: () =>
          step('destroy blobs', async () => {
            if (this.destroyFails && kind !== 'memory') throw new Error('storage is blocked');
            await blobs.destroy();
          }),
      },
      slot: {
        kind: slot.kind,
        secrets: () => slot.secrets(),
        make: () => slot.make(),
        keepOnly: (index) => slot.keepOnly(index),
        keepNewest: () => slot.keepNewest(),
        newestGeneration: () => slot.newestGeneration(),
        sawGeneration: (generation) => slot.sawGeneration(generation),
        destroy: () => step('destroy secrets', () => slot.destroy()),
      },
      notify: () => {},
      keepRecord: (record) => {
        step(`record ${/refused|granted|erasing/.exec(record ?? 'none')?.[0]}`, () => {
          this.record = record ?? undefined;
        });
      },
    };
    const opening = { pack: sitePack(), signer, site: '', record: this.record, signals };
    page.start = async (steps = Number.POSITIVE_INFINITY) => {
      page.stepsLeft = steps;
      const opened = await Promise.race([Keeper.open(parts, opening), killed]);
      if (opened === 'killed') return 'killed';
      t.after(() => opened.close());
      page.keeper = opened;
      return 'open';
    };
    page.answer = (request, steps = Number.POSITIVE_INFINITY) => {
      page.stepsLeft = steps;
      page.steps.length = 0;
      return Promise.race([page.keeper.answer(request), killed]);
    };
    return page;
  }

  async isEmpty() {
    return (await this.blobs.readAll()).length === 0 && (await this.slot.secrets()).length === 0;
  }
}

const view = (messageId) => ({
  name: 'take',
  call: callText({
    verb: 'track',
    messageId,
    timeMs: Date.now() - 1000,
    sentMs: Date.now(),
    name: 'Product Viewed',
    properties: { product_id: 'lamp-2' },
  }),
});

async function deviceWithProfile(t) {
  const device = new Device();
  const page = await device.open(t);
  await page.start();
  await page.answer(choose(true));
  assert.deepEqual(await page.answer(view('m')), { accepted: true });
  return { device, page };
}

async function isRefused(page) {
  const { asked, purposes } = await page.answer({ name: 'consentState' });
  return asked && !purposes.store.allowed;
}

for (const [name, request] of [
  ['an erasure', eraseAll],
  ['a refusal', choose(false)],
]) {
  test(`${name} that is killed at any step has happened after the next start, or not begun`, async (t) => {
    const whole = await deviceWithProfile(t);
    await whole.page.answer(request);
    const steps = [...whole.page.steps];
    assert.deepEqual([steps.at(0), steps.at(-1)], ['record erasing', 'record refused']);
    assert.ok(steps.indexOf('destroy secrets') < steps.indexOf('destroy blobs'), `${steps}`);
    assert.match(whole.device.record, refused);
    for (let killAt = 0; killAt < steps.length; killAt++) {
      const { device, page } = await deviceWithProfile(t);
      assert.equal(await Promise.race([page.answer(request, killAt), wait()]), 'killed');
      const next = await device.open(t);
      assert.equal(await next.start(), 'open');
      if (killAt === 0) {
        assert.match(device.record, /"granted"/);
        assert.equal((await device.slot.secrets()).length, 1);
        assert.equal((await next.answer({ name: 'consentState' })).purposes.store.allowed, true);
        continue;
      }
      assert.match(device.record, refused, `killed before ${steps[killAt]}`);
      assert.ok(await device.isEmpty(), `killed before ${steps[killAt]}`);
      assert.ok(await isRefused(next));
    }
  });
}

// The last step is the record, which a page that is killed leaves as it is, without hanging.
const wait = () => new Promise((resolve) => setTimeout(() => resolve('killed'), 200));

test('a start that is killed while it finishes an erasure leaves it to the one after', async (t) => {
  const dry = await deviceWithProfile(t);
  await Promise.race([dry.page.answer(eraseAll, 1), wait()]);
  const finishing = await dry.device.open(t);
  await finishing.start();
  const count = finishing.steps.length;
  assert.ok(count >= 3, `${finishing.steps}`);
  for (let killAt = 0; killAt < count; killAt++) {
    const { device, page } = await deviceWithProfile(t);
    await Promise.race([page.answer(eraseAll, 1), wait()]);
    const second = await device.open(t);
    await Promise.race([second.start(killAt), wait()]);
    assert.match(device.record, erasing);
    const third = await device.open(t);
    assert.equal(await third.start(), 'open');
    assert.match(device.record, refused);
    assert.ok(await device.isEmpty());
    assert.ok(await isRefused(third));
  }
});

test('an erasure that storage refuses stays owed, also over a session in memory', async (t) => {
  const { device, page } = await deviceWithProfile(t);
  device.destroyFails = true;
  await assert.rejects(page.answer(eraseAll));
  assert.match(device.record, erasing);
  device.kind = 'memory';
  const inMemory = await device.open(t);
  assert.equal(await inMemory.start(), 'open');
  assert.ok(await isRefused(inMemory));
  await inMemory.answer(choose(true));
  await inMemory.answer(choose(false)).catch(() => {});
  assert.match(device.record, erasing);
  device.kind = 'indexeddb';
  device.destroyFails = false;
  const last = await device.open(t);
  assert.equal(await last.start(), 'open');
  assert.match(device.record, refused);
  assert.ok(await device.isEmpty());
});

test('a refusal in memory leaves the vault that could not be opened to be destroyed', async (t) => {
  const { device } = await deviceWithProfile(t);
  device.kind = 'memory';
  const inMemory = await device.open(t);
  await inMemory.start();
  await inMemory.answer(choose(false));
  assert.match(device.record, erasing);
  assert.ok(!(await device.isEmpty()));
  device.kind = 'indexeddb';
  const last = await device.open(t);
  await last.start();
  assert.match(device.record, refused);
  assert.ok(await device.isEmpty());
});
