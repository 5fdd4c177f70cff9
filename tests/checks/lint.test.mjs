import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { copyFiles, projectFiles, ROOT, readText, withTempFolder } from '../lib/tree.mjs';
import {
  biome,
  clangFormat,
  clangTidy,
  isBashScript,
  isCpp,
  isForBiome,
  shellcheck,
  tsc,
} from './lint.mjs';

const files = projectFiles();
// The one native build that compiles all of core/, tools/ and wasm/.
const native = path.join(ROOT, 'build/asan');
const notBuilt = existsSync(path.join(native, 'compile_commands.json'))
  ? false
  : 'build/asan is not configured';

function assertClean({ status, output }) {
  assert.equal(status, 0, output);
}

test('clang-format has nothing to change', async () => {
  assertClean(await clangFormat(ROOT, files.filter(isCpp)));
});

test('clang-tidy has nothing to say about core/, tools/ and wasm/', {
  skip: notBuilt,
}, async (t) => {
  const commands = JSON.parse(readText(native, 'compile_commands.json'));
  const compiled = new Set(commands.map(({ file }) => path.relative(ROOT, file)));
  const sources = files.filter((file) => compiled.has(file) && /(?<!_test)\.cc$/.test(file));
  const missed = files.filter(
    (file) => /^(core|tools|wasm)\/.*(?<!_test)\.cc$/.test(file) && !compiled.has(file),
  );
  assert.deepEqual(missed, [], 'these sources belong to no target of the native build');
  const analyzer = Boolean(process.env.BAYA_FULL);
  t.diagnostic(`${sources.length} files, ${analyzer ? 'with' : 'without'} the analyzer`);
  assertClean(await clangTidy(ROOT, native, sources, { analyzer }));
});

test('biome has nothing to change or to say', async () => {
  assertClean(await biome(ROOT, files.filter(isForBiome), ROOT));
});

test('shellcheck has nothing to say', async () => {
  const scripts = files.filter((file) => isBashScript(ROOT, file));
  assert.ok(scripts.includes('tests/run'));
  assertClean(await shellcheck(ROOT, scripts));
});

for (const config of files.filter((file) => path.basename(file) === 'tsconfig.json')) {
  test(`tsc finds no error in ${config}`, async () => {
    assertClean(await tsc(ROOT, path.dirname(config), ROOT));
  });
}

// Runs `check` on a folder that holds our configuration files and one planted file.
async function assertFinds(name, text, check, expected) {
  await withTempFolder(async (folder) => {
    copyFiles(ROOT, ['.clang-format', '.clang-tidy', '.gitignore', 'biome.json'], folder);
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    writeFileSync(path.join(folder, name), text);
    const { status, output } = await check(folder);
    assert.notEqual(status, 0, 'the planted violation was not found');
    assert.match(output, expected);
  });
}

test('planted: a badly formatted C++ file is found', () =>
  assertFinds('a.cc', 'int  f( ) { return 1 ; }\n', (f) => clangFormat(f, ['a.cc']), /format/));

const tidyPlants = [
  ['a function in snake case', 'int do_it() { return 1; }\n', /identifier-naming/],
  ['a constant without k', 'constexpr int max_size = 3;\n', /identifier-naming/],
  [
    'a use after move',
    '#include <string>\n#include <utility>\nstd::string Twice(std::string a) {\n' +
      '  std::string b = std::move(a);\n  return b + a;\n}\n',
    /use-after-move/,
  ],
  [
    'a needless copy',
    '#include <string>\nint Size(const std::string& a) {\n  const std::string b = a;\n' +
      '  return static_cast<int>(b.size());\n}\n',
    /performance-unnecessary-copy/,
  ],
];

for (const [what, text, expected] of tidyPlants) {
  test(`planted: ${what} is found by clang-tidy`, () =>
    assertFinds(
      'a.cc',
      text,
      (folder) => {
        const command = { directory: folder, file: 'a.cc', command: 'g++ -std=c++20 -c a.cc' };
        writeFileSync(path.join(folder, 'compile_commands.json'), JSON.stringify([command]));
        return clangTidy(folder, folder, ['a.cc']);
      },
      expected,
    ));
}

test('planted: badly formatted and unused JavaScript is found by biome', async () => {
  await assertFinds('a.mjs', "export const a = 'b'\n", (f) => biome(f, ['a.mjs'], ROOT), /format/);
  const unused = 'import fs from "node:fs";\n\nexport const a = 1;\n';
  await assertFinds('a.mjs', unused, (f) => biome(f, ['a.mjs'], ROOT), /noUnusedImports/);
});

test('planted: an unquoted variable is found by shellcheck', () =>
  assertFinds(
    'run',
    '#!/usr/bin/env bash\nrm -rf $1/x\n',
    (folder) => {
      assert.ok(isBashScript(folder, 'run'));
      return shellcheck(folder, ['run']);
    },
    /SC2086/,
  ));

test('planted: a type error is found by tsc', () =>
  assertFinds(
    'a.ts',
    'export const a: number = "b";\n',
    (folder) => {
      const config = { compilerOptions: { strict: true, types: [] }, files: ['a.ts'] };
      writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
      return tsc(folder, '.', ROOT);
    },
    /TS2322/,
  ));
