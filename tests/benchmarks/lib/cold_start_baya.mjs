// Prints how many milliseconds pass from the bytes of pack and module to the first shelf.
import { readFileSync } from 'node:fs';

import { plan, signer } from '../../lib/site_pack.mjs';

const pack = new Uint8Array(readFileSync(`${process.argv[2]}/pack`));
const event = new Uint8Array(readFileSync(`${process.argv[2]}/event`));
const wasm = new Uint8Array(readFileSync(new URL(import.meta.resolve('baya/engine.wasm'))));

const start = performance.now();
const { openEngine, packDigests } = await import('baya/in-process');
const [engine, sha256] = await Promise.all([openEngine(wasm), packDigests(pack)]);
const key = Buffer.from(signer, 'base64url');
const site = { site: 'shop.example', signer: key, testTasks: false };
await engine.call('setPack', { ...site, sha256, pack });
await engine.call('start', { record: '' });
await engine.call('signals', {
  choices: ['store', 'personalize'].map((purpose) => ({ purpose, granted: true })),
  textVersion: plan.consent.version,
  globalPrivacyControl: false,
  consentMode: [],
});
await engine.call('createVault', { secret: Buffer.alloc(32, 1) });
await engine.call('ingest', { caller: 'page', events: [event] });
const shelf = await engine.call('recommend', {
  caller: 'shelf:home',
  limit: 20,
  exclude: [],
  category: '',
  region: '',
  adult: false,
  plain: false,
});
const end = performance.now();

if (shelf.items.length !== 20) throw new Error('the shelf is not full');
console.log(end - start);
