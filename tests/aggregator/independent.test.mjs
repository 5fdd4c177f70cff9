// Another implementation opens what ours seals: reports with the aggregators' keys, aggregate
// shares with the collector's.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import {
  decodeCollectionJobResp,
  decodeReport,
  decodeTaskConfiguration,
  encodeCollectionJobReq,
  HELPER,
  LEADER,
} from './lib/draft.mjs';
import {
  addVectors,
  decodeVector,
  measurementShare,
  openAggregateShare,
  openInputShare,
} from './lib/shares.mjs';
import { HOUR_S, hoursAround, MEDIA, testTask, until, World } from './lib/world.mjs';

const LABELS = Array.from({ length: 37 }, (_, i) => `kind ${i}`);

let world;
let task;
before(async () => {
  world = await World.make([testTask('many', { labels: LABELS })]);
  await world.start();
  task = world.task('many');
});
after(() => world.end());

const fromBase64 = (text) => Buffer.from(text, 'base64url');
const oneHot = (bucket) => LABELS.map((_, i) => (i === bucket ? 1n : 0n));

function privateKey(role) {
  const { keys } = JSON.parse(readFileSync(world.file(`${role}/${role}.hpke.json`), 'utf8'));
  return fromBase64(keys[0].private_key);
}

test('the configuration is as the draft has it, bound to the text', () => {
  const configuration = decodeTaskConfiguration(fromBase64(task.configuration));
  const hash = createHash('sha256').update(fromBase64(task.descriptor)).digest();
  assert.deepEqual(configuration.taskInfo, Buffer.concat([Buffer.from([1]), hash]));
  assert.equal(configuration.leader, world.leader.url);
  assert.equal(configuration.helper, world.helper.url);
  assert.equal(configuration.timePrecision, HOUR_S);
  assert.equal(configuration.minBatchSize, 5);
  assert.equal(configuration.batchMode, 1);
  assert.equal(configuration.vdafType, 4);
  assert.equal(configuration.length, LABELS.length);
  assert.equal(configuration.chunkLength, 7);
  assert.equal(configuration.batchConfig.length + configuration.extensions.length, 0);
});

test('the two shares of a report add up to its measurement, and neither is it', async () => {
  const time = Math.floor(Date.now() / 1000);
  for (const bucket of [0, 17, 36]) {
    const [body] = world.makeReports('many', [[bucket, time]]);
    const report = decodeReport(body);
    assert.equal(report.time, Math.floor(time / HOUR_S));
    assert.equal(report.extensions.length, 0);
    const [leader, helper] = await Promise.all([
      openInputShare(task, report, LEADER, privateKey('leader')),
      openInputShare(task, report, HELPER, privateKey('helper')),
    ]);
    const shares = [measurementShare(task, LEADER, leader), measurementShare(task, HELPER, helper)];
    assert.deepEqual(addVectors(...shares), oneHot(bucket));
    // 0 and 1 are two of 2^128 elements.
    for (const share of shares) assert.ok(share.every((value) => value > 2n ** 64n));
  }
});

test('a share opens with its own key, for its own role, with its own metadata alone', async () => {
  const [body] = world.makeReports('many', [3]);
  const report = decodeReport(body);
  const keys = { [LEADER]: privateKey('leader'), [HELPER]: privateKey('helper') };
  await openInputShare(task, report, LEADER, keys[LEADER]);
  await assert.rejects(openInputShare(task, report, LEADER, keys[HELPER]));
  const swapped = { ...report, leader: report.helper, helper: report.leader };
  await assert.rejects(openInputShare(task, swapped, LEADER, keys[HELPER]));
  const other = { ...task, id: Buffer.alloc(32, 1).toString('base64url') };
  await assert.rejects(openInputShare(other, report, LEADER, keys[LEADER]));
});

test('the aggregate shares add up to the counts that baya collect prints', async () => {
  const buckets = [0, 0, 5, 5, 5, 36, 17];
  for (const body of world.makeReports('many', buckets)) {
    assert.equal((await world.upload('many', body)).status, 200);
  }
  const [from, to] = hoursAround();
  const result = await world.collect('many', [from, to]);
  const counts = LABELS.map((_, i) => buckets.filter((bucket) => bucket === i).length);
  assert.deepEqual(
    result.cells.map((cell) => cell.count),
    counts,
  );
  assert.deepEqual(
    result.cells.map((cell) => cell.label),
    LABELS,
  );

  const { token, private_key } = world.collectorSecrets();
  const query = encodeCollectionJobReq(from / HOUR_S, (to - from) / HOUR_S);
  let answer;
  await until(async () => {
    const response = await fetch(`${world.leader.url}/tasks/${task.id}/collection_jobs`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': MEDIA('collection-job-req') },
      body: query,
    });
    answer = Buffer.from(await response.arrayBuffer());
    return answer.length > 0;
  }, 'the collection job');
  const response = decodeCollectionJobResp(answer);
  assert.equal(response.reportCount, buckets.length);
  assert.equal(response.duration, 1);
  const shares = await Promise.all(
    [
      [LEADER, response.leader],
      [HELPER, response.helper],
    ].map(([role, share]) => openAggregateShare(task, query, role, fromBase64(private_key), share)),
  );
  assert.deepEqual(addVectors(...shares.map(decodeVector)), counts.map(BigInt));
});
