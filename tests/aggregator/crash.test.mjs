// Whatever dies, every accepted report is counted exactly once.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { encodeCollectionJobReq } from './lib/draft.mjs';
import { Wire } from './lib/wire.mjs';
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

const KILLS = process.env.BAYA_FULL ? 20 : 3;
const REPORTS = KILLS * 60;
const UPLOADERS = 3;

const worlds = [];
const wires = [];
after(async () => {
  for (const wire of wires) wire.end();
  for (const world of worlds) await world.end();
});

async function makeWorld(...tasks) {
  const world = await World.make(tasks);
  worlds.push(world);
  return world;
}

const countsOf = (result) => result.cells.map((cell) => cell.count);

// As a device does: the same bytes until the leader has answered.
async function uploadUntilAnswered(world, task, body) {
  for (;;) {
    try {
      const response = await world.upload(task, body);
      const errors = await uploadErrors(response);
      if (response.status === 200) {
        // An answer was lost on the way: the report is there.
        assert.ok(errors.every(([, error]) => error === REPORT_ERROR.report_replayed));
        return;
      }
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
    }
    await sleep(20);
  }
}

test(`${KILLS} kills of leader and helper while reports come in`, async () => {
  const world = await makeWorld(testTask('crash'));
  await world.start();
  const measurements = Array.from({ length: REPORTS }, () => randomInt(4));
  const bodies = world.makeReports('crash', measurements);
  const truth = [0, 1, 2, 3].map((bucket) => measurements.filter((one) => one === bucket).length);

  const queue = [...bodies];
  const uploader = async () => {
    for (let body = queue.pop(); body; body = queue.pop()) {
      await uploadUntilAnswered(world, 'crash', body);
    }
  };
  const uploads = Promise.all(Array.from({ length: UPLOADERS }, uploader));
  for (let kill = 0; kill < KILLS; kill++) {
    const left = REPORTS - (kill + 0.5) * (REPORTS / KILLS);
    await until(() => queue.length <= left, 'uploads', 120_000);
    await sleep(randomInt(150));
    const victims = [[world.leader], [world.helper], [world.leader, world.helper]][kill % 3];
    for (const victim of victims) assert.equal(await victim.stop('SIGKILL'), 'SIGKILL');
    for (const victim of victims) await victim.start();
  }
  await uploads;

  const collected = world.collect('crash', hoursAround(), 120);
  await sleep(randomInt(400));
  await Promise.all([world.leader.stop('SIGKILL'), world.helper.stop('SIGKILL')]);
  await world.helper.start();
  await world.leader.start();
  const result = await collected;
  assert.deepEqual(countsOf(result), truth);
  assert.equal(result.report_count, REPORTS);

  // A clean stop leaves no input share, and no file but these.
  for (const server of [world.leader, world.helper]) assert.equal(await server.stop(), 0);
  const leader = world.rows('leader');
  assert.equal(leader.filter((row) => row.table === 'report').length, REPORTS);
  assert.equal(leader.filter((row) => row.table === 'input_share').length, 0);
  assert.equal(leader.filter((row) => row.table === 'aggregation_job').length, 0);
  for (const role of ['leader', 'helper']) {
    const buckets = world.rows(role).filter((row) => row.table === 'bucket');
    assert.ok(buckets.length > 0 && buckets.every((row) => row.agg_share === null));
  }
});

async function behindWire(world) {
  const wire = await Wire.to(world.helper.url);
  wires.push(wire);
  const settings = world.secrets('leader');
  settings.peer_url = wire.url;
  writeFileSync(world.file('leader/leader.json'), JSON.stringify(settings));
  return wire;
}

test('answers of the Helper that get lost are asked for again, in the same words', async () => {
  const world = await makeWorld(testTask('lost'));
  const wire = await behindWire(world);
  await world.start();
  const seen = new Map();
  // The first two answers to each request.
  wire.cut = ({ method, path, body }) => {
    if (method !== 'POST') return false;
    const key = path + body.toString('hex');
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return seen.get(key) <= 2;
  };
  for (const body of world.makeReports('lost', [0, 1, 1, 2, 2, 2])) {
    await uploadUntilAnswered(world, 'lost', body);
  }
  const result = await world.collect('lost', hoursAround());
  assert.deepEqual(countsOf(result), [1, 2, 3, 0]);
  const answers = new Map();
  for (const { method, path, body, answer, status } of wire.passed) {
    if (method !== 'POST') continue;
    assert.equal(status, 200);
    const key = path + body.toString('hex');
    assert.deepEqual(answers.get(key) ?? answer, answer);
    answers.set(key, answer);
  }
  assert.ok([...seen.values()].every((times) => times === 3));
  assert.ok([...answers.keys()].some((key) => key.includes('/aggregation_jobs')));
  assert.ok([...answers.keys()].some((key) => key.includes('/aggregate_shares')));
});

test('a query that is deleted while another is answered takes no batch with it', async () => {
  const world = await makeWorld(testTask('slow'), testTask('deleted'));
  const wire = await behindWire(world);
  await world.start();
  for (const task of ['slow', 'deleted']) {
    for (const body of world.makeReports(task, [0, 1, 1, 2, 2])) {
      await uploadUntilAnswered(world, task, body);
    }
  }
  const isAdded = () => world.rows('leader').every((row) => row.table !== 'input_share');
  await until(isAdded, 'the reports to be added up');
  let answer;
  const held = new Promise((resolve) => {
    wire.hold = ({ path }) => {
      if (!path.endsWith('/aggregate_shares')) return;
      resolve(path);
      return new Promise((go) => {
        answer = go;
      });
    };
  });
  const { token } = world.collectorSecrets();
  const [from, to] = hoursAround();
  const ask = (method, path, body) =>
    fetch(world.leader.url + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': MEDIA('collection-job-req') },
      body,
    });
  const query = encodeCollectionJobReq(from / HOUR_S, (to - from) / HOUR_S);
  const asked = await Promise.all(
    ['slow', 'deleted'].map((task) =>
      ask('POST', `/tasks/${world.task(task).id}/collection_jobs`, query),
    ),
  );
  // The leader answers one of them after the other.
  const first = (await held).includes(world.task('slow').id) ? 'slow' : 'deleted';
  const other = first === 'slow' ? 1 : 0;
  const deleted = await ask('DELETE', asked[other].headers.get('location'));
  assert.equal(deleted.status, 200);
  wire.hold = async () => {};
  answer();
  assert.deepEqual(countsOf(await world.collect(first, [from, to])), [1, 2, 2, 0]);
  const second = first === 'slow' ? 'deleted' : 'slow';
  assert.deepEqual(countsOf(await world.collect(second, [from, to])), [1, 2, 2, 0]);
});

test('what was uploaded is gone from the disk once it is added up', async () => {
  const world = await makeWorld(testTask('scrub'));
  await world.leader.start();
  await world.helper.start();
  await world.fetchConfigs();
  await world.helper.stop();
  const bodies = world.makeReports('scrub', [0, 1, 2, 3, 0, 1]);
  for (const body of bodies) await uploadUntilAnswered(world, 'scrub', body);
  // Any 64 bytes of the Leader's ciphertext.
  const needles = bodies.map((body) => body.subarray(200, 264));
  const onDisk = () =>
    ['leader.sqlite', 'leader.sqlite-wal'].some((name) => {
      const bytes = readFileSync(world.file(`leader/${name}`));
      return needles.some((needle) => bytes.includes(needle));
    });
  assert.ok(onDisk());
  await world.helper.start();
  await until(() => !onDisk(), 'the input shares to be scrubbed');
});
