// What makes reports, from its file to the engine: missing, wrong, silent, at fault, and too late.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAggregators } from '../../tests/lib/measure_tasks.mjs';
import { engineWasm, reportWasm } from './support/files.mjs';
import {
  all,
  EraseScope,
  hasty,
  isSent,
  measuringPage,
  Page,
  silent,
  until,
} from './support/measuring_page.mjs';

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

test('an engine without it spends nothing', async (t) => {
  const { leader, helper, page } = await measuringPage(t, {}, { load: async () => {} });
  const errors = [];
  const { keeper } = page;
  page.keeper = {
    close: () => keeper.close(),
    answer: (request) =>
      keeper.answer(request).catch((error) => {
        errors.push(error.code);
        throw error;
      }),
  };
  await page.view();
  await until('it was tried', () => errors.length >= 2);
  assert.deepEqual([...new Set(errors)], ['unavailable']);
  assert.equal(await spentBy(page), 0);
  assert.deepEqual([leader.reports, helper.reports], [[], []]);
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
