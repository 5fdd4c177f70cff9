// Reports from a page to two aggregators over HTTP, with the real engine behind it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { reportsPath, startAggregators, uploadErrors } from '../../tests/lib/measure_tasks.mjs';
import {
  all,
  EraseScope,
  hasty,
  isSent,
  measuringPage,
  Page,
  patient,
  silent,
  until,
} from './support/measuring_page.mjs';

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

  const other = await measuringPage(t, {}, patient);
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
    const { leader, page } = await measuringPage(t, {}, patient);
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
