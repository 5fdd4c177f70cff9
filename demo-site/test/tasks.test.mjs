import assert from 'node:assert/strict';
import { test } from 'node:test';

import { purchasesBefore } from '../catalogue/interest.mjs';
import { definition, inColumns, labelsOf } from '../catalogue/tasks.mjs';

const catalogue = [
  ...['10001', '10002', '10003'].map((item) => ({ item, categories: ['bowl'] })),
  ...['10004', '10005'].map((item) => ({ item, categories: ['lamp', 'gift'] })),
  { item: '10006', categories: ['clock'] },
  { item: '10007', categories: [] },
];

// Customer, item, pieces and day of a purchase, and a log of them.
const day = (date) => Date.parse(`${date}T00:00:00Z`);
function retail(purchases) {
  const rows = purchases.map(
    ([customer, item, pieces, date], i) =>
      `5${i},${item},A thing,${pieces},${date}T10:00:00Z,1.5,${customer},France`,
  );
  return [
    ['InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country', ...rows]
      .map((row) => `${row}\n`)
      .join(''),
  ];
}

const LOG = retail([
  ['1', '10006', 5, '2011-10-01'],
  ['1', '10001', 4, '2011-10-01'],
  ['2', '10006', 1, '2011-10-31'],
  ['3', '10004', 2, '2011-10-02'],
  ['3', '10007', 1, '2011-10-02'],
  ['4', '10007', 9, '2011-10-02'], // without a kind
  ['4', '10001', 1, '2011-10-02'],
  ['', '10001', 99, '2011-10-02'], // nobody
  ['5', '10001', 9, '2011-11-01'], // too late
  ['6', '10001', 9, '2011-11-01'],
  ['7', '10001', 9, '2011-11-02'],
]);

test('labels are the kinds that most customers buy most of, before the window', async () => {
  const before = await purchasesBefore(LOG, day('2011-11-01'));
  assert.deepEqual(labelsOf(catalogue, before), ['clock', 'lamp', 'bowl', 'other']);
  const all = await purchasesBefore(LOG, day('2011-12-01'));
  assert.deepEqual(labelsOf(catalogue, all), ['bowl', 'clock', 'lamp', 'other']);
  assert.deepEqual(labelsOf(catalogue, []), ['bowl', 'lamp', 'clock', 'other']);
});

test('a log of users, items and times counts as well', async () => {
  const at = day('2025-11-01') / 1000;
  const log = [
    `user,item,timestamp\nA,10006,${at}\nB,10006,${at}\nC,10004,${at}\nD,10001,${at * 2}\n`,
  ];
  const purchases = await purchasesBefore(log, day('2025-11-23'));
  assert.equal(purchases.length, 3);
  assert.deepEqual(labelsOf(catalogue, purchases), ['clock', 'lamp', 'bowl', 'other']);
});

test('no more labels than a histogram of 32 has', () => {
  const kinds = Array.from({ length: 50 }, (_, i) => ({ item: `${i}`, categories: [`kind ${i}`] }));
  const purchases = kinds.map(({ item }, i) => ({ customer: `${i % 40}`, item, units: i }));
  const labels = labelsOf(kinds, purchases);
  assert.equal(labels.length, 32);
  assert.equal(labels.at(-1), 'other');
  assert.equal(new Set(labels).size, 32);
});

test('what is said in columns is about the labels that were declared', async () => {
  const { tasks } = definition(catalogue, await purchasesBefore(LOG, day('2011-11-01')));
  const columns = inColumns(catalogue, { tasks }, { from: '2011-11-01', until: '2011-12-10' });
  const [interest] = columns.tasks;
  assert.deepEqual(interest.labels, ['clock', 'lamp', 'bowl', 'other']);
  assert.deepEqual(interest.columns.bucket_of_stock_code, {
    10001: 2,
    10002: 2,
    10003: 2,
    10004: 1,
    10005: 1,
    10006: 0,
    10007: 3,
  });
});
