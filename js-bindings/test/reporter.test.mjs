// Reports from a page to two aggregators over HTTP, with the real engine behind it.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  reportsPath,
  startAggregators,
  tasksSection,
  uploadErrors,
} from '../../tests/lib/measure_tasks.mjs';
import { measuringPlan, signer, sitePack } from '../../tests/lib/site_pack.mjs';
import { engineWasm, importSources, reportWasm } from './support/files.mjs';

const sources = await importSources([
  'blob_store.ts',
  'call_record.ts',
  'device_slot.ts',
  'generated/by_name.ts',
  'in_process.ts',
  'keeper.ts',
  'reading.ts',
  'report_module.ts',
  'reporter.ts',
  'requests.ts',
]);
const {
  callText,
  Engine,
  EngineModule,
  EraseScope,
  engineIntegrity,
  Keeper,
  loadReports,
  MemorySlot,
  MemoryStore,
  Reporter,
} = sources;

const wasmUrl = `data:application/wasm;base64,${Buffer.from(reportWasm()).toString('base64')}`;

const silent = { choices: [], textVersion: '', globalPrivacyControl: false, consentMode: [] };

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

  async open(
    t,
    {
      wait = { settle: 1, retry: 20, exchange: 5_000 },
      kind = 'indexeddb',
      reports = wasmUrl,
      fillRandom,
      ...opening
    } = {},
  ) {
    const { blobs } = this;
    const module = await EngineModule.load(engineWasm(), engineIntegrity);
    const engine = Engine.open(module);
    const reporter = new Reporter(
      (request) => {
        this.asked.push(request.name);
        return this.keeper.answer(request);
      },
      reports,
      wait,
    );
    const parts = {
      engine,
      loadReports: (wasm) => loadReports(module, wasm, fillRandom),
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
    const made = Object.entries(choices).map(([purpose, granted]) => ({ purpose, granted }));
    return this.keeper.answer({ ...silent, name: 'signals', choices: made });
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
  for (let i = 0; i < 2_000; i++) {
    if (await holds()) return;
    await sleep(10);
  }
  assert.fail(what);
}

async function measuringPage(t, changes, opening) {
  const aggregators = await startAggregators(t);
  const page = new Page(aggregators, changes);
  await page.open(t, opening);
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
    { name: 'erase', scope: EraseScope.all, of: '' },
    { name: 'pause', paused: true },
    { ...silent, name: 'signals', globalPrivacyControl: true },
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

const hasty = { wait: { settle: 1, retry: 20, exchange: 300 } };
const isSent = (page) => async () => (await page.states())[0] === 'sent';

test('an aggregator that does not answer is cut off and asked again', async (t) => {
  const { leader, helper, page } = await measuringPage(t, {}, hasty);
  const silent = () => {};
  const { answer, answerConfigs } = helper;
  helper.answerConfigs = silent;
  leader.answer = silent;
  await page.view();
  await until('the keys are asked for again', () => helper.requests.length >= 3);
  assert.deepEqual(leader.reports, []);
  helper.answerConfigs = answerConfigs;
  await until('the report is sent again', () => leader.reports.length >= 3);
  leader.answer = answer;
  await until('it was taken', isSent(page));
  for (const report of leader.reports) assert.deepEqual(report, leader.reports[0]);
  assert.equal((await page.read('measureTasks')).spentMicro, 1_000_000);
});

test('an answer that comes byte by byte is cut off at the same time', async (t) => {
  const { leader, page } = await measuringPage(t, {}, hasty);
  let closed = 0;
  const { answer } = leader;
  leader.answer = (response) => {
    response.writeHead(200, { 'Content-Type': 'application/ppm-dap;message=upload-errors' });
    const drip = setInterval(() => response.write('.'), 10);
    response.on('close', () => {
      clearInterval(drip);
      closed++;
    });
  };
  await page.view();
  await until('it was tried', () => closed >= 2);
  assert.deepEqual(await page.states(), ['waiting']);
  leader.answer = answer;
  await until('it was taken', isSent(page));
});

// Writes until the other side hangs up, and says how much it took.
function endless(response, status, headers, taken) {
  response.writeHead(status, headers);
  let size = 0;
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(4_096))) size += 4_096;
  };
  response.on('drain', more);
  response.on('close', () => taken.push(size));
  more();
}

