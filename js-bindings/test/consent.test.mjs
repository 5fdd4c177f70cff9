// The consent call of a page, with the real worker and engine behind it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { measuringPlan, plan, signer, sitePack } from '../../tests/lib/site_pack.mjs';
import { importSources } from './support/files.mjs';
import { NodeWorker } from './support/node_worker.mjs';
import { serveDist } from './support/server.mjs';

globalThis.Worker = NodeWorker;
globalThis.document = {};
globalThis.navigator ??= {};

const { createBaya } = await importSources(['baya.ts']);

// Its record is in a localStorage of its own.
async function openPage(t, replaced = {}) {
  const { workerUrl, wasmUrl } = await serveDist(t, { '/shop.pack': sitePack(), ...replaced });
  const items = new Map();
  globalThis.localStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  };
  const warnings = [];
  t.mock.method(console, 'warn', (text) => warnings.push(text));
  const pack = new URL('/shop.pack', workerUrl).href;
  const baya = createBaya({ pack, signer, worker: workerUrl, engine: wasmUrl, dataLayer: false });
  t.after(() => NodeWorker.endAll());
  return { baya, warnings, items };
}

const yes = { store: true, personalize: true };
const { version } = plan.consent;

test('a choice about the text of the pack counts, and nothing is warned of', async (t) => {
  const { baya, warnings } = await openPage(t);
  for (const text of [{ version }, undefined]) {
    const { problem, purposes } = await baya.consent(yes, text);
    assert.deepEqual([problem, purposes.store.allowed], [undefined, true]);
  }
  assert.deepEqual(warnings, []);
});

test('another text grants nothing, and whoever builds the site hears why, once', async (t) => {
  const { baya, warnings } = await openPage(t);
  for (let i = 0; i < 2; i++) {
    const { problem, asked, purposes } = await baya.consent(yes, { version: '2019-01' });
    assert.match(problem, /no consent text of that version/);
    assert.deepEqual([asked, purposes.store.allowed], [false, false]);
  }
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /^baya: .*pack.*no consent text/);
  assert.ok(!warnings[0].includes('2019'), 'what a page says is not printed');
});

test('what is refused beside it is refused', async (t) => {
  const { baya } = await openPage(t);
  await baya.consent(yes, { version });
  const mixed = { store: true, personalize: false };
  const { problem, purposes } = await baya.consent(mixed, { version: '2019-01' });
  assert.match(problem, /that version/);
  assert.deepEqual([purposes.store.allowed, purposes.personalize.allowed], [true, false]);
  assert.equal(purposes.personalize.reason, 'refused');
});

test('a purpose that there is not is said, and takes no refusal with it', async (t) => {
  const { baya, warnings } = await openPage(t);
  await baya.consent(yes);
  const { problem, purposes } = await baya.consent({ personalise: true, personalize: false });
  assert.ok(problem.length > 0);
  assert.equal(purposes.personalize.allowed, false);
  assert.equal(warnings.length, 1);
});

test('a blocked engine is the problem that is said, and a refusal is kept', async (t) => {
  const { baya, warnings, items } = await openPage(t, { '/engine.wasm': 404 });
  const { problem } = await baya.consent(yes, { version: '2019-01' });
  assert.match(problem, /the engine/);
  const refused = await baya.consent({ store: false });
  assert.deepEqual([refused.asked, refused.problem], [true, undefined]);
  assert.match(items.get('baya'), /"refused"/);
  assert.equal(warnings.length, 1);
});

test('a browser that asserts Global Privacy Control is believed', async (t) => {
  const measuring = { '/shop.pack': sitePack({ plan: measuringPlan }) };
  const answer = async (asserted) => {
    const value = { value: asserted, configurable: true };
    Object.defineProperty(navigator, 'globalPrivacyControl', value);
    t.after(() => delete navigator.globalPrivacyControl);
    const { baya } = await openPage(t, measuring);
    const { purposes } = await baya.consent({ ...yes, measure: true });
    assert.ok(purposes.personalize.allowed);
    return purposes.measure;
  };
  assert.deepEqual(await answer(true), { allowed: false, reason: 'global_privacy_control' });
  // Only true asserts it.
  for (const other of [false, '1', undefined]) assert.equal((await answer(other)).allowed, true);
});
