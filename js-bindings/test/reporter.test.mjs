// Reports from a page to two aggregators over HTTP, with the real engine behind it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  reportsPath,
  startAggregators,
  tasksSection,
  uploadErrors,
} from '../../tests/lib/measure_tasks.mjs';
import { measuringPlan, signer, sitePack } from '../../tests/lib/site_pack.mjs';
import { engineWasm, importSources } from './support/files.mjs';

const sources = await importSources([
  'blob_store.ts',
  'call_record.ts',
  'device_slot.ts',
  'generated/by_name.ts',
  'in_process.ts',
  'keeper.ts',
  'reading.ts',
  'reporter.ts',
]);
const { callText, Keeper, MemorySlot, MemoryStore, openEngine, Reporter } = sources;

const silent = { globalPrivacyControl: false, consentMode: [] };

// A page and its worker in one: the keeper answers, the reporter has the network.
class Page {
  blobs = new MemoryStore();
  slot = new MemorySlot();
  asked = [];

  constructor(aggregators, changes) {
    const { leader, helper } = aggregators;
    const tasks = tasksSection({ leader: leader.url, helper: helper.url }, changes);
    this.pack = sitePack({ plan: measuringPlan, tasks });
  }

  async open(t, { wait = { settle: 1, retry: 20 }, kind = 'indexeddb', ...opening } = {}) {
    const { blobs } = this;
    const engine = await openEngine(engineWasm());
    const reporter = new Reporter((request) => {
      this.asked.push(request.name);
      return this.keeper.answer(request);
    }, wait);
    const parts = {
      engine,
      store: {
        kind,
        readAll: () => blobs.readAll(),
        apply: (batch) => blobs.apply(batch),
        destroy: () => blobs.destroy(),
      },
      slot: this.slot,
      notify: ({ event }) => {
        if (event === 'change') reporter.soon();
      },
      keepRecord: (record) => {
        this.record = record ?? undefined;
      },
      measuring: (allowed) => reporter.allow(allowed),
    };
    const { pack, record } = this;
    const site = 'shop.example';
    this.keeper = await Keeper.open(parts, {
      pack,
      signer,
      site,
      record,
      signals: silent,
      ...opening,
    });
    const { keeper } = this;
    t.after(() => {
      reporter.allow(false);
      keeper.close();
    });
    this.reporter = reporter;
  }

  /** The page goes. */
  leave() {
    this.reporter.allow(false);
    this.keeper.close();
  }

  choose(choices) {
    return this.keeper.answer({ name: 'choose', choices, text: undefined });
  }

  async view(product = 'mug-1') {
    const ack = await this.keeper.answer({
      name: 'take',
      call: callText({
        verb: 'track',
        messageId: `m-${Math.random()}`,
        timeMs: Date.now(),
        sentMs: Date.now(),
        name: 'Product Viewed',
        properties: { product_id: product },
      }),
    });
    assert.deepEqual(ack, { accepted: true });
  }

  async states() {
    return (await this.read('reportLog')).reports.map(({ state }) => state);
  }

  /** As rights.ts does. */
  read(name) {
    const ask = (request) => this.keeper.answer(request);
    return sources.read(ask, sources.operations[name], {});
  }
}

const all = { store: true, personalize: true, measure: true };

async function until(what, holds) {
  for (let i = 0; i < 500; i++) {
    if (await holds()) return;
    await sleep(10);
  }
  assert.fail(what);
}

async function measuringPage(t, changes) {
  const aggregators = await startAggregators(t);
  const page = new Page(aggregators, changes);
  await page.open(t);
  await page.choose(all);
  return { ...aggregators, page };
}

test('one report goes to the leader, once', async (t) => {
  const { leader, helper, page } = await measuringPage(t);
  await page.view();
  await until('it was sent', async () => (await page.states())[0] === 'sent');
  assert.equal(leader.reports.length, 1);
  assert.deepEqual(
    leader.requests.map(({ method, url }) => `${method} ${url}`),
    ['GET /hpke_config', `POST ${reportsPath}`],
  );
  assert.deepEqual(
    helper.requests.map(({ method, url }) => `${method} ${url}`),
    ['GET /hpke_config'],
  );
  for (const { headers } of [...leader.requests, ...helper.requests]) {
    assert.equal(headers.cookie, undefined);
    assert.equal(headers.referer, undefined);
    // Fetch Standard, "HTTP-network-or-cache fetch": what mode no-store says to proxies.
    assert.equal(headers['cache-control'], 'no-cache');
    assert.equal(headers['if-none-match'], undefined);
  }
  assert.equal(
    leader.requests[1].headers['content-type'],
    'application/ppm-dap;message=upload-req',
  );
  await page.view('lamp-2');
  await sleep(60);
  assert.equal(leader.requests.length, 2);
  const [logged] = (await page.read('reportLog')).reports;
  assert.equal(logged.label, 'mugs');
  assert.equal(logged.epsilonMicro, 1_000_000);
  assert.equal(logged.leaderUrl, leader.url);
  assert.ok(logged.endedMs >= logged.madeMs && logged.dueMs === 0);
});

test('nothing is asked or sent while measuring is closed', async (t) => {
  const aggregators = await startAggregators(t);
  const page = new Page(aggregators);
  await page.open(t);
  await page.choose({ store: true, personalize: true });
  await page.view();
  await sleep(60);
  assert.deepEqual(page.asked, []);
  assert.deepEqual(aggregators.leader.requests, []);
  assert.deepEqual(aggregators.helper.requests, []);
  const { tasks } = await page.read('measureTasks');
  assert.deepEqual([tasks[0].state, tasks[0].hasPreview, tasks[0].preview], ['off', true, 1]);
});

