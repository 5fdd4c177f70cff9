// What the person consented to, as dist/rights.js reads and exports it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { schemaProblems } from '../../tests/lib/json_schema.mjs';
import { importSources, readProjectFile } from './support/files.mjs';

const { receiptsOf, receiptDocument, Writer, sha256 } = await importSources([
  'receipts.ts',
  'receipt_documents.ts',
  'tls.ts',
]);

const FIRST_MS = Date.UTC(2026, 10, 22, 9);
const STORE = 'Remember on this device what I look at and buy.';
const hash = async (text) => Buffer.from(await sha256(new TextEncoder().encode(text)), 'hex');
const zeros = Buffer.alloc(32);

function receipt(sequence, previous, entries, source = 1) {
  const writer = new Writer();
  writer.integer(1, 1);
  writer.integer(sequence, 4);
  writer.integer(FIRST_MS + sequence * 1000, 8);
  writer.integer(source, 1);
  writer.raw(previous);
  writer.vector(2, () => {
    for (const [purpose, choice, text] of entries) {
      writer.integer(purpose, 2);
      writer.integer(choice, 1);
      writer.raw(text);
    }
  });
  return writer.finish();
}

async function chain() {
  const text = await hash(STORE);
  const acts = [
    [
      [
        [1, 1, text],
        [2, 1, zeros],
        [3, 2, zeros],
      ],
      1,
    ],
    [[[2, 3, zeros]], 2],
    [
      [
        [2, 1, await hash('Sort.')],
        [0x105, 1, text],
      ],
      3,
    ],
  ];
  const receipts = [];
  for (const [i, [entries, source]] of acts.entries()) {
    const before = receipts.at(-1);
    const previous = before ? Buffer.from(await sha256(before), 'hex') : zeros;
    receipts.push(receipt(i, previous, entries, source));
  }
  return {
    receipts,
    textVersion: '2026-11',
    texts: [{ purpose: 1, hash: text, maxAgeMs: 390 * 86_400_000 }],
    retentionMs: 395 * 86_400_000,
  };
}

const about = {
  controller: {
    id: 'https://shop.example',
    name: 'Shop',
    address: 'Road 1, Town',
    contact: 'privacy',
    email: 'privacy@shop.example',
  },
  jurisdiction: 'EU',
  language: 'en',
  policyUrl: 'https://shop.example/privacy',
  texts: { store: STORE, personalize: 'Not what was shown.' },
};
const fields = [
  { field: 'viewed.a', purposes: ['store', 'personalize'] },
  { field: 'viewed.b', purposes: ['store'] },
  { field: 'trait.email', purposes: ['store'] },
  { field: 'bought.a', purposes: ['partner'] },
];
const schemaOf = (format) =>
  JSON.parse(readProjectFile(`core/docs/formats/receipts-${format}.schema.json`));

test('a chain is read from its first receipt on', async () => {
  const { receipts, texts } = await receiptsOf(await chain());
  assert.deepEqual(
    receipts.map(({ source, entries }) => [
      source,
      entries.map((one) => [one.purpose, one.choice]),
    ]),
    [
      [
        'banner',
        [
          ['store', 'granted'],
          ['personalize', 'granted'],
          ['measure', 'refused'],
        ],
      ],
      ['global_privacy_control', [['personalize', 'withdrawn']]],
      [
        'consent_mode',
        [
          ['personalize', 'granted'],
          ['partner:5', 'granted'],
        ],
      ],
    ],
  );
  assert.equal(receipts[0].timeMs, FIRST_MS);
  assert.equal(receipts[0].entries[0].text, texts[0].text);
  assert.equal(receipts[0].entries[1].text, '');
});

test('a receipt that is missing, changed or out of place is found', async () => {
  const whole = await chain();
  const [first, second, third] = whole.receipts;
  const withByte = (bytes, at) => Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte));
  const wrong = [
    [second, third],
    [first, third],
    [second, first, third],
    [first, first],
  ];
  for (let at = 0; at < first.length; at++) wrong.push([withByte(first, at), second, third]);
  for (let size = 0; size < second.length; size++)
    wrong.push([first, second.slice(0, size), third]);
  for (const receipts of wrong) {
    await assert.rejects(receiptsOf({ ...whole, receipts }), { code: 'dataLoss' });
  }
  assert.equal((await receiptsOf({ ...whole, receipts: [] })).receipts.length, 0);
});

