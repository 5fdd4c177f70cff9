// The two aggregators of the demonstration, the replay of a log as devices, and the collector.
//
// FOLDER is tools/demo's: data/shop.pack and data/shop.json, tasks/, leader/ and helper/.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const START_MS = 20_000;

const program = (name) => join(root, `build/release/tools/${name}/baya-${name}`);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

export const tasksOf = (folder) => readJson(join(folder, 'tasks/tasks.json')).tasks;

/** One process; resolves to how to end it, when it listens. `folder` holds its keys and database. */
export async function startAggregator(role, folder, address) {
  const { port } = new URL(address);
  const child = spawn(program('aggregator'), ['--role', role, '--folder', folder, '--port', port], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.on('data', (text) => appendFileSync(join(folder, 'log.txt'), text));
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  let said = '';
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => {
      said += text;
      if (said.includes('listens on')) resolve();
    });
    ended.then(() => reject(new Error(`the ${role} did not start: see ${folder}/log.txt`)));
  });
  clearTimeout(timer);
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

/** Leader and helper of FOLDER, or of copies of theirs in `folders`. Returns what ends both. */
export async function startAggregators(folder, folders = { leader: folder, helper: folder }) {
  const [leader, helper] = readJson(join(folder, 'data/shop.json')).aggregators;
  const stops = await Promise.all([
    startAggregator('leader', join(folders.leader, 'leader'), leader),
    startAggregator('helper', join(folders.helper, 'helper'), helper),
  ]);
  return () => Promise.all(stops.map((stop) => stop()));
}

/** The customers of a log as devices, once: FOLDER/replayed says that it was done. */
export async function replay(folder, { interactions, from, until }) {
  if (existsSync(join(folder, 'replayed'))) return readJson(join(folder, 'replayed'));
  const { signer, site } = readJson(join(folder, 'data/shop.json'));
  const child = spawn(
    program('simulate'),
    [
      ...['--interactions', interactions, '--pack', join(folder, 'data/shop.pack')],
      ...['--signer', signer, '--site', site, '--from', from, '--until', until, '--test-tasks'],
      ...['--shown', join(folder, 'shown.jsonl'), '--reports', join(folder, 'reports.jsonl')],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let summary = '';
  child.stdout.on('data', (text) => (summary += text));
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new Error('the replay has failed');
  writeFileSync(join(folder, 'replayed'), summary);
  return JSON.parse(summary);
}

/** One task's sums of the time of the replay. */
export function collect(folder, task, { from, until }) {
  const collector = join(folder, 'tasks/collector.json');
  const text = execFileSync(
    program('collect'),
    ['--collector', collector, '--task', task.name, '--from', from, '--to', nextDay(until)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return JSON.parse(text);
}

// Devices report at the very end of the window.
const nextDay = (day) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** Sums as files of one folder, with an index, as the dashboard reads them. */
export function writeCollected(folder, results) {
  mkdirSync(folder, { recursive: true });
  const files = results.map((result) => [`${result.task.name}.json`, result]);
  for (const [name, result] of files) {
    writeFileSync(join(folder, name), `${JSON.stringify(result, null, 2)}\n`);
  }
  const index = { files: files.map(([name]) => name) };
  writeFileSync(join(folder, 'index.json'), `${JSON.stringify(index)}\n`);
}
