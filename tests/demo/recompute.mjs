// Counts, from the log alone, what the aggregators must have summed up. Shares no code with the
// project: it reads tasks.json, which says what is counted in terms of the log's columns.
//
//   node recompute.mjs LOG.csv[.gz] DIR        DIR holds tasks.json and shown.jsonl
//
// Prints one JSON object: the counts of each task by its name.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

// RFC 4180 in one expression: a quoted or plain field, and what ends it.
function* records(text) {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  let row = [];
  while (field.lastIndex < text.length) {
    const [, quoted, plain, end] = field.exec(text);
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') {
      yield row;
      row = [];
    }
  }
}

function onlineRetail(names, rows) {
  const [customer, invoice, item, quantity, date] = [
    'CustomerID',
    'InvoiceNo',
    'StockCode',
    'Quantity',
    'InvoiceDate',
  ].map((name) => names.indexOf(name));
  return rows
    .filter((row) => row[customer] && !row[invoice].startsWith('C') && Number(row[quantity]) > 0)
    .map((row) => ({
      customer: row[customer],
      item: row[item],
      quantity: Number(row[quantity]),
      time: Date.parse(`${row[date].replace(' ', 'T').replace('Z', '')}Z`),
    }));
}

function plain(names, rows) {
  const [user, item, time] = ['user', 'item', 'timestamp'].map((name) => names.indexOf(name));
  return rows.map((row) => ({
    customer: row[user],
    item: row[item],
    quantity: 1,
    time: Number(row[time]) * 1000,
  }));
}

export function rowsOf(log) {
  const bytes = readFileSync(log);
  const text = (log.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [names, ...rows] = records(text.replace(/^\uFEFF/, ''));
  return names.includes('InvoiceNo') ? onlineRetail(names, rows) : plain(names, rows);
}

function byCustomer(rows) {
  const customers = new Map();
  for (const row of rows)
    customers.set(row.customer, [...(customers.get(row.customer) ?? []), row]);
  return customers;
}

function interest(task, customers) {
  const last = task.labels.length - 1;
  const counts = task.labels.map(() => 0);
  for (const rows of customers.values()) {
    const units = task.labels.map(() => 0);
    for (const { item, quantity } of rows) {
      units[task.columns.bucket_of_stock_code[item] ?? last] += quantity;
    }
    counts[units.indexOf(Math.max(...units))] += 1;
  }
  return counts;
}

function conversion(task, customers, shown) {
  const counts = task.labels.map(() => 0);
  for (const { customer, items } of shown) {
    const rows = customers.get(customer) ?? [];
    const matches = rows.some(({ item }) => items.includes(item));
    counts[matches ? 3 : rows.length > 0 ? 2 : 1] += 1;
  }
  return counts;
}

export function recompute(log, folder) {
  const { window, tasks } = JSON.parse(readFileSync(`${folder}/tasks.json`, 'utf8'));
  const shown = readFileSync(`${folder}/shown.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const [from, until] = [window.from, window.until].map((day) => Date.parse(`${day}T00:00:00Z`));
  const rows = rowsOf(log).filter(({ time }) => time >= from && time < until);
  const customers = byCustomer(rows);
  const count = (task) =>
    task.measurement === 'category_interest'
      ? interest(task, customers)
      : conversion(task, customers, shown);
  return Object.fromEntries(tasks.map((task) => [task.name, count(task)]));
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const [, , log, folder] = process.argv;
  console.log(JSON.stringify(recompute(log, folder)));
}
