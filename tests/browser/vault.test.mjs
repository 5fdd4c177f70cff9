// The whole client in each engine, on a page that uses the published tag: nothing before consent,
// what was acknowledged is there after a reload and after SIGKILL, every tab sees a change, and
// erasing leaves nothing on the disk.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { signer, sitePack } from '../lib/site_pack.mjs';
import { engines, launch } from './lib/browser.mjs';
import { sleep } from './lib/processes.mjs';
import { searchProfile } from './lib/profile.mjs';
import { startServer } from './lib/server.mjs';

const PAGE_POLICY = "default-src 'self'";
const WORKER_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'";
const SHARE = { chromium: 'opfs', firefox: 'opfs', webkit: 'database' };

// Engines whose database may keep deleted blobs until it compacts its files. They are ciphertext that
// nothing opens, because the share is destroyed (storage.test.mjs), and the random id of the vault.
const KEEPS_DELETED_BLOBS = ['chromium'];

const root = fileURLToPath(new URL('../..', import.meta.url));

function distFile(name) {
  const path = join(root, 'js-bindings/dist', name);
  if (!existsSync(path)) throw new Error(`${path} is missing: build js-bindings first`);
  return readFileSync(path);
}

function startShop() {
  const served = ['baya.js', 'stub.js', 'rights.js', 'engine.wasm'];
  return startServer({
    '/index.html': {
      body: `<!doctype html><script src="/baya/stub.js"></script>
        <script async src="/baya/baya.js" data-pack="/shop.pack" data-signer="${signer}"></script>
        <script type="module" src="/page.js"></script>`,
      csp: PAGE_POLICY,
    },
    '/page.js': {
      body: `import { rights } from '/baya/rights.js';
        globalThis.heard = [];
        globalThis.begin = () => {
          if (Array.isArray(globalThis.baya)) return setTimeout(globalThis.begin, 20);
          for (const event of ['ready', 'change', 'degraded']) {
            baya.on(event, ({ what }) => heard.push(event + ' ' + what));
          }
          globalThis.mine = rights(baya);
          globalThis.isReady = true;
        };
        begin();`,
    },
    ...Object.fromEntries(served.map((name) => [`/baya/${name}`, { body: distFile(name) }])),
    '/baya/worker.js': { body: distFile('worker.js'), csp: WORKER_POLICY },
    '/shop.pack': { body: sitePack() },
    '/acked/*': { body: '' },
  });
}

async function visit(browser, shop) {
  await browser.goto(`${shop.origin}/index.html`);
  await browser.waitFor('globalThis.isReady');
}

async function withBrowser(options, body) {
  const browser = await launch(options);
  try {
    return await body(browser);
  } finally {
    await browser.close();
  }
}

const grant = (tab) => tab.evaluate(() => baya.consent({ store: true, personalize: true }));

const view = (tab, product, messageId) =>
  tab.evaluate(
    (product_id, id) => baya.track('Product Viewed', { product_id }, id ? { messageId: id } : {}),
    product,
    messageId ?? null,
  );

const viewsOf = (tab, product) =>
  tab.evaluate(async (name) => {
    const fields = await mine.inventory();
    return fields.find(({ field }) => field === name)?.value ?? 0;
  }, `viewed.${product}`);

/** Whatever a page can find that was stored for its origin. */
const stored = (tab) =>
  tab.evaluate(async () => {
    const files = [];
    try {
      const directory = await navigator.storage.getDirectory();
      for await (const name of directory.keys()) files.push(name);
    } catch {
      // No origin private file system: nothing in it.
    }
    return {
      local: Object.entries({ ...localStorage }),
      session: sessionStorage.length,
      cookies: document.cookie,
      databases: (await indexedDB.databases()).map(({ name }) => name).sort(),
      caches: await caches.keys(),
      files,
    };
  });

const nothing = { local: [], session: 0, cookies: '', databases: [], caches: [], files: [] };
const staticFiles = ['/baya/engine.wasm', '/baya/worker.js', '/shop.pack'];

const askedFor = (shop) =>
  [...new Set(shop.requests.map(({ path }) => path))].filter((path) => path !== '/favicon.ico');

