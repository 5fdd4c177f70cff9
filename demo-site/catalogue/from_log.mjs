// Makes the shop's catalogue.json from a retailer's log with the Online Retail columns, plain or gzip:
//
//   node from_log.mjs LOG.csv[.gz] > catalogue.json
//
// Takes the rows that the trainer takes: a customer, no cancellation, quantity and price above zero, a
// stock code of five digits and at most two letters. An item's title is its most frequent
// description, its price the median.
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

const STOCK_CODE = /^\d{5}[A-Za-z]{0,2}$/;
const CURRENCY = 'GBP';

// The records of an RFC 4180 text that arrives in chunks, each an array of fields.
export async function* csvRecords(chunks) {
  let field = '';
  let record = [];
  let quoted = false;
  let closing = false; // the last character was a quote inside a quoted field
  for await (const chunk of chunks) {
    for (const character of chunk) {
      if (quoted && character === '"' && !closing) {
        closing = true;
        continue;
      }
      if (closing) {
        closing = false;
        if (character === '"') {
          field += '"';
          continue;
        }
        quoted = false;
      }
      if (quoted) field += character;
      else if (character === '"') quoted = true;
      else if (character === ',') {
        record.push(field);
        field = '';
      } else if (character === '\n') {
        record.push(field);
        yield record;
        record = [];
        field = '';
      } else if (character !== '\r') field += character;
    }
  }
  if (field !== '' || record.length > 0) yield [...record, field];
}

function isSale(row) {
  return (
    row.CustomerID !== '' &&
    !row.InvoiceNo.startsWith('C') &&
    Number(row.Quantity) > 0 &&
    Number(row.UnitPrice) > 0 &&
    STOCK_CODE.test(row.StockCode)
  );
}

const mostFrequent = (counts) => [...counts].sort((a, b) => b[1] - a[1])[0][0];

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function addSale(items, row) {
  const item = items.get(row.StockCode) ?? { titles: new Map(), prices: [], sales: 0 };
  const title = row.Description.trim().replace(/\s+/g, ' ');
  item.titles.set(title, (item.titles.get(title) ?? 0) + 1);
  item.prices.push(Math.round(Number(row.UnitPrice) * 100));
  item.sales += 1;
  items.set(row.StockCode, item);
}

// The catalogue, best seller first.
export async function catalogueFromLog(chunks) {
  const items = new Map();
  let header;
  for await (const record of csvRecords(chunks)) {
    if (header) addSaleRow(items, header, record);
    else header = record;
  }
  return [...items]
    .sort((a, b) => b[1].sales - a[1].sales || (a[0] < b[0] ? -1 : 1))
    .map(([item, { titles, prices }]) => ({
      item,
      title: mostFrequent(titles),
      categories: [],
      brand: '',
      price_minor: median(prices),
      currency: CURRENCY,
      tags: [],
    }));
}

function addSaleRow(items, header, record) {
  const row = Object.fromEntries(header.map((name, i) => [name, record[i] ?? '']));
  if (isSale(row)) addSale(items, row);
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const file = process.argv[2];
  const bytes = createReadStream(file);
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  process.stdout.write(JSON.stringify(await catalogueFromLog(text.setEncoding('utf8'))));
}
