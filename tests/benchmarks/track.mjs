// How long track() holds up a page's main thread: our tag, after consent, with a vault on the disk,
// against the tags of Segment and Snowplow as their packages bundle them, which send to a server on
// the same machine. Chromium; groups of calls, because the page's clock is coarse.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

import { launch } from '../browser/lib/browser.mjs';
import { sleep } from '../browser/lib/processes.mjs';
import { startServer } from '../browser/lib/server.mjs';
import { signer, sitePack } from '../lib/site_pack.mjs';
import { compare } from './lib/compare.mjs';

const GROUP = 20;
const SETTLE_MS = 300; // what a group leaves to do later is done before the next one
// Half of what was seen on a busy machine, so that noise alone does not fail it.
const BARS = { segment: 20, snowplow: 1.2 };

const WORKER_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'";

const PROPERTIES = "{ product_id: 'lamp-2', name: 'Lamp number 2', price: 10.02, currency: 'EUR' }";

const peers = {
  segment: `import { AnalyticsBrowser } from '@segment/analytics-next';
    const [analytics] = await AnalyticsBrowser.load(
      { writeKey: 'key', cdnSettings: { integrations: { 'Segment.io': {
        apiKey: 'key', apiHost: location.host + '/sink', protocol: 'http' } } } });
    globalThis.trackOne = () => { analytics.track('Product Viewed', ${PROPERTIES}); };`,
  snowplow: `import { newTracker, trackSelfDescribingEvent } from '@snowplow/browser-tracker';
    newTracker('sp', location.origin, { appId: 'shop', postPath: '/sink/tp2' });
    globalThis.trackOne = () => { trackSelfDescribingEvent({ event: {
      schema: 'iglu:example/product_view/jsonschema/1-0-0', data: ${PROPERTIES} } }); };`,
};

async function bundle(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

const distFile = (name) => {
  const path = fileURLToPath(new URL(`../../js-bindings/dist/${name}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`${path} is missing: build js-bindings first`);
  return { body: readFileSync(path) };
};

async function startSite() {
  const routes = {
    '/baya.html': {
      body: `<!doctype html><script src="/baya/baya.js" data-pack="/shop.pack"
        data-site="shop.example" data-signer="${signer}"></script>
        <script type="module" src="/baya.page.js"></script>`,
    },
    '/baya.page.js': {
      body: `await baya.consent({ store: true, personalize: true });
        const ack = await baya.track('Product Viewed', ${PROPERTIES});
        if (!ack.accepted) throw new Error(ack.reason);
        globalThis.trackOne = () => { baya.track('Product Viewed', ${PROPERTIES}); };`,
    },
    '/baya/baya.js': distFile('baya.js'),
    '/baya/engine.wasm': distFile('engine.wasm'),
    '/baya/worker.js': { ...distFile('worker.js'), csp: WORKER_POLICY },
    '/shop.pack': { body: sitePack() },
    '/sink*': { body: '{}' },
  };
  for (const [name, source] of Object.entries(peers)) {
    routes[`/${name}.html`] = {
      body: `<!doctype html><script type="module" src="/${name}.js"></script>`,
    };
    routes[`/${name}.js`] = { body: await bundle(source) };
  }
  return startServer(routes);
}

async function openPage(tab, site, name) {
  await tab.goto(`${site.origin}/${name}.html`);
  await tab.waitFor("typeof globalThis.trackOne === 'function'");
  return async () => {
    await sleep(SETTLE_MS);
    return tab.evaluate((calls) => {
      const start = performance.now();
      for (let i = 0; i < calls; i++) globalThis.trackOne();
      return (performance.now() - start) / calls;
    }, GROUP);
  };
}

const site = await startSite();
const browser = await launch({ engine: 'chromium' });
try {
  const ours = await openPage(browser, site, 'baya');
  for (const [name, bar] of Object.entries(BARS)) {
    const peer = await openPage(await browser.newTab(), site, name);
    await compare({
      benchmark: `track: main thread, against ${name}`,
      bar,
      ours: { name: 'baya, encrypted and durable in the worker', time: ours },
      peer: { name, time: peer },
    });
  }
  if (site.hits('/sink').length === 0) throw new Error('the peers sent nothing');
} finally {
  await browser.close();
  await site.close();
}
