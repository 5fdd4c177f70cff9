// What baya-eval measures with the WebAssembly build of the device's code is what it measures with the
// native one, figure for figure, in every protocol.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { programCommand } from '../lib/programs.mjs';
import { writeShop } from '../lib/trained_pack.mjs';
import { ROOT } from '../lib/tree.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'baya-eval-'));
after(() => rmSync(folder, { recursive: true }));

const [EVAL] = programCommand('native', 'tools/eval/baya-eval');
const RANKER = programCommand('wasm', 'tools/ranker/baya-ranker').at(-1);
const HOST = path.join(ROOT, 'tools/eval/engine_host.mjs');

const [, log, , catalogue] = writeShop(folder);
const LOG = ['--interactions', log, '--catalogue', catalogue, '--no-tune', '--no-dense'];

// The same people as `user item item ...`, each third item to be found.
function writeLightGcn() {
  const lines = { train: '', test: '' };
  for (const [user, own] of grouped(rows())) {
    const items = [...new Set(own.map(([, item]) => item))];
    const part = (wanted) => items.filter((_, i) => (i % 3 === 0) === wanted).join(' ');
    lines.train += `${user} ${part(false)}\n`;
    lines.test += `${user} ${part(true)}\n`;
  }
  const files = Object.keys(lines).map((name) => path.join(folder, `${name}.txt`));
  for (const [i, text] of Object.values(lines).entries()) writeFileSync(files[i], text);
  return files;
}

// [user, item] as numbers.
function rows() {
  const lines = readFileSync(log, 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => line.match(/\d+/g).slice(0, 2).map(Number));
}

function grouped(list) {
  const groups = new Map();
  for (const row of list) groups.set(row[0], [...(groups.get(row[0]) ?? []), row]);
  return groups;
}

function measure(...args) {
  const { status, stdout, stderr } = spawnSync(EVAL, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

const [train, found] = writeLightGcn();
const PROTOCOLS = {
  strong: LOG,
  'next-basket': [...LOG, '--split', '2025-09-15', '--baskets', '200'],
  session: [...LOG, '--prefixes', '300'],
  replay: [...LOG, '--split', '2025-09-15', '--users', '60'],
  lightgcn: ['--train', train, '--test', found, '--no-tune'],
};

for (const [protocol, args] of Object.entries(PROTOCOLS)) {
  test(protocol, () => {
    const native = measure('--protocol', protocol, ...args);
    assert.match(native, /\.\d{4}/);
    const wasm = measure(
      '--protocol',
      protocol,
      ...args,
      '--ranker',
      RANKER,
      '--engine-host',
      HOST,
    );
    assert.equal(wasm, native);
  });
}

test('nothing is ranked where the WebAssembly build should and cannot', () => {
  const broken = path.join(folder, 'broken.cjs');
  writeFileSync(broken, 'process.exit(1)\n');
  for (const [protocol, option] of [
    ['strong', '--ranker'],
    ['next-basket', '--ranker'],
    ['session', '--ranker'],
    ['lightgcn', '--ranker'],
    ['replay', '--engine-host'],
  ]) {
    const args = ['--protocol', protocol, ...PROTOCOLS[protocol], option, broken];
    const { status, stderr } = spawnSync(EVAL, args, { encoding: 'utf8' });
    assert.equal(status, 1, protocol);
    assert.match(stderr, /node has ended/, protocol);
  }
});
