// The catalogue in the form the pages read, from products.csv or from a retailer's log.
//
//   node catalogue_json.mjs < products.csv > catalogue.json
//   zcat online-retail.csv.gz | node catalogue_json.mjs --log > catalogue.json
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// RFC 4180: quoted cells may hold commas, quotes and line ends.
export function parseCsv(text) {
  const rows = [];
  let row = [];
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g,
  )) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  const [names = [], ...cells] = rows;
  return cells.map((line) => Object.fromEntries(names.map((name, i) => [name, line[i] ?? ''])));
}

const toMinor = (price) => Math.round(Number(price) * 100);
const toList = (text) => text.split('|').filter(Boolean);

export function catalogueFromProducts(csv, currency = 'GBP') {
  return parseCsv(csv).map((row) => ({
    item: row.item,
    title: row.title,
    categories: toList(row.categories),
    brand: row.brand,
    price_minor: toMinor(row.price),
    currency,
    tags: toList(row.tags),
    picture: row.picture,
    hue: Number(row.hue),
  }));
}

// Each stock code that sold at a price, with its latest description and price; the rows are taken
// to be ascending by time. Most often sold first.
export function catalogueFromLog(csv, currency = 'GBP') {
  const items = new Map();
  for (const { StockCode, Description, Quantity, UnitPrice } of parseCsv(csv)) {
    const price = toMinor(UnitPrice);
    if (!StockCode || !Description.trim() || !(price > 0) || !(Number(Quantity) > 0)) continue;
    const sold = (items.get(StockCode)?.sold ?? 0) + 1;
    items.set(StockCode, { sold, title: Description.trim(), price });
  }
  return [...items]
    .sort(([, a], [, b]) => b.sold - a.sold)
    .map(([item, { title, price }]) => ({
      item,
      title,
      categories: [],
      brand: '',
      price_minor: price,
      currency,
      tags: [],
    }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const make = process.argv.includes('--log') ? catalogueFromLog : catalogueFromProducts;
  process.stdout.write(`${JSON.stringify(make(readFileSync(0, 'utf8')))}\n`);
}
