// Where there is no page, such as on a server that renders one.

import assert from 'node:assert/strict';
import test from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { readDist } from './support/files.mjs';

const config = { pack: '/shop.pack', signer: 'A'.repeat(43) };

test('importing does nothing, and what it gives holds nothing', async () => {
  const before = Object.keys(globalThis);
  const { load } = await import('../dist/index.js');
  const baya = load(config);
  assert.deepEqual(await baya.track('A'), { accepted: false, reason: 'unavailable' });
  assert.deepEqual(await baya.recommend(), []);
  assert.equal((await baya.consentState()).asked, false);
  assert.equal(typeof baya.on('ready', () => {}), 'function');
  await baya.reset();
  assert.deepEqual(Object.keys(globalThis), before);
  assert.equal(globalThis.dataLayer, undefined);
});

test('rights say that there is nobody to ask', async () => {
  const { load } = await import('../dist/index.js');
  const { rights } = await import('../dist/rights.js');
  const mine = rights(load(config));
  for (const name of Object.keys(mine)) {
    await assert.rejects(mine[name]({ all: true }), { name: 'BayaError', code: 'unavailable' });
  }
});

test('the scripts of a page do nothing without one', () => {
  for (const name of ['baya.js', 'stub.js']) {
    const platform = { TextEncoder, TextDecoder };
    const context = createContext({ ...platform });
    runInContext(readDist(name).toString(), context);
    assert.deepEqual(Object.keys(context), Object.keys(platform));
  }
});