async function newProfile(t) {
  const profileDir = await mkdtemp(join(tmpdir(), 'baya-vault-'));
  t.after(() => rm(profileDir, { recursive: true, force: true }));
  return profileDir;
}

/** The random vault id, as it stands in clear in the stored slots. */
const vaultId = (tab) =>
  tab.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('baya');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const reading = database.transaction('blobs').objectStore('blobs').get('slots0');
          reading.onsuccess = () => {
            database.close();
            const bytes = new Uint8Array(reading.result).slice(1, 17);
            resolve(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
          };
        };
      }),
  );

const timeout = 300_000;

for (const engine of engines) {
  test(`nothing before consent in ${engine}`, { timeout }, async (t) => {
    const shop = await startShop();
    t.after(() => shop.close());
    await withBrowser({ engine }, async (browser) => {
      await visit(browser, shop);
      shop.forget();
      assert.deepEqual(await view(browser, 'lamp-2'), { accepted: false, reason: 'no_consent' });
      await browser.evaluate(() => baya.identify('someone', { email: 'a@shop.example' }));
      assert.deepEqual(askedFor(shop), []);
      const shelf = await browser.evaluate(() => baya.recommend({ limit: 4 }));
      assert.equal(shelf.length, 4);
      assert.ok(shelf.every(({ personal }) => !personal));
      assert.equal((await browser.evaluate(() => baya.consentState())).asked, false);
      assert.deepEqual(await view(browser, 'lamp-2'), { accepted: false, reason: 'no_consent' });
      assert.deepEqual(await stored(browser), nothing);
      assert.deepEqual(askedFor(shop).sort(), staticFiles);

      const state = await browser.evaluate(() =>
        baya.consent({ store: false, personalize: false }),
      );
      assert.deepEqual([state.asked, state.purposes.store.allowed], [true, false]);
      const { local, ...rest } = await stored(browser);
      const { local: none, ...nothingElse } = nothing;
      assert.deepEqual(rest, nothingElse);
      assert.equal(local.length, 1);
      assert.equal(local[0][0], 'baya');
      assert.match(local[0][1], /^\{"version":1,"choice":"refused","date":"\d{4}-\d{2}-\d{2}"\}$/);
      assert.deepEqual(askedFor(shop).sort(), staticFiles);
    });
  });

  test(`a profile lasts, is shared, and is erased in ${engine}`, { timeout }, async (t) => {
    const began = Date.now();
    const shop = await startShop();
    t.after(() => shop.close());
    const profileDir = await newProfile(t);
    const canary = randomBytes(16).toString('hex');
    const control = randomBytes(16).toString('hex');

    const id = await withBrowser({ engine, profileDir }, async (browser) => {
      await visit(browser, shop);
      const state = await grant(browser);
      assert.ok(state.purposes.store.allowed && state.purposes.personalize.allowed);
      await browser.evaluate((text) => localStorage.setItem('control', text), control);
      assert.deepEqual(await view(browser, 'lamp-2', 'm-1'), { accepted: true });
      const ack = await browser.evaluate((user) => baya.identify(user, { email: user }), canary);
      assert.deepEqual(ack, { accepted: true });

      await browser.reload();
      await browser.waitFor('globalThis.isReady');
      assert.equal(await viewsOf(browser, 'lamp-2'), 1);
      const again = await view(browser, 'lamp-2', 'm-1');
      assert.deepEqual(again, { accepted: false, reason: 'duplicate' });
      const [first] = await browser.evaluate(() => baya.recommend({ limit: 1 }));
      assert.equal(first.personal, true);
      const { words, ...protection } = await browser.evaluate(() => mine.protection());
      assert.deepEqual(protection, {
        storage: 'indexeddb',
        share: SHARE[engine],
        persisted: protection.persisted,
        isolated: true,
      });
      assert.ok(words.includes('encrypted'));

      const other = await browser.newTab();
      await visit(other, shop);
      assert.equal(await viewsOf(other, 'lamp-2'), 1);
      await browser.evaluate(() => heard.splice(0) && null);
      assert.deepEqual(await view(other, 'mug-3'), { accepted: true });
      await browser.waitFor("heard.includes('change profile')");
      assert.equal(await viewsOf(browser, 'mug-3'), 1);
      // The owner goes; the other tab takes over what is stored.
      await browser.goto('about:blank');
      assert.deepEqual(await view(other, 'mug-5'), { accepted: true });
      assert.equal(await viewsOf(other, 'mug-3'), 1);
      await other.close();
      await visit(browser, shop);
      assert.equal(await viewsOf(browser, 'mug-5'), 1);
      return vaultId(browser);
    });

    const needles = [canary, control, Buffer.from(id, 'hex')];
    const found = async () => {
      const hits = await searchProfile(profileDir, needles);
      return needles.map((_, needle) => hits.some((hit) => hit.needle === needle));
    };
    // The two controls: what stands in clear is found. What is encrypted is not.
    assert.deepEqual(await found(), [false, true, true]);

    await withBrowser({ engine, profileDir }, async (browser) => {
      await visit(browser, shop);
      assert.equal(await viewsOf(browser, 'lamp-2'), 1);
      await browser.evaluate(() => mine.erase({ all: true }));
      const { local, ...rest } = await stored(browser);
      const { local: none, ...nothingElse } = nothing;
      assert.deepEqual(rest, nothingElse);
      const [[name, record]] = local.filter(([key]) => key !== 'control');
      assert.deepEqual([name, local.length], ['baya', 2]);
      assert.match(record, /"refused"/);
      assert.equal((await browser.evaluate(() => baya.consentState())).asked, true);
    });
    const [plain, clear, identifier] = await found();
    assert.deepEqual([plain, clear], [false, true]);
    if (!KEEPS_DELETED_BLOBS.includes(engine)) assert.equal(identifier, false);
    else t.diagnostic(`the vault's id is ${identifier ? 'still' : 'no longer'} on the disk`);
    t.diagnostic(`${Date.now() - began} ms`);
  });
}

