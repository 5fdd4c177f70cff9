// The worker's storage host in each engine: atomic batches with expectations, the device's slot
// secrets, and what destroying them leaves on the disk. The worker has the policy that the real
// one has.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

import { engines, launch } from './lib/browser.mjs';
import { searchProfile } from './lib/profile.mjs';
import { startServer } from './lib/server.mjs';

const WORKER_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'";

// Where a worker has a file that it can overwrite in place; see device_slot.ts.
const SLOT_KIND = { chromium: 'opfs', firefox: 'opfs', webkit: 'database' };

const page = `
  let lastId = 0;
  const waiting = new Map();
  const worker = new Worker('worker.js');
  worker.onmessage = ({ data: { id, value, error } }) => {
    const { resolve, reject } = waiting.get(id);
    if (error) reject(new Error(error)); else resolve(value);
  };
  globalThis.ask = (name, request) => new Promise((resolve, reject) => {
    waiting.set(++lastId, { resolve, reject });
    worker.postMessage({ id: lastId, name, request });
  });
  globalThis.isReady = true;`;

async function workerScript() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('storage/worker.js', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2020',
  });
  return Buffer.from(outputFiles[0].contents);
}

function startSite(body) {
  return startServer({
    '/index.html': {
      body: '<!doctype html><script src="page.js"></script>',
      csp: "default-src 'self'",
    },
    '/page.js': { body: page },
    '/worker.js': { body, csp: WORKER_POLICY },
  });
}

const put = (name, hex) => ({ name, hex });
const expects = (name, prefixes, mayBeAbsent) => ({ name, prefixes, mayBeAbsent });

async function checkBatches(ask) {
  assert.deepEqual(await ask('readAll'), []);
  const first = {
    expects: [expects('head0', [], true)],
    puts: [put('head0', '0102'), put('c1', 'aa')],
  };
  assert.equal(await ask('apply', first), 'durable');
  assert.equal(await ask('apply', { ...first, puts: [put('c1', 'ff')] }), 'aborted');
  const second = {
    expects: [expects('head0', ['ff', '01'], false), expects('head1', [], true)],
    puts: [put('head1', '03')],
    deletes: ['c1', 'c9'],
  };
  assert.equal(await ask('apply', second), 'durable');
  assert.equal(await ask('apply', second), 'aborted');
  assert.deepEqual(await ask('readAll'), [
    ['head0', '0102'],
    ['head1', '03'],
  ]);
}

async function checkSlot(ask, kind) {
  assert.equal(await ask('slotKind'), kind);
  assert.deepEqual(await ask('secrets'), []);
  const first = await ask('make');
  const second = await ask('make');
  assert.notEqual(first, second);
  assert.deepEqual(await ask('secrets'), [first, second]);
  const [old] = await ask('shares');
  await ask('keepNewest');
  assert.deepEqual(await ask('secrets'), [second]);
  const third = await ask('make');
  await ask('keepOnly', { index: 0 });
  assert.deepEqual(await ask('secrets'), [second]);
  assert.notEqual(third, second);
  assert.equal(await ask('newest'), 0);
  assert.equal(await ask('newest', { saw: [1, 2, 3] }), 3);
  assert.equal(await ask('newest', { saw: [2] }), 3);
  assert.equal(await ask('newest', { saw: [4] }), 4);
  return { old, held: (await ask('shares'))[0], secret: second };
}

async function withBrowser(engine, profileDir, site, body) {
  const browser = await launch({ engine, profileDir });
  try {
    await browser.goto(`${site.origin}/index.html`);
    await browser.waitFor('globalThis.isReady');
    const ask = (name, request) =>
      browser.evaluate((n, r) => globalThis.ask(n, r), name, request ?? {});
    return await body(ask, browser);
  } finally {
    await browser.close();
  }
}

for (const engine of engines) {
  test(`the storage host keeps and destroys in ${engine}`, { timeout: 240_000 }, async (t) => {
    const began = Date.now();
    const site = await startSite(await workerScript());
    const profileDir = await mkdtemp(join(tmpdir(), 'baya-storage-'));
    t.after(async () => {
      await site.close();
      await rm(profileDir, { recursive: true, force: true });
    });
    const canary = randomBytes(24).toString('hex');
    const made = await withBrowser(engine, profileDir, site, async (ask) => {
      await checkBatches(ask);
      const slot = await checkSlot(ask, SLOT_KIND[engine]);
      assert.equal(await ask('apply', { puts: [put('canary', canary)] }), 'durable');
      return slot;
    });
    const bytes = (hex) => Buffer.from(hex, 'hex');
    const found = async () => {
      const hits = await searchProfile(profileDir, [made.old, made.held, canary].map(bytes));
      return [0, 1, 2].map((needle) => hits.filter((hit) => hit.needle === needle).length);
    };
    // The share that is held and the canary must be found, or the search sees nothing.
    const [old, held, kept] = await found();
    assert.equal(old, 0, 'a destroyed share is on the disk');
    assert.ok(held > 0, 'control: the share that is held was not found');
    assert.ok(kept > 0, 'control: what is stored was not found');

    const secrets = await withBrowser(engine, profileDir, site, async (ask) => {
      const held = await ask('secrets');
      assert.ok((await ask('readAll')).some(([name]) => name === 'canary'));
      assert.equal(await ask('newest'), 4);
      await ask('destroyAll');
      assert.equal(await ask('newest'), 0);
      assert.deepEqual(await ask('secrets'), []);
      return held;
    });
    assert.deepEqual(secrets, [made.secret]);
    // What the engine may leave of a deleted database is ciphertext: see erasure.test.mjs.
    const [before, after] = await found();
    assert.deepEqual([before, after], [0, 0], 'a destroyed share is on the disk');
    t.diagnostic(`${Date.now() - began} ms`);
  });
}
