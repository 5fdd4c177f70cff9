// Each bad input of bad_inputs.mjs gives its code: the engine's by engine.wasm and by the native
// engine, to the same byte, and what the person holds is as it was; the decoders' in Node.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importSources } from '../../js-bindings/test/support/files.mjs';
import { NativeEngine, RecordedEngine } from '../lib/native_engine.mjs';
import { measuringPlan, signer, sitePack } from '../lib/site_pack.mjs';
import { calls } from './bad_calls.mjs';
import { decoders, requests } from './bad_inputs.mjs';

const { BayaError, statusCodes, ...sources } = await importSources([
  'call_record.ts',
  'choice_record.ts',
  'generated/by_name.ts',
  'portable.ts',
  'receipts.ts',
  'status.ts',
  'tls.ts',
]);
const { decode, operations } = sources;
const NOW_MS = 1_795_354_620_000;
const PURPOSES = ['store', 'personalize', 'measure'];
const WANTED = 300;

const native = new NativeEngine();
after(() => native.close());

let engine;
let setup = [];
let held;

// All that is held; a request that is refused may still have been a use.
const fields = () => engine.call('inventory').fields.map(({ lastUsedMs: _, ...field }) => field);

// A shop's page with consent to everything it asks for, an open vault and one event in it.
before(async () => {
  let drawn = 0;
  engine = await RecordedEngine.open((out) => {
    for (let i = 0; i < out.length; i++) out[i] = drawn++ % 251;
  });
  engine.nowMs = NOW_MS;
  engine.call('setPack', {
    site: 'shop.example',
    signer: Buffer.from(signer, 'base64url'),
    testTasks: false,
    sha256: new Uint8Array(),
    pack: sitePack({ plan: measuringPlan }),
  });
  engine.call('start', { record: '' });
  engine.call('signals', {
    choices: PURPOSES.map((purpose) => ({ purpose, granted: true })),
    textVersion: measuringPlan.consent.version,
    globalPrivacyControl: false,
    consentMode: [],
  });
  engine.call('createVault', { secret: new Uint8Array(32).fill(1) });
  const properties = { product_id: 'mug-1' };
  const seen = { verb: 'track', messageId: 'm-0', timeMs: NOW_MS, sentMs: NOW_MS };
  const text = sources.callText({ ...seen, name: 'Product Viewed', properties });
  engine.call('ingest', { caller: 'page', events: [sources.encodeCall(text)] });
  setup = engine.take();
  held = fields();
});

const nameOf = (status) => Object.entries(statusCodes).find(([, value]) => value === status)?.[0];

// The code, or why the one event of an ingest was not taken.
function codeOf(api, { status, bytes }) {
  if (status !== 0) return nameOf(status);
  if (api !== 'ingest') return 'ok';
  const [verdict] = decode(operations.ingest.reply, bytes).verdicts;
  return verdict?.accepted === false ? verdict.reason : 'ok';
}

test('every name is another, and there are enough of them', () => {
  const all = [requests, decoders, calls].flat();
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
  assert.ok(all.length >= WANTED, `${all.length}`);
  const apis = new Set(all.map(({ api }) => api)).size;
  console.log(
    `${all.length} bad inputs of ${apis} interfaces and decoders: ${requests.length} requests natively ` +
      `and as WebAssembly, ${decoders.length} in Node, ${calls.length} on a page in Chromium`,
  );
});

test('the engine gives each request its code, in both builds', async () => {
  const frameOf = ({ op, nowMs, entropy, request }) => ({ op, nowMs, entropy, request });
  const fresh = { op: 0, nowMs: NOW_MS, entropy: Buffer.alloc(0), request: Buffer.alloc(0) };
  const ready = await native.play([fresh, ...setup.map(frameOf)]);
  assert.ok(ready.every(({ status }) => status === 0));
  const wrong = [];
  for (const { name, api, input, code } of requests) {
    const op = operations[api]?.id ?? api;
    const wasm = engine.answer(op, input);
    const [other] = await native.play(engine.take().slice(-1).map(frameOf));
    const found = [codeOf(api, wasm), codeOf(api, other)];
    if (found.some((one) => one !== code)) wrong.push(`${name}: ${found} instead of ${code}`);
    if (!wasm.bytes.equals(other.bytes)) wrong.push(`${name}: two builds, two answers`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(held.length > 0);
  assert.deepEqual(fields(), held);
});

for (const { name, api, input, code } of decoders) {
  test(name, () => {
    const call = new Function('sources', 'argument', `return (${api})(argument)`);
    const decoder = new Function('sources', `return ${api}`)(sources);
    assert.equal(typeof decoder, 'function', api);
    assert.throws(
      () => call(sources, new Function(`return ${input}`)()),
      (error) =>
        error instanceof BayaError && error.code === code && !('cause' in error && error.cause),
    );
  });
}
