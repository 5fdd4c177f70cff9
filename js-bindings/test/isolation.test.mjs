import assert from 'node:assert/strict';
import test from 'node:test';
import { importSource } from './support/files.mjs';

const { checkIsolation } = await importSource('isolation.ts');
const ownUrl = 'https://shop.example/worker.js';

/** The check's answer, and what it fetched, where a policy or a lost network refuses URLs. */
async function checked(t, refuses) {
  const fetched = [];
  t.mock.method(globalThis, 'fetch', async (url) => {
    fetched.push(url);
    if (refuses(url)) throw new TypeError('Failed to fetch');
    return new Response('');
  });
  return [await checkIsolation(ownUrl), fetched];
}

test('a policy that refuses everything isolates', async (t) => {
  assert.deepEqual(await checked(t, () => true), ['refused', ['data:,', ownUrl]]);
});

test('a policy that leaves the own origin open does not', async (t) => {
  const refuses = (url) => url !== ownUrl;
  assert.deepEqual(await checked(t, refuses), ['not isolated', ['data:,', ownUrl]]);
});

test('without a policy nothing is asked of the network, and offline is no isolation', async (t) => {
  const offline = (url) => url === ownUrl;
  assert.deepEqual(await checked(t, offline), ['not isolated', ['data:,']]);
});
