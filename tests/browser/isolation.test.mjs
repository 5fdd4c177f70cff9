// Promise 3: in each engine the worker that holds the engine has no network, because of the policy
// its own response carries, and works: one Histogram shard equals the official vector, on a page
// that has no permission for WebAssembly. A control worker without that policy makes the same
// attempts and gets through with every one of them, so each attempt is one that can fail.
//
// The worker's script is dist/worker.js byte for byte, behind isolation/probe.js.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { engines, launch } from './lib/browser.mjs';
import { startServer } from './lib/server.mjs';

const PAGE_POLICY = "default-src 'self'";
const WORKER_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'";

const MANDATORY = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'importScripts',
  'import()',
  'nested Worker',
  'eval',
  'new Function',
];

// What an engine does not ask for even when it may; found with the control worker.
const NEVER_SENT = { webkit: ['other FontFace'] };

// Engines that refuse WebAssembly to a page without permission; WebKitGTK 2.50 compiles it anyway.
const PAGE_CANNOT_COMPILE = ['chromium', 'firefox'];

const root = fileURLToPath(new URL('../..', import.meta.url));
const ownFile = (name) => readFileSync(new URL(`isolation/${name}`, import.meta.url));

const shared = process.env.BAYA_SHARED ?? join(root, '../shared');
const vectorFile = join(shared, 'vectors/vdaf-20/Prio3Histogram_0.json');
const vector = existsSync(vectorFile) ? JSON.parse(readFileSync(vectorFile, 'utf8')) : undefined;

function distFile(name) {
  const path = join(root, 'js-bindings/dist', name);
  if (!existsSync(path)) throw new Error(`${path} is missing: build js-bindings first`);
  return readFileSync(path);
}

