// From many reports to one histogram, and every refusal on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { encodeAggregateShareReq, encodeCollectionJobReq } from './lib/draft.mjs';
import {
  HOUR_S,
  hoursAround,
  MEDIA,
  REPORT_ERROR,
  testTask,
  until,
  uploadErrors,
  World,
} from './lib/world.mjs';

const URN = 'urn:ietf:params:ppm:dap:error:';
const NOISY_LABELS = Array.from({ length: 200 }, (_, i) => `kind ${i}`);

let world;
before(async () => {
  world = await World.make([
    testTask('sum'),
    testTask('small'),
    testTask('twice'),
    testTask('flips'),
    testTask('direct'),
    testTask('noisy', { labels: NOISY_LABELS, mechanism: 'discrete_laplace', epsilon: 1 }),
  ]);
  await world.start();
});
after(() => world.end());

async function uploadAll(task, measurements) {
  for (const body of world.makeReports(task, measurements)) {
    const response = await world.upload(task, body);
    assert.equal(response.status, 200);
    assert.deepEqual(await uploadErrors(response), []);
  }
}

const countsOf = (result) => result.cells.map((cell) => cell.count);

function post(server, task, resource, message, token, body) {
  return fetch(`${server.url}/tasks/${world.task(task).id}/${resource}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': MEDIA(message) },
    body,
  });
}

const query = ([from, to]) => encodeCollectionJobReq(from / HOUR_S, (to - from) / HOUR_S);

function postQuery(task, interval, token = world.collectorSecrets().token) {
  return post(world.leader, task, 'collection_jobs', 'collection-job-req', token, query(interval));
}

async function expectProblem(response, status, type) {
  assert.equal(response.status, status);
  assert.equal((await response.json()).type, type);
}

test('reports of several hours add up', async () => {
  const now = Math.floor(Date.now() / 1000);
  await uploadAll('sum', [
    [0, now],
    [0, now - HOUR_S],
    [2, now - HOUR_S],
    [3, now - 2 * HOUR_S],
    [2, now],
    [2, now - 20 * HOUR_S], // not in the interval
  ]);
  const result = await world.collect('sum', hoursAround(3));
  assert.deepEqual(countsOf(result), [2, 0, 2, 1]);
  assert.equal(result.report_count, 5);
  assert.equal(result.task.name, 'sum');
  assert.equal(result.reports_interval.to_s - result.reports_interval.from_s, 3 * HOUR_S);
  assert.equal(result.noise.draws, 0);
  assert.ok(result.cells.every((cell) => !cell.suppressed && cell.low_95 === cell.count));
});

test('under the minimum there is no result until there are more', async () => {
  await uploadAll('small', [0, 0, 0, 1]);
  await assert.rejects(world.collect('small', hoursAround()), /fewer valid reports/);
  await uploadAll('small', [1]);
  assert.deepEqual(countsOf(await world.collect('small', hoursAround())), [3, 2, 0, 0]);
});

// Where a flipped bit is found out: the Leader's part at once, the Helper's when it opens it.
test('a report with one flipped bit is refused and the others add up', async () => {
  const bodies = world.makeReports(
    'flips',
    Array.from({ length: 40 }, (_, i) => i % 4),
  );
  const helperBytes = 1 + 2 + 32 + 4 + 2 + 4 + 64 + 16;
  const truth = [0, 0, 0, 0];
  let atOnce = 0;
  for (const [i, body] of bodies.entries()) {
    const flip = i % 2 === 1;
    const inHelperPart = i % 4 === 1;
    if (flip) {
      const [first, past] = inHelperPart
        ? [body.length - helperBytes + 3, body.length]
        : [0, body.length - helperBytes];
      const at = first + Math.floor((i / bodies.length) * (past - first));
      body[at] ^= 1 << (i % 8);
    } else {
      truth[i % 4] += 1;
    }
    const response = await world.upload('flips', body);
    const refused = response.status !== 200 || (await uploadErrors(response)).length > 0;
    if (refused) atOnce += 1;
    assert.equal(refused, flip && !inHelperPart, `report ${i}`);
  }
  assert.equal(atOnce, 10);
  const result = await world.collect('flips', hoursAround(24));
  assert.deepEqual(countsOf(result), truth);
  assert.equal(result.report_count, 20);
});

test('a batch is collected once; the same question has the same answer', async () => {
  const interval = hoursAround();
  await uploadAll('twice', [0, 1, 2, 3, 3, 3]);
  const first = await world.collect('twice', interval);
  const answer = async () => {
    const response = await postQuery('twice', interval);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('location'), /\/collection_jobs\/[\w-]{22}$/);
    return Buffer.from(await response.arrayBuffer());
  };
  const bytes = await answer();
  assert.ok(bytes.length > 0);
  assert.deepEqual(await answer(), bytes);
  await Promise.all([world.leader.stop(), world.helper.stop()]);
  await world.start();
  assert.deepEqual(await answer(), bytes);
  assert.deepEqual(await world.collect('twice', interval), first);

  await expectProblem(await postQuery('twice', hoursAround(2)), 400, `${URN}batchOverlap`);
  await assert.rejects(world.collect('twice', hoursAround(2)), /collected before/);
  const [late] = world.makeReports('twice', [0]);
  const errors = await uploadErrors(await world.upload('twice', late));
  assert.deepEqual(errors, [[late.subarray(0, 16).toString('hex'), REPORT_ERROR.report_replayed]]);
});

test('each aggregator adds noise once, and the file says how much', async () => {
  await uploadAll('noisy', [0, 0, 0, 0, 0, 0]);
  const result = await world.collect('noisy', hoursAround());
  assert.deepEqual(await world.collect('noisy', hoursAround()), result);
  assert.equal(result.report_count, 6);
  assert.equal(result.noise.draws, 2);
  assert.equal(result.epsilon_micro, 1_000_000);
  // Of one draw: 2p / (1-p)^2 with p = exp(-1/2).
  const p = Math.exp(-0.5);
  const variance = (4 * p) / (1 - p) ** 2;
  assert.ok(Math.abs(result.noise.standard_error - Math.sqrt(variance)) < 1e-9);
  const noise = countsOf(result).map((count, i) => count - (i === 0 ? 6 : 0));
  const mean = noise.reduce((a, b) => a + b, 0) / noise.length;
  const second = noise.reduce((a, b) => a + b * b, 0) / noise.length;
  // Six standard errors of each over 200 cells; the kurtosis of the sum of two Laplace draws is
  // 4.5, so that the second moment has a standard error of sqrt(3.5 / 200) = .13.
  assert.ok(Math.abs(mean) < (6 * Math.sqrt(variance)) / Math.sqrt(noise.length), `mean ${mean}`);
  assert.ok(Math.abs(second / variance - 1) < 0.8, `second moment ${second}`);
  const half = result.noise.half_width_95;
  const covered = noise.filter((value) => Math.abs(value) <= half).length;
  // 190 expected, standard error 3.1.
  assert.ok(covered >= 170, `${covered} of 200 in their interval`);
  for (const cell of result.cells) {
    assert.equal(cell.high_95 - cell.low_95, 2 * half);
    assert.equal(cell.suppressed, cell.count <= result.suppression.threshold);
  }
  assert.equal(result.suppression.threshold, half);
});

test('who may not ask is not answered', async () => {
  const interval = hoursAround();
  for (const token of ['', 'x', world.secrets('leader').aggregator_token]) {
    await expectProblem(await postQuery('direct', interval, token), 401, 'about:blank');
  }
  const share = encodeAggregateShareReq(query(interval), 1, 1, 1, Buffer.alloc(32));
  for (const [resource, message] of [
    ['aggregate_shares', 'aggregate-share-req'],
    ['aggregation_jobs', 'aggregation-job-init-req'],
  ]) {
    const { token } = world.collectorSecrets();
    const response = await post(world.helper, 'direct', resource, message, token, share);
    await expectProblem(response, 401, 'about:blank');
  }
});

test('queries that are none', async () => {
  const { token } = world.collectorSecrets();
  const ask = (body) =>
    post(world.leader, 'direct', 'collection_jobs', 'collection-job-req', token, body);
  const [from] = hoursAround();
  const good = encodeCollectionJobReq(from / HOUR_S, 1);
  await expectProblem(await ask(good.subarray(1)), 400, `${URN}invalidMessage`);
  await expectProblem(
    await ask(Buffer.concat([good, Buffer.alloc(1)])),
    400,
    `${URN}invalidMessage`,
  );
  await expectProblem(await ask(encodeCollectionJobReq(5, 0)), 400, `${URN}batchInvalid`);
  await expectProblem(await ask(encodeCollectionJobReq(5, 2n ** 62n)), 400, `${URN}batchInvalid`);
  const leaderSelected = Buffer.from(good);
  leaderSelected[0] = 2;
  await expectProblem(await ask(leaderSelected), 400, `${URN}invalidMessage`);
  const missing = `${world.leader.url}/tasks/${world.task('direct').id}/collection_jobs/${'A'.repeat(22)}`;
  const headers = { Authorization: `Bearer ${token}` };
  assert.equal((await fetch(missing, { headers })).status, 404);
});

test('the Helper checks for itself what the Leader asks for', async () => {
  const interval = hoursAround();
  const [from, to] = interval;
  await uploadAll('direct', [0, 1, 2, 3, 0, 0]);
  // The driver may cut six reports into several jobs.
  const verified = () =>
    [...world.helper.log.matchAll(/task direct: a job of (\d+)/g)].reduce(
      (sum, [, reports]) => sum + Number(reports),
      0,
    );
  await until(() => verified() === 6, 'the aggregation of all six');
  const { aggregator_token: token } = world.secrets('leader');
  const ask = (...batch) =>
    post(
      world.helper,
      'direct',
      'aggregate_shares',
      'aggregate-share-req',
      token,
      encodeAggregateShareReq(query(interval), ...batch),
    );
  const whole = [from / HOUR_S, (to - from) / HOUR_S];
  await expectProblem(await ask(...whole, 5, Buffer.alloc(32)), 400, `${URN}batchMismatch`);
  await expectProblem(await ask(...whole, 6, Buffer.alloc(32)), 400, `${URN}batchMismatch`);
  await expectProblem(await ask(whole[0] - 1, 2, 6, Buffer.alloc(32)), 400, `${URN}batchInvalid`);
  const empty = await ask(whole[0], 1, 0, Buffer.alloc(32));
  await expectProblem(empty, 400, `${URN}invalidBatchSize`);
  // None of that counts as collecting.
  assert.deepEqual(countsOf(await world.collect('direct', interval)), [3, 1, 1, 1]);
  await expectProblem(await ask(...whole, 6, Buffer.alloc(32)), 400, `${URN}batchOverlap`);
});
