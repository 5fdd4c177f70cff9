// TurboSHAKE128 in both builds against libsodium's own (1.0.22, npm libsodium-sumo), on random
// domains, messages and lengths around the block size.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { test } from 'node:test';
import createSodium from 'libsodium-sumo';
import { programCommand } from '../lib/programs.mjs';

const CASES = process.env.BAYA_FULL ? 20_000 : 1_000;
const MAX_BYTES = 3 * 168 + 2;
const MAX_OUTPUT = CASES * (2 * MAX_BYTES + 1); // hexadecimal lines

function randomCase() {
  return {
    domain: randomInt(1, 0x80),
    message: randomBytes(randomInt(0, MAX_BYTES)),
    length: randomInt(1, MAX_BYTES),
  };
}

function turboShake128(sodium, { domain, message, length }) {
  const state = sodium._malloc(sodium._crypto_xof_turboshake128_statebytes());
  const input = sodium._malloc(message.length + 1);
  const output = sodium._malloc(length);
  try {
    sodium.HEAPU8.set(message, input);
    sodium._crypto_xof_turboshake128_init_with_domain(state, domain);
    sodium._crypto_xof_turboshake128_update(state, input, message.length, 0);
    sodium._crypto_xof_turboshake128_squeeze(state, output, length);
    return Buffer.from(sodium.HEAPU8.subarray(output, output + length)).toString('hex');
  } finally {
    for (const pointer of [state, input, output]) sodium._free(pointer);
  }
}

const sodium = await createSodium();
const cases = Array.from({ length: CASES }, randomCase);
const theirs = cases.map((one) => turboShake128(sodium, one));
const lines = cases.map(
  ({ domain, message, length }) => `${domain} ${message.toString('hex') || '-'} ${length}\n`,
);

for (const build of ['native', 'wasm']) {
  test(`TurboSHAKE128 (${build}) equals libsodium's on ${CASES} random inputs`, () => {
    const [command, ...args] = programCommand(build, 'tests/differential/turboshake128');
    const options = { input: lines.join(''), encoding: 'utf8', maxBuffer: MAX_OUTPUT };
    const run = spawnSync(command, args, options);
    assert.equal(run.status, 0, run.stderr);
    assert.deepEqual(run.stdout.trim().split('\n'), theirs);
  });
}
