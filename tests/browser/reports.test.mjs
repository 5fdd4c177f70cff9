// Reports from a real page to two aggregators, seen from the aggregators' side: one half each, nothing
// before consent, and nothing of a report whose consent was withdrawn while it waited.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { describe } from 'node:test';
import { fileURLToPath } from 'node:url';

import { decodeReport, HELPER, LEADER } from '../aggregator/lib/draft.mjs';
import { addVectors, measurementShare, openInputShare } from '../aggregator/lib/shares.mjs';
import {
  declaredTask,
  labels,
  reportsPath,
  startAggregators,
  tasksSection,
} from '../lib/measure_tasks.mjs';
import { measuringPlan, signer, sitePack } from '../lib/site_pack.mjs';
import { engines, launch } from './lib/browser.mjs';
import { sleep } from './lib/processes.mjs';
import { startServer } from './lib/server.mjs';

const WORKER_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'";
// Long enough for a person to change their mind, short enough to wait for.
const DELAY_S = 12;
// What is due sooner may leave before the test has withdrawn.
const MARGIN_MS = 3_000;

const root = fileURLToPath(new URL('../..', import.meta.url));

function distFile(name) {
  const path = join(root, 'js-bindings/dist', name);
  if (!existsSync(path)) throw new Error(`${path} is missing: build js-bindings first`);
  return readFileSync(path);
}

async function startShop(t, { leader, helper }, changes) {
  const tasks = tasksSection({ leader: leader.url, helper: helper.url }, changes);
  const served = ['baya.js', 'rights.js', 'engine.wasm', 'report.wasm'];
  const shop = await startServer({
    '/index.html': {
      body: `<!doctype html>
        <script src="/baya/baya.js" data-pack="/shop.pack" data-signer="${signer}" data-site="shop.example"></script>
        <script type="module" src="/page.js"></script>`,
      csp: `default-src 'self'; connect-src 'self' ${leader.url} ${helper.url}`,
    },
    '/page.js': {
      body: `import { rights } from '/baya/rights.js';
        globalThis.mine = rights(baya);
        globalThis.isReady = true;`,
    },
    ...Object.fromEntries(served.map((name) => [`/baya/${name}`, { body: distFile(name) }])),
    '/baya/worker.js': { body: distFile('worker.js'), csp: WORKER_POLICY },
    '/shop.pack': { body: sitePack({ plan: measuringPlan, tasks }) },
  });
  t.after(() => shop.close());
  return shop;
}

async function visit(t, engine, shop) {
  const browser = await launch({ engine });
  t.after(() => browser.close());
  await browser.goto(`${shop.origin}/index.html`);
  await browser.waitFor('globalThis.isReady');
  return browser;
}

const choose = (tab, choices) => tab.evaluate((choice) => baya.consent(choice), choices);
const view = (tab) => tab.evaluate(() => baya.track('Product Viewed', { product_id: 'mug-1' }));
const log = (tab) => tab.evaluate(() => mine.reportLog());
const everything = { store: true, personalize: true, measure: true };

async function until(what, holds) {
  for (let i = 0; i < 600; i++) {
    if (await holds()) return;
    await sleep(100);
  }
  assert.fail(what);
}

const CANARY = `canary-${randomBytes(8).toString('hex')}`;
const EMAIL = `${CANARY}@shop.example`;

// In no address, header or body, as it is or in base64; the search finds what is there.
function assertNoCanary(aggregators) {
  const seen = aggregators.flatMap(({ requests, reports }) => [
    JSON.stringify(requests),
    ...reports.map((body) => body.toString('latin1')),
  ]);
  const forms = [CANARY, Buffer.from(CANARY).toString('base64').slice(0, 16)];
  const finds = (texts) => texts.some((text) => forms.some((form) => text.includes(form)));
  assert.ok(finds([...seen, EMAIL]));
  assert.ok(!finds(seen), 'what was said of the person has left');
}

// Both halves, opened by code that is not ours.
async function assertSharesAddUp({ leader, helper }, bucket) {
  const task = declaredTask({ leader: leader.url, helper: helper.url });
  const report = decodeReport(leader.reports[0]);
  const halves = await Promise.all([
    openInputShare(task, report, LEADER, leader.privateKey),
    openInputShare(task, report, HELPER, helper.privateKey),
  ]);
  const shares = halves.map((half, i) => measurementShare(task, [LEADER, HELPER][i], half));
  const measurement = labels.map((_, i) => (i === bucket ? 1n : 0n));
  assert.deepEqual(addVectors(...shares), measurement);
  for (const share of shares) assert.notDeepEqual(share, measurement);
}