for (const format of ['iso27560', 'kantara']) {
  test(`${format}: an export is as its schema says, and the same every time`, async () => {
    const receipts = await receiptsOf(await chain());
    const json = await receiptDocument(format, about, receipts, fields);
    assert.deepEqual(schemaProblems(JSON.parse(json), schemaOf(format)), []);
    assert.equal(await receiptDocument(format, about, receipts, fields), json);
    const none = { ...receipts, receipts: [] };
    const empty = JSON.parse(await receiptDocument(format, about, none, []));
    assert.deepEqual(schemaProblems(empty, schemaOf(format)), []);
  });

  test(`${format}: the schema asks for what is there`, async () => {
    const json = await receiptDocument(format, about, await receiptsOf(await chain()), fields);
    let refused = 0;
    const names = new Set(json.match(/"\w+"(?=:)/g));
    for (const name of names) {
      const problems = schemaProblems(
        JSON.parse(json.replaceAll(`${name}:`, '"other":')),
        schemaOf(format),
      );
      if (problems.length > 0) refused += 1;
    }
    assert.equal(refused, names.size, 'a member under another name is accepted');
  });
}

test('ISO: a record for each purpose, with what was agreed to and when', async () => {
  const receipts = await receiptsOf(await chain());
  const { records, parties } = JSON.parse(
    await receiptDocument('iso27560', about, receipts, fields),
  );
  const [store, personalize, measure, partner] = records;
  assert.deepEqual(
    records.map(({ purpose, events }) => [purpose, events.map((event) => event.event_state)]),
    [
      ['store', ['given']],
      ['personalize', ['given', 'withdrawn', 'given']],
      ['measure', ['refused']],
      ['partner:5', ['given']],
    ],
  );
  assert.equal(store.events[0].privacy_notice.text, STORE);
  assert.equal(store.events[0].validity_duration, 'P390D');
  assert.equal(store.retention_period, 'P395D');
  assert.deepEqual(
    store.pii_information.map((one) => one.pii_type),
    ['trait', 'viewed'],
  );
  assert.deepEqual(
    partner.pii_information.map((one) => one.pii_type),
    ['bought'],
  );
  assert.equal(personalize.events[2].privacy_notice.text, undefined, 'another text was agreed to');
  assert.equal(measure.events[0].privacy_notice, undefined);
  assert.equal(parties[0].party_name, 'Shop');
});

test('Kantara: a receipt for each grant, which says how it ended', async () => {
  const receipts = await receiptsOf(await chain());
  const granted = JSON.parse(await receiptDocument('kantara', about, receipts, fields));
  assert.deepEqual(
    granted.map(({ services }) => services[0].purposes.map((one) => one.purposeCategory[0])),
    [
      ['store', 'personalize'],
      ['personalize', 'partner:5'],
    ],
  );
  const [store, personalize] = granted[0].services[0].purposes;
  assert.equal(store.purpose, STORE);
  assert.match(store.termination, /^when withdrawn/);
  assert.equal(personalize.termination, `ended ${new Date(FIRST_MS + 1000).toISOString()}`);
  assert.equal(granted[0].consentTimestamp, FIRST_MS / 1000);
});

test('who asked has to be said', async () => {
  const receipts = await receiptsOf(await chain());
  const { jurisdiction, ...without } = about;
  const { address, ...controller } = about.controller;
  for (const wrong of [
    undefined,
    {},
    without,
    { ...about, controller },
    { ...about, language: '' },
  ]) {
    await assert.rejects(receiptDocument('kantara', wrong, receipts, []), {
      code: 'invalidArgument',
    });
  }
  await assert.rejects(receiptDocument('other', about, receipts, []), { code: 'invalidArgument' });
});
