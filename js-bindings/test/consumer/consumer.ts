// Compiled, not run: what a consumer may write, and what the types must refuse.

import { BayaError, Client, type ErrorCode, type ReplyOf } from 'baya';
import { type Engine, openEngine } from 'baya/in-process';

export async function onAPage(): Promise<number> {
  const client = await Client.start({ workerUrl: '/worker.js', wasmUrl: '/engine.wasm' });
  if (client.isolation === 'not isolated') client.close();
  const reply: ReplyOf<'shardCount'> = await client.call('shardCount', {
    ctx: new Uint8Array(),
    nonce: new Uint8Array(16),
    shares: 2,
    measurement: true,
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

export function mistakes(engine: Engine): void {
  // @ts-expect-error: no such operation
  engine.call('shardNothing', {});
  // @ts-expect-error: fields are missing
  engine.call('shardCount', { shares: 2 });
  // @ts-expect-error: a reply is read only
  engine.call('about', {}).vdafVersion = 3;
  engine.call('shardCount', {
    ctx: new Uint8Array(),
    nonce: new Uint8Array(16),
    shares: 2,
    // @ts-expect-error: a number is no boolean
    measurement: 1,
  });
  // @ts-expect-error: the constructor is not public
  new Client();
}
