import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { ROOT, readText, withTempFolder } from '../lib/tree.mjs';
import { run } from './lint.mjs';
import { buildClean, difference, MODULES } from './reproducible.mjs';
import { readCommands, words } from './warnings.mjs';

const built = path.join(ROOT, 'build/wasm');
const notYet = /engine/.test(readText(ROOT, 'wasm/CMakeLists.txt'))
  ? false
  : 'wasm/ has no module yet';

test('two clean builds in different folders give the same bytes', { skip: notYet }, (t) =>
  withTempFolder(async (folder) => {
    const [first, second] = await Promise.all([
      buildClean(path.join(folder, 'one')),
      buildClean(path.join(folder, 'another-place', 'with-a-longer-name')),
    ]);
    for (const name of MODULES) {
      const module = path.join(first, name);
      assert.equal(difference(module, path.join(second, name)), '');
      const digest = createHash('sha256').update(readFileSync(module)).digest('hex');
      t.diagnostic(`${name} SHA-256 ${digest}`);
      const here = path.join(built, name);
      if (existsSync(here)) assert.equal(difference(module, here), '');
    }
  }),
);

test('planted: one byte more, less or changed is found', () =>
  withTempFolder((folder) => {
    const file = (name, text) => {
      writeFileSync(path.join(folder, name), text);
      return path.join(folder, name);
    };
    const original = file('a', 'wasm');
    assert.equal(difference(original, file('b', 'wasm')), '');
    assert.match(difference(original, file('c', 'wbsm')), /differ at byte 1$/);
    assert.match(difference(original, file('d', 'wasm2')), /differ at byte 4$/);
    assert.match(difference(original, file('e', 'was')), /differ at byte 3$/);
  }));

// Compiles a file that holds its own path, in `folder`, with the flags of the wasm build.
async function compileWithPath(folder, flags) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'a.cc'), 'const char* Where() { return __FILE__; }\n');
  const object = path.join(folder, 'a.o');
  const arguments_ = [...flags, '-c', path.join(folder, 'a.cc'), '-o', object];
  const { status, output } = await run('em++', arguments_, folder);
  assert.equal(status, 0, output);
  return object;
}

const wasmBuild = path.join(ROOT, 'build/wasm');
const notConfigured = existsSync(path.join(wasmBuild, 'compile_commands.json'))
  ? false
  : 'build/wasm is not configured';

test(
  'planted: a path in the bytes is found, and our flags keep it out',
  { skip: notConfigured },
  () =>
    withTempFolder(async (folder) => {
      const pathFlag = /^-ffile-prefix-map=(.*)=\.$/;
      const ours = readCommands(wasmBuild).find(({ file }) => file.endsWith('core/base/status.cc'));
      const flags = words(ours.command).filter((word) => pathFlag.test(word));
      assert.ok(flags.length > 0, 'the wasm build does not map its source path');
      const [one, two] = [path.join(folder, 'one'), path.join(folder, 'two')];
      const bare = [await compileWithPath(one, []), await compileWithPath(two, [])];
      assert.match(difference(...bare), /differ/);
      const mapped = [
        await compileWithPath(
          one,
          flags.map((word) => word.replace(pathFlag, `-ffile-prefix-map=${one}=.`)),
        ),
        await compileWithPath(
          two,
          flags.map((word) => word.replace(pathFlag, `-ffile-prefix-map=${two}=.`)),
        ),
      ];
      assert.equal(difference(...mapped), '');
    }),
);
