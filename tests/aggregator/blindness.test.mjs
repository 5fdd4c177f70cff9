// What one aggregator holds says nothing about a measurement; what both hold says everything.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { decodeReport, HELPER, LEADER } from './lib/draft.mjs';
import { addVectors, decodeVector, measurementShare, openInputShare } from './lib/shares.mjs';
import { HOUR_S, testTask, until, World } from './lib/world.mjs';

// Of each of two measurements; half of them train the guesser, half of them test it.
const REPORTS = process.env.BAYA_FULL ? 1000 : 150;
const MEASUREMENTS = [0, 3];

let world;
let task;
let bodies; // of the i-th report: [of measurement 0, of measurement 3], each in its own hour
let sealed; // the leader's database before, with the helper down
let leaderRows;
let helperRows;

before(async () => {
  world = await World.make([testTask('blind')]);
  await world.start();
  task = world.task('blind');
  await world.helper.stop();
  const hour = Math.floor(Date.now() / 1000 / HOUR_S);
  const times = Array.from({ length: 2 * REPORTS }, (_, i) => (hour - i) * HOUR_S);
  // Which of a pair comes first must not tell which is which.
  const coins = Array.from({ length: REPORTS }, () => randomInt(2));
  const made = world.makeReports(
    'blind',
    times.map((time, i) => [MEASUREMENTS[coins[i >> 1] ^ (i & 1)], time]),
  );
  bodies = coins.map((coin, i) => [made[2 * i + coin], made[2 * i + 1 - coin]]);
  for (let i = 0; i < made.length; i += 50) {
    const response = await world.upload('blind', Buffer.concat(made.slice(i, i + 50)));
    assert.equal(response.status, 200);
    assert.equal((await response.arrayBuffer()).byteLength, 0);
  }
  await world.leader.stop();
  sealed = world.rows('leader');
  await Promise.all([world.leader.start(), world.helper.start()]);
  const added = () =>
    [...world.leader.log.matchAll(/, (\d+) added up/g)].reduce((sum, match) => sum + +match[1], 0);
  await until(() => added() === made.length, 'the reports to be added up', 120_000);
  await Promise.all([world.leader.stop(), world.helper.stop()]);
  leaderRows = world.rows('leader');
  helperRows = world.rows('helper');
});
after(() => world.end());

const bitsOf = (bytes) =>
  Array.from({ length: bytes.length * 8 }, (_, i) => (bytes[i >> 3] >> (i & 7)) & 1);

// A straight line between the two means over half of the reports, tried on the other half: the
// share of right guesses. `features`: [report][measurement] -> bytes.
function guesses(features) {
  const half = features.length >> 1;
  const mean = (which) => {
    const sum = new Float64Array(features[0][which].length * 8);
    for (const pair of features.slice(0, half)) {
      for (const [i, bit] of bitsOf(pair[which]).entries()) sum[i] += bit / half;
    }
    return sum;
  };
  const means = [mean(0), mean(1)];
  const score = (bytes) =>
    bitsOf(bytes).reduce(
      (sum, bit, i) => sum + (bit - (means[0][i] + means[1][i]) / 2) * (means[1][i] - means[0][i]),
      0,
    );
  const tested = features.slice(half);
  const right = tested.reduce(
    (sum, pair) => sum + (score(pair[0]) < 0 ? 1 : 0) + (score(pair[1]) > 0 ? 1 : 0),
    0,
  );
  return { rate: right / (2 * tested.length), trials: 2 * tested.length };
}

// Five standard deviations of a fair coin: one run in a million fails by chance.
function expectCoin(features, what) {
  const { rate, trials } = guesses(features);
  assert.ok(Math.abs(rate - 0.5) < 2.5 / Math.sqrt(trials), `${what}: ${rate} of ${trials} right`);
}

const sameLength = (rows) => new Set(rows.map((bytes) => bytes.length)).size === 1;

function privateKey(role) {
  const { keys } = JSON.parse(readFileSync(world.file(`${role}/${role}.hpke.json`), 'utf8'));
  return Buffer.from(keys[0].private_key, 'base64url');
}

const pairs = (values) => bodies.map((_, i) => [values[2 * i], values[2 * i + 1]]);

function storedReports() {
  const rows = sealed.filter((row) => row.table === 'input_share');
  const byId = new Map(rows.map((row) => [row.body.slice(0, 32), Buffer.from(row.body, 'hex')]));
  return bodies.flat().map((body) => byId.get(body.subarray(0, 16).toString('hex')));
}

const vectorBytes = (vector) =>
  Buffer.concat(vector.map((value) => Buffer.from(value.toString(16).padStart(32, '0'), 'hex')));

test('reports that wait: alone nothing, even opened; with both keys all of it', async () => {
  const reports = storedReports();
  assert.ok(sameLength(reports));
  expectCoin(pairs(reports), 'sealed reports');
  const shares = { [LEADER]: [], [HELPER]: [] };
  const keys = { [LEADER]: privateKey('leader'), [HELPER]: privateKey('helper') };
  const whole = { [LEADER]: [], [HELPER]: [] };
  for (const bytes of reports) {
    for (const role of [LEADER, HELPER]) {
      const opened = await openInputShare(task, decodeReport(bytes), role, keys[role]);
      whole[role].push(opened);
      shares[role].push(measurementShare(task, role, opened));
    }
  }
  expectCoin(pairs(whole[LEADER]), 'leader: input shares');
  expectCoin(pairs(whole[HELPER]), 'helper: input shares');
  const sums = shares[LEADER].map((share, i) => addVectors(share, shares[HELPER][i]));
  assert.deepEqual(guesses(pairs(sums.map(vectorBytes))).rate, 1);
  for (const [i, sum] of sums.entries()) {
    assert.equal(sum.indexOf(1n), MEASUREMENTS[i % 2]);
  }
});

test('batches of one report each: alone nothing, both databases together all of it', () => {
  const buckets = (rows) => {
    const byTime = new Map();
    for (const row of rows.filter(({ table }) => table === 'bucket')) {
      assert.equal(row.report_count, 1);
      byTime.set(row.time, Buffer.from(row.agg_share, 'hex'));
    }
    return bodies.flat().map((body) => byTime.get(decodeReport(body).time));
  };
  const leader = buckets(leaderRows);
  const helper = buckets(helperRows);
  assert.ok(sameLength(leader) && sameLength(helper));
  expectCoin(pairs(leader), 'leader: buckets');
  expectCoin(pairs(helper), 'helper: buckets');
  const sums = leader.map((share, i) => addVectors(decodeVector(share), decodeVector(helper[i])));
  assert.equal(guesses(pairs(sums.map(vectorBytes))).rate, 1);
  assert.deepEqual(
    sums.map((sum) => sum.indexOf(1n)),
    bodies.flat().map((_, i) => MEASUREMENTS[i % 2]),
  );
});

test('nothing else in either database depends on a report', () => {
  for (const rows of [leaderRows, helperRows]) {
    const tables = new Set(rows.map((row) => row.table));
    for (const table of tables) {
      assert.ok(['task', 'report', 'bucket', 'waiting', 'sqlite_sequence'].includes(table), table);
    }
    const ids = rows.filter((row) => row.table === 'report');
    assert.equal(ids.length, 2 * REPORTS);
    assert.deepEqual(Object.keys(ids[0]).sort(), ['id', 'table', 'task']);
  }
});
