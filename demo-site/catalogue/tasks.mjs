// What the demonstration shop measures:
//
//   node tasks.mjs definition LOG UNTIL < catalogue.json
//                                                   for `baya tasks`; LOG, before the day UNTIL, says
//                                                   which kinds of product get a count of their own
//   node tasks.mjs columns TASKS.json FROM UNTIL < catalogue.json
//                                                   what `baya tasks` wrote, in terms of a log's columns
//                                                   as well, so that anybody can count by hand
import { readFileSync } from 'node:fs';

import { customersByKind, purchasesOfLog } from './interest.mjs';

const DAY_S = 86_400;
const WINDOW_S = 39 * DAY_S;
const CATEGORIES = 31;
const OTHER = 'other';

const kindOf = (product) => product.categories[0];

/**
 * The kinds of product that are most customers' favourite, as many as fit, then the rest. The size
 * of a kind decides between those that are equally many's.
 */
export function labelsOf(catalogue, purchases) {
  const customers = customersByKind(
    purchases,
    new Map(catalogue.map((one) => [one.item, kindOf(one)])),
  );
  const sizes = new Map();
  for (const kind of catalogue.map(kindOf).filter(Boolean)) {
    sizes.set(kind, (sizes.get(kind) ?? 0) + 1);
  }
  const most = [...sizes]
    .map(([kind, size]) => ({ kind, size, customers: customers.get(kind) ?? 0 }))
    .sort((a, b) => b.customers - a.customers || b.size - a.size || (a.kind < b.kind ? -1 : 1));
  return [...most.slice(0, CATEGORIES).map(({ kind }) => kind), OTHER];
}

const common = {
  policy: 'production',
  mechanism: 'discrete_laplace',
  min_batch_size: 20,
  period_s: 7 * DAY_S,
  window_s: WINDOW_S,
  delay_s: 5, // so that a visitor of the demonstration sees it leave; a shop would take hours
  time_precision_s: DAY_S,
};

const interest = {
  title: 'What kind of product you buy most',
  text: 'Adds you to the count of one kind of product: the one of which you bought the most pieces here in the last 39 days. The shop learns how many people there are for each kind, with noise, and never whose device said what.',
  measurement: 'category_interest',
  signals: ['ordered'],
};

export function definition(catalogue, purchases) {
  const labels = labelsOf(catalogue, purchases);
  return {
    tasks: [
      { name: 'category-interest', ...interest, ...common, epsilon: 1, labels },
      {
        name: 'conversion-after-recommendation',
        title: 'Whether the \u201cFor you\u201d shelf is of use',
        text: 'Says one of four things about the last 39 days: you were shown no shelf; you were shown one and bought nothing; you bought something else; you bought something that had been shown. The shop learns how many people there are for each, with noise, and never whose device said what.',
        measurement: 'conversion_after_recommendation',
        ...common,
        epsilon: 0.5,
      },
      {
        name: 'category-interest-test',
        ...interest,
        ...common,
        title: 'A test without noise',
        text: 'For tests with simulated people alone: your browser takes no part in it.',
        policy: 'test',
        mechanism: 'none',
        labels,
      },
    ],
  };
}

const ROWS =
  'CustomerID is not empty, InvoiceNo does not begin with C, Quantity is above 0. In a log with the columns user,item,timestamp: all; user, item and timestamp for CustomerID, StockCode and InvoiceDate, a Quantity of 1';

/** `declared`: what `baya tasks` wrote about its tasks. */
export function inColumns(catalogue, declared, { from, until }) {
  const { labels } = declared.tasks.find(({ measurement }) => measurement === interest.measurement);
  const place = (kind) => (labels.includes(kind) ? labels.indexOf(kind) : labels.length - 1);
  const buckets = Object.fromEntries(catalogue.map((one) => [one.item, place(kindOf(one))]));
  const rules = {
    category_interest: {
      rule: 'For each CustomerID: the bucket with the largest sum of Quantity over the rows of the window, of equals the first. A StockCode that is not listed belongs to the last bucket.',
      bucket_of_stock_code: buckets,
    },
    conversion_after_recommendation: {
      rule: 'For each CustomerID in shown.jsonl, the items shown at the start of the window: 3 when a row of the window has a StockCode that was shown, else 2 when there is a row, else 1.',
    },
  };
  return {
    rows: ROWS,
    window: { column: 'InvoiceDate', from, until },
    tasks: declared.tasks.map((task) => ({ ...task, columns: rules[task.measurement] })),
  };
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const [, , what, file, ...days] = process.argv;
  const catalogue = JSON.parse(readFileSync(0, 'utf8'));
  const made =
    what === 'columns'
      ? inColumns(catalogue, JSON.parse(readFileSync(file, 'utf8')), {
          from: days[0],
          until: days[1],
        })
      : definition(catalogue, await purchasesOfLog(file, days[0]));
  process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
}
