// Opens shares as draft-ietf-ppm-dap-18 and draft-irtf-cfrg-vdaf-20 (Prio3Histogram) say, written
// from the drafts alone: shares no code with the project. HPKE is npm @hpke/core, TurboSHAKE128
// libsodium's (npm libsodium-sumo).
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import createSodium from 'libsodium-sumo';

import {
  CLIENT,
  COLLECTOR,
  decodeTaskConfiguration,
  LEADER,
  number,
  opaque,
  Reader,
} from './draft.mjs';

const sodium = await createSodium();
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
});

async function open(privateKey, info, aad, { enc, payload }) {
  const recipientKey = await suite.kem.importKey('raw', privateKey, false);
  return Buffer.from(await suite.open({ recipientKey, enc, info }, payload, aad));
}

// "Input Share Decryption": the payload of the PlaintextInputShare, which has no extensions.
export async function openInputShare(task, report, role, privateKey) {
  const aad = Buffer.concat([
    Buffer.from(task.id, 'base64url'),
    Buffer.from(task.configuration, 'base64url'),
    report.metadata,
    opaque(4, report.publicShare),
  ]);
  const info = Buffer.concat([Buffer.from('dap-18 input share'), Buffer.from([CLIENT, role])]);
  const ciphertext = role === LEADER ? report.leader : report.helper;
  const reader = new Reader(await open(privateKey, info, aad, ciphertext));
  if (reader.opaque(2).length !== 0) throw new Error('an extension');
  const payload = reader.opaque(4);
  reader.end();
  return payload;
}

// "Aggregate Share Encryption"
export function openAggregateShare(task, collectionJobReq, role, privateKey, ciphertext) {
  const aad = Buffer.concat([
    Buffer.from(task.id, 'base64url'),
    Buffer.from(task.configuration, 'base64url'),
    collectionJobReq,
  ]);
  const info = Buffer.concat([
    Buffer.from('dap-18 aggregate share'),
    Buffer.from([role, COLLECTOR]),
  ]);
  return open(privateKey, info, aad, ciphertext);
}

// VDAF, "Field128": 2^66 * 4611686018427387897 + 1, 16 bytes, little-endian.
export const MODULUS = 2n ** 66n * 4611686018427387897n + 1n;
const ELEMENT = 16;

const toElement = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

export function decodeVector(bytes) {
  const vector = [];
  for (let at = 0; at < bytes.length; at += ELEMENT) {
    vector.push(toElement(bytes.subarray(at, at + ELEMENT)));
  }
  return vector;
}

export const addVectors = (a, b) => a.map((value, i) => (value + b[i]) % MODULUS);

function turboShake128(domain, message, length) {
  const state = sodium._malloc(sodium._crypto_xof_turboshake128_statebytes());
  const input = sodium._malloc(message.length + 1);
  const output = sodium._malloc(length);
  try {
    sodium.HEAPU8.set(message, input);
    sodium._crypto_xof_turboshake128_init_with_domain(state, domain);
    sodium._crypto_xof_turboshake128_update(state, input, message.length, 0);
    sodium._crypto_xof_turboshake128_squeeze(state, output, length);
    return Buffer.from(sodium.HEAPU8.slice(output, output + length));
  } finally {
    for (const pointer of [state, input, output]) sodium._free(pointer);
  }
}

// VDAF, "XofTurboShake128" and `expand_into_vec`: the elements a seed stands for.
function expand(seed, dst, binder, length) {
  const dstLength = Buffer.alloc(2);
  dstLength.writeUInt16LE(dst.length);
  const message = Buffer.concat([dstLength, dst, number(1, seed.length), seed, binder]);
  // A candidate at or above the modulus is passed over: 8 spare ones are enough.
  const stream = turboShake128(1, message, (length + 8) * ELEMENT);
  return decodeVector(stream)
    .filter((value) => value < MODULUS)
    .slice(0, length);
}

const VERSION = 18;
const ALGORITHM_CLASS = 0;
const HISTOGRAM = 4;
const USAGE_MEAS_SHARE = 1;

// The measurement share in an Aggregator's input share: the Leader's in clear, the Helper's as the
// seed that it is expanded from.
export function measurementShare(task, role, inputShare) {
  const { length } = decodeTaskConfiguration(Buffer.from(task.configuration, 'base64url'));
  if (role === LEADER) return decodeVector(inputShare.subarray(0, length * ELEMENT));
  const context = Buffer.concat([Buffer.from('dap-18'), Buffer.from(task.id, 'base64url')]);
  const dst = Buffer.concat([
    number(1, VERSION),
    number(1, ALGORITHM_CLASS),
    number(4, HISTOGRAM),
    number(2, USAGE_MEAS_SHARE),
    context,
  ]);
  return expand(inputShare.subarray(0, 32), dst, Buffer.from([1]), length);
}
