// What the servers answer to devices and to web pages.
import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { after, before, test } from 'node:test';

import { MEDIA, REPORT_ERROR, testTask, until, uploadErrors, World } from './lib/world.mjs';

const URN = 'urn:ietf:params:ppm:dap:error:';

let world;
before(async () => {
  world = await World.make([testTask('one'), testTask('two')]);
  await world.start();
});
after(() => world.end());

const idOf = (body) => body.subarray(0, 16).toString('hex');
const reportsPath = (task) => `/tasks/${world.task(task).id}/reports`;

async function expectAccepted(response) {
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), null);
  assert.equal((await response.arrayBuffer()).byteLength, 0);
}

async function expectErrors(response, expected) {
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), MEDIA('upload-errors'));
  assert.deepEqual(await uploadErrors(response), expected);
}

async function expectProblem(response, status, type, task) {
  assert.equal(response.status, status);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const problem = await response.json();
  assert.equal(problem.type, type);
  assert.equal(problem.status, status);
  assert.equal(problem.taskid, task);
}

test('both announce a key for a day, to pages of any origin', async () => {
  for (const server of [world.leader, world.helper]) {
    const response = await fetch(`${server.url}/hpke_config`, {
      headers: { Origin: 'https://shop.example' },
    });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), MEDIA('hpke-config-list'));
    assert.equal(response.headers.get('cache-control'), 'max-age=86400');
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    const list = Buffer.from(await response.arrayBuffer());
    // uint16 length, then id, kem, kdf, aead, a key of 32 bytes.
    assert.equal(list.length, 2 + 9 + 32);
    assert.equal(list.readUInt16BE(0), list.length - 2);
    assert.deepEqual(
      [3, 5, 7, 9].map((at) => list.readUInt16BE(at)),
      [0x20, 1, 3, 32],
    );
  }
});

test('reports are accepted one or many at a time, and all have one length', async () => {
  const bodies = world.makeReports('one', [0, 1, 2, 3]);
  assert.equal(new Set(bodies.map((body) => body.length)).size, 1);
  await expectAccepted(await world.upload('one', bodies[0]));
  await expectAccepted(await world.upload('one', Buffer.concat(bodies.slice(1))));
});

test('a second upload of a report is discarded and says so', async () => {
  const [body, other] = world.makeReports('one', [0, 1]);
  await expectAccepted(await world.upload('one', body));
  const replayed = [idOf(body), REPORT_ERROR.report_replayed];
  await expectErrors(await world.upload('one', body), [replayed]);
  await expectErrors(await world.upload('one', Buffer.concat([body, other, other])), [
    replayed,
    [idOf(other), REPORT_ERROR.report_replayed],
  ]);
});

test('a report of another task, with other metadata or with a flipped bit does not open', async () => {
  const refuse = async (task, body) =>
    expectErrors(await world.upload(task, body), [[idOf(body), REPORT_ERROR.hpke_decrypt_error]]);
  const [body] = world.makeReports('one', [0]);
  await refuse('two', body);
  const changed = (at) => {
    const copy = Buffer.from(body);
    copy[at] ^= 1;
    return copy;
  };
  await refuse('one', changed(0)); // the id
  const earlier = Buffer.from(body);
  earlier.writeBigUInt64BE(body.readBigUInt64BE(16) - 1n, 16); // a later one is too early
  await refuse('one', earlier);
  await refuse('one', changed(26 + 4)); // the public share, behind id, time, extensions, length
  await expectAccepted(await world.upload('one', body));
});

test('a report from the future is too early', async () => {
  const later = Math.floor(Date.now() / 1000) + 2 * 3600;
  const [body] = world.makeReports('one', [[0, later]]);
  await expectErrors(await world.upload('one', body), [
    [idOf(body), REPORT_ERROR.report_too_early],
  ]);
});

test('what is no upload is told apart', async () => {
  const [body] = world.makeReports('one', [0]);
  const { id } = world.task('one');
  await expectProblem(await world.upload('one', body.subarray(1)), 400, `${URN}invalidMessage`, id);
  await expectProblem(
    await world.upload('one', body, { 'Content-Type': 'application/json' }),
    415,
    'about:blank',
  );
  const unknown = Buffer.alloc(32, 7).toString('base64url');
  const response = await fetch(`${world.leader.url}/tasks/${unknown}/reports`, {
    method: 'POST',
    headers: { 'Content-Type': MEDIA('upload-req') },
    body,
  });
  await expectProblem(response, 404, `${URN}unrecognizedTask`, unknown);
  const put = await fetch(world.leader.url + reportsPath('one'), { method: 'PUT', body });
  assert.equal(put.headers.get('allow'), 'POST, OPTIONS');
  await expectProblem(put, 405, 'about:blank');
  for (const path of ['/', '/tasks', '/favicon.ico', `/tasks/${id}`, `/tasks/${id}/reports/x`]) {
    await expectProblem(await fetch(world.leader.url + path), 404, 'about:blank');
  }
  const onHelper = await fetch(world.helper.url + reportsPath('one'), {
    method: 'POST',
    headers: { 'Content-Type': MEDIA('upload-req') },
    body,
  });
  await expectProblem(onHelper, 404, 'about:blank');
});

