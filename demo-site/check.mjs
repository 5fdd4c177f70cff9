// Walks a visitor's story through the shop in real browsers and prints one line of JSON.
//
//   node check.mjs --data DIR [--out DIR] [--baya DIR]
//
// Exits 1 with the step and what was seen there when something is not as it must be.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { launch } from '../tests/browser/lib/browser.mjs';
import { startShop } from './serve.mjs';

const SHELF_SIZE = 8;
const MEASURED = 2; // tasks that a browser takes part in: catalogue/tasks.mjs
const WAIT_MS = 30_000;
const here = dirname(fileURLToPath(import.meta.url));

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    baya: { type: 'string', default: join(here, '../js-bindings/dist') },
  },
});

const catalogue = JSON.parse(readFileSync(join(options.data, 'catalogue.json'), 'utf8'));
const summary = { shop: '', steps: [] };
const profiles = mkdtempSync(join(tmpdir(), 'baya-demo-'));
if (options.out) mkdirSync(options.out, { recursive: true });

function leave(name, content) {
  if (options.out) writeFileSync(join(options.out, name), content);
}

async function step(name, work) {
  const started = Date.now();
  try {
    const seen = await work();
    summary.steps.push({ step: name, ms: Date.now() - started, ...seen });
  } catch (error) {
    throw new Error(`${name}: ${error.message}`, { cause: error });
  }
}

