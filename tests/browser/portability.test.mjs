// Export, erase, import: in each engine one visitor with the same past exports, erases everything and
// imports again; then each engine imports what each exported. The nine inventories and the nine
// plain shelves with their scores are the same to the byte, and those from before the erasure too.
//
// The clocks stand still, so that times of use are the same as well.
import assert from 'node:assert/strict';
import test from 'node:test';

import { plan, sitePack } from '../lib/site_pack.mjs';
import { engines } from './lib/browser.mjs';
import { grant, newProfile, startShop, visit, withBrowser } from './lib/tagged_shop.mjs';

const SHELF = 20;
const ITEMS = 200;
const HOUR_MS = 3_600_000;
const nowMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;

const fields = {
  ...plan.fields,
  'item.quantity': ['store', 'personalize'],
  'item.brand': ['store', 'personalize'],
  'order.id': ['store', 'personalize'],
  'list.id': ['store', 'personalize'],
  'trait.name': ['store'],
};

const shopPack = sitePack({ items: ITEMS, neighbours: 5, plan: { ...plan, fields } });
const itemAt = (i) => `${i % 2 === 0 ? 'lamp' : 'mug'}-${i}`;

// [[verb, name, properties]], some hundred over two months; the same each time.
function past() {
  const calls = [
    [
      'identify',
      'visitor-7',
      { email: 'seven@shop.example', name: 'Zo\u00eb \u201c7\u201d \u{1faba}' },
    ],
  ];
  for (let i = 0; i < 120; i++) {
    const product_id = itemAt((i * 37) % ITEMS);
    const category = i % 3 === 0 ? 'lamps' : 'mugs';
    calls.push(['track', 'Product Viewed', { product_id, category, price: 9.99 + i }]);
    if (i % 7 === 0) calls.push(['track', 'Product Added', { product_id, quantity: 1 + (i % 3) }]);
    if (i % 11 === 0) calls.push(['track', 'Products Searched', { query: `gr\u00f6\u00dfe ${i}` }]);
    if (i % 29 === 0) {
      const products = [{ product_id, quantity: 2, price: 12.5 }];
      calls.push(['track', 'Order Completed', { order_id: `o-${i}`, products, total: 25 }]);
    }
  }
  return calls;
}

const live = (tab, calls, prefix = 'm') =>
  tab.evaluate(
    async (list, ids, startMs, stepMs) => {
      const acks = await Promise.all(
        list.map(([verb, name, properties], i) =>
          baya[verb](name, properties, {
            messageId: `${ids}-${i}`,
            timestamp: startMs + i * stepMs,
          }),
        ),
      );
      return acks.filter(({ accepted }) => !accepted).map(({ reason }) => reason);
    },
    calls,
    prefix,
    nowMs - 60 * 24 * HOUR_MS,
    7 * HOUR_MS,
  );

// What the person says beside it; its message id is random.
const correct = (tab) => tab.evaluate(() => mine.correct('interest.category.mugs', null));
const withoutIds = (json) => json.replaceAll(/"person-[^"]*"/g, '"person"');

// The inventory as text, and the plain shelf with scores and shares.
const tablesOf = (tab) =>
  tab.evaluate(async (limit) => {
    const inventory = JSON.stringify(await mine.inventory());
    const shelf = [];
    for (const { item, personal, reasons } of await baya.recommend({ limit, plain: true })) {
      const { score, contributions } = await mine.explain(item);
      shelf.push([item, personal, score, contributions, reasons]);
    }
    return { inventory, shelf: JSON.stringify(shelf) };
  }, SHELF);

const exported = (tab) => tab.evaluate(() => mine.export());
const taken = (tab, json) => tab.evaluate((text) => mine.import(text), json);