test('too large is refused, and the server goes on', async () => {
  const [body] = world.makeReports('one', [0]);
  const many = Buffer.concat(Array.from({ length: 101 }, () => body));
  await expectProblem(await world.upload('one', many), 413, 'about:blank');
  await expectProblem(await world.upload('one', Buffer.alloc(1 << 21)), 413, 'about:blank');
  // Far past the limit the server hangs up, perhaps before its answer is read.
  const far = await world.upload('one', Buffer.alloc(1 << 24)).catch(() => ({ status: 413 }));
  assert.equal(far.status, 413);
  await expectAccepted(await world.upload('one', body));
});

// fetch() may not send what only browsers send.
function preflight(url, method) {
  return new Promise((resolve, reject) => {
    const headers = {
      Origin: 'https://shop.example',
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': 'content-type',
    };
    request(url, { method: 'OPTIONS', headers }, (response) => {
      response.resume();
      resolve(response);
    })
      .on('error', reject)
      .end();
  });
}

test('web pages may upload, and nothing else', async () => {
  const allowed = await preflight(world.leader.url + reportsPath('one'), 'POST');
  assert.equal(allowed.statusCode, 204);
  assert.equal(allowed.headers['access-control-allow-origin'], '*');
  assert.equal(allowed.headers['access-control-allow-methods'], 'POST');
  assert.match(allowed.headers['access-control-allow-headers'], /content-type/i);
  assert.equal(allowed.headers['access-control-allow-credentials'], undefined);
  const [body] = world.makeReports('one', [0]);
  for (const upload of [body, body, body.subarray(1)]) {
    const response = await world.upload('one', upload, { Origin: 'https://shop.example' });
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
  }
  const { id } = world.task('one');
  for (const url of [
    `${world.leader.url}/tasks/${id}/collection_jobs`,
    `${world.helper.url}/tasks/${id}/aggregation_jobs`,
    `${world.helper.url}/tasks/${id}/aggregate_shares`,
  ]) {
    const refused = await preflight(url, 'POST');
    assert.ok(refused.statusCode >= 400);
    assert.equal(refused.headers['access-control-allow-origin'], undefined);
  }
});

test('an old key is good for two more days, then the device is told', async () => {
  const oldConfig = world.file('old.config');
  const keys = world.file('leader/leader.hpke.json');
  renameSync(world.file('leader.config'), oldConfig);
  await world.leader.stop();
  await world.leader.start('--new-key');
  await world.fetchConfigs();
  assert.notDeepEqual(readFileSync(oldConfig), readFileSync(world.file('leader.config')));
  const [sealed, late] = world.makeReports('one', [0, 1], { leaderConfig: oldConfig });
  await expectAccepted(await world.upload('one', sealed));
  // While a report waits, its key is kept.
  const waits = () => world.rows('leader').some((row) => row.table === 'input_share');
  await until(() => !waits(), 'the reports to be added up');

  await world.leader.stop();
  const stored = JSON.parse(readFileSync(keys, 'utf8'));
  assert.equal(stored.keys.length, 2);
  stored.keys[1].replaced_s -= 2 * 86400 + 1;
  writeFileSync(keys, JSON.stringify(stored));
  await world.leader.start();
  await expectErrors(await world.upload('one', late), [[idOf(late), REPORT_ERROR.outdated_config]]);
  const [fresh] = world.makeReports('one', [1]);
  await expectAccepted(await world.upload('one', fresh));
});

test('a task that was withdrawn from the file is not known any more', async () => {
  const file = world.file('leader/leader.json');
  const settings = world.secrets('leader');
  await world.leader.stop();
  const kept = settings.tasks.filter((task) => task.name === 'one');
  writeFileSync(file, JSON.stringify({ ...settings, tasks: kept }));
  await world.leader.start();
  const [body] = world.makeReports('two', [0]);
  const { id } = world.task('two');
  await expectProblem(await world.upload('two', body), 404, `${URN}unrecognizedTask`, id);
});

test('the log says nothing about anyone', () => {
  assert.match(world.leader.log, /task one: a job of/);
  for (const { log } of [world.leader, world.helper]) {
    assert.doesNotMatch(log, /127\.0\.0\.1|[0-9a-f]{16}|[\w-]{22}/);
  }
});
