import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { ROOT, withTempFolder } from '../lib/tree.mjs';
import { checkFlags, compileLike, readCommands, words } from './warnings.mjs';

const CLEAN = 'int Half(int a) { return a / 2; }\n';

const plants = [
  ['an unused variable', 'void F() { int a = 1; }\n', /unused/],
  ['a shadowed variable', 'int F(int a) { { int a = 2; return a; } return a; }\n', /shadow/],
  ['a narrowing conversion', 'char F(int a) { return a; }\n', /conversion/],
  ['a missing return', 'int F(bool a) { if (a) return 1; }\n', /return-type/],
  [
    'a case that falls through',
    'int F(int a) { switch (a) { case 1: a = 3; case 2: return a; default: return 0; } }\n',
    /fallthrough/,
  ],
];

for (const build of ['release', 'asan', 'wasm']) {
  const folder = path.join(ROOT, 'build', build);
  const built = existsSync(path.join(folder, 'compile_commands.json'));
  const options = { skip: built ? false : `build/${build} is not configured` };

  test(`${build}: every file of ours is compiled with the warnings as errors`, options, () => {
    assert.deepEqual(checkFlags(ROOT, readCommands(folder)), []);
  });

  if (build === 'asan') continue; // the compiler of `release`
  test(`${build}: the flags turn each kind of warning into an error`, options, async () => {
    const entry = readCommands(folder).find(({ file }) => file.endsWith('core/base/status.cc'));
    await withTempFolder(async (temp) => {
      const source = path.join(temp, 'planted.cc');
      writeFileSync(source, CLEAN);
      const control = await compileLike(entry, source, `${source}.o`);
      assert.equal(control.status, 0, control.output);
      for (const [what, text, expected] of plants) {
        writeFileSync(source, text);
        const { status, output } = await compileLike(entry, source, `${source}.o`);
        assert.notEqual(status, 0, `${what} was compiled`);
        assert.match(output, expected);
        assert.match(output, /error/);
      }
    });
  });
}

test('planted: a file compiled without -Werror, or with a warning off, is found', () => {
  const flags = '-Wall -Wextra -Wshadow -Wconversion -Wimplicit-fallthrough -ffp-contract=off';
  const entry = (command) => ({ file: '/r/core/base/a.cc', command });
  assert.deepEqual(checkFlags('/r', [entry(`g++ ${flags} -Werror -c a.cc`)]), []);
  assert.deepEqual(checkFlags('/r', [entry(`g++ ${flags} -c a.cc`)]), [
    'core/base/a.cc is compiled without -Werror',
  ]);
  assert.deepEqual(checkFlags('/r', [entry(`g++ ${flags} -Werror -Wno-unused -c a.cc`)]), [
    'core/base/a.cc is compiled with -Wno-unused',
  ]);
  const together = { file: '/r/build/asan/core/base/Unity/unity_0_cxx.cxx', command: 'g++ -c a' };
  assert.equal(checkFlags('/r', [together]).length, 7);
});

test('a compile command is split as a shell would', () => {
  assert.deepEqual(words('g++ -DA=\\"b\\" "-Ix y" -c "a b.cc"'), [
    'g++',
    '-DA="b"',
    '-Ix y',
    '-c',
    'a b.cc',
  ]);
});
