// A page of a shop that uses the published tag, and what a test asks of it.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { plan, signer, sitePack } from '../../lib/site_pack.mjs';
import { launch } from './browser.mjs';
import { startServer } from './server.mjs';

const PAGE_POLICY = "default-src 'self'";
const WORKER_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'";

const root = fileURLToPath(new URL('../../..', import.meta.url));

const fields = { ...plan.fields, 'trait.name': ['store'] };

function distFile(name) {
  const path = join(root, 'js-bindings/dist', name);
  if (!existsSync(path)) throw new Error(`${path} is missing: build js-bindings first`);
  return readFileSync(path);
}

// `pack`: of another shop than that of lamps and mugs. `beforeWorker`: a script that the worker runs first.
export function startShop(pack = sitePack({ plan: { ...plan, fields } }), beforeWorker = '') {
  const served = ['baya.js', 'stub.js', 'rights.js', 'engine.wasm', 'report.wasm'];
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
        globalThis.codes = [];
        globalThis.begin = () => {
          if (Array.isArray(globalThis.baya)) return setTimeout(globalThis.begin, 20);
          for (const event of ['ready', 'change', 'degraded']) {
            baya.on(event, ({ what, code }) => {
              heard.push(event + ' ' + what);
              if (code !== undefined) codes.push(code);
            });
          }
          globalThis.mine = rights(baya);
          globalThis.isReady = true;
        };
        begin();`,
    },
    ...Object.fromEntries(served.map((name) => [`/baya/${name}`, { body: distFile(name) }])),
    '/baya/worker.js': {
      body: Buffer.concat([Buffer.from(beforeWorker), distFile('worker.js')]),
      csp: WORKER_POLICY,
    },
    '/shop.pack': { body: pack },
    '/plain.html': { body: '<!doctype html><title>No tag</title>', csp: PAGE_POLICY },
    '/acked/*': { body: '' },
  });
}

export async function visit(browser, shop) {
  await browser.goto(`${shop.origin}/index.html`);
  await browser.waitFor('globalThis.isReady');
}

export async function withBrowser(options, body) {
  const browser = await launch(options);
  try {
    return await body(browser);
  } finally {
    await browser.close();
  }
}

export const grant = (tab) => tab.evaluate(() => baya.consent({ store: true, personalize: true }));

export const view = (tab, product, messageId) =>
  tab.evaluate(
    (product_id, id) => baya.track('Product Viewed', { product_id }, id ? { messageId: id } : {}),
    product,
    messageId ?? null,
  );

export const viewsOf = (tab, product) =>
  tab.evaluate(async (name) => {
    const fields = await mine.inventory();
    return fields.find(({ field }) => field === name)?.value ?? 0;
  }, `viewed.${product}`);

/** Whatever a page can find that was stored for its origin. */
export const stored = (tab) =>
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

export const nothing = { local: [], session: 0, cookies: '', databases: [], caches: [], files: [] };
export const staticFiles = ['/baya/engine.wasm', '/baya/worker.js', '/shop.pack'];

export const askedFor = (shop) =>
  [...new Set(shop.requests.map(({ path }) => path))].filter((path) => path !== '/favicon.ico');

export async function newProfile(t) {
  const profileDir = await mkdtemp(join(tmpdir(), 'baya-vault-'));
  t.after(() => rm(profileDir, { recursive: true, force: true }));
  return profileDir;
}
