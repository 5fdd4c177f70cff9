// HPKE in both builds against npm @hpke/core: each opens what the other sealed, and neither what
// was changed on the way.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { test } from 'node:test';
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { programCommand } from '../lib/programs.mjs';

const CASES = process.env.BAYA_FULL ? 2_000 : 100;
const MAX_BYTES = 300;

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
});

const hex = (bytes) => Buffer.from(bytes).toString('hex') || '-';
const unhex = (text) => Buffer.from(text === '-' ? '' : text, 'hex');
const some = () => randomBytes(randomInt(0, MAX_BYTES));

async function randomCase() {
  const keys = await suite.kem.generateKeyPair();
  return {
    keys,
    recipient: hex(await suite.kem.serializePrivateKey(keys.privateKey)),
    recipientPublic: hex(await suite.kem.serializePublicKey(keys.publicKey)),
    info: some(),
    aad: some(),
    plaintext: some(),
  };
}

function run(build, lines) {
  const [command, ...args] = programCommand(build, 'tests/differential/hpke');
  const result = spawnSync(command, args, { input: lines.join(''), encoding: 'utf8' });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout.trim().split('\n');
}

const cases = [];
for (let i = 0; i < CASES; ++i) cases.push(await randomCase());

for (const build of ['native', 'wasm']) {
  test(`@hpke/core opens ${CASES} messages that we sealed (${build})`, async () => {
    const lines = cases.map(
      (one) =>
        `seal ${one.recipientPublic} ${hex(randomBytes(32))} ${hex(one.info)} ${hex(one.aad)} ` +
        `${hex(one.plaintext)}\n`,
    );
    const answers = run(build, lines);
    for (const [i, answer] of answers.entries()) {
      const [enc, ciphertext] = answer.split(' ').map(unhex);
      const { keys, info, aad, plaintext } = cases[i];
      const params = { recipientKey: keys.privateKey, enc, info };
      assert.equal(hex(await suite.open(params, ciphertext, aad)), hex(plaintext));
      ciphertext[randomInt(ciphertext.length)] ^= 1 << randomInt(8);
      await assert.rejects(suite.open(params, ciphertext, aad));
    }
    assert.equal(answers.length, CASES);
  });

  test(`we open ${CASES} messages that @hpke/core sealed (${build})`, async () => {
    const lines = [];
    const expected = [];
    for (const { keys, recipient, info, aad, plaintext } of cases) {
      const { ct, enc } = await suite.seal(
        { recipientPublicKey: keys.publicKey, info },
        plaintext,
        aad,
      );
      const ciphertext = Buffer.from(ct);
      const line = () =>
        `open ${recipient} ${hex(enc)} ${hex(info)} ${hex(aad)} ${hex(ciphertext)}\n`;
      lines.push(line());
      expected.push(hex(plaintext));
      ciphertext[randomInt(ciphertext.length)] ^= 1 << randomInt(8);
      lines.push(line());
      expected.push('refused');
    }
    assert.deepEqual(run(build, lines), expected);
  });
}
