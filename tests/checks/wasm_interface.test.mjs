import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { differences, exportLines, importLines, memoryLimits } from './wasm_interface.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url));
const golden = {
  import: read('wasm/imports.txt').toString(),
  export: read('wasm/exports.txt').toString(),
};

function check(bytes) {
  const module = new WebAssembly.Module(bytes);
  return [
    ...differences('import', importLines(module), golden.import),
    ...differences('export', exportLines(module), golden.export),
  ];
}

test('the module imports and exports exactly what the lists say', () => {
  assert.deepEqual(check(read('build/wasm/wasm/engine.wasm')), []);
});

test('its memory has a maximum of 256 MiB', () => {
  assert.equal(memoryLimits(read('build/wasm/wasm/engine.wasm')).max, (256 << 20) / 65536);
});

test('the lists are sorted and name nothing twice', () => {
  for (const text of Object.values(golden)) {
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
  const imports = goldenFunctions(golden.import).map((line) => line.split('.'));
  const exports = goldenFunctions(golden.export);
  const onlyFunctions = [
    'export missing: __indirect_function_table table',
    'export missing: memory memory',
  ];
  assert.deepEqual(check(plantedModule(imports, exports)), onlyFunctions);
  assert.deepEqual(check(plantedModule([...imports, ['env', 'fetch']], exports)), [
    'import too many: env.fetch function',
    ...onlyFunctions,
  ]);
  assert.deepEqual(check(plantedModule(imports, [...exports, 'baya_backdoor'])), [
    'export too many: baya_backdoor function',
    ...onlyFunctions,
  ]);
  assert.deepEqual(
    check(plantedModule(imports.slice(1), exports))[0],
    'import missing: env.emscripten_notify_memory_growth function',
  );
});
