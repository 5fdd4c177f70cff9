// The exported profile as the engine's snapshot: what the reader of dist/rights.js takes and refuses.

import assert from 'node:assert/strict';
import test from 'node:test';
import { importSource } from './support/files.mjs';

const { snapshotOf } = await importSource('portable.ts');

// The example of core/docs/formats/export.md, and its snapshot by event.md §3.
const example = {
  events: [
    {
      items: [{ id: 'a', quantity: 1 }],
      kind: 'product_viewed',
      message_id: 'm',
      source: 'page',
      time_ms: 9,
    },
  ],
  exported_ms: 11,
  fields: [],
  format: 'baya.profile',
  horizon: { message_id: 'h', time_ms: 5 },
  last_used_ms: { viewed: 7 },
  version: 1,
};
const withEvent = (changes) => ({ ...example, events: [{ ...example.events[0], ...changes }] });
const toHex = (bytes) => Buffer.from(bytes).toString('hex');
const read = (document) => toHex(snapshotOf(JSON.stringify(document)));

test('the example is the snapshot that its format says', () => {
  const item = `02000901${'61'}00000001000000`;
  const event = `010401${'0000000000000009'}016d000c${item}`;
  const used = `0c${'0000000000000007'}`;
  assert.equal(
    read(example),
    `01${'0000000000000005'}0168${'0009'}${used}${'0000001d'}001b${event}`,
  );
});

test('every part has its tag, traits ascend by the bytes of their names', () => {
  const parts = (changes) => {
    const hex = read({ ...withEvent({ items: undefined, ...changes }), horizon: undefined });
    return hex.slice(hex.indexOf('016d') + 8);
  };
  assert.equal(parts({ currency: 'EUR' }), '010003455552');
  assert.equal(
    parts({ items: [{ id: 'a', quantity: 2, price_minor: 5, category: 'c', brand: 'b' }] }),
    '02001301610000000201000000000000000501630162',
  );
  assert.equal(
    parts({ items: [{ id: 'a', quantity: 1, gift: true }] }),
    '02000901610000000102' + '0000',
  );
  assert.throws(() => parts({ items: [{ id: 'a', quantity: 1, gift: false }] }));
  assert.equal(
    parts({ items: [{ id: 'a', quantity: 1, exploring: 'kk' }] }),
    '02000b01610000000104' + '0000' + '6b6b',
  );
  assert.throws(() => parts({ items: [{ id: 'a', quantity: 1, exploring: '' }] }));
  assert.equal(parts({ total_minor: 258 }), '0300080000000000000102');
  assert.equal(parts({ order_id: 'o', query: 'q' }), '0400016f05000171');
  assert.equal(parts({ list_id: 'l', category: 'c' }), '0600016c07000163');
  assert.equal(parts({ name: 'n', subject_id: 's' }), '0800016e09000173');
  assert.equal(
    parts({ traits: { [String.fromCodePoint(0xe9)]: '2', b: '1', ba: '3' } }),
    '0a0003016231' + '0a000402626133' + '0a000402c3a932',
  );
  assert.equal(
    parts({ correction: { action: 'undo', field: 'f' } }) +
      parts({ correction: { action: 'set', field: 'f', value: 'v' } }),
    '0b0003030166' + '0b000401016676',
  );
});

test('what is not an export is refused', () => {
  const { events, ...withoutEvents } = example;
  const { format, ...withoutFormat } = example;
  const { exported_ms, ...withoutTime } = example;
  const wrong = [
    null,
    [],
    'text',
    withoutEvents,
    withoutFormat,
    withoutTime,
    { ...example, format: 'other' },
    { ...example, more: 1 },
    { ...example, exported_ms: 1.5 },
    { ...example, events: {} },
    { ...example, horizon: { time_ms: 5 } },
    { ...example, horizon: { time_ms: -5, message_id: 'h' } },
    { ...example, last_used_ms: { seen: 7 } },
    { ...example, last_used_ms: { viewed: -7 } },
    { ...example, last_used_ms: { toString: 7 } },
    withEvent({ kind: 'product_seen' }),
    withEvent({ kind: undefined }),
    withEvent({ source: 'elsewhere' }),
    withEvent({ time_ms: '9' }),
    withEvent({ time_ms: 1e300 }),
    withEvent({ message_id: '' }),
    withEvent({ message_id: 'm'.repeat(256) }),
    withEvent({ unheard_of: 1 }),
    withEvent({ query: '' }),
    withEvent({ query: '\ud800' }),
    withEvent({ query: null }),
    withEvent({ items: [] }),
    withEvent({ items: {} }),
    withEvent({ items: [{ id: 'a' }] }),
    withEvent({ items: [{ id: 'a', quantity: 4294967297 }] }),
    withEvent({ items: [{ id: 'a', quantity: 1, colour: 'red' }] }),
    withEvent({ traits: {} }),
    withEvent({ traits: { a: 1 } }),
    withEvent({ correction: { action: 'unset', field: 'f' } }),
    withEvent({ correction: 'set' }),
  ];
  for (const document of wrong) {
    assert.throws(
      () => snapshotOf(JSON.stringify(document)),
      { name: 'BayaError', code: 'invalidArgument' },
      JSON.stringify(document),
    );
  }
  assert.throws(() => snapshotOf(''), { code: 'invalidArgument' });
  assert.throws(() => snapshotOf(JSON.stringify(example).slice(0, -1)), {
    code: 'invalidArgument',
  });
  assert.throws(() => snapshotOf(JSON.stringify({ ...example, version: 2 })), {
    code: 'unimplemented',
  });
  assert.throws(() => snapshotOf(' '.repeat(16 * 1024 * 1024 + 1)), {
    code: 'resourceExhausted',
  });
});

test('no error tells what was in the text', () => {
  for (const text of ['{"query":"quince jam"', '"quince', JSON.stringify({ quince: 1 })]) {
    assert.throws(
      () => snapshotOf(text),
      (error) => error.cause === undefined && !`${error.stack}`.includes('quince jam'),
    );
    assert.throws(() => snapshotOf(text), { message: 'this is not an exported profile' });
  }
});
