// Checks the demonstration whole and prints one line of JSON.
//
//   node check_sums.mjs --folder DIR --interactions FILE --from DAY --until DAY [--out DIR]
//
// Replays the customers of FILE as devices against real aggregators, walks the visitor's story
// (check.mjs) beside them, and compares what was collected with what tests/demo/recompute.mjs counts
// in FILE: the task without noise exactly, the others under twenty draws of noise.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { recompute } from '../tests/demo/recompute.mjs';
import { checkNoise } from '../tests/lib/noise.mjs';
import { collect, replay, startAggregators, tasksOf, writeCollected } from './aggregation.mjs';
import { inColumns } from './catalogue/tasks.mjs';

const DRAWS = 20;
const FEWEST_DEVICES = 1000;

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    folder: { type: 'string' },
    interactions: { type: 'string' },
    from: { type: 'string' },
    until: { type: 'string' },
    out: { type: 'string' },
  },
});

const { folder } = options;
const scratch = mkdtempSync(join(tmpdir(), 'baya-sums-'));
const out = options.out ?? join(scratch, 'out');
const summary = { ok: false };
mkdirSync(out, { recursive: true });

async function visit() {
  const child = spawn(
    process.execPath,
    [join(here, 'check.mjs'), '--data', join(folder, 'data'), '--out', out],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let line = '';
  child.stdout.on('data', (text) => (line += text));
  const [status] = await once(child, 'exit');
  summary.visitor = JSON.parse(line);
  assert.equal(status, 0, summary.visitor.failed);
}

// Copies of what the aggregators hold before anything is collected: each pair draws its own noise.
async function draw(task, number) {
  const copy = join(scratch, `draw-${number}`);
  for (const role of ['leader', 'helper'])
    cpSync(join(folder, role), join(copy, role), { recursive: true });
  const stop = await startAggregators(folder, { leader: copy, helper: copy });
  try {
    return collect(folder, task, options);
  } finally {
    await stop();
    rmSync(copy, { recursive: true });
  }
}

const countsOf = ({ cells }) => cells.map(({ count }) => count);

// Draws the noise of a task anew, again and again: the difference to the truth is that of two
// aggregators, and the stated interval holds as much of it as is stated (tests/lib/noise.mjs). Every
// cell of every draw has noise of its own.
async function coverage(task, truth) {
  const results = [];
  for (let number = 0; number < DRAWS; number++) results.push(await draw(task, number));
  const draws = results.map(countsOf);
  const noises = draws.flatMap((counts) => counts.map((count, i) => count - truth[i]));
  const [{ epsilon_micro, noise }] = results;
  const ratio = epsilon_micro / 1e6 / noise.sensitivity;
  for (const { cells } of results) {
    for (const { count, low_95, high_95 } of cells) {
      assert.deepEqual(
        [low_95, high_95],
        [count - noise.half_width_95, count + noise.half_width_95],
      );
    }
  }
  return { truth, draws, ...checkNoise(noises, ratio, noise.half_width_95) };
}

function describe() {
  const catalogue = JSON.parse(readFileSync(join(folder, 'data/catalogue.json'), 'utf8'));
  const declared = JSON.parse(readFileSync(join(folder, 'tasks/tasks.json'), 'utf8'));
  const tasks = inColumns(catalogue, declared, options);
  writeFileSync(join(out, 'tasks.json'), `${JSON.stringify(tasks, null, 2)}\n`);
  cpSync(join(folder, 'shown.jsonl'), join(out, 'shown.jsonl'));
}

async function compare() {
  describe();
  const truth = recompute(options.interactions, out);
  const tasks = tasksOf(folder);
  summary.draws = {};
  for (const task of tasks.filter(({ policy }) => policy === 'production')) {
    summary.draws[task.name] = await coverage(task, truth[task.name]);
  }
  const stop = await startAggregators(folder);
  try {
    const results = tasks.map((task) => collect(folder, task, options));
    writeCollected(join(out, 'collected'), results);
    for (const result of results.filter(({ task }) => task.policy === 'test')) {
      assert.deepEqual(countsOf(result), truth[result.task.name], result.task.name);
      summary.exact = { task: result.task.name, counts: countsOf(result) };
    }
  } finally {
    await stop();
  }
  assert.ok(summary.exact, 'there is no task without noise');
}

function keep() {
  const replayed = readFileSync(join(folder, 'reports.jsonl'), 'utf8');
  const visited = join(out, 'visitor-reports.jsonl');
  const own = existsSync(visited) ? readFileSync(visited, 'utf8') : '';
  rmSync(visited, { force: true });
  writeFileSync(join(out, 'reports.jsonl'), replayed + own);
  for (const role of ['leader', 'helper']) {
    cpSync(join(folder, role), join(out, role), { recursive: true });
  }
}

const started = Date.now();
try {
  const stop = await startAggregators(folder);
  try {
    summary.replay = await replay(folder, options);
    assert.ok(summary.replay.devices >= FEWEST_DEVICES, 'fewer than 1,000 customers');
    await visit();
  } finally {
    await stop();
  }
  await compare();
  keep();
  summary.ok = true;
} catch (error) {
  summary.failed = error.message;
  console.error(error);
  process.exitCode = 1;
}
summary.seconds = Math.round((Date.now() - started) / 1000);
writeFileSync(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
console.log(JSON.stringify(summary));
rmSync(scratch, { recursive: true, force: true });
