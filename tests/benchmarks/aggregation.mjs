// The shares of one Histogram report with 256 buckets: our module against @divviup/prio3, the npm
// client of an older draft (VDAF-08), which does the same work in BigInt arithmetic.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Prio3Histogram } from '@divviup/prio3';
import { openEngine } from 'baya/in-process';
import { compare } from './lib/compare.mjs';

const SHARES = 2;
const LENGTH = 256;
const CHUNK_LENGTH = 16; // the square root of LENGTH
const NONCE_BYTES = 16;

const wasm = readFileSync(new URL(import.meta.resolve('baya/report.wasm')));
const engine = await openEngine(wasm);
const prio3 = new Prio3Histogram({ shares: SHARES, length: LENGTH, chunkLength: CHUNK_LENGTH });

let measurement = 0;
const nextMeasurement = () => {
  measurement = (measurement + 1) % LENGTH;
  return measurement;
};

await compare({
  benchmark: 'aggregation: Histogram(256) shares',
  bar: 10,
  ours: {
    name: 'baya (wasm)',
    calls: 100,
    work: () =>
      engine.call('shardHistogram', {
        ctx: Buffer.from('benchmark'),
        nonce: randomBytes(NONCE_BYTES),
        shares: SHARES,
        length: LENGTH,
        chunkLength: CHUNK_LENGTH,
        measurement: nextMeasurement(),
      }),
  },
  peer: {
    name: '@divviup/prio3 0.8.0',
    calls: 10,
    work: () =>
      prio3.shard(nextMeasurement(), randomBytes(NONCE_BYTES), randomBytes(prio3.randSize)),
  },
});
