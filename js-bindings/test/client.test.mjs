// The client against the real worker file in a thread of its own, and against what blocks it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { BayaError, Client } from '../dist/index.js';
import { engineWasm } from './support/files.mjs';
import { NodeWorker } from './support/node_worker.mjs';
import { serveDist } from './support/server.mjs';

globalThis.Worker = NodeWorker;

const histogram = {
  ctx: new TextEncoder().encode('task'),
  nonce: new Uint8Array(16),
  shares: 2,
  length: 64,
  chunkLength: 8,
  measurement: 3,
};

// A client of the module with that operation.
const startWithShards = (server) => Client.start({ ...server, wasmUrl: server.reportUrl });

const unavailable = { name: 'BayaError', code: 'unavailable' };

test('a started client answers, many calls at a time', async (t) => {
  const server = await serveDist(t);
  const client = await startWithShards(server);
  t.after(() => client.close());
  assert.equal((await client.call('about', {})).vdafVersion, 18);
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      client.call('shardHistogram', { ...histogram, measurement: i }),
    ),
  );
  assert.equal(new Set(replies.map(({ publicShare }) => String(publicShare))).size, 50);
});

test('a worker without a policy is reported as not isolated', async (t) => {
  const client = await Client.start(await serveDist(t));
  t.after(() => client.close());
  assert.equal(client.isolation, 'not isolated');
});

test('nothing but the two files is asked for', async (t) => {
  const server = await serveDist(t);
  const client = await startWithShards(server);
  t.after(() => client.close());
  await client.call('shardHistogram', histogram);
  assert.deepEqual([...new Set(server.requests)].sort(), ['/report.wasm', '/worker.js']);
});

test('an error of the engine keeps its code and the client goes on', async (t) => {
  const client = await startWithShards(await serveDist(t));
  t.after(() => client.close());
  await assert.rejects(client.call('shardHistogram', { ...histogram, shares: 1 }), {
    name: 'BayaError',
    code: 'invalidArgument',
  });
  await assert.rejects(client.call('toString', {}), { code: 'unimplemented' });
  await assert.rejects(client.call('shardHistogram', null), { code: 'internal' });
  assert.equal((await client.call('about', {})).abiVersion, 1);
});

test('a closed client aborts what waits and what comes later', async (t) => {
  const client = await startWithShards(await serveDist(t));
  const waiting = client.call('shardHistogram', histogram);
  client.close();
  client.close();
  await assert.rejects(waiting, { name: 'BayaError', code: 'aborted' });
  await assert.rejects(client.call('about', {}), { code: 'aborted' });
});

test('a blocked module rejects cleanly', async (t) => {
  for (const status of [403, 404, 500]) {
    await assert.rejects(Client.start(await serveDist(t, { '/engine.wasm': status })), unavailable);
  }
  const server = await serveDist(t);
  const wasmUrl = 'http://127.0.0.1:1/engine.wasm';
  await assert.rejects(Client.start({ ...server, wasmUrl }), unavailable);
});

test('a changed module is refused on the page, before the worker is asked for', async (t) => {
  const wasm = engineWasm();
  wasm[wasm.length - 1] ^= 1;
  const server = await serveDist(t, { '/engine.wasm': wasm });
  await assert.rejects(Client.start(server), { name: 'BayaError', code: 'dataLoss' });
  assert.deepEqual(server.requests, ['/engine.wasm']);
});

test('a blocked or broken worker rejects cleanly', async (t) => {
  for (const worker of [404, 'syntax error here', 'throw new Error("at once")']) {
    await assert.rejects(Client.start(await serveDist(t, { '/worker.js': worker })), unavailable);
  }
});

test('a worker that the platform refuses rejects cleanly', async (t) => {
  const server = await serveDist(t);
  globalThis.Worker = class {
    constructor() {
      throw new DOMException('cross-origin', 'SecurityError');
    }
  };
  await assert.rejects(Client.start(server), unavailable);
  delete globalThis.Worker;
  await assert.rejects(Client.start(server), unavailable);
  globalThis.Worker = NodeWorker;
});

test('a load that hangs ends at the deadline', async (t) => {
  for (const path of ['/engine.wasm', '/worker.js']) {
    const server = await serveDist(t, { [path]: null });
    await assert.rejects(Client.start({ ...server, startTimeoutMs: 200 }), unavailable);
  }
});

test('a worker that dies later rejects what waits', async (t) => {
  const worker = `onmessage = ({ data }) => {
    const { id, type } = data;
    if (type === 'start') postMessage({ type: 'answer', id, value: 'refused' });
    else setTimeout(() => { throw new Error('died'); });
  };`;
  const client = await Client.start(await serveDist(t, { '/worker.js': worker }));
  await assert.rejects(client.call('about', {}), unavailable);
  await assert.rejects(client.call('about', {}), unavailable);
});

test('the worker verifies the module itself', async (t) => {
  const { workerUrl } = await serveDist(t);
  const worker = new NodeWorker(workerUrl);
  t.after(() => worker.terminate());
  const ask = (message) =>
    new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage(message);
    });
  const call = { type: 'call', id: 1, op: 1, request: new Uint8Array() };
  const start = (wasm) => ({ type: 'start', id: 2, wasm: wasm.buffer });
  assert.equal((await ask(call)).failure.code, 'failedPrecondition');
  const wasm = engineWasm();
  wasm[100] ^= 1;
  const refused = await ask(start(wasm));
  assert.deepEqual([refused.type, refused.id, refused.failure.code], ['failure', 2, 'dataLoss']);
  assert.equal((await ask(call)).failure.code, 'failedPrecondition');
  assert.equal((await ask(start(engineWasm()))).value, 'not isolated');
  assert.equal((await ask(call)).value[3], 1); // the ABI's version
  const again = await ask(start(engineWasm()));
  assert.deepEqual([again.type, again.failure.code], ['failure', 'failedPrecondition']);
});

test('importing the package touches nothing', () => {
  assert.equal(typeof BayaError, 'function');
  assert.equal(globalThis.window, undefined);
});
