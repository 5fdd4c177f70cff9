import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { EngineModule, engineIntegrity, integrityOf } from '../dist/in-process.js';
import { engineWasm, readDist } from './support/files.mjs';

/** Counts what reaches the compiler while `body` runs. */
async function compilations(t, body) {
  const spies = ['compile', 'instantiate', 'compileStreaming', 'instantiateStreaming'].map((name) =>
    t.mock.method(WebAssembly, name),
  );
  await body();
  const count = spies.reduce((sum, spy) => sum + spy.mock.callCount(), 0);
  for (const spy of spies) spy.mock.restore();
  return count;
}

test('the hash in the build is that of the module it ships', async () => {
  const digest = createHash('sha256').update(engineWasm()).digest('base64');
  assert.equal(engineIntegrity, `sha256-${digest}`);
  assert.equal(await integrityOf(engineWasm()), engineIntegrity);
});

test('integrity.json has the hash of every file', () => {
  const integrity = JSON.parse(readDist('integrity.json'));
  assert.deepEqual(Object.keys(integrity).sort(), [
    'baya.js',
    'engine.wasm',
    'in-process.js',
    'index.js',
    'report.wasm',
    'rights.js',
    'stub.js',
    'worker.js',
  ]);
  for (const [file, value] of Object.entries(integrity)) {
    const digest = createHash('sha256').update(readDist(file)).digest('base64');
    assert.equal(value, `sha256-${digest}`, file);
  }
});

test('the right bytes are compiled once', async (t) => {
  const count = await compilations(t, async () => {
    const module = await EngineModule.load(engineWasm(), engineIntegrity);
    assert.equal(module.abi.baya_abi_version(), 1);
  });
  assert.equal(count, 1);
});

test('a flipped bit anywhere is refused before compiling', async (t) => {
  const wasm = engineWasm();
  const step = Math.ceil(wasm.length / 500);
  let refused = 0;
  const count = await compilations(t, async () => {
    for (let i = 0; i < wasm.length; i += step) {
      const bit = 1 << (i % 8);
      wasm[i] ^= bit;
      await assert.rejects(EngineModule.load(wasm, engineIntegrity), { code: 'dataLoss' });
      wasm[i] ^= bit;
      refused++;
    }
    for (const bytes of [
      wasm.slice(1),
      wasm.slice(0, -1),
      new Uint8Array(),
      new Uint8Array([...wasm, 0]),
    ]) {
      await assert.rejects(EngineModule.load(bytes, engineIntegrity), { code: 'dataLoss' });
    }
  });
  assert.equal(count, 0);
  assert.ok(refused > 400, `${refused} places`);
  await EngineModule.load(wasm, engineIntegrity);
});

test('bytes changed while they are hashed do not get in', async () => {
  const wasm = engineWasm();
  const loading = EngineModule.load(wasm, engineIntegrity);
  wasm.fill(0);
  assert.equal((await loading).abi.baya_abi_version(), 1);
});

test('without Web Cryptography it says so', async (t) => {
  const crypto = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  t.after(() => Object.defineProperty(globalThis, 'crypto', crypto));
  Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
  await assert.rejects(EngineModule.load(engineWasm(), engineIntegrity), {
    name: 'BayaError',
    code: 'failedPrecondition',
  });
});

test('a module that is not one is a typed error', async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  await assert.rejects(EngineModule.load(bytes, await integrityOf(bytes)), {
    name: 'BayaError',
    code: 'unavailable',
  });
});
