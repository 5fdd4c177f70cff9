// What the engine is told of a pack's bodies instead of hashing them itself.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { signer, sitePack, sitePackParts } from '../../tests/lib/site_pack.mjs';
import { openEngine, packDigests } from '../dist/in-process.js';
import { engineWasm } from './support/files.mjs';

const pack = sitePack();
const sha256Of = (body) => createHash('sha256').update(body).digest();
const digests = Buffer.concat(sitePackParts().bodies.map(sha256Of));
const none = new Uint8Array();

async function setPack(request) {
  const engine = await openEngine(engineWasm());
  const site = { site: 'shop.example', signer: Buffer.from(signer, 'base64url'), testTasks: false };
  return engine.call('setPack', { ...site, ...request });
}

test('the digests are those of the sections, in order', async () => {
  assert.deepEqual(Buffer.from(await packDigests(pack)), digests);
});

test('with and without them the engine says the same', async () => {
  const own = await setPack({ sha256: none, pack });
  assert.deepEqual(await setPack({ sha256: digests, pack }), own);
  assert.equal(own.items, 20);
});

test('a body that was changed is refused either way', async () => {
  const { front, bodies } = sitePackParts();
  let at = front.length;
  for (const body of bodies) {
    const spoiled = new Uint8Array(pack);
    spoiled[at] ^= 1;
    at += body.length;
    for (const sha256 of [none, await packDigests(spoiled)]) {
      await assert.rejects(setPack({ sha256, pack: spoiled }), { code: 'dataLoss' });
    }
  }
});

test('a pack that is cut off is refused either way', async () => {
  for (const size of [0, 9, 100, sitePackParts().front.length, pack.length - 1]) {
    const cut = pack.subarray(0, size);
    for (const sha256 of [none, await packDigests(cut)]) {
      await assert.rejects(setPack({ sha256, pack: cut }), { code: 'dataLoss' });
    }
  }
});

test('too few digests, or too many, are refused', async () => {
  for (const sha256 of [
    digests.subarray(32),
    digests.subarray(1),
    Buffer.concat([digests, digests]),
  ]) {
    await assert.rejects(setPack({ sha256, pack }), { code: 'invalidArgument' });
  }
});

test('of what is no pack there is none', async () => {
  for (const bytes of [none, Buffer.from('no pack'), new Uint8Array(200).fill(255)]) {
    assert.equal((await packDigests(bytes)).length, 0);
  }
});
