// The page's own script, a user of the published package; the test calls it from outside.
import { Client } from './index.js';

const workers = new Map(); // by URL
const clients = new Map();

// The client starts its worker itself; the test wants a word with the same one.
globalThis.Worker = class extends Worker {
  constructor(url) {
    super(url);
    workers.set(String(url), this);
  }
};

const fromHex = (text) => Uint8Array.from(text.match(/../g), (pair) => Number.parseInt(pair, 16));
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

// Resolves with what the worker found out about its isolation.
globalThis.startClient = async (workerUrl) => {
  const client = await Client.start({ workerUrl, wasmUrl: 'report.wasm', startTimeoutMs: 60_000 });
  clients.set(workerUrl, client);
  return client.isolation;
};

function ask(worker, message) {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(message, [port2]);
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) =>
      data.error ? reject(new Error(data.error)) : resolve(data.value);
  });
}

globalThis.askProbe = (workerUrl, message) => ask(workers.get(workerUrl), message);

// Asks a worker of its own, and another one when that does not answer: in Firefox 153 about one
// call of the Worker constructor in a hundred, made in a worker, never returns, whatever the policy.
globalThis.askFreshWorker = async (workerUrl, message, tries = 4) => {
  for (let left = tries; left > 0; left--) {
    const worker = new Worker(workerUrl);
    const noAnswer = new Promise((resolve) => setTimeout(() => resolve(null), 6000));
    const answer = await Promise.race([ask(worker, message), noAnswer]);
    worker.terminate();
    if (answer !== null) return answer;
  }
  throw new Error(`no answer from ${tries} workers`);
};

// One shard with its entropy laid down. Bytes go in and out as hexadecimal text.
globalThis.shardHistogram = async (workerUrl, rand, { ctx, nonce, ...numbers }) => {
  await askProbe(workerUrl, { probe: 'layDownEntropy', bytes: fromHex(rand) });
  const request = { ctx: fromHex(ctx), nonce: fromHex(nonce), ...numbers };
  const reply = await clients.get(workerUrl).call('shardHistogram', request);
  return {
    publicShare: toHex(reply.publicShare),
    inputShares: reply.inputShares.map(toHex),
    entropyLeft: await askProbe(workerUrl, { probe: 'entropyLeft' }),
  };
};

// Compiles the shortest module there is: magic and version.
globalThis.pageMayCompile = () =>
  WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])).then(
    () => true,
    () => false,
  );

globalThis.pageIsReady = true;
