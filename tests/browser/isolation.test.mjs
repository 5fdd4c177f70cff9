// Promise 3: in each engine the worker that holds the profile has no network, because of the policy
// its own response carries, and runs WebAssembly that its page may not. A control worker without
// that policy makes the same attempts and gets through with every one of them, so each attempt is
// one that can fail.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

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

const local = (name) => readFile(new URL(name, import.meta.url));

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
  const script = await local('isolation/probe.js');
  const attempt = {
    body: "globalThis.postMessage?.('loaded');",
    headers: { 'Content-Type': 'text/javascript' },
  };
  const own = await startServer({
    '/index.html': { body: '<!doctype html><script src="page.js"></script>', csp: PAGE_POLICY },
    '/page.js': { body: await local('isolation/page.js') },
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

// Runs all attempts in the worker `name` ("held" or "free").
// -> [{name, outcome, arrived}], `arrived` = how often it was seen from outside
async function attemptAll(browser, sites, name) {
  const path = `/${name}.js`;
  const prefix = `/attempt/${name}/`;
  const message = {
    probe: 'attempts',
    own: sites.own.origin + prefix,
    other: sites.other.origin + prefix,
    udp: `${sites.udp[name].origin}/`,
  };
  await browser.evaluate((url) => startWorker(url), path);
  const outcomes = await browser.evaluate((url, ask) => askProbe(url, ask), path, message);
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

for (const engine of engines) {
  test(`the worker is isolated in ${engine}`, { timeout: 180_000 }, async (t) => {
    const began = Date.now();
    const sites = await startSites();
    const browser = await launch({ engine });
    try {
      await browser.goto(`${sites.own.origin}/index.html`);
      const held = await attemptAll(browser, sites, 'held');
      const free = await attemptAll(browser, sites, 'free');
      assertRefused(held);
      const count = assertSent(free, engine);
      t.diagnostic(`${browser.version}: ${count} ways out refused, ${Date.now() - began} ms`);
    } finally {
      await browser.close();
      await sites.close();
    }
    assert.deepEqual(browser.processes(), []);
  });
}