// Long texts: says where they part, and what is there.
function assertSame(actual, expected, what) {
  if (actual === expected) return;
  let at = 0;
  while (actual[at] === expected[at]) at++;
  const around = (text) => text.slice(Math.max(0, at - 100), at + 100);
  assert.fail(`${what}, at ${at}:\n${around(actual)}\n${around(expected)}`);
}

function assertSameTables(actual, expected, what) {
  assertSame(actual.inventory, expected.inventory, `inventory, ${what}`);
  assertSame(actual.shelf, expected.shelf, `shelf, ${what}`);
}

async function openShop(t) {
  const stopped = `Date.now = () => ${nowMs};\n`;
  const shop = await startShop(shopPack, stopped);
  t.after(() => shop.close());
  const page = shop.routes['/index.html'];
  const body = page.body.replace('<script', '<script src="/clock.js"></script><script');
  shop.routes['/index.html'] = { ...page, body };
  shop.routes['/clock.js'] = { body: stopped };
  return shop;
}

// Its tables before and after, and what it exported.
async function exportEraseImport(t, engine, shop) {
  return withBrowser({ engine, profileDir: await newProfile(t) }, async (tab) => {
    await visit(tab, shop);
    await grant(tab);
    assert.deepEqual(await live(tab, past()), []);
    assert.deepEqual(await correct(tab), { accepted: true });
    const json = await exported(tab);
    const before = await tablesOf(tab);
    await tab.evaluate(() => mine.erase({ all: true }));
    await assert.rejects(exported(tab));
    await grant(tab);
    const held = await tab.evaluate(() => mine.inventory());
    assert.deepEqual(held, [], 'control: it was erased');
    assert.deepEqual(await taken(tab, json), { accepted: true });
    const after = await tablesOf(tab);
    assert.deepEqual(
      await live(tab, [['track', 'Product Viewed', { product_id: 'lamp-2' }]], 'n'),
      [],
    );
    const later = await tablesOf(tab);
    assert.notEqual(later.inventory, after.inventory, 'control: one event more');
    assert.notEqual(later.shelf, after.shelf, 'control: one event more');
    return { json, before, after };
  });
}

// One visitor after the other, each with the export of another engine.
async function importEach(t, engine, shop, jsons) {
  const tables = [];
  for (const json of jsons) {
    tables.push(
      await withBrowser({ engine, profileDir: await newProfile(t) }, async (tab) => {
        await visit(tab, shop);
        await grant(tab);
        assert.deepEqual(await taken(tab, json), { accepted: true });
        return tablesOf(tab);
      }),
    );
  }
  return tables;
}

test('export, erase, import gives the same in every engine', { timeout: 900_000 }, async (t) => {
  const began = Date.now();
  const shop = await openShop(t);
  const own = [];
  for (const engine of engines) own.push(await exportEraseImport(t, engine, shop));
  const jsons = own.map(({ json }) => json);
  for (const [i, json] of jsons.entries()) {
    assertSame(withoutIds(json), withoutIds(jsons[0]), `export of ${engines[i]}`);
  }
  const [{ before }] = own;
  assert.equal(JSON.parse(before.shelf).length, SHELF);
  assert.ok(JSON.parse(before.shelf).every(([, personal, score]) => personal && score > 0));
  assert.ok(JSON.parse(before.inventory).length > 50);
  for (const [i, { before: first, after }] of own.entries()) {
    assertSameTables(first, before, `${engines[i]} before`);
    assertSameTables(after, before, `${engines[i]} after`);
  }
  const cells = [];
  for (const engine of engines) {
    for (const [j, table] of (await importEach(t, engine, shop, jsons)).entries()) {
      assertSameTables(table, before, `${engines[j]} to ${engine}`);
      cells.push(table);
    }
  }
  assert.equal(cells.length, engines.length ** 2);
  t.diagnostic(
    `${cells.length} of ${cells.length} equal: ${before.inventory.length} bytes of inventory, ` +
      `${before.shelf.length} of shelf, ${jsons[0].length} of export, ${Date.now() - began} ms`,
  );
});
