// Which kinds of product the customers of a log bought most of, so that a histogram of few buckets
// tells most of them apart.
import { csvRows, isSale, textOf } from './from_log.mjs';

// Of both kinds of log that the trainer reads.
function purchaseOf(row) {
  if (row.timestamp !== undefined) {
    return { customer: row.user, item: row.item, units: 1, time: Number(row.timestamp) * 1000 };
  }
  if (!isSale(row)) return undefined;
  const time = Date.parse(`${row.InvoiceDate.replace(' ', 'T').replace('Z', '')}Z`);
  return { customer: row.CustomerID, item: row.StockCode, units: Number(row.Quantity), time };
}

/** Purchases of a text before `until`, a time in ms. What comes later is for tests of the result. */
export async function purchasesBefore(chunks, until) {
  const purchases = [];
  for await (const row of csvRows(chunks)) {
    const purchase = purchaseOf(row);
    if (purchase && purchase.time < until) purchases.push(purchase);
  }
  return purchases;
}

export const purchasesOfLog = (file, day) =>
  purchasesBefore(textOf(file), Date.parse(`${day}T00:00:00Z`));

// By customer, the units of each kind; products without one are a kind of their own.
function unitsByCustomer(purchases, kindOfItem) {
  const customers = new Map();
  for (const { customer, item, units } of purchases) {
    const kinds = customers.get(customer) ?? new Map();
    const kind = kindOfItem.get(item);
    customers.set(customer, kinds.set(kind, (kinds.get(kind) ?? 0) + units));
  }
  return customers;
}

/** Kind of product to the number of customers who bought more of it than of any other. */
export function customersByKind(purchases, kindOfItem) {
  const counts = new Map();
  for (const kinds of unitsByCustomer(purchases, kindOfItem).values()) {
    const [[most]] = [...kinds].sort((a, b) => b[1] - a[1]);
    counts.set(most, (counts.get(most) ?? 0) + 1);
  }
  counts.delete(undefined);
  return counts;
}
