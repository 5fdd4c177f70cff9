import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { ROOT, readText, withTempFolder } from '../lib/tree.mjs';
import { run } from './lint.mjs';
import { checkBudgets, linkWithNames, sizesByRoom, table } from './sizes.mjs';
import { attribute, ownerOf, ownersOf, parseSymbols, readModule, unwanted } from './wasm_size.mjs';

const BUDGETS = 'tests/size/budgets.json';
const DIST = 'js-bindings/dist';
const MODULE = 'wasm/engine.wasm';
const wasmBuild = path.join(ROOT, 'build/wasm');

const noDist = existsSync(path.join(ROOT, DIST)) ? false : `${DIST} is not built`;
const noModule = existsSync(path.join(wasmBuild, MODULE)) ? false : `${MODULE} is not built`;

test('every file that a page loads keeps to its budget', { skip: noDist }, (t) => {
  const budgets = JSON.parse(readText(ROOT, BUDGETS));
  const { sizes, problems } = checkBudgets(ROOT, budgets);
  for (const line of table(sizes)) t.diagnostic(line);
  assert.deepEqual(problems, []);
  const loadable = readdirSync(path.join(ROOT, DIST)).filter((file) => /\.(js|wasm)$/.test(file));
  for (const file of loadable.map((name) => `${DIST}/${name}`)) {
    assert.ok(file in budgets.files || file in budgets.elsewhere, `${file}: no budget`);
  }
});

test('the module by room', { skip: noModule }, (t) =>
  withTempFolder(async (folder) => {
    const twin = path.join(folder, 'engine.wasm');
    const rooms = sizesByRoom(twin, await linkWithNames(wasmBuild, MODULE, twin));
    for (const [owner, bytes] of rooms)
      t.diagnostic(`${owner.padEnd(28)}${`${bytes}`.padStart(8)}`);
    const unnamed = rooms.find(([owner]) => owner === 'toolchain')?.[1] ?? 0;
    const all = rooms.reduce((sum, [, bytes]) => sum + bytes, 0);
    assert.ok(unnamed < all / 2, 'most of the module belongs to nobody: the names were lost');
    assert.deepEqual(unwanted(readModule(readFileSync(twin)).functions), []);
  }),
);

function problemsWith(files, budgets) {
  return withTempFolder((folder) => {
    mkdirSync(path.join(folder, 'dist'));
    for (const [name, bytes] of Object.entries(files))
      writeFileSync(path.join(folder, name), bytes);
    return checkBudgets(folder, budgets).problems;
  });
}

const noise = (size) => Buffer.from(Array.from({ length: size }, (_, i) => (i * i * 31 + i) % 251));
const total = { brotli: 10_000, reason: 'planted' };

test('planted: a file over its budget, a missing file and a budget without a reason are found', async () => {
  const budget = { brotli: 20, reason: 'planted' };
  const one = { files: { 'dist/a.js': budget }, total };
  assert.match((await problemsWith({ 'dist/a.js': noise(400) }, one))[0], /the budget is 20/);
  assert.match((await problemsWith({}, one))[0], /does not exist/);
  const bare = { files: { 'dist/a.js': { brotli: 9000 } }, total };
  assert.match((await problemsWith({ 'dist/a.js': 'a' }, bare))[0], /no reason/);
  assert.deepEqual(await problemsWith({ 'dist/a.js': 'a' }, one), []);
});

test('planted: files within their budgets but over the sum are found', async () => {
  const budget = { raw: 60, reason: 'planted' };
  const two = {
    files: { 'dist/a.js': budget, 'dist/b.js': budget },
    total: { ...budget, raw: 100 },
  };
  const problems = await problemsWith({ 'dist/a.js': noise(60), 'dist/b.js': noise(60) }, two);
  assert.deepEqual(problems, ['total: 120 bytes raw, the budget is 100']);
});

test('planted: printing, locales, long doubles and JSON trees are unwanted, our own code is not', () => {
  const why = (name) => unwanted([{ name, size: 1 }])[0]?.why;
  assert.equal(why('printf_core'), 'printing by format');
  assert.equal(why('vsnprintf'), 'printing by format');
  assert.equal(why('strtold_l'), 'reading numbers by locale');
  assert.equal(why('__multf3'), 'long double');
  assert.equal(why('__extenddftf2'), 'long double');
  assert.match(why('nlohmann::detail::lexer::scan()'), /JSON/);
  assert.match(why('std::__2::__hash_table<int>::rehash(unsigned long)'), /hash/);
  assert.match(why('baya::vdaf::Prio3Sharding<H, P>::Shard(span) const'), /report/);
  assert.match(why('baya::crypto::hpke::Seal(span)'), /report/);
  assert.match(why('__cxxabiv1::__class_type_info::can_catch(void*&) const'), /type information/);
  for (const name of ['memcpy', 'std::__2::vector<int>::push_back(int&&)', '__multi3', 'strlen'])
    assert.equal(why(name), undefined);
});

test('a symbol defined in several libraries belongs to none, a strong one to its own', () => {
  const nm = '-------- T baya::vdaf::Shard()\n-------- W std::f()\n         U malloc\n00 t local\n';
  const symbols = parseSymbols(nm);
  assert.deepEqual(symbols, [
    { name: 'baya::vdaf::Shard()', weak: false },
    { name: 'std::f()', weak: true },
    { name: 'local', weak: false },
  ]);
  const owners = ownersOf([
    { owner: 'vdaf', symbols },
    { owner: 'codec', symbols: [{ name: 'std::f()', weak: true }] },
  ]);
  assert.equal(ownerOf('local.llvm.123', owners), 'vdaf');
  assert.equal(ownerOf('std::f()', owners), 'shared templates');
  assert.equal(ownerOf('std::vector<baya::pack::Item>::g()', owners), 'pack');
  assert.equal(ownerOf('baya::Wipe(span)', owners), 'base');
  assert.equal(ownerOf('dlmalloc', owners), 'toolchain');
});

test('the functions of a real module are named and add up to its size', () =>
  withTempFolder(async (folder) => {
    const source = path.join(folder, 'a.c');
    const module = path.join(folder, 'a.wasm');
    writeFileSync(
      source,
      '__attribute__((used, visibility("default"), noinline)) int planted(int a) ' +
        '{ return a * a + 7; }\n',
    );
    const flags = ['-O2', '--profiling-funcs', '-sSTANDALONE_WASM=1', '--no-entry'];
    const { status, output } = await run('emcc', [source, ...flags, '-o', module], folder);
    assert.equal(status, 0, output);
    const parsed = readModule(readFileSync(module));
    assert.ok(parsed.functions.some(({ name, size }) => name === 'planted' && size > 5));
    const owners = ownersOf([{ owner: 'mine', symbols: [{ name: 'planted', weak: false }] }]);
    const shares = new Map(attribute(parsed, owners));
    assert.ok(shares.get('mine') > 5);
    assert.ok(shares.get('toolchain') > 0);
  }));
