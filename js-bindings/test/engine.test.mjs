import assert from 'node:assert/strict';
import test from 'node:test';
import { Engine, EngineModule, moduleIntegrity, openEngine } from '../dist/in-process.js';
import { engineWasm, importSources, reportWasm } from './support/files.mjs';

const { encode, operations } = await importSources(['tls.ts', 'generated/by_name.ts']);

// The smaller module: the ABI is the same, and it has an operation that takes entropy.
const load = (fillRandom) => EngineModule.load(reportWasm(), moduleIntegrity, fillRandom);

const histogram = {
  ctx: new TextEncoder().encode('task'),
  nonce: new Uint8Array(16),
  shares: 2,
  length: 256,
  chunkLength: 16,
  measurement: 7,
};

test('about says what the build is', async () => {
  const engine = await openEngine(engineWasm());
  const about = engine.call('about', {});
  assert.equal(about.abiVersion, 1);
  assert.equal(about.vdafDraft, 'draft-irtf-cfrg-vdaf-20');
  assert.equal(about.vdafVersion, 18);
  engine.close();
});

test('a closed engine is refused, and others go on', async () => {
  const module = await load();
  const [first, second] = [Engine.open(module), Engine.open(module)];
  first.close();
  assert.throws(() => first.call('about', {}), { name: 'BayaError', code: 'notFound' });
  assert.throws(() => first.close(), { code: 'notFound' });
  const third = Engine.open(module);
  assert.throws(() => first.call('about', {}), { code: 'notFound' });
  assert.equal(second.call('about', {}).abiVersion, 1);
  assert.equal(third.call('about', {}).abiVersion, 1);
});

test('engines are limited', async () => {
  const module = await load();
  for (let i = 0; i < 16; i++) Engine.open(module);
  assert.throws(() => Engine.open(module), { code: 'resourceExhausted' });
});

test('bad input is a typed error and leaks nothing', async () => {
  const module = await load();
  const engine = Engine.open(module);
  const wrong = [
    { shares: 1 },
    { length: 0 },
    { chunkLength: 0 },
    { measurement: 256 },
    { nonce: new Uint8Array(15) },
    { nonce: 'sixteen bytes...' },
    { ctx: undefined },
    { ctx: new Uint8Array(65536) },
    { measurement: -1 },
    { measurement: 0.5 },
    { length: 2 ** 32 },
    { length: 2 ** 32 - 1 },
  ];
  for (const change of wrong) {
    assert.throws(
      () => engine.call('shardHistogram', { ...histogram, ...change }),
      { name: 'BayaError', code: /^(invalidArgument|resourceExhausted)$/ },
      JSON.stringify(change),
    );
  }
  for (const [name, request] of [
    ['signals', {}],
    ['signals', undefined],
    ['toString', {}],
  ]) {
    assert.throws(() => engine.call(name, request), { name: 'BayaError', code: 'invalidArgument' });
  }
  assert.throws(() => engine.callBytes(1, new Uint8Array(1)), { code: 'invalidArgument' });
  assert.throws(() => engine.callBytes(3, new Uint8Array(3)), { code: 'invalidArgument' });
  assert.throws(() => engine.callBytes(0, new Uint8Array()), { code: 'unimplemented' });
  assert.throws(() => engine.callBytes(2 ** 32 - 1, new Uint8Array()), { code: 'unimplemented' });
  assert.throws(() => engine.callBytes(1, new Uint8Array(33 << 20)), { code: 'resourceExhausted' });
  assert.equal(module.abi.baya_live_count(), 1);
  assert.equal(engine.call('shardHistogram', histogram).inputShares.length, 2);
});

test('every truncated or lengthened request is refused', async () => {
  const module = await load();
  const engine = Engine.open(module);
  const request = encode(operations.shardHistogram.request, histogram);
  assert.doesNotThrow(() => engine.callBytes(3, request.slice()));
  for (let size = 0; size < request.length; size++) {
    assert.throws(() => engine.callBytes(3, request.slice(0, size)), { code: 'invalidArgument' });
  }
  assert.throws(() => engine.callBytes(3, new Uint8Array([...request, 0])), {
    code: 'invalidArgument',
  });
});

test('the clock must give a time', async () => {
  const module = await load();
  for (const now of [() => Number.NaN, () => -1, () => Infinity]) {
    const engine = Engine.open(module, now);
    assert.throws(() => engine.call('about', {}), { code: 'invalidArgument' });
  }
  const engine = Engine.open(module, () => 1.7e12 + 0.25);
  assert.equal(engine.call('about', {}).abiVersion, 1);
});

test('1,000 calls leave neither handles nor memory behind', async () => {
  const module = await load();
  const engine = Engine.open(module);
  for (let i = 0; i < 20; i++) engine.call('shardHistogram', histogram);
  const { memorySize } = module;
  for (let i = 0; i < 1000; i++) {
    engine.call('shardHistogram', { ...histogram, measurement: i % 256 });
    if (i % 10 === 0)
      assert.throws(() => engine.call('shardHistogram', { ...histogram, shares: 0 }));
  }
  assert.equal(module.memorySize, memorySize);
  assert.equal(module.abi.baya_live_count(), 1);
  engine.close();
  assert.equal(module.abi.baya_live_count(), 0);
});

test('views follow the memory when it grows', async () => {
  const module = await load();
  const engine = Engine.open(module);
  const before = module.memorySize;
  const block = module.abi.baya_alloc(8 << 20);
  assert.ok(module.memorySize > before);
  module.view(block, 4).set([1, 2, 3, 4]);
  assert.deepEqual([...module.view(block, 5)], [1, 2, 3, 4, 0]);
  assert.equal(engine.call('shardHistogram', histogram).inputShares.length, 2);
  assert.equal(module.abi.baya_free(block), 0);
});

test('entropy comes from the platform, fresh for each call', async () => {
  const engine = await openEngine(reportWasm());
  const shares = Array.from({ length: 20 }, () =>
    Buffer.from(engine.call('shardHistogram', histogram).inputShares[1]).toString('hex'),
  );
  assert.equal(new Set(shares).size, shares.length);
});

test('without entropy the engine stops and stays stopped', async () => {
  let entropy = false;
  const module = await load(() => {
    if (!entropy) throw new Error('no entropy');
  });
  const engine = Engine.open(module);
  assert.equal(engine.call('about', {}).abiVersion, 1);
  assert.throws(() => engine.call('shardHistogram', histogram), {
    name: 'BayaError',
    code: 'internal',
  });
  assert.equal(module.stopped, true);
  entropy = true;
  for (const call of [
    () => engine.call('about', {}),
    () => engine.close(),
    () => Engine.open(module),
  ]) {
    assert.throws(call, { name: 'BayaError', code: 'failedPrecondition' });
  }
});

test('entropy is asked for in pieces that the platform allows', async () => {
  const { fillRandomFromPlatform } = await (await import('./support/files.mjs')).importSource(
    'loader.ts',
  );
  const out = new Uint8Array(200_001);
  fillRandomFromPlatform(out);
  assert.ok(out.subarray(-1000).some((byte) => byte !== 0));
  assert.ok(out.subarray(65536, 66536).some((byte) => byte !== 0));
});
