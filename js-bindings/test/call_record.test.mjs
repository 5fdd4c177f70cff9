// The record of a call, against the bytes that the C++ encoder's own test expects of it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { importSource, readProjectFile } from './support/files.mjs';

const { callText, encodeCall } = await importSource('call_record.ts');

const recordOf = (call) => encodeCall(callText(call));

const hex = (bytes) => Buffer.from(bytes).toString('hex');

const viewed = {
  verb: 'track',
  messageId: 'm-1',
  timeMs: 0x0102030405,
  sentMs: 0x0102030406,
  name: 'Product Viewed',
  properties: { product_id: '71053', price: 3.39, tags: [true, false, null] },
};

const encoded = (properties) => hex(recordOf({ ...viewed, properties }));

test('the bytes are those of the C++ encoder', () => {
  const source = readProjectFile('core/profile/call_test.cc').toString();
  const [, quoted] = /HasTheBytesOfTheDocument[\s\S]*?EncodeHex\(bytes\),([\s\S]*?)\);/.exec(
    source,
  );
  const golden = [...quoted.matchAll(/"([0-9a-f]*)"/g)].map(([, part]) => part).join('');
  assert.ok(golden.length > 150);
  assert.equal(hex(recordOf(viewed)), golden);
});

test('what JSON leaves out is left out, and a date is its text', () => {
  const date = new Date(0);
  const plain = encoded({ a: '1970-01-01T00:00:00.000Z', b: [null] });
  assert.equal(encoded({ a: date, b: [undefined], c: undefined, d() {}, e: Symbol('e') }), plain);
});

test('an array is one, whatever an old library makes of all of them', () => {
  const plain = encoded({ a: [1, ['b']] });
  Array.prototype.toJSON = () => '[1, ["b"]]';
  try {
    assert.equal(encoded({ a: [1, ['b']] }), plain);
  } finally {
    delete Array.prototype.toJSON;
  }
});

test('what is too large is not gone through to its end', () => {
  let seen = 0;
  const one = {
    toJSON() {
      seen++;
      return 1;
    },
  };
  for (const [a, most] of [
    [Array(1_000_000).fill(one), 32 * 1024],
    [['x'.repeat(40_000), one], 0],
  ]) {
    seen = 0;
    assert.throws(() => callText({ ...viewed, properties: { a } }), { code: 'invalidArgument' });
    assert.ok(seen <= most, `${seen}`);
  }
  encoded({ a: Array(32_000).fill(null) });
});

test('text that is no Unicode becomes replacement characters', () => {
  assert.equal(encoded({ a: '\ud800' }), encoded({ a: '\ufffd' }));
});

const nested = (depth) => (depth === 0 ? 1 : { a: nested(depth - 1) });
const wide = (members) => Object.fromEntries(Array.from({ length: members }, (_, i) => [i, 1]));
const cycle = {};
cycle.cycle = cycle;

test('the limits are those of core/profile/limits.h', () => {
  const limits = readProjectFile('core/profile/limits.h').toString();
  assert.match(limits, /kMaxCallBytes = size_t\{32\} \* 1024;/);
  assert.match(limits, /kMaxCallDepth = 4;/);
  assert.match(limits, /kMaxMembersPerObject = 64;/);
  encoded(nested(3));
  encoded(wide(64));
  encoded({ a: 'x'.repeat(32_000) });
});

for (const [what, properties] of Object.entries({
  'five values deep': nested(4),
  '65 members': wide(65),
  'not a number': { a: Number.NaN },
  infinity: { a: Number.POSITIVE_INFINITY },
  '33 KiB': { a: 'x'.repeat(33_000) },
  '100 KB': { a: 'x'.repeat(100_000) },
  'a name of 256 bytes': { ['n'.repeat(256)]: 1 },
})) {
  test(`${what} is refused`, () => {
    assert.throws(() => encoded(properties), { name: 'BayaError', code: 'invalidArgument' });
  });
}

test('a page cannot hand over what JSON does not have', () => {
  for (const a of [cycle, 1n]) {
    assert.throws(() => callText({ ...viewed, properties: { a } }), TypeError);
  }
});

for (const [what, change] of Object.entries({
  'a time that is none': { timeMs: Number.NaN },
  'a time before 1970': { timeMs: -1 },
  'a message id of 256 bytes': { messageId: 'm'.repeat(256) },
  'a message id that is no text': { messageId: 7 },
  'a name of 256 bytes': { name: 'n'.repeat(256) },
})) {
  test(`${what} is refused`, () => {
    assert.throws(() => recordOf({ ...viewed, ...change }), { code: 'invalidArgument' });
  });
}