// Tracks until it is ended, and tells the server which message ids were acknowledged.
const trackWithoutEnd = (tab, prefix) =>
  tab.evaluate((name) => {
    let next = 0;
    const acked = [];
    const tell = () => {
      if (acked.length > 0) fetch(`/acked/${acked.splice(0).join(',')}`);
    };
    const one = async () => {
      const messageId = `${name}-${next++}`;
      const properties = { product_id: 'lamp-2' };
      const ack = await baya.track('Product Viewed', properties, { messageId });
      if (ack.accepted) acked.push(messageId);
      tell();
      setTimeout(one, 0);
    };
    for (let i = 0; i < 4; i++) one();
    return true;
  }, prefix);

const rounds = process.env.BAYA_FULL ? 20 : 5;

test(`SIGKILL loses nothing acknowledged, ${rounds} times`, { timeout: 900_000 }, async (t) => {
  const shop = await startShop();
  t.after(() => shop.close());
  const profileDir = await newProfile(t);
  const acked = () =>
    shop.hits('/acked/').flatMap(({ path }) => path.slice('/acked/'.length).split(','));
  let before = 0;
  for (let round = 0; round < rounds; round++) {
    const browser = await launch({ engine: 'chromium', profileDir });
    try {
      await visit(browser, shop);
      if (round === 0) await grant(browser);
      await trackWithoutEnd(browser, `r${round}`);
      const enough = before + 10;
      for (let i = 0; acked().length < enough && i < 600; i++) await sleep(50);
      await sleep(Math.random() * 300);
    } finally {
      await browser.kill();
      await browser.close();
    }
    assert.ok(acked().length > before, `round ${round}: nothing was acknowledged`);
    before = acked().length;
    await withBrowser({ engine: 'chromium', profileDir }, async (next) => {
      await visit(next, shop);
      const json = await next.evaluate(() => mine.export());
      const lost = acked().filter((id) => !json.includes(`"${id}"`));
      assert.deepEqual(lost, [], `round ${round}`);
      assert.ok(!json.includes('"r0-never"')); // control: the search can miss
    });
  }
  t.diagnostic(`${before} acknowledged events, 0 lost`);
});
