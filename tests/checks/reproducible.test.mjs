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

// The other build is the one that every other test uses; a long run, or one without it, makes both.
const isBuilt = MODULES.every((name) => existsSync(path.join(built, name)));
const makesBoth = Boolean(process.env.BAYA_FULL) || !isBuilt;

test('two builds in different folders give the same bytes', { skip: notYet }, (t) =>
  withTempFolder(async (folder) => {
    const places = [path.join(folder, 'another-place', 'with-a-longer-name')];
    if (makesBoth) places.push(path.join(folder, 'one'));
    const builds = await buildClean(places);
    if (isBuilt) builds.push(built);
    for (const name of MODULES) {
      const modules = builds.map((build) => path.join(build, name));
      for (const other of modules.slice(1)) assert.equal(difference(modules[0], other), '');
      const digest = createHash('sha256').update(readFileSync(modules[0])).digest('hex');
      t.diagnostic(`${name}: ${modules.length} builds, SHA-256 ${digest}`);
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
