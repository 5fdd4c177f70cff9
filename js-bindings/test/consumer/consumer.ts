// Compiled, not run: what a consumer may write, and what the types must refuse.

import { type Ack, BayaError, Client, type ErrorCode, load, type ReplyOf } from 'baya';
import { type Engine, openEngine } from 'baya/in-process';
import { rights } from 'baya/rights';

export async function onAPage(): Promise<number> {
  const client = await Client.start({ workerUrl: '/worker.js', wasmUrl: '/engine.wasm' });
  if (client.isolation === 'not isolated') client.close();
  const reply: ReplyOf<'shardHistogram'> = await client.call('shardHistogram', {
    ctx: new Uint8Array(),
    nonce: new Uint8Array(16),
    shares: 2,
    length: 4,
    chunkLength: 2,
    measurement: 3,
  });
  return reply.inputShares.length;
}

export async function inNode(wasm: Uint8Array): Promise<string> {
  const engine: Engine = await openEngine(wasm, { now: () => 0 });
  return engine.call('about', {}).packageVersion;
}

export function codeOf(error: unknown): ErrorCode | undefined {
  return error instanceof BayaError ? error.code : undefined;
}

export async function inAShop(): Promise<string | undefined> {
  const baya = load({ pack: '/shop.pack', signer: 'key' });
  const stop = baya.on('change', ({ what }) => what.length);
  const state = await baya.consent({ store: true, 'partner:7': false }, { version: '1' });
  const ack: Ack = await baya.track('Product Viewed', { product_id: '1' }, { messageId: 'm' });
  if (!ack.accepted) return ack.reason;
  stop();
  const [first] = await baya.recommend({ limit: 1, exclude: ['1'] });
  await rights(baya).erase({ item: '1' });
  return state.asked ? first?.reasons[0]?.because : (await rights(baya).profile()).who[0]?.field;
}

export function mistakesInAShop(): void {
  const baya = load({ pack: '/shop.pack', signer: 'key' });
  // @ts-expect-error: no such event
  baya.on('changed', () => {});
  // @ts-expect-error: no such purpose
  baya.consent({ stored: true });
  // @ts-expect-error: nothing to erase
  rights(baya).erase({});
}

export function mistakes(engine: Engine): void {
  // @ts-expect-error: no such operation
  engine.call('shardNothing', {});
  // @ts-expect-error: fields are missing
  engine.call('shardHistogram', { shares: 2 });
  // @ts-expect-error: a reply is read only
  engine.call('about', {}).vdafVersion = 3;
  engine.call('pause', {
    // @ts-expect-error: a number is no boolean
    paused: 1,
  });
  // @ts-expect-error: the constructor is not public
  new Client();
}
