// Makes the shop's catalogue.json from a retailer's log with the Online Retail columns, plain or gzip:
//
//   node from_log.mjs LOG.csv[.gz] [ITEMS.csv] > catalogue.json
//
// ITEMS.csv is what `baya inspect --items` prints of the pack learned from the log: a log has no
// categories, and the trainer derives some from the titles.
//
// Takes the rows that the trainer takes: a customer, no cancellation, quantity and price above zero, a
// stock code of five digits and at most two letters. An item's title is its most frequent
// description, its price the median.
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

const STOCK_CODE = /^\d{5}[A-Za-z]{0,2}$/;
const CURRENCY = 'GBP';

// Splits an RFC 4180 text into records, character by character.
class CsvReader {
  #field = '';
  #record = [];
  #take = this.#plain;

  // The record that `character` ends, or nothing.
  push(character) {
    return this.#take(character);
  }

  // The last record when no line break follows it.
  end() {
    return this.#field !== '' || this.#record.length > 0 ? this.#endRecord() : undefined;
  }

  #plain(character) {
    if (character === '\n') return this.#endRecord();
    if (character === '"') this.#take = this.#quoted;
    else if (character === ',') this.#endField();
    else if (character !== '\r') this.#field += character;
    return undefined;
  }

  #quoted(character) {
    if (character === '"') this.#take = this.#afterQuote;
    else this.#field += character;
  }

  // A quote inside a quoted field ends it, unless another follows.
  #afterQuote(character) {
    if (character === '"') {
      this.#field += character;
      this.#take = this.#quoted;
      return undefined;
    }
    this.#take = this.#plain;
    return this.#plain(character);
  }

  #endField() {
    this.#record.push(this.#field);
    this.#field = '';
  }

  #endRecord() {
    this.#endField();
    const record = this.#record;
    this.#record = [];
    return record;
  }
}

// The records of a text that arrives in chunks, each an array of fields.
export async function* csvRecords(chunks) {
  const reader = new CsvReader();
  for await (const chunk of chunks) {
    for (const character of chunk) {
      const record = reader.push(character);
      if (record) yield record;
    }
  }
  const last = reader.end();
  if (last) yield last;
}

export function isSale(row) {
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

// The rows of a text whose first record names the columns.
export async function* csvRows(chunks) {
  let header;
  for await (const record of csvRecords(chunks)) {
    if (header) yield Object.fromEntries(header.map((name, i) => [name, record[i] ?? '']));
    else header = record;
  }
}

// The categories of items by their code.
export async function readCategories(chunks) {
  const categories = new Map();
  for await (const row of csvRows(chunks)) {
    categories.set(row.item, row.categories.split('|').filter(Boolean));
  }
  return categories;
}

// The catalogue, best seller first.
export async function catalogueFromLog(chunks, categories = new Map()) {
  const items = new Map();
  for await (const row of csvRows(chunks)) {
    if (isSale(row)) addSale(items, row);
  }
  return [...items]
    .sort((a, b) => b[1].sales - a[1].sales || (a[0] < b[0] ? -1 : 1))
    .map(([item, { titles, prices }]) => ({
      item,
      title: mostFrequent(titles),
      categories: categories.get(item) ?? [],
      brand: '',
      price_minor: median(prices),
      currency: CURRENCY,
      tags: [],
    }));
}

export function textOf(file) {
  const bytes = createReadStream(file);
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  return text.setEncoding('utf8');
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const [, , log, items] = process.argv;
  const categories = items ? await readCategories(textOf(items)) : undefined;
  process.stdout.write(JSON.stringify(await catalogueFromLog(textOf(log), categories)));
}