async function listenToDatagrams() {
  const socket = createSocket('udp4');
  let count = 0;
  socket.on('message', () => {
    count++;
  });
  await new Promise((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    origin: `https://127.0.0.1:${socket.address().port}`,
    count: () => count,
    close: () => new Promise((resolve) => socket.close(resolve)),
  };
}

// The site with its page and both workers, another site, and a UDP port per worker.
async function startSites() {
  const script = Buffer.concat([ownFile('probe.js'), distFile('worker.js')]);
  const attempt = {
    body: "globalThis.postMessage?.('loaded');",
    headers: { 'Content-Type': 'text/javascript' },
  };
  const own = await startServer({
    '/index.html': {
      body: '<!doctype html><script type="module" src="page.js"></script>',
      csp: PAGE_POLICY,
    },
    '/page.js': { body: ownFile('page.js') },
    '/index.js': { body: distFile('index.js') },
    '/report.wasm': { body: distFile('report.wasm') },
    '/held.js': { body: script, csp: WORKER_POLICY },
    '/free.js': { body: script },
    '/attempt/*': attempt,
  });
  const other = await startServer({
    '/attempt/*': {
      body: 'void 0;',
      headers: { ...attempt.headers, 'Access-Control-Allow-Origin': '*' },
    },
  });
  const udp = { held: await listenToDatagrams(), free: await listenToDatagrams() };
  const close = () => Promise.all([own, other, udp.held, udp.free].map((each) => each.close()));
  return { own, other, udp, close };
}

// -> {name: outcome}
async function attemptNested(browser, workerUrl, prefix) {
  const outcomes = {};
  const fresh = (message) =>
    browser.evaluate((url, ask) => askFreshWorker(url, ask), workerUrl, message);
  for (const name of await fresh({ probe: 'nestedNames' })) {
    const url = `${prefix}${encodeURIComponent(name)}/`;
    outcomes[name] = await fresh({ probe: 'nestedAttempt', name, url });
  }
  return outcomes;
}

// Runs all attempts in the worker at `workerUrl`, "held.js" or "free.js".
// -> [{name, outcome, arrived}], `arrived` = how often it was seen from outside
async function attemptAll(browser, sites, workerUrl) {
  const name = workerUrl.replace('.js', '');
  const prefix = `/attempt/${name}/`;
  const message = {
    probe: 'attempts',
    own: sites.own.origin + prefix,
    other: sites.other.origin + prefix,
    udp: `${sites.udp[name].origin}/`,
  };
  const outcomes = await browser.evaluate((url, ask) => askProbe(url, ask), workerUrl, message);
  Object.assign(outcomes.own, await attemptNested(browser, workerUrl, message.own));
  await browser.evaluate((url) => fetch(url).then(() => {}), '/settled'); // behind all that was sent
  const pathOf = (attempt) => `${prefix}${encodeURIComponent(attempt)}/`;
  const arrived = {
    own: (attempt) => sites.own.hits(pathOf(attempt)).length,
    other: (attempt) => sites.other.hits(pathOf(attempt)).length,
    udp: () => sites.udp[name].count(),
  };
  return Object.entries(outcomes).flatMap(([server, results]) =>
    Object.entries(results).map(([attempt, outcome]) => ({
      name: `${server} ${attempt}`,
      outcome,
      arrived: arrived[server](attempt),
    })),
  );
}

function assertRefused(attempts) {
  for (const { name, outcome, arrived } of attempts) {
    const what = `${name}: ${JSON.stringify(outcome)}`;
    assert.equal(arrived, 0, `reached a server: ${what}`);
    assert.ok(outcome.absent || outcome.refused || outcome.ended === 'nothing', `allowed: ${what}`);
    if (/ (eval|new Function)$/.test(name)) assert.equal(outcome.refused, 'EvalError', what);
  }
}

function assertSent(attempts, engine) {
  const present = attempts.filter(({ outcome }) => !outcome.absent);
  for (const name of MANDATORY) {
    assert.ok(
      present.some((attempt) => attempt.name === `own ${name}`),
      `${name} was not tried`,
    );
  }
  for (const { name, outcome, arrived } of present) {
    if (NEVER_SENT[engine]?.includes(name)) continue;
    assert.ok(arrived > 0, `control: ${name} did not arrive: ${JSON.stringify(outcome)}`);
  }
  return present.length;
}

// Through the client's public API, with the vector's randomness as the worker's entropy.
async function assertShardEqualsVector(browser, workerUrl) {
  const [report] = vector.reports;
  const request = {
    ctx: vector.ctx,
    nonce: report.nonce,
    shares: vector.shares,
    length: vector.length,
    chunkLength: vector.chunk_length,
    measurement: report.measurement,
  };
  const shard = await browser.evaluate(
    (url, rand, values) => shardHistogram(url, rand, values),
    workerUrl,
    report.rand,
    request,
  );
  assert.equal(shard.publicShare, report.public_share);
  assert.deepEqual(shard.inputShares, report.input_shares);
  assert.equal(shard.entropyLeft, 0);
}

async function onPage(engine, body) {
  const began = Date.now();
  const sites = await startSites();
  const browser = await launch({ engine });
  try {
    await browser.goto(`${sites.own.origin}/index.html`);
    await browser.waitFor('globalThis.pageIsReady');
    await body(browser, sites);
  } finally {
    await browser.close();
    await sites.close();
  }
  assert.deepEqual(browser.processes(), []);
  return `${browser.version}, ${Date.now() - began} ms`;
}

const timeout = 180_000;

for (const engine of engines) {
  test(`the worker is refused every way out in ${engine}`, { timeout }, async (t) => {
    let count;
    const took = await onPage(engine, async (browser, sites) => {
      const start = (url) => browser.evaluate((workerUrl) => startClient(workerUrl), url);
      assert.equal(await start('held.js'), 'refused');
      assertRefused(await attemptAll(browser, sites, 'held.js'));
      assert.equal(await start('free.js'), 'not isolated');
      count = assertSent(await attemptAll(browser, sites, 'free.js'), engine);
    });
    t.diagnostic(`${count} ways out: ${took}`);
  });

  const skip = vector === undefined && `no ${vectorFile}: set BAYA_SHARED`;
  test(`the worker shards as the vector says in ${engine}`, { timeout, skip }, async (t) => {
    const took = await onPage(engine, async (browser, sites) => {
      await browser.evaluate(() => startClient('held.js'));
      await assertShardEqualsVector(browser, 'held.js');
      if (PAGE_CANNOT_COMPILE.includes(engine)) {
        assert.equal(await browser.evaluate('pageMayCompile()'), false);
      }
      const asked = [...new Set(sites.own.requests.map(({ path }) => path))].sort();
      const expected = ['/held.js', '/index.html', '/index.js', '/page.js', '/report.wasm'];
      assert.deepEqual(
        asked.filter((path) => path !== '/favicon.ico'),
        expected,
      );
    });
    t.diagnostic(took);
  });
}
