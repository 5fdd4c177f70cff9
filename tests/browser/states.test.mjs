// Every state of core/docs/states.md in each engine: brought about, told to the page by its code, and
// left again where it can be. What a browser does by itself is done to it (a page of the site deletes
// or changes the databases); what needs a sick disk is thrown by IndexedDB in the worker.
import assert from 'node:assert/strict';
import test from 'node:test';

import { engines } from './lib/browser.mjs';
import { grant, startShop, stored, view, viewsOf, visit, withBrowser } from './lib/tagged_shop.mjs';

const timeout = 240_000;
const accepted = { accepted: true };
const refused = (reason) => ({ accepted: false, reason });

// Runs first in the worker: IndexedDB throws as long as the page says so.
const troubled = (mode) => `{
  let mode = '${mode}';
  new BroadcastChannel('trouble').onmessage = ({ data }) => { mode = data; };
  const guard = (prototype, name, errors) => {
    const own = prototype[name];
    prototype[name] = function (...rest) {
      if (errors[mode]) throw new DOMException('planted', errors[mode]);
      return own.apply(this, rest);
    };
  };
  guard(IDBObjectStore.prototype, 'put', { full: 'QuotaExceededError', failed: 'UnknownError' });
  guard(IDBFactory.prototype, 'open', { lost: 'UnknownError' });
}`;

const bringAbout = (tab, mode) =>
  tab.evaluate((data) => {
    globalThis.trouble ??= new BroadcastChannel('trouble');
    globalThis.trouble.postMessage(data);
  }, mode);

const told = (tab, code) => tab.waitFor(`codes.includes('${code}')`);

/** Runs `change` of the vault's blobs, [name, bytes in an array] each, in a page without the tag. */
async function changeBlobs(tab, shop, change) {
  await tab.goto(`${shop.origin}/plain.html`);
  return tab.evaluate(async (text) => {
    const asked = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await asked(indexedDB.open('baya'));
    const blobs = () => database.transaction('blobs', 'readwrite').objectStore('blobs');
    const names = await asked(blobs().getAllKeys());
    const values = await asked(blobs().getAll());
    const found = names.map((name, i) => [name, Array.from(new Uint8Array(values[i]))]);
    const next = text === null ? found : damage(found, JSON.parse(text));
    await asked(blobs().clear());
    for (const [name, bytes] of next) await asked(blobs().put(new Uint8Array(bytes).buffer, name));
    database.close();
    return found;

    // One bit of each chunk is turned, or all is put back as it was.
    function damage(blobs, before) {
      if (before.length > 0) return before;
      const chunks = blobs.filter(([name]) => !/^(head|keys|slots)/.test(name));
      for (const [, bytes] of chunks) bytes[bytes.length >> 1] ^= 1;
      return blobs;
    }
  }, change);
}

async function begin(tab, shop) {
  await visit(tab, shop);
  await grant(tab);
  assert.deepEqual(await view(tab, 'lamp-2', 'first'), accepted);
}

// And something asked of the vault, so that it is opened.
async function visitAndAsk(tab, shop) {
  await visit(tab, shop);
  await tab.evaluate(() => baya.recommend({ limit: 1 }));
}

async function checkMemory(tab, shop) {
  await visit(tab, shop);
  await grant(tab);
  await told(tab, 'memory');
  assert.deepEqual(await view(tab, 'lamp-2'), refused('not_stored'));
  const shelf = await tab.evaluate(() => baya.recommend({ limit: 1 }));
  assert.equal(shelf.length, 1);
  assert.deepEqual((await stored(tab)).local, []);
}

// Storage that cannot be written to for a while: what is new is refused in words, kept in memory,
// and stored once it can be.
const checkUnwritable = (mode, reason) => async (tab, shop) => {
  await begin(tab, shop);
  await bringAbout(tab, mode);
  const ids = [1, 2, 3, 4, 5].map((n) => `${mode}-${n}`);
  let answer = accepted;
  for (const id of ids) answer = answer.accepted ? await view(tab, 'mug-3', id) : answer;
  assert.deepEqual(answer, refused(reason));
  await told(tab, mode);
  assert.equal(await viewsOf(tab, 'lamp-2'), 1);
  await bringAbout(tab, 'none');
  let again = refused(reason);
  for (let n = 0; n < 5 && !again.accepted; n++) again = await view(tab, 'mug-5', `after-${n}`);
  assert.deepEqual(again, accepted);
  await visit(tab, shop);
  assert.equal(await viewsOf(tab, 'mug-5'), 1);
  assert.ok((await viewsOf(tab, 'mug-3')) > 0);
};

