import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { differences, exportLines, importLines, memoryLimits } from './wasm_interface.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url));
const modules = ['engine', 'report'];
const exportList = read('wasm/exports.txt').toString();
const importList = (name) => read(`wasm/${name}_imports.txt`).toString();
const built = (name) => read(`build/wasm/wasm/${name}.wasm`);

function check(bytes, name) {
  const module = new WebAssembly.Module(bytes);
  return [
    ...differences('import', importLines(module), importList(name)),
    ...differences('export', exportLines(module), exportList),
  ];
}

test('a module imports and exports exactly what the lists say', () => {
  for (const name of modules) assert.deepEqual(check(built(name), name), [], name);
});

test('its memory has a maximum of 256 MiB', () => {
  for (const name of modules) assert.equal(memoryLimits(built(name)).max, (256 << 20) / 65536);
});

test('the lists are sorted and name nothing twice', () => {
  for (const text of [exportList, ...modules.map(importList)]) {
    const lines = text.trimEnd().split('\n');
    assert.deepEqual(lines, [...new Set(lines)].sort());
  }
});

// A module with the given imports and exports, all of them functions without arguments.
function plantedModule(imports, exports) {
  const text = (value) => [value.length, ...Buffer.from(value)];
  const section = (id, items) => {
    const body = [items.length, ...items.flat()];
    assert.ok(body.length < 128 * 128);
    return [id, (body.length & 0x7f) | 0x80, body.length >> 7, ...body];
  };
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[0x60, 0, 0]]),
    ...section(
      2,
      imports.map(([module, name]) => [...text(module), ...text(name), 0, 0]),
    ),
    ...section(3, [[0]]),
    ...section(
      7,
      exports.map((name) => [...text(name), 0, imports.length]),
    ),
    ...section(10, [[2, 0, 0x0b]]),
  ]);
}

const goldenFunctions = (text) =>
  text
    .split('\n')
    .filter((line) => line.endsWith(' function'))
    .map((line) => line.replace(' function', ''));

test('one import or export too many, or missing, is found', () => {
  const imports = goldenFunctions(importList('engine')).map((line) => line.split('.'));
  const exports = goldenFunctions(exportList);
  const onlyFunctions = [
    'export missing: __indirect_function_table table',
    'export missing: memory memory',
  ];
  assert.deepEqual(check(plantedModule(imports, exports), 'engine'), onlyFunctions);
  assert.deepEqual(check(plantedModule([...imports, ['env', 'fetch']], exports), 'engine'), [
    'import too many: env.fetch function',
    ...onlyFunctions,
  ]);
  assert.deepEqual(check(plantedModule(imports, [...exports, 'baya_backdoor']), 'engine'), [
    'export too many: baya_backdoor function',
    ...onlyFunctions,
  ]);
  assert.deepEqual(
    check(plantedModule(imports.slice(1), exports), 'engine')[0],
    'import missing: env.emscripten_notify_memory_growth function',
  );
});