test('a retry sends the same bytes, after a reload too', async (t) => {
  const { leader, page } = await measuringPage(t);
  const answers = [
    (response) => response.destroy(),
    (response) => response.writeHead(503).end(),
    (response) => response.writeHead(404, { 'Content-Type': 'text/html' }).end('no such page'),
    (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('please log in'),
  ];
  leader.answer = (response) => answers[(leader.reports.length - 1) % 4](response);
  await page.view();
  await until('it was tried', () => leader.reports.length >= 5);
  assert.deepEqual(await page.states(), ['waiting']);
  page.leave();
  await page.open(t);
  leader.answer = (response) => response.writeHead(200).end();
  await until('it was sent', async () => (await page.states())[0] === 'sent');
  for (const report of leader.reports) assert.deepEqual(report, leader.reports[0]);
  const { spentMicro } = await page.read('measureTasks');
  assert.equal(spentMicro, 1_000_000);
});

test('retries wait longer and longer', async (t) => {
  const { leader, page } = await measuringPage(t);
  const times = [];
  leader.answer = (response) => {
    times.push(Date.now());
    response.writeHead(500).end();
  };
  await page.view();
  await until('it was tried', () => times.length === 5);
  for (let i = 1; i < 5; i++)
    assert.ok(times[i] - times[i - 1] >= 20 * 2 ** (i - 1) - 2, `${times}`);
});

test('the leader has the last word', async (t) => {
  const errors = (error) => (response, body) =>
    response
      .writeHead(200, { 'Content-Type': 'application/ppm-dap;message=upload-errors' })
      .end(uploadErrors(body, error));
  const problem = (response) =>
    response.writeHead(400, { 'Content-Type': 'application/problem+json' }).end('{}');
  for (const [answer, state] of [
    [errors(8), 'refused'],
    [errors(2), 'sent'], // it had it already
    [problem, 'refused'],
  ]) {
    const { leader, page } = await measuringPage(t);
    leader.answer = (response) => answer(response, leader.reports.at(-1));
    await page.view();
    await until(state, async () => (await page.states())[0] === state);
    await sleep(40);
    assert.equal(leader.reports.length, 1);
    page.leave();
  }
});

test('a withdrawal before the upload sends nothing, during it cuts it off', async (t) => {
  const { leader, helper, page } = await measuringPage(t, { delayS: 3600 });
  await page.view();
  await until('it waits', async () => (await page.states())[0] === 'waiting');
  await page.choose({ measure: false });
  await sleep(60);
  assert.deepEqual(leader.reports, []);
  assert.deepEqual(await page.states(), ['withdrawn']);
  const before = leader.requests.length + helper.requests.length;
  await page.view();
  await sleep(60);
  assert.equal(leader.requests.length + helper.requests.length, before);
  page.leave();

  const other = await measuringPage(t);
  let cut = false;
  other.leader.answer = (response) => response.on('close', () => (cut = !response.writableEnded));
  await other.page.view();
  await until('it is on its way', () => other.leader.reports.length === 1);
  await other.page.choose({ measure: false });
  await until('it is cut off', () => cut);
  await sleep(60);
  assert.equal(other.leader.reports.length, 1);
  assert.deepEqual(await other.page.states(), ['withdrawn']);
});

test('an erasure, a pause and Global Privacy Control cut off as well', async (t) => {
  for (const request of [
    { name: 'erase', scope: 'all', of: '' },
    { name: 'pause', paused: true },
    { name: 'hear', signals: { globalPrivacyControl: true, consentMode: [] } },
  ]) {
    const { leader, page } = await measuringPage(t);
    let cut = false;
    leader.answer = (response) => response.on('close', () => (cut = !response.writableEnded));
    await page.view();
    await until('it is on its way', () => leader.reports.length === 1);
    await page.keeper.answer(request);
    await until(`${request.name} cuts it off`, () => cut);
    await sleep(40);
    assert.equal(leader.reports.length, 1);
    page.leave();
  }
});

test('an aggregator that is away costs nothing', async (t) => {
  const { leader, helper, page } = await measuringPage(t);
  Object.defineProperty(helper, 'configs', { value: Buffer.from('nothing of the kind') });
  await page.view();
  await until('it was tried', () => helper.requests.length >= 3);
  const { spentMicro } = await page.read('measureTasks');
  assert.equal(spentMicro, 0);
  assert.deepEqual(leader.reports, []);
});

test('a page that keeps nothing reports nothing', async (t) => {
  const aggregators = await startAggregators(t);
  const page = new Page(aggregators);
  await page.open(t, { kind: 'memory' });
  await page.choose(all);
  page.reporter.allow(true); // even if it were asked
  await sleep(60);
  assert.deepEqual(aggregators.leader.requests, []);
});

test('a task for tests needs a page that allows it', async (t) => {
  const aggregators = await startAggregators(t);
  const changes = { policy: 2, epsilonMicro: 0, minBatch: 1 };
  const page = new Page(aggregators, changes);
  await page.open(t);
  await page.choose(all);
  await page.view();
  await sleep(60);
  assert.deepEqual(aggregators.leader.requests, []);
  page.leave();
  await page.open(t, { testTasks: true });
  await until('it was sent', async () => (await page.states())[0] === 'sent');
});