const states = {
  'memory: no IndexedDB': {
    beforeWorker: "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });",
    check: checkMemory,
  },
  'memory: no Web Locks': {
    beforeWorker: "Object.defineProperty(navigator, 'locks', { value: undefined });",
    check: checkMemory,
  },
  'memory, and storage comes back': {
    beforeWorker: troubled('none'),
    async check(tab, shop) {
      await begin(tab, shop);
      const worker = shop.routes['/baya/worker.js'];
      worker.body = String(worker.body).replace("mode = 'none'", "mode = 'lost'");
      await visitAndAsk(tab, shop);
      await told(tab, 'memory');
      assert.equal((await tab.evaluate(() => baya.consentState())).asked, false);
      await grant(tab);
      assert.deepEqual(await view(tab, 'lamp-2'), refused('not_stored'));
      await bringAbout(tab, 'none');
      await tab.waitFor("heard.includes('change storage')", 60_000);
      // The choice made meanwhile holds, and so does what was seen.
      const { purposes } = await tab.evaluate(() => baya.consentState());
      assert.equal(purposes.store.allowed, true);
      assert.deepEqual(await view(tab, 'mug-3'), accepted);
      worker.body = String(worker.body).replace("mode = 'lost'", "mode = 'none'");
      await visit(tab, shop);
      assert.deepEqual([await viewsOf(tab, 'lamp-2'), await viewsOf(tab, 'mug-3')], [2, 1]);
    },
  },
  full: { beforeWorker: troubled('none'), check: checkUnwritable('full', 'quota') },
  failed: { beforeWorker: troubled('none'), check: checkUnwritable('failed', 'unavailable') },
  cleared: {
    async check(tab, shop) {
      await begin(tab, shop);
      await tab.evaluate(async () => {
        for (const { name } of await indexedDB.databases()) {
          await new Promise((resolve, reject) => {
            const request = indexedDB.deleteDatabase(name);
            request.onsuccess = resolve;
            request.onerror = () => reject(request.error);
          });
        }
      });
      assert.deepEqual(await view(tab, 'mug-3'), refused('no_consent'));
      await told(tab, 'cleared');
      await grant(tab);
      assert.deepEqual(await view(tab, 'mug-5'), accepted);
    },
  },
  lost_events: {
    async check(tab, shop) {
      await begin(tab, shop);
      await changeBlobs(tab, shop, '[]');
      await visitAndAsk(tab, shop);
      await told(tab, 'lost_events');
      await grant(tab);
      assert.deepEqual(await view(tab, 'mug-3'), accepted);
    },
  },
  rolled_back: {
    async check(tab, shop) {
      await begin(tab, shop);
      const before = await changeBlobs(tab, shop, null);
      await visit(tab, shop);
      assert.deepEqual(await view(tab, 'mug-3'), accepted);
      await visit(tab, shop); // the newest generation is remembered at the latest by then
      await viewsOf(tab, 'mug-3');
      await changeBlobs(tab, shop, JSON.stringify(before));
      await visitAndAsk(tab, shop);
      await told(tab, 'rolled_back');
      assert.equal(await viewsOf(tab, 'lamp-2'), 1);
    },
  },
  unreadable: {
    async check(tab, shop) {
      await begin(tab, shop);
      await tab.goto(`${shop.origin}/plain.html`);
      await tab.evaluate(
        () =>
          new Promise((resolve, reject) => {
            const request = indexedDB.deleteDatabase('baya-key');
            request.onsuccess = () => resolve(null);
            request.onerror = () => reject(request.error);
          }),
      );
      await visitAndAsk(tab, shop);
      await told(tab, 'unreadable');
      assert.deepEqual(await view(tab, 'mug-3'), refused('no_consent'));
      await grant(tab);
      assert.deepEqual(await view(tab, 'mug-5'), accepted);
    },
  },
  'an erasure that another page holds up': {
    async check(tab, shop) {
      await begin(tab, shop);
      const other = await tab.newTab();
      await other.goto(`${shop.origin}/plain.html`);
      await other.evaluate(
        () =>
          new Promise((resolve, reject) => {
            const request = indexedDB.open('baya');
            request.onsuccess = () => {
              globalThis.held = request.result;
              resolve(null);
            };
            request.onerror = () => reject(request.error);
          }),
      );
      const answer = await tab.evaluate(() =>
        mine.erase({ all: true }).then(String, ({ code }) => code),
      );
      assert.equal(answer, 'unavailable');
      await other.evaluate(() => globalThis.held.close());
      await tab.waitFor('indexedDB.databases().then((all) => all.length === 0)', 60_000);
    },
  },
  stopped: {
    async check(tab, shop) {
      shop.routes['/baya/engine.wasm'] = { status: 404, body: '' };
      await visit(tab, shop);
      await grant(tab).catch(() => {});
      await told(tab, 'stopped');
      assert.equal((await view(tab, 'lamp-2')).accepted, false);
    },
  },
};

for (const engine of engines) {
  test(`each state is told in ${engine}`, { timeout }, async (t) => {
    for (const [name, { beforeWorker, check }] of Object.entries(states)) {
      await t.test(name, async () => {
        const shop = await startShop(undefined, beforeWorker);
        try {
          await withBrowser({ engine }, (browser) => check(browser, shop));
        } finally {
          await shop.close();
        }
      });
    }
  });
}