// What the buffers of two sockets on one machine may hold.
const buffersBytes = 16 << 20;

for (const [what, length] of [
  ['an endless answer', {}],
  ['an answer of 64 MiB', { 'Content-Length': 64 << 20 }],
]) {
  test(`${what} is left where it is`, async (t) => {
    const { leader, helper, page } = await measuringPage(t);
    const keys = [];
    const answers = [];
    const { answer } = leader;
    const { answerConfigs } = helper;
    helper.answerConfigs = (response) => endless(response, 200, length, keys);
    await page.view();
    await until('the keys were refused', () => keys.length >= 2);
    assert.deepEqual(leader.reports, []);
    assert.equal((await page.read('measureTasks')).spentMicro, 0);
    helper.answerConfigs = answerConfigs;
    const headers = { ...length, 'Content-Type': 'application/ppm-dap;message=upload-errors' };
    leader.answer = (response) => endless(response, 200, headers, answers);
    await until('the answers were refused', () => answers.length >= 2);
    assert.deepEqual(await page.states(), ['waiting']);
    for (const size of [...keys, ...answers]) assert.ok(size < buffersBytes, `${size}`);
    leader.answer = answer;
    await until('it was taken', isSent(page));
  });
}

test('a refusal is believed without its words', async (t) => {
  const { leader, page } = await measuringPage(t);
  const taken = [];
  leader.answer = (response) =>
    endless(response, 400, { 'Content-Type': 'application/problem+json' }, taken);
  await page.view();
  await until('it was refused', async () => (await page.states())[0] === 'refused');
  await until('the rest is left', () => taken.length === 1);
  assert.ok(taken[0] < buffersBytes, `${taken[0]}`);
});

test('no other origin is asked in place of an aggregator', async (t) => {
  const { leader, helper, page } = await measuringPage(t);
  const elsewhere = await startAggregators(t);
  const { answer } = leader;
  const { answerConfigs } = helper;
  const to = (url) => (response) => response.writeHead(307, { Location: url }).end();
  helper.answerConfigs = to(`${elsewhere.helper.url}hpke_config`);
  await page.view();
  await until('the keys were asked for', () => helper.requests.length >= 3);
  helper.answerConfigs = answerConfigs;
  leader.answer = to(`${elsewhere.leader.url}${reportsPath.slice(1)}`);
  await until('it was tried', () => leader.reports.length >= 3);
  assert.deepEqual([elsewhere.leader.requests, elsewhere.helper.requests], [[], []]);
  assert.deepEqual(await page.states(), ['waiting']);
  leader.answer = answer;
  await until('it was taken', isSent(page));
});

