import assert from 'node:assert/strict';
import test from 'node:test';
import { importSource } from './support/files.mjs';

const { Reader, Writer } = await importSource('tls.ts');
const bytes = (...values) => new Uint8Array(values);

test('numbers are big-endian', () => {
  const writer = new Writer();
  writer.uint8(1);
  writer.uint16(0x0203);
  writer.uint32(0xfffefdfc);
  writer.bool(true);
  const written = writer.finish();
  assert.deepEqual(written, bytes(1, 2, 3, 0xff, 0xfe, 0xfd, 0xfc, 1));
  const reader = new Reader(written);
  assert.deepEqual(
    [reader.uint8(), reader.uint16(), reader.uint32(), reader.bool()],
    [1, 0x0203, 0xfffefdfc, true],
  );
  reader.finish();
});

test('bytes and text are behind their length', () => {
  const writer = new Writer();
  writer.opaque8(bytes(7));
  writer.opaque16(bytes(8, 9));
  writer.opaque32(bytes());
  writer.string8('\u00e9');
  writer.string16('\u{1f426}');
  writer.raw(bytes(5, 6), 2);
  writer.vector32([bytes(1), bytes()], (element) => writer.opaque8(element));
  const written = writer.finish();
  assert.equal(
    Buffer.from(written).toString('hex'),
    '01070002080900000000' + '02c3a9' + '0004f09f90a6' + '0506' + '00000003' + '0101' + '00',
  );
  const reader = new Reader(written);
  assert.deepEqual(reader.opaque8(), bytes(7));
  assert.deepEqual(reader.opaque16(), bytes(8, 9));
  assert.deepEqual(reader.opaque32(), bytes());
  assert.equal(reader.string8(), '\u00e9');
  assert.equal(reader.string16(), '\u{1f426}');
  assert.deepEqual(reader.raw(2), bytes(5, 6));
  assert.deepEqual(
    reader.vector32((inner) => inner.opaque8()),
    [bytes(1), bytes()],
  );
  reader.finish();
});

test('a long value grows the buffer and a finished writer starts anew', () => {
  const writer = new Writer();
  const long = new Uint8Array(65535).fill(3);
  writer.opaque16(long);
  assert.deepEqual(new Reader(writer.finish()).opaque16(), long);
  writer.uint8(4);
  assert.deepEqual(writer.finish(), bytes(4));
});

test('a value that does not fit its type is refused', () => {
  const refuses = (write) =>
    assert.throws(() => write(new Writer()), { name: 'BayaError', code: 'invalidArgument' });
  for (const value of [-1, 256, 1.5, Number.NaN, Infinity, '1', null, undefined, {}, 1n]) {
    refuses((writer) => writer.uint8(value));
  }
  refuses((writer) => writer.uint16(65536));
  refuses((writer) => writer.uint32(2 ** 32));
  for (const value of [0, 1, 'true', null, undefined]) refuses((writer) => writer.bool(value));
  refuses((writer) => writer.opaque8(new Uint8Array(256)));
  refuses((writer) => writer.opaque16(new Uint8Array(65536)));
  for (const value of [[1], 'text', null, undefined, new ArrayBuffer(1), { length: 1 }]) {
    refuses((writer) => writer.opaque16(value));
    refuses((writer) => writer.raw(value, 1));
  }
  refuses((writer) => writer.raw(bytes(1, 2), 1));
  refuses((writer) => writer.string8('a'.repeat(256)));
  for (const value of [1, null, undefined, {}]) refuses((writer) => writer.string8(value));
});

test('damaged bytes are refused', () => {
  const refuses = (input, read) =>
    assert.throws(() => read(new Reader(bytes(...input))), { name: 'BayaError', code: 'dataLoss' });
  refuses([], (reader) => reader.uint8());
  refuses([1, 2, 3], (reader) => reader.uint32());
  refuses([2], (reader) => reader.bool());
  refuses([2, 1], (reader) => reader.opaque8());
  refuses([0xff, 0xff, 0xff, 0xff, 1], (reader) => reader.opaque32());
  refuses([1, 0xff], (reader) => reader.string8());
  refuses([3, 0xed, 0xa0, 0x80], (reader) => reader.string8());
  refuses([1], (reader) => reader.finish());
  refuses([0, 0, 0, 2, 5, 1], (reader) => reader.vector32((inner) => inner.opaque8()));
});
