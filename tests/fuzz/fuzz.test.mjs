// Every decoder of the core under stored and changed inputs, optimised and without a sanitizer; with
// one they run in fuzz_replay_test. Controls show that each limit strikes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';
import { programCommand } from '../lib/programs.mjs';
import { ROOT } from '../lib/tree.mjs';

const EXECUTIONS = process.env.BAYA_FULL ? 1_000_000 : 20_000;
const TARGETS = 85; // fewer is one that was lost
const MOST_MS = 1000;
const MOST_KIB = 64 * 1024;
// How the program ends: tests/fuzz/guard.h.
const CRASH = 70;
const TOO_LONG = 71;
const TOO_MUCH = 72;

function fuzz(executions, ...target) {
  const [command, ...args] = programCommand('native', 'tests/fuzz/fuzz_decoders');
  const corpus = path.join(ROOT, 'tests/fuzz/corpus');
  return spawnSync(command, [...args, corpus, String(executions), ...target], {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  });
}

function tableOf(stdout) {
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [name, ...numbers] = line.split('\t');
      const [stored, executions, taken, ms, kib] = numbers.map(Number);
      return { name, stored, executions, taken, ms, kib };
    });
}

test(`every decoder stands ${EXECUTIONS.toLocaleString('en')} inputs`, () => {
  const { status, stdout, stderr } = fuzz(EXECUTIONS);
  assert.equal(status, 0, stderr);
  const table = tableOf(stdout);
  assert.ok(table.length >= TARGETS, `only ${table.length} targets`);
  for (const { name, stored, executions, taken, ms, kib } of table) {
    assert.ok(stored > 0 && executions >= EXECUTIONS, name);
    assert.ok(taken > 0, `${name}: nothing was taken, so nothing behind the decoder was reached`);
    assert.ok(ms <= MOST_MS && kib <= MOST_KIB, `${name}: ${ms} ms, ${kib} KiB`);
  }
  const most = (of) => table.reduce((a, b) => (a[of] >= b[of] ? a : b));
  const sum = (of) => table.reduce((all, row) => all + row[of], 0).toLocaleString('en');
  console.log(
    `${table.length} decoders, ${sum('stored')} stored inputs, ${sum('executions')} executions, ` +
      `${sum('taken')} taken; the longest ${most('ms').ms} ms (${most('ms').name}), ` +
      `the largest ${most('kib').kib} KiB (${most('kib').name})`,
  );
});

for (const [control, ending] of [
  ['control_hang', TOO_LONG],
  ['control_allocate_once', TOO_MUCH],
  ['control_allocate_often', TOO_MUCH],
  ['control_read_null', CRASH],
  ['control_encode_otherwise', CRASH],
]) {
  test(`${control} is stopped, and its input said`, () => {
    const { status, stderr } = fuzz(1, control);
    assert.equal(status, ending, stderr);
    assert.match(stderr, new RegExp(`: ${control}\ninput 01\n`));
  });
}

test('memory that is given back does not count', () => {
  const { status, stdout } = fuzz(1, 'control_allocate_and_free');
  assert.equal(status, 0);
  const [{ kib }] = tableOf(stdout);
  assert.ok(kib >= 1024 && kib < 2048, `${kib} KiB`);
});
