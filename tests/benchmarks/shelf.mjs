// A shelf after one more event: the whole engine (event record decoded, checked, kept encrypted in
// memory; consent gate; ranking; reasons; reply) against what a careful programmer writes in
// JavaScript for the ranking alone: typed arrays, one pass over the neighbours of the history with a
// half-life, and a heap for the best. Both rank 4,000 items, 60 neighbours each, for a visitor of
// 200 events, and answer with 20 identifiers.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openEngine } from 'baya/in-process';

import { importSource } from '../../js-bindings/test/support/files.mjs';
import { plan, signer, sitePack } from '../lib/site_pack.mjs';
import { compare } from './lib/compare.mjs';
import { JsShelf } from './lib/js_shelf.mjs';

const ITEMS = 4000;
const NEIGHBOURS = 60;
const HISTORY = 200;
const SHELF = 20;

const nameOf = (item) => `${item % 2 === 0 ? 'lamp' : 'mug'}-${item}`;
const { callText, encodeCall } = await importSource('call_record.ts');

async function openShop() {
  const wasm = readFileSync(new URL(import.meta.resolve('baya/engine.wasm')));
  const engine = await openEngine(new Uint8Array(wasm));
  await engine.call('setPack', {
    site: 'shop.example',
    signer: Buffer.from(signer, 'base64url'),
    testTasks: false,
    sha256: new Uint8Array(),
    pack: sitePack({ items: ITEMS, neighbours: NEIGHBOURS }),
  });
  await engine.call('start', { record: '' });
  await engine.call('signals', {
    choices: ['store', 'personalize'].map((purpose) => ({ purpose, granted: true })),
    textVersion: plan.consent.version,
    globalPrivacyControl: false,
    consentMode: [],
  });
  await engine.call('createVault', { secret: Buffer.alloc(32, 1) });
  return engine;
}

async function take(engine, item) {
  const call = callText({
    verb: 'track',
    messageId: randomUUID(),
    timeMs: Date.now(),
    sentMs: Date.now(),
    name: 'Product Viewed',
    properties: { product_id: nameOf(item) },
  });
  const { verdicts } = await engine.call('ingest', { caller: 'page', events: [encodeCall(call)] });
  if (!verdicts[0].accepted) throw new Error(`the event was not taken: ${verdicts[0].reason}`);
}

// Storage is not what is measured: a batch counts as written at once.
async function settle(engine) {
  for (let batch = await engine.call('flush', {}); batch.hasBatch; ) {
    await engine.call('confirm', { id: batch.id });
    batch = await engine.call('flush', {});
  }
}

const engine = await openShop();
const plain = new JsShelf(ITEMS, NEIGHBOURS, nameOf);
let next = 0;
const nextItem = () => {
  next = (next + 797) % ITEMS; // prime to ITEMS: walks through all of them
  return next;
};
for (let i = 0; i < HISTORY; i++) {
  const item = nextItem();
  await take(engine, item);
  plain.take(item, Date.now());
}
await settle(engine);

await compare({
  benchmark: 'shelf: one event, then the best 20 of 4,000',
  bar: 0, // no bar is set; the ratio is what this is for
  ours: {
    name: 'baya (wasm), with encryption, consent and reasons',
    calls: 50,
    work: async () => {
      await take(engine, nextItem());
      const { items } = await engine.call('recommend', {
        caller: 'shelf:home',
        limit: SHELF,
        category: '',
        region: '',
        adult: false,
        plain: false,
        exclude: [],
      });
      if (items.length !== SHELF) throw new Error('the shelf is not full');
    },
  },
  peer: {
    name: 'tuned JavaScript, ranking alone',
    calls: 50,
    work: () => {
      plain.take(nextItem(), Date.now());
      if (plain.best(SHELF, Date.now()).length !== SHELF) throw new Error('the shelf is not full');
    },
  },
});
await settle(engine);
