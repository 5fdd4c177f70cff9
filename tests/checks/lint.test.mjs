import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { copyFiles, projectFiles, ROOT, readText, withTempFolder } from '../lib/tree.mjs';
import { biome, clangFormat, isBashScript, isCpp, isForBiome, shellcheck, tsc } from './lint.mjs';
import { clangTidy, groupsOf } from './tidy.mjs';

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

// Clean by themselves; a, b and c give one name to different things, laid out so that it takes a
// compiler to see it.
const CLASHING = ['a', 'b', 'c', 'd'].map((name, i) => [
  `${name}.cc`,
  `namespace {\nconstexpr int\n    ${name === 'd' ? 'kOther' : 'kSize'} = ${i};\n}  // namespace\n\n` +
    `int Size${i}() { return ${name === 'd' ? 'kOther' : 'kSize'}; }\n`,
]);

// clang-tidy over the files of CLASHING, with `changes` to them.
function tidyTogether(folder, changes = {}) {
  const texts = { ...Object.fromEntries(CLASHING), ...changes };
  const entries = Object.entries(texts).map(([file, text]) => {
    writeFileSync(path.join(folder, file), text);
    return { directory: folder, file, command: `g++ -std=c++20 -Wall -Werror -c ${file}` };
  });
  writeFileSync(path.join(folder, 'compile_commands.json'), JSON.stringify(entries));
  return clangTidy(folder, folder, Object.keys(texts), { analyzer: false });
}

const togetherPlants = [
  ...tidyPlants,
  [
    'a using-declaration that nothing uses',
    '#include <vector>\n\nnamespace baya {\nusing std::vector;\n}  // namespace baya\n',
    /unused-using-decls/,
  ],
  [
    'an alias of a namespace that nothing uses',
    'namespace long_name {}\nnamespace shorter = long_name;\n',
    /unused-alias-decls/,
  ],
  ['what does not compile', 'int F( { return 1; }\n', /clang-diagnostic-error/],
];

test('sources that do not compile together are clean by themselves', () =>
  withTempFolder(async (folder) => {
    copyFiles(ROOT, ['.clang-tidy'], folder);
    assertClean(await tidyTogether(folder));
  }));

for (const [what, text, expected] of togetherPlants) {
  test(`planted: ${what} is found among other sources, and nothing else`, () =>
    withTempFolder(async (folder) => {
      copyFiles(ROOT, ['.clang-tidy'], folder);
      const { status, output } = await tidyTogether(folder, { 'b2.cc': text });
      assert.notEqual(status, 0, 'the planted violation was not found');
      assert.match(output, expected);
      const files = [...output.matchAll(/^(\S+):\d+:\d+: error:/gm)].map(([, file]) => file);
      assert.deepEqual([...new Set(files)], [path.join(folder, 'b2.cc')]);
    }));
}

test('sources with other flags or names that clash are apart, all others together', () => {
  const source = (file, text, flag = '-DX', config = '.') => {
    return { file, text, directory: '/b', flags: [flag], config };
  };
  const inside = (text) => `namespace baya::x {\nnamespace {\n\n${text}\n`;
  const groups = groupsOf([
    source('a', inside('constexpr Status kBroken(1);')),
    source('b', inside('constexpr int kBroken = 2;')),
    source('c', inside('std::vector<int> Read(int a) {').replace('baya::x', 'baya::y')),
    source('d', inside('std::vector<int> Read(int b) {')),
    source('e', inside('int Other();'), '-DY'),
    source('f', inside('Status Reader::Read() {')),
    source('g', inside('int One();'), '-DX', 'wasm'),
    source('h', inside('int Two();'), '-DX', 'wasm'),
  ]);
  const files = groups.map((group) => group.map(({ file }) => file).join(''));
  assert.deepEqual(files, ['acdf', 'b', 'e', 'g', 'h']);
});

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
