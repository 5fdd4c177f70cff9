// The programs as an operator meets them.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { programCommand } from '../lib/programs.mjs';
import { Aggregator } from './lib/server.mjs';
import { testTask, World } from './lib/world.mjs';

let world;
before(async () => {
  world = await World.make([testTask('one')]);
});
after(() => world.end());

function runAggregator(...args) {
  const [command, ...first] = programCommand('native', 'tools/aggregator/baya-aggregator');
  return spawnSync(command, [...first, ...args], { encoding: 'utf8', timeout: 20_000 });
}

const mode = (name) => statSync(world.file(name)).mode & 0o777;

test("what is secret is its owner's alone", async () => {
  await world.start();
  for (const name of [
    'leader/leader.json',
    'helper/helper.json',
    'tasks/collector.json',
    'leader/leader.hpke.json',
    'helper/helper.hpke.json',
    'leader/leader.sqlite',
    'leader/leader.sqlite-wal',
    'helper/helper.sqlite',
  ]) {
    assert.equal(mode(name), 0o600, name);
  }
});

test('two processes cannot have one folder', () => {
  const second = runAggregator('--role', 'leader', '--folder', world.file('leader'), '--port', '0');
  assert.equal(second.status, 1);
  assert.match(second.stderr, /another aggregator runs in/);
});

test('both signals stop it cleanly, and it starts again', async () => {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    assert.equal(await world.leader.stop(signal), 0);
    assert.match(world.leader.log, /leader: stopping\n$/);
    await world.leader.start();
  }
});

test('port 0 is a free one, which is printed', async () => {
  await world.helper.stop();
  const helper = new Aggregator('helper', world.file('helper'), 0);
  await helper.start();
  try {
    assert.ok(helper.printedPort > 0);
    const response = await fetch(`http://127.0.0.1:${helper.printedPort}/hpke_config`);
    assert.equal(response.status, 200);
  } finally {
    assert.equal(await helper.stop(), 0);
  }
  await world.helper.start();
});

test('a task that adds no noise is called one for tests', () => {
  assert.match(world.helper.log, /task one adds no noise: for tests only/);
});

test('a file cannot ask for less noise than devices were promised', () => {
  const folder = world.file('quieter');
  mkdirSync(folder);
  const file = JSON.parse(readFileSync(world.file('helper/helper.json'), 'utf8'));
  const promised = Buffer.from(file.tasks[0].descriptor, 'base64url');
  const words = ['A test', 'Counts what the test says.', 'one'];
  // version, name, title, text; then policy, mechanism, adjacency and epsilon.
  const at = 1 + words.reduce((size, word) => size + 1 + word.length, 1) + 3;
  const quieter = Buffer.from(promised);
  quieter.writeBigUInt64BE(promised.readBigUInt64BE(at) + 1n, at);
  file.tasks[0].descriptor = quieter.toString('base64url');
  writeFileSync(`${folder}/helper.json`, JSON.stringify(file), { mode: 0o600 });
  const run = runAggregator('--role', 'helper', '--folder', folder, '--port', '0');
  assert.equal(run.status, 1);
  assert.match(run.stderr, /descriptor: the descriptor is not the one that the task's reports/);
});

test('what cannot run says why', async () => {
  const run = (role, folder, port = '0') =>
    runAggregator('--role', role, '--folder', folder, '--port', port);
  mkdirSync(world.file('empty'));
  assert.match(run('leader', world.file('empty')).stderr, /cannot read .*leader\.json/);
  await world.helper.stop();
  const taken = run('helper', world.file('helper'), String(world.leader.port));
  assert.equal(taken.status, 1);
  assert.match(taken.stderr, /cannot listen on 127\.0\.0\.1, port \d+/);
  renameSync(world.file('helper/helper.json'), world.file('empty/leader.json'));
  assert.match(run('leader', world.file('empty')).stderr, /is for the other aggregator/);
  chmodSync(world.file('empty/leader.json'), 0o644);
  assert.match(run('leader', world.file('empty')).stderr, /can be read by others/);
});

test('a database of the other role is refused', async () => {
  await world.leader.stop();
  mkdirSync(world.file('mixed'));
  renameSync(world.file('leader/leader.json'), world.file('mixed/leader.json'));
  renameSync(world.file('helper/helper.sqlite'), world.file('mixed/leader.sqlite'));
  const mixed = runAggregator('--role', 'leader', '--folder', world.file('mixed'), '--port', '0');
  assert.equal(mixed.status, 1);
  assert.match(mixed.stderr, /made by the other aggregator/);
});

test('keys are never written over', () => {
  assert.throws(
    () =>
      world.runTool('tasks', [
        ...['--definition', world.file('definition.json'), '--out', world.file('tasks')],
        ...['--leader', 'https://leader.example', '--helper', 'https://helper.example'],
      ]),
    /is not empty/,
  );
});

test('each program explains itself with an example', () => {
  for (const name of ['aggregator', 'collect', 'tasks']) {
    const [command, ...first] = programCommand('native', `tools/${name}/baya-${name}`);
    const help = execFileSync(command, [...first, '--help'], { encoding: 'utf8' });
    assert.match(help, /Examples:\n {2}tools\/baya /);
  }
});
