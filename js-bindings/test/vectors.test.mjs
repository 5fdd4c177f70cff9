// The shares of the official vectors, byte for byte, with their randomness fed in as entropy.

import assert from 'node:assert/strict';
import test from 'node:test';
import { openEngine } from '../dist/in-process.js';
import { reportWasm, sharedVector } from './support/files.mjs';

const fromHex = (text) => new Uint8Array(Buffer.from(text, 'hex'));
const toHex = (bytes) => Buffer.from(bytes).toString('hex');

function requestOf(vector, report) {
  return {
    ctx: fromHex(vector.ctx),
    nonce: fromHex(report.nonce),
    shares: vector.shares,
    length: vector.length,
    chunkLength: vector.chunk_length,
    measurement: report.measurement,
  };
}

for (const name of ['Prio3Histogram_0', 'Prio3Histogram_1', 'Prio3Histogram_2']) {
  const vector = sharedVector(`vdaf-20/${name}.json`);
  const skip = vector === undefined && 'BAYA_SHARED has no vectors/vdaf-20';
  test(`shares equal ${name}`, { skip }, async () => {
    const asked = [];
    let entropy;
    const engine = await openEngine(reportWasm(), {
      fillRandom: (out) => {
        asked.push(out.length);
        out.set(entropy);
      },
    });
    for (const report of vector.reports) {
      entropy = fromHex(report.rand);
      const reply = engine.call('shardHistogram', requestOf(vector, report));
      assert.equal(toHex(reply.publicShare), report.public_share);
      assert.deepEqual(reply.inputShares.map(toHex), report.input_shares);
    }
    assert.deepEqual(
      asked,
      vector.reports.map((report) => report.rand.length / 2),
      'entropy comes in one piece for each report',
    );
  });
}
