// The portable JSON as dist/rights.js writes it, and that nothing is lost when it is read back.

import assert from 'node:assert/strict';
import test from 'node:test';
import { importSources } from './support/files.mjs';

const { exportJson, snapshotOf } = await importSources(['export.ts', 'portable.ts']);

const event = (changes) => ({
  kind: 'product_viewed',
  message_id: 'm',
  source: 'page',
  time_ms: 9,
  ...changes,
});
const document = (events, changes) => ({
  events,
  exported_ms: 11,
  fields: [],
  format: 'baya.profile',
  last_used_ms: {},
  version: 1,
  ...changes,
});
/** The text that comes out of the snapshot of a text. */
const again = (json, fields = []) =>
  exportJson({ exportedMs: 11, snapshot: snapshotOf(json), fields });

test('the example of core/docs/formats/export.md comes back to the letter', () => {
  const json =
    '{"events":[{"items":[{"id":"a","quantity":1}],"kind":"product_viewed","message_id":"m",' +
    '"source":"page","time_ms":9}],"exported_ms":11,"fields":[],"format":"baya.profile",' +
    '"horizon":{"message_id":"h","time_ms":5},"last_used_ms":{"viewed":7},"version":1}';
  assert.equal(again(json), json);
});

test('every part of every event comes back', () => {
  const item = { brand: 'b', category: 'c', exploring: 'kk', gift: true, id: 'a' };
  const events = [
    event({
      items: [
        { ...item, price_minor: 0, quantity: 4294967295 },
        { id: 'b', quantity: 1 },
      ],
    }),
    event({ category: 'c', currency: 'EUR', list_id: 'l', name: 'n', order_id: 'o', query: 'q' }),
    event({ subject_id: 's', total_minor: 1_000_000_000_000, traits: { 10: 'x', 2: 'y', a: 'z' } }),
    event({ correction: { action: 'set', field: 'f', value: 'v' }, kind: 'correction' }),
    event({ correction: { action: 'undo', field: 'f' }, source: 'person' }),
  ];
  const json = again(JSON.stringify(document(events, { last_used_ms: { viewed: 7, cart: 2 } })));
  assert.deepEqual(JSON.parse(json), document(events, { last_used_ms: { viewed: 7, cart: 2 } }));
  assert.equal(again(json), json);
  assert.ok(json.includes('"traits":{"10":"x","2":"y","a":"z"}'), 'by the bytes of their names');
  assert.ok(json.includes('"last_used_ms":{"cart":2,"viewed":7}'));
});

test('only what must be escaped is, and in one way', () => {
  const all = String.fromCharCode(...Array(0x80).keys());
  const query = `${all}\\b\\\\t\u2028\u00e9\u{1f426}`;
  const json = again(JSON.stringify(document([event({ query })])));
  assert.equal(JSON.parse(json).events[0].query, query);
  const [, text] = json.match(/"query":"(.*?)","source"/s);
  for (const code of [
    '\\u0000',
    '\\u0008',
    '\\u0009',
    '\\n',
    '\\u000b',
    '\\u000c',
    '\\u000d',
    '\\u001f',
  ]) {
    assert.ok(text.includes(code), code);
  }
  assert.ok(!/[^\\](\\\\)*\\[bfrt/]/.test(text), 'no short form but that of a line feed');
  assert.ok(text.includes('\u2028') && text.includes('\x7f'));
});

const field = {
  name: 'spent.GBP',
  card: 1,
  form: 2,
  number: 750n,
  text: 'GBP',
  origin: 0,
  contradicted: false,
  source: 1,
  purposes: 0b10000100,
  sinceMs: 0,
  updatedMs: 0,
  lastUsedMs: 0,
  expiresMs: 0,
};
const shown = (changes) => again(JSON.stringify(document([])), [{ ...field, ...changes }]);

test('fields are shown to people', () => {
  assert.ok(
    shown().includes(
      '"fields":[{"card":"buying","contradicted":false,"expires_ms":0,"last_used_ms":0,' +
        '"name":"spent.GBP","origin":"stated","purposes":["personalize","partner"],"since_ms":0,' +
        '"source":"page","updated_ms":0,"value":{"currency":"GBP","minor":750}}]',
    ),
  );
  assert.ok(shown({ form: 1, text: 'liked' }).includes('"value":"liked"'));
  // Past 2^53, where a double would round it.
  assert.ok(shown({ form: 0, number: 20000000000000001n }).includes('"value":20000000000000001'));
  assert.ok(shown({ form: 0, number: -(2n ** 63n) }).includes('"value":-9223372036854775808'));
});

test('what no engine of this release writes is refused', () => {
  const whole = Buffer.from(snapshotOf(JSON.stringify(document([event({ query: 'quince' })]))));
  const at = whole.indexOf('quince');
  const changed = (offset, byte) => {
    const copy = Uint8Array.from(whole);
    copy[offset] = byte;
    return copy;
  };
  const wrong = {
    'another version': changed(0, 2),
    'another version of an event': changed(at - 19, 2),
    'a kind that is not known': changed(at - 18, 99),
    'a part that is not known': changed(at - 3, 12),
    'no UTF-8': changed(at, 0xff),
    'too long a part': changed(at - 1, 99),
    'cut short': whole.subarray(0, -1),
    'too much': Buffer.concat([whole, Buffer.from([0])]),
  };
  for (const [what, snapshot] of Object.entries(wrong)) {
    const write = () => exportJson({ exportedMs: 11, snapshot, fields: [] });
    assert.throws(write, { name: 'BayaError', code: 'dataLoss', cause: undefined }, what);
  }
  for (const changes of [{ form: 3 }, { card: 4 }, { origin: 3 }, { source: 0 }]) {
    assert.throws(() => shown(changes), { code: 'dataLoss' }, JSON.stringify(changes));
  }
});
