import assert from 'node:assert/strict';
import { test } from 'node:test';

import { catalogueFromLog, csvRecords, readCategories } from '../catalogue/from_log.mjs';

const HEADER =
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n';

async function recordsOf(...chunks) {
  const records = [];
  for await (const record of csvRecords(chunks)) records.push(record);
  return records;
}

test('fields may hold commas, quotes and line breaks, and chunks may end anywhere', async () => {
  const text = 'a,"b,""c""\nd",e\r\n,"",f';
  const expected = [
    ['a', 'b,"c"\nd', 'e'],
    ['', '', 'f'],
  ];
  assert.deepEqual(await recordsOf(text), expected);
  assert.deepEqual(await recordsOf(...text), expected);
  assert.deepEqual(await recordsOf(''), []);
});

test('the catalogue holds what was sold, best seller first', async () => {
  const rows = [
    '1,22423,CAKESTAND,1,2011-01-01,12.75,17850,UK',
    '2,85123A,"HEART, WHITE",6,2011-01-01,2.55,17850,UK',
    '3,85123A,"HEART, WHITE",6,2011-01-01,2.95,17851,UK',
    '4,85123A,  WHITE   HEART ,6,2011-01-01,2.55,17851,UK',
    'C5,22423,CAKESTAND,1,2011-01-01,12.75,17850,UK',
    '6,POST,POSTAGE,1,2011-01-01,18,17850,UK',
    '7,22423,CAKESTAND,-1,2011-01-01,12.75,17850,UK',
    '8,22423,CAKESTAND,1,2011-01-01,12.75,,UK',
  ];
  const items = 'item,title,categories\n"85123A","Heart, white","heart|white"\n"22423","x",""\n';
  const categories = await readCategories([items]);
  const catalogue = await catalogueFromLog([HEADER + rows.join('\n')], categories);
  assert.deepEqual(
    catalogue.map(({ item, title, price_minor, categories }) => [
      item,
      title,
      price_minor,
      categories,
    ]),
    [
      ['85123A', 'HEART, WHITE', 255, ['heart', 'white']],
      ['22423', 'CAKESTAND', 1275, []],
    ],
  );
});
