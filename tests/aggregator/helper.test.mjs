// A Helper that does not do its part: for how long, and whom it concerns.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { encodeCollectionJobReq } from './lib/draft.mjs';
import { Wire } from './lib/wire.mjs';
import { HOUR_S, hoursAround, MEDIA, testTask, until, uploadErrors, World } from './lib/world.mjs';

const PATIENCE_S = 3;

// What may come in place of an aggregate share.
const NONSENSE = {
  html: { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>Welcome</p>' },
  cut: { status: 200, body: Buffer.from([1, 0, 32]) },
  more: { status: 200, body: Buffer.alloc(100_000, 1) },
};
const NOTHING = {
  broken: { status: 500, body: 'oh no' },
  unknown: { status: 404, body: '' },
  elsewhere: { status: 302, headers: { Location: 'http://127.0.0.1:1/' } },
  later: { status: 200, headers: { 'Retry-After': '3600' } },
};
const KINDS = { ...NONSENSE, ...NOTHING };

let world;
let wire;
before(async () => {
  world = await World.make(
    [...Object.keys(KINDS), 'honest', 'honest2', 'forgotten'].map((one) => testTask(one)),
  );
  wire = await Wire.to(world.helper.url);
  const leader = world.secrets('leader');
  leader.peer_url = wire.url;
  writeFileSync(world.file('leader/leader.json'), JSON.stringify(leader));
  await world.helper.start();
  await world.leader.start('--helper-patience', String(PATIENCE_S));
  await world.fetchConfigs();
});
after(async () => {
  wire.end();
  await world.end();
});

async function uploadAll(task, measurements) {
  const response = await world.upload(task, Buffer.concat(world.makeReports(task, measurements)));
  assert.deepEqual([response.status, await uploadErrors(response)], [200, []]);
}

const [from, to] = hoursAround();
const countsOf = (result) => result.cells.map((cell) => cell.count);

function ask(task, method = 'POST', location = undefined) {
  const { token } = world.collectorSecrets();
  return fetch(world.leader.url + (location ?? `/tasks/${world.task(task).id}/collection_jobs`), {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': MEDIA('collection-job-req') },
    body:
      method === 'POST' ? encodeCollectionJobReq(from / HOUR_S, (to - from) / HOUR_S) : undefined,
  });
}

test('a collection without a share of the Helper is given up, and the others go on', async () => {
  wire.instead = ({ method, path }) => {
    if (!path.includes('/aggregate_shares') || method === 'DELETE') return undefined;
    const kind = Object.keys(KINDS).find((one) => path.includes(world.task(one).id));
    return kind && { headers: {}, ...KINDS[kind] };
  };
  for (const kind of Object.keys(KINDS)) await uploadAll(kind, [0, 1, 1, 2, 2, 2]);
  const locations = {};
  for (const kind of Object.keys(KINDS)) {
    locations[kind] = (await ask(kind)).headers.get('location');
  }
  await until(() => /no aggregate share/.test(world.leader.log), 'the first nonsense');
  // Asked last, answered first.
  const begin = Date.now();
  await uploadAll('honest', [3, 3, 3, 3, 3]);
  assert.deepEqual(countsOf(await world.collect('honest', [from, to])), [0, 0, 0, 5]);
  assert.ok(Date.now() - begin < 10_000, `it took ${Date.now() - begin} ms`);

  for (const kind of Object.keys(KINDS)) {
    let response;
    await until(async () => {
      response = await ask(kind, 'GET', locations[kind]);
      return response.status !== 200;
    }, `an end of ${kind}`);
    assert.equal(response.status, 502, kind);
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
    const problem = await response.json();
    assert.deepEqual([problem.type, problem.status], ['about:blank', 502]);
    // Its batch may be the Helper's already.
    assert.equal((await ask(kind, 'DELETE', locations[kind])).status, 409);
  }
  const givenUp =
    /task (\w+): a collection is given up, the Helper gave no aggregate share \((.+)\)/g;
  const why = Object.fromEntries(
    [...world.leader.log.matchAll(givenUp)].map(([, task, reason]) => [task, reason]),
  );
  assert.deepEqual(why, {
    html: 'its answers are none',
    cut: 'its answers are none',
    more: 'its answers are none',
    broken: 'status 500',
    unknown: 'status 404',
    elsewhere: 'status 302',
    later: 'status 200',
  });
});

test('who asks again gets the batch that the Helper has answered already', async () => {
  await assert.rejects(world.collect('later', [from, to]), /no share of the batch from the helper/);
  wire.instead = () => undefined;
  for (const kind of Object.keys(KINDS)) {
    assert.deepEqual(countsOf(await world.collect(kind, [from, to])), [1, 2, 3, 0], kind);
  }
  const shares = wire.passed.filter(({ path }) => path.endsWith('/aggregate_shares'));
  for (const kind of Object.keys(KINDS)) {
    const asked = shares.filter(({ path }) => path.includes(world.task(kind).id));
    assert.equal(new Set(asked.map(({ body }) => body.toString('hex'))).size, 1, kind);
    assert.ok(asked.length >= 2, kind);
  }
});

test('a task that the Helper does not know does not stop another', async () => {
  await world.helper.stop();
  const file = world.file('helper/helper.json');
  const helper = JSON.parse(readFileSync(file, 'utf8'));
  helper.tasks = helper.tasks.filter(({ name }) => name !== 'forgotten');
  writeFileSync(file, JSON.stringify(helper));
  await world.helper.start();
  // More jobs than there may be at once.
  const jobs = () => world.rows('leader').filter(({ table }) => table === 'aggregation_job').length;
  for (let job = 1; job <= 4; job++) {
    await uploadAll('forgotten', [0, 1, 2]);
    await until(() => jobs() >= job, 'a job');
  }
  await uploadAll('forgotten', [0]);
  await uploadAll('honest2', [1, 1, 1, 1, 1]);
  assert.deepEqual(countsOf(await world.collect('honest2', [from, to], 20)), [0, 5, 0, 0]);
});
