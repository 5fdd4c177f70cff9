import assert from 'node:assert/strict';
import test from 'node:test';
import { importSource } from './support/files.mjs';

const tls = await importSource('tls.ts');
const { bool, decode, encode, encodeInto, fixed, list, opaque8, opaque16, opaque32 } = tls;
const { sizeOf, string8, string16, struct, uint8, uint16, uint32, uint64, Reader, Writer } = tls;
const bytes = (...values) => new Uint8Array(values);
const hex = (written) => Buffer.from(written).toString('hex');

test('numbers are big-endian', () => {
  const numbers = struct({ a: uint8, b: uint16, c: uint32, d: bool, e: uint64 });
  const value = { a: 1, b: 0x0203, c: 0xfffefdfc, d: true, e: 2 ** 53 - 1 };
  const written = encode(numbers, value);
  assert.equal(hex(written), '01' + '0203' + 'fffefdfc' + '01' + '001fffffffffffff');
  assert.deepEqual(decode(numbers, written), value);
});

test('bytes and text are behind their length', () => {
  const values = struct({
    a: opaque8,
    b: opaque16,
    c: opaque32,
    d: string8,
    e: string16,
    f: fixed(2),
    g: list(opaque8),
    h: struct({ i: uint8 }),
  });
  const value = {
    a: bytes(7),
    b: bytes(8, 9),
    c: bytes(),
    d: '\u00e9',
    e: '\u{1f426}',
    f: bytes(5, 6),
    g: [bytes(1), bytes()],
    h: { i: 4 },
  };
  const written = encode(values, value);
  assert.equal(
    hex(written),
    '01070002080900000000' + '02c3a9' + '0004f09f90a6' + '0506' + '00000003' + '0101' + '00' + '04',
  );
  assert.deepEqual(decode(values, written), value);
});

test('what a page has added to every object is no member', () => {
  const number = struct({ a: uint8 });
  Object.prototype.added = 'by an old library';
  try {
    assert.deepEqual(encode(number, { a: 7 }), bytes(7));
    assert.deepEqual(Object.keys(decode(number, bytes(7))), ['a']);
  } finally {
    delete Object.prototype.added;
  }
});

test('a long value grows the buffer and a finished writer starts anew', () => {
  const writer = new Writer();
  const long = new Uint8Array(65535).fill(3);
  opaque16.write(writer, long);
  assert.deepEqual(decode(opaque16, writer.finish()), long);
  writer.integer(4, 1);
  assert.deepEqual(writer.finish(), bytes(4));
});

test('a value that does not fit its type is refused', () => {
  const refuses = (codec, value) =>
    assert.throws(() => encode(codec, value), { name: 'BayaError', code: 'invalidArgument' });
  for (const value of [-1, 256, 1.5, Number.NaN, Infinity, '1', null, undefined, {}, 1n]) {
    refuses(uint8, value);
  }
  refuses(uint16, 65536);
  refuses(uint32, 2 ** 32);
  refuses(uint64, 2 ** 53);
  for (const value of [0, 1, 'true', null, undefined]) refuses(bool, value);
  refuses(opaque8, new Uint8Array(256));
  refuses(opaque16, new Uint8Array(65536));
  for (const value of [[1], 'a', null, undefined, new ArrayBuffer(1), { length: 1 }]) {
    refuses(opaque16, value);
    refuses(fixed(1), value);
  }
  refuses(fixed(1), bytes(1, 2));
  refuses(string8, 'a'.repeat(256));
  for (const value of [1, null, undefined, {}]) refuses(string8, value);
});

test('a value is written into bytes of its size', () => {
  const values = struct({ a: opaque16, b: list(string8), c: uint64, d: fixed(2) });
  const value = { a: new Uint8Array(300), b: ['one', 'zw\u00f6lf'], c: 5, d: bytes(1, 2) };
  const expected = encode(values, value);
  const place = new Uint8Array(expected.length + 2);
  assert.equal(sizeOf(values, value), expected.length);
  encodeInto(values, value, place.subarray(1, -1));
  assert.deepEqual(place, bytes(0, ...expected, 0));
});

test('a value that is longer or shorter when it is read again is refused', () => {
  const values = struct({ a: opaque8, b: uint8 });
  for (const size of [0, 1, 2, 4, 5]) {
    const refuse = () => encodeInto(values, { a: bytes(7), b: 8 }, new Uint8Array(size));
    assert.throws(refuse, { name: 'BayaError', code: 'invalidArgument' });
  }
});

test('damaged bytes are refused', () => {
  const refuses = (input, codec) =>
    assert.throws(() => decode(codec, bytes(...input)), { name: 'BayaError', code: 'dataLoss' });
  refuses([], uint8);
  refuses([1, 2, 3], uint32);
  refuses([0, 0x20, 0, 0, 0, 0, 0, 0], uint64);
  refuses([2], bool);
  refuses([2, 1], opaque8);
  refuses([0xff, 0xff, 0xff, 0xff, 1], opaque32);
  refuses([1, 0xff], string8);
  refuses([3, 0xed, 0xa0, 0x80], string8);
  refuses([1, 2], uint8);
  refuses([0, 0, 0, 2, 5, 1], list(opaque8));
  assert.equal(new Reader(bytes(1, 2)).left, 2);
});