// What the page says about itself, all of it run inside the page.
const inPage = {
  traces: async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: Object.fromEntries(Object.entries(localStorage).filter(([key]) => key !== 'cart')),
    cookie: document.cookie,
  }),
  recommend: (limit) => window.baya.recommend({ limit }),
  choose: (choice) => document.querySelector(`[data-choice="${choice}"]`).click(),
  consentState: () => window.baya.consentState(),
  track: (event, properties) => window.baya.track(event, properties),
  inventory: async () => {
    const { rights } = await import('/baya/rights.js');
    return rights(window.baya).inventory();
  },
  export: async () => {
    const { rights } = await import('/baya/rights.js');
    return rights(window.baya).export();
  },
  import: async (text) => {
    const { rights } = await import('/baya/rights.js');
    return rights(window.baya).import(text);
  },
  explain: async (item) => {
    const { rights } = await import('/baya/rights.js');
    return rights(window.baya).explain(item);
  },
  correct: async (field, value) => {
    const { rights } = await import('/baya/rights.js');
    return rights(window.baya).correct(field, value);
  },
  erase: async () => {
    const { rights } = await import('/baya/rights.js');
    return rights(window.baya).erase({ all: true });
  },
  reportLog: async () => {
    const { rights } = await import('/baya/rights.js');
    return rights(window.baya).reportLog();
  },
  shelf: () =>
    [...document.querySelectorAll('#shelf [data-item]')].map((card) => ({
      item: card.dataset.item,
      reason: card.querySelector('.reason')?.textContent ?? '',
    })),
  // A scroll that is under way, such as to what was just focused, may undo the first tries.
  topIsInView: async () => {
    document.activeElement?.blur();
    scrollTo({ top: 0, behavior: 'instant' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    return scrollY === 0;
  },
};

const itemsOf = (recommendations) => recommendations.map(({ item }) => item);

// Without the place that tries out something new, which is another on every device.
const settledOf = (recommendations) =>
  itemsOf(recommendations.filter(({ reasons }) => reasons[0]?.code !== 'exploring'));

async function open(engine, name, origin, path = '/') {
  const browser = await launch({ engine, profileDir: join(profiles, name) });
  await browser.goto(origin + path);
  await browser.waitFor("window.baya && !document.querySelector('#shelf[aria-busy]')", WAIT_MS);
  return browser;
}

async function allow(browser) {
  await browser.waitFor("document.querySelector('[data-choice]')", WAIT_MS);
  await browser.evaluate(inPage.choose, 'accept');
  await waitUntil(
    async () => (await browser.evaluate(inPage.consentState)).purposes.store?.allowed,
  );
}

async function waitUntil(condition) {
  const end = Date.now() + WAIT_MS;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const kindOf = (product) => product.categories[0];

// The first two products, best sellers where the shop is a log, of each of the two largest kinds.
function productsToBuy() {
  const byKind = new Map();
  for (const product of catalogue) {
    const kind = kindOf(product);
    if (kind) byKind.set(kind, [...(byKind.get(kind) ?? []), product]);
  }
  const kinds = [...byKind.values()].sort((a, b) => b.length - a.length);
  assert.ok(kinds.length >= 2, 'the catalogue has no two kinds of product');
  return [...kinds[0].slice(0, 2), ...kinds[1].slice(0, 2)];
}

const kinds = new Map(catalogue.map((product) => [product.item, kindOf(product)]));
// How many others than those bought are of the kind.
const countOfKind = (ranked, kind, bought) =>
  itemsOf(ranked).filter((item) => kinds.get(item) === kind && !itemsOf(bought).includes(item))
    .length;

// What speaks for an item is of the kind that was bought: one of the items, or the kind itself.
const namesKind = ({ reasons }, kind) =>
  reasons.some(({ because }) => because === kind || kinds.get(because) === kind);

async function buy(browser, products) {
  for (const product of products) {
    const properties = { product_id: product.item, category: product.categories[0] };
    assert.deepEqual(await browser.evaluate(inPage.track, 'Product Viewed', properties), {
      accepted: true,
    });
  }
  const order = {
    order_id: 'check-1',
    products: products.map((product) => ({
      product_id: product.item,
      quantity: 1,
      price: product.price_minor / 100,
    })),
  };
  assert.deepEqual(await browser.evaluate(inPage.track, 'Order Completed', order), {
    accepted: true,
  });
}

async function mainStory(origin) {
  let browser = await open('chromium', 'visitor', origin);
  try {
    let popular;
    await step('before consent: nothing is kept, the shelf is what is popular', async () => {
      const traces = await browser.evaluate(inPage.traces);
      assert.deepEqual(traces, { databases: [], local: {}, cookie: '' });
      await waitUntil(async () => {
        popular = await browser.evaluate(inPage.recommend, SHELF_SIZE);
        return popular.length === SHELF_SIZE;
      });
      assert.ok(popular.every(({ personal }) => !personal));
      assert.deepEqual(await browser.evaluate(inPage.traces), traces);
      await shoot(browser, 'before-consent.png');
    });

    await step('refusal: one record without identifier, nobody is asked again', async () => {
      await browser.waitFor("document.querySelector('[data-choice]')", WAIT_MS);
      await browser.evaluate(inPage.choose, 'refuse');
      await waitUntil(async () => (await browser.evaluate(inPage.consentState)).asked);
      const { databases, local, cookie } = await browser.evaluate(inPage.traces);
      assert.deepEqual({ databases, cookie }, { databases: [], cookie: '' });
      assert.deepEqual(Object.keys(local), ['baya']);
      await browser.reload();
      await browser.waitFor("window.baya && document.querySelector('#shelf [data-item]')", WAIT_MS);
      assert.equal((await browser.evaluate(inPage.consentState)).asked, true);
      assert.equal(
        await browser.evaluate("document.querySelector('#privacy-choice').hidden"),
        true,
      );
      return { record: local.baya };
    });

    const bought = productsToBuy();
    await step('consent: two kinds of product are bought and rise, with a reason', async () => {
      await browser.evaluate('document.querySelector(\'[data-open="privacy"]\').click()');
      await allow(browser);
      await buy(browser, bought);
      const ranked = await browser.evaluate(inPage.recommend, SHELF_SIZE);
      assert.ok(ranked.some(({ personal }) => personal));
      const rises = {};
      for (const kind of new Set(bought.map(kindOf))) {
        const of = {
          before: countOfKind(popular, kind, bought),
          after: countOfKind(ranked, kind, bought),
        };
        rises[kind] = of;
        assert.ok(of.after > of.before, `${kind} does not rise: ${JSON.stringify(of)}`);
        const because = ranked.filter((one) => namesKind(one, kind));
        assert.ok(because.length > 0, `no reason names ${kind}`);
      }
      const { score, contributions } = await browser.evaluate(inPage.explain, ranked[0].item);
      const sum = contributions.reduce((total, { points }) => total + points, 0);
      assert.equal(sum, score, 'the contributions do not add up to the score');
      await shoot(browser, 'for-you.png');
      return {
        bought: itemsOf(bought),
        shelf: itemsOf(ranked),
        rises,
        explained: contributions.length,
      };
    });

    await step('what was agreed to be counted leaves in two halves', async () => {
      let sent;
      await waitUntil(async () => {
        sent = (await browser.evaluate(inPage.reportLog)).filter(({ state }) => state === 'sent');
        return sent.length === MEASURED;
      });
      const uploads = browser.uploads();
      assert.equal(uploads.length, MEASURED);
      leave(
        'visitor-reports.jsonl',
        uploads
          .map(({ url, bytes, timeMs }) =>
            JSON.stringify({ url, bytes, status: 200, sent_ms: timeMs }),
          )
          .map((line) => `${line}\n`)
          .join(''),
      );
      return { reports: sent.map(({ title, label }) => ({ title, label })) };
    });

    await step('a control visitor keeps the popular shelf, but for one thing to try', async () => {
      const control = await open('chromium', 'control', origin);
      try {
        await allow(control);
        const ranked = await control.evaluate(inPage.recommend, SHELF_SIZE);
        const settled = settledOf(ranked);
        assert.equal(settled.length, SHELF_SIZE - 1);
        assert.deepEqual(settled, itemsOf(popular).slice(0, settled.length));
      } finally {
        await control.close();
      }
    });

    await step('killed and opened again: the profile is whole', async () => {
      const before = await browser.evaluate(inPage.inventory);
      const shelf = await browser.evaluate(inPage.recommend, SHELF_SIZE);
      await browser.kill();
      // A page that tracks nothing by itself.
      browser = await open('chromium', 'visitor', origin, '/my-data.html');
      const stable = (fields) => fields.map(({ field, value }) => `${field}=${value}`).sort();
      assert.deepEqual(stable(await browser.evaluate(inPage.inventory)), stable(before));
      assert.deepEqual(
        itemsOf(await browser.evaluate(inPage.recommend, SHELF_SIZE)),
        itemsOf(shelf),
      );
      return { fields: before.length };
    });

    let exported;
    let shelf;
    await step('what is disliked is gone, and a second tab knows', async () => {
      const [first] = await browser.evaluate(inPage.recommend, SHELF_SIZE);
      const tab = await browser.newTab();
      await tab.goto(`${origin}/my-data.html`);
      await tab.waitFor('window.baya', WAIT_MS);
      await browser.evaluate(inPage.track, 'Product Disliked', { product_id: first.item });
      const gone = async (page) =>
        !itemsOf(await page.evaluate(inPage.recommend, SHELF_SIZE)).includes(first.item);
      await waitUntil(() => gone(browser));
      await waitUntil(() => gone(tab));
      await shoot(tab, 'my-data.png');
      return { item: first.item };
    });

    await step('an inference is corrected, all is exported, then erased', async () => {
      const fields = await browser.evaluate(inPage.inventory);
      const inference = fields.find(({ inferred }) => inferred);
      assert.ok(inference, 'nothing is inferred');
      const ack = await browser.evaluate(inPage.correct, inference.field, null);
      assert.deepEqual(ack, { accepted: true });
      const corrected = await browser.evaluate(inPage.inventory);
      const held = corrected.find(({ field }) => field === inference.field);
      assert.equal(held?.contradicted, true, 'the correction does not show');
      shelf = settledOf(await browser.evaluate(inPage.recommend, SHELF_SIZE));
      exported = await browser.evaluate(inPage.export);
      assert.ok(JSON.parse(exported));
      leave('export.json', exported);
      await browser.evaluate(inPage.erase);
      const traces = await browser.evaluate(inPage.traces);
      assert.deepEqual(traces.databases, []);
      return { corrected: inference.field, bytes: exported.length };
    });

    await step('imported in Firefox: the same shelf', async () => {
      const firefox = await open('firefox', 'imported', origin);
      try {
        await allow(firefox);
        assert.deepEqual(await firefox.evaluate(inPage.import, exported), { accepted: true });
        await waitUntil(async () => {
          const there = settledOf(await firefox.evaluate(inPage.recommend, SHELF_SIZE));
          return JSON.stringify(there) === JSON.stringify(shelf);
        });
      } finally {
        await firefox.close();
      }
    });
  } finally {
    await browser.close();
  }
}

async function shoot(browser, name) {
  if (!options.out) return;
  await waitUntil(() => browser.evaluate(inPage.topIsInView));
  await browser.screenshot(join(options.out, name));
}

// Consent, track, recommend, reload, erase.
async function smoke(engine, origin) {
  await step(`smoke in ${engine}`, async () => {
    const browser = await open(engine, `smoke-${engine}`, origin);
    try {
      assert.deepEqual((await browser.evaluate(inPage.traces)).databases, []);
      await allow(browser);
      await buy(browser, productsToBuy());
      const ranked = itemsOf(await browser.evaluate(inPage.recommend, SHELF_SIZE));
      await browser.reload();
      await browser.waitFor('window.baya', WAIT_MS);
      assert.deepEqual(itemsOf(await browser.evaluate(inPage.recommend, SHELF_SIZE)), ranked);
      await browser.evaluate(inPage.erase);
      assert.deepEqual((await browser.evaluate(inPage.traces)).databases, []);
      return { version: browser.version };
    } finally {
      await browser.close();
    }
  });
}

const shop = await startShop({ data: options.data, baya: options.baya, port: 0 });
summary.shop = JSON.parse(readFileSync(join(options.data, 'shop.json'), 'utf8')).name;
try {
  await mainStory(shop.origin);
  for (const engine of ['firefox', 'webkit']) await smoke(engine, shop.origin);
  summary.ok = true;
} catch (error) {
  summary.ok = false;
  summary.failed = error.message;
  console.error(error);
  process.exitCode = 1;
} finally {
  await shop.close();
  rmSync(profiles, { recursive: true, force: true });
}
leave('summary.json', `${JSON.stringify(summary, null, 2)}\n`);
console.log(JSON.stringify(summary));