const asked = ({ requests }) =>
  requests
    .filter(({ method }) => method !== 'OPTIONS')
    .map(({ method, url }) => `${method} ${url}`);

for (const engine of engines) {
  test(`a report goes to the leader, sealed for two, in ${engine}`, {
    timeout: 240_000,
  }, async (t) => {
    const aggregators = await startAggregators(t);
    const { leader, helper } = aggregators;
    const shop = await startShop(t, aggregators);
    const tab = await visit(t, engine, shop);
    await choose(tab, { store: true, personalize: true });
    await view(tab);
    await sleep(2_000); // longer than a page waits after an event
    assert.deepEqual([asked(leader), asked(helper)], [[], []], 'nothing without consent');
    assert.equal(shop.hits('/baya/report.wasm').length, 0, 'nor what makes reports');
    const preview = await tab.evaluate(() => mine.measureTasks());
    assert.equal(preview.tasks[0].state, 'off');
    assert.equal(preview.tasks[0].preview, 'mugs');

    await choose(tab, everything);
    await tab.evaluate((name, email) => baya.identify(name, { email }), CANARY, EMAIL);
    await until('it was sent', async () => (await log(tab))[0]?.state === 'sent');
    assert.deepEqual(asked(leader), ['GET /hpke_config', `POST ${reportsPath}`]);
    assert.deepEqual(asked(helper), ['GET /hpke_config']);
    for (const { headers } of [...leader.requests, ...helper.requests]) {
      assert.equal(headers.cookie, undefined);
      assert.equal(headers.referer, undefined);
      assert.equal(headers['if-none-match'], undefined);
    }
    assertNoCanary([leader, helper]);
    const [report] = await log(tab);
    assert.equal(report.label, 'mugs');
    await assertSharesAddUp(aggregators, labels.indexOf('mugs'));
    assert.equal(report.epsilon, 1);
    await tab.reload();
    await tab.waitFor('globalThis.isReady');
    await view(tab);
    await sleep(2_000);
    assert.equal(leader.reports.length, 1, 'one in an epoch');
    assert.equal(shop.hits('/baya/report.wasm').length, 1, 'made by what was fetched once');
  });
}

// A visitor whose report waits for a while yet, in a browser of its own.
async function visitorWithReport(t, engine, shop) {
  for (;;) {
    const tab = await visit(t, engine, shop);
    await choose(tab, everything);
    await view(tab);
    await until('it waits', async () => (await log(tab))[0]?.state === 'waiting');
    const [{ dueMs }] = await log(tab);
    if (dueMs - Date.now() >= MARGIN_MS) return { tab, dueMs };
    await tab.close();
  }
}

const untilPast = (timeMs) => sleep(Math.max(0, timeMs - Date.now()) + 3_000);

// Half a minute each, of waiting: the engines at the same time.
describe('a withdrawal before the upload sends nothing', { concurrency: engines.length }, () => {
  for (const engine of engines) {
    test(`in ${engine}`, {
      timeout: 240_000,
    }, async (t) => {
      const aggregators = await startAggregators(t);
      const { leader } = aggregators;
      const shop = await startShop(t, aggregators, { delayS: DELAY_S });
      const stays = await visitorWithReport(t, engine, shop);
      await untilPast(stays.dueMs);
      assert.equal(leader.reports.length, 1, 'without a withdrawal it is sent');
      await stays.tab.close();

      leader.reports.length = 0;
      const { tab, dueMs } = await visitorWithReport(t, engine, shop);
      assert.equal(leader.reports.length, 0);
      await choose(tab, { measure: false });
      await untilPast(dueMs);
      await tab.reload();
      await tab.waitFor('globalThis.isReady');
      await view(tab);
      await sleep(2_000);
      assert.equal(leader.reports.length, 0);
      const [{ state, label }] = await log(tab);
      assert.deepEqual({ state, label }, { state: 'withdrawn', label: '' });
    });
  }
});
