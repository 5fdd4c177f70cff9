import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseType, readOperations, structsUsedBy } from '../../wasm/generate/schema.mjs';
import { generate, staleFiles } from '../../wasm/generate.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ops = JSON.parse(readFileSync(join(root, 'wasm/ops.json'), 'utf8'));

test('the files made from ops.json are the checked-in ones', () => {
  const { status, stderr } = spawnSync(process.execPath, ['wasm/generate.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  assert.equal(status, 0);
});

test('a stale or missing file is named', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'baya-ops-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = generate(ops);
  const paths = Object.keys(files);
  for (const path of paths) {
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  assert.deepEqual(staleFiles(files, folder), []);
  writeFileSync(join(folder, paths[0]), `${files[paths[0]]}\n`);
  rmSync(join(folder, paths[2]));
  assert.deepEqual(staleFiles(files, folder), [paths[0], paths[2]]);
});

test('a change in ops.json reaches every file', () => {
  const before = generate(ops);
  const changed = structuredClone(ops);
  const field = { name: 'planted', type: 'opaque16', doc: 'a field' };
  changed.operations.push({ id: 999, name: 'plant', doc: 'more', request: [], reply: [field] });
  const after = generate(changed);
  for (const path of Object.keys(before)) assert.notEqual(after[path], before[path], path);
});

test('mistakes in ops.json are refused', () => {
  for (const type of [
    'uint53',
    'opaque',
    'opaque24',
    'uint8[]',
    'opaque[]',
    'int',
    'Blob',
    'bool[]',
  ]) {
    assert.throws(() => parseType(type), /ops\.json/, type);
  }
  const about = ops.operations[0];
  const field = { name: 'x', type: 'uint8', doc: 'y' };
  for (const operations of [
    [about, { ...about, name: 'other' }],
    [about, { ...about, id: 9 }],
    [{ ...about, id: 0 }],
    [{ ...about, doc: '' }],
    [{ ...about, request: [field, field] }],
    [{ ...about, request: [{ ...field, name: 'Bad-name' }] }],
    [{ ...about, request: [{ ...field, doc: undefined }] }],
  ]) {
    assert.throws(() => readOperations({ abiVersion: 1, operations }), /ops\.json/);
  }
  const one = { name: 'One', doc: 'z', fields: [field] };
  const usesTwo = { ...one, fields: [{ ...field, type: 'Two' }] };
  for (const structs of [
    [one, one],
    [{ ...one, name: 'one' }],
    [{ ...one, doc: '' }],
    [{ ...one, fields: [] }],
    [{ ...one, fields: [field, field] }],
    [usesTwo, { ...one, name: 'Two' }],
  ]) {
    assert.throws(() => readOperations({ abiVersion: 1, structs, operations: [] }), /ops\.json/);
  }
});

test('a structure brings the structures it needs', () => {
  const field = (name, type) => ({ name, type, doc: 'y' });
  const { structs, operations } = readOperations({
    abiVersion: 1,
    structs: [
      { name: 'Inner', doc: 'z', fields: [field('a', 'uint64')] },
      { name: 'Unused', doc: 'z', fields: [field('a', 'bool')] },
      { name: 'Outer', doc: 'z', fields: [field('inner', 'Inner[]')] },
    ],
    operations: [{ id: 1, name: 'go', doc: 'z', request: [field('outer', 'Outer')], reply: [] }],
  });
  const used = structsUsedBy(structs, [operations[0].request]).map(({ name }) => name);
  assert.deepEqual(used, ['Inner', 'Outer']);
  assert.deepEqual(structsUsedBy(structs, [operations[0].reply]), []);
});