// Where report.wasm comes from: `answer` takes a response, to be replaced by tests.
async function startFiles(t) {
  const files = { asked: 0, answer: (response) => response.end(reportWasm()) };
  const server = createServer((_, response) => {
    files.asked++;
    files.answer(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  files.url = `http://127.0.0.1:${server.address().port}/report.wasm`;
  return files;
}

const spentBy = async (page) => (await page.read('measureTasks')).spentMicro;

test('what makes reports is asked for when one is due, and once', async (t) => {
  const files = await startFiles(t);
  const aggregators = await startAggregators(t);
  const page = new Page(aggregators);
  await page.open(t, { reports: files.url });
  await page.choose({ store: true, personalize: true });
  await page.view();
  await sleep(60);
  assert.equal(files.asked, 0);
  await page.choose(all);
  await until('it was sent', isSent(page));
  await page.view('lamp-2');
  await sleep(60);
  assert.equal(files.asked, 1);
});

for (const [what, answer] of [
  ['missing', (response) => response.writeHead(404).end('no such file')],
  ['another file', (response) => response.end('<!doctype html>')],
  ['cut off', (response) => response.end(reportWasm().subarray(0, -1))],
  ['silent', () => {}],
]) {
  test(`while what makes reports is ${what}, it is asked for again and nothing is spent`, async (t) => {
    const files = await startFiles(t);
    const right = files.answer;
    files.answer = answer;
    const { leader, helper, page } = await measuringPage(t, {}, { ...hasty, reports: files.url });
    await page.view();
    await until('it is asked for again', () => files.asked >= 3);
    assert.deepEqual([leader.requests, helper.requests], [[], []]);
    assert.equal(await spentBy(page), 0);
    assert.equal((await page.read('measureTasks')).tasks[0].state, 'ready');
    files.answer = right;
    await until('it was taken', isSent(page));
    assert.equal(leader.reports.length, 1);
    assert.equal(await spentBy(page), 1_000_000);
  });
}

test('a withdrawal cuts off what makes reports too', async (t) => {
  const files = await startFiles(t);
  let cut = 0;
  files.answer = (response) => response.on('close', () => cut++);
  const { page } = await measuringPage(t, {}, { reports: files.url });
  await page.view();
  await until('it is on its way', () => files.asked === 1);
  await page.choose({ measure: false });
  await until('it is cut off', () => cut === 1);
  await page.view('lamp-2');
  await sleep(60);
  assert.equal(files.asked, 1);
});

test('nothing is asked for when the answer comes after the withdrawal', async (t) => {
  const files = await startFiles(t);
  const { leader, helper, page } = await measuringPage(t, {}, { reports: files.url });
  const { keeper } = page;
  let withdrawn = false;
  page.keeper = {
    close: () => keeper.close(),
    answer: async (request) => {
      const value = await keeper.answer(request);
      if (request.name !== 'reports' || value.due.length === 0) return value;
      await page.choose({ measure: false });
      withdrawn = true;
      return value;
    },
  };
  await page.view();
  await until('it was withdrawn', () => withdrawn);
  await sleep(60);
  assert.equal(files.asked, 0);
  assert.deepEqual([leader.requests, helper.requests], [[], []]);
});

test('whoever asks, reports are made by the file of this release alone', async (t) => {
  const { leader, helper, page } = await measuringPage(t);
  page.reporter.allow(false);
  await page.view();
  const { due } = await page.keeper.answer({ name: 'reports' });
  const report = {
    name: 'report',
    taskId: due[0].taskId,
    leaderConfigs: leader.configs,
    helperConfigs: helper.configs,
  };
  for (const wasm of [engineWasm(), reportWasm().subarray(1), new Uint8Array()]) {
    await assert.rejects(page.keeper.answer({ ...report, wasm }), { code: 'dataLoss' });
  }
  assert.equal(await spentBy(page), 0);
  await page.keeper.answer({ ...report, wasm: reportWasm() });
  assert.deepEqual(await page.states(), ['waiting']);
});

test('a fault in what makes reports stops nothing else', async (t) => {
  const { leader, page } = await measuringPage(
    t,
    {},
    {
      fillRandom: () => {
        throw new Error('no entropy');
      },
    },
  );
  await page.view();
  await until('it was tried', () => page.asked.includes('report'));
  await page.view('lamp-2');
  await sleep(60);
  assert.deepEqual(leader.reports, []);
  assert.deepEqual(await page.states(), []);
  // The charge comes first and is not given back.
  const { tasks, spentMicro } = await page.read('measureTasks');
  assert.deepEqual([tasks[0].state, spentMicro], ['reported', 1_000_000]);
});

test('what closes measuring between the question and the report costs nothing', async (t) => {
  for (const request of [
    { name: 'erase', scope: EraseScope.all, of: '' },
    { name: 'pause', paused: true },
    { ...silent, name: 'signals', globalPrivacyControl: true },
    { ...silent, name: 'signals', choices: [{ purpose: 'measure', granted: false }] },
  ]) {
    const { leader, helper, page } = await measuringPage(t);
    page.reporter.allow(false);
    await page.view();
    const { due } = await page.keeper.answer({ name: 'reports' });
    assert.equal(due.length, 1);
    const report = {
      name: 'report',
      taskId: due[0].taskId,
      leaderConfigs: leader.configs,
      helperConfigs: helper.configs,
      wasm: reportWasm(),
    };
    const made = assert.rejects(page.keeper.answer(report));
    await page.keeper.answer(request);
    await made;
    await page.choose(all);
    await page.keeper.answer({ name: 'pause', paused: false });
    assert.deepEqual(await page.states(), []);
    assert.equal(await spentBy(page), 0);
    page.leave();
  }
});
