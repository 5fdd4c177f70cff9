// What TypeScript repeats of the C++ side is the same there.

import assert from 'node:assert/strict';
import test from 'node:test';
import { EngineModule, engineIntegrity, openEngine, statusCodes } from '../dist/in-process.js';
import { engineWasm, readProjectFile } from './support/files.mjs';

test('the status codes are those of core/base/status.h', () => {
  const header = readProjectFile('core/base/status.h').toString();
  const codes = [...header.matchAll(/^ {2}k([A-Z]\w+) = (\d+),/gm)].map(([, name, value]) => [
    name[0].toLowerCase() + name.slice(1),
    Number(value),
  ]);
  assert.ok(codes.length >= 13);
  assert.deepEqual(Object.fromEntries(codes), statusCodes);
});

test('every function the module exports for the host has its wrapper, and no other', async () => {
  const exported = readProjectFile('wasm/exports.txt')
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('baya_'))
    .map((line) => line.replace(' function', ''));
  const { abi } = await EngineModule.load(engineWasm(), engineIntegrity);
  assert.deepEqual(Object.keys(abi).sort(), exported);
  const source = readProjectFile('js-bindings/src/loader.ts').toString();
  const declared = [...source.matchAll(/^ {2}(baya_\w+)\(/gm)].map(([, name]) => name);
  assert.deepEqual(declared.sort(), exported);
});

test('the package and the engine in it have one version', async () => {
  const engine = await openEngine(engineWasm());
  const { version } = JSON.parse(readProjectFile('js-bindings/package.json'));
  assert.equal(engine.call('about', {}).packageVersion, version);
  engine.close();
});
