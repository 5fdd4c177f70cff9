// What a visitor sees of the shelf, on a page with the published tag: what they do acts at once and
// says so, what they say counts, and a visitor next door sees nothing of it.
import assert from 'node:assert/strict';
import test from 'node:test';

import { plan, sitePack } from '../lib/site_pack.mjs';
import { grant, startShop, visit, withBrowser } from './lib/tagged_shop.mjs';

const KINDS = ['lamps', 'mugs', 'bags', 'boots', 'bowls', 'books'];
const EACH = 6;
const ECO = 'eco-friendly';

// Six of each kind, the second of each eco-friendly; each is spoken for by the one
// before it of its kind. Popular in this order, but for one that nobody has bought yet.
const products = Array.from({ length: KINDS.length * EACH }, (_, i) => {
  const kind = KINDS[i % KINDS.length];
  const number = Math.floor(i / KINDS.length);
  return {
    id: `${kind}-${number}`,
    title: `The ${kind} of number ${number}`,
    level: 250 - 5 * i,
    sources: number === 0 ? [] : [i - KINDS.length],
    categories: [kind],
    tags: number === 1 ? [ECO] : [],
  };
});
products.push({
  id: 'new-0',
  title: 'New',
  level: 0,
  sources: [],
  categories: ['new'],
  tags: [ECO],
});
const kindOf = (item) => item.split('-')[0];
const isEco = (item) => products.find(({ id }) => id === item).tags.includes(ECO);

const own = {
  ...plan,
  fields: { ...plan.fields, 'item.quantity': ['store'] },
  promotions: [{ item: 'books-2', place: 10, reason: 'Made here' }],
};

const shelf = (tab, request = { limit: 10 }) =>
  tab.evaluate((asked) => baya.recommend(asked), request);
const itemsOf = async (tab, request) => (await shelf(tab, request)).map(({ item }) => item);
const track = (tab, event, properties) =>
  tab.evaluate(
    async (name, given) => {
      const ack = await baya.track(name, given);
      if (!ack.accepted) throw new Error(ack.reason);
    },
    event,
    properties,
  );
const correct = (tab, field, value) =>
  tab.evaluate(
    (name, said) => mine.correct(name, said === '' ? undefined : null).then((a) => a.accepted),
    field,
    value,
  );
const explain = (tab, item) => tab.evaluate((id) => mine.explain(id), item);

function mostOfAKind(items) {
  const counts = items.map((item) => items.filter((other) => kindOf(other) === kindOf(item)));
  return Math.max(...counts.map(({ length }) => length));
}

async function assertAddsUp(tab, items) {
  for (const item of items) {
    const { score, contributions } = await explain(tab, item);
    assert.equal(
      contributions.reduce((sum, { points }) => sum + points, 0),
      score,
      item,
    );
  }
}

const timeout = 180_000;

async function withVisitor(t, body) {
  const shop = await startShop(sitePack({ products, plan: own }));
  t.after(() => shop.close());
  await withBrowser({ engine: 'chromium' }, async (browser) => {
    await visit(browser, shop);
    await grant(browser);
    await body(browser, shop);
  });
}

// Another person as far as the browser is concerned: another origin, with consent of its own.
async function neighbour(browser, shop) {
  const tab = await browser.newTab();
  await visit(tab, { origin: shop.origin.replace('127.0.0.1', 'localhost') });
  await grant(tab);
  return tab;
}

test('a dislike takes the item away and lowers its kind at once', { timeout }, async (t) => {
  await withVisitor(t, async (tab) => {
    await track(tab, 'Product Viewed', { product_id: 'lamps-0' });
    assert.ok((await itemsOf(tab)).includes('lamps-1'));
    const before = (await explain(tab, 'lamps-3')).score;
    await track(tab, 'Product Disliked', { product_id: 'lamps-1' });
    assert.ok(!(await itemsOf(tab)).includes('lamps-1'));
    const after = await explain(tab, 'lamps-1');
    assert.equal(after.withheld, 'disliked');
    assert.ok((await explain(tab, 'lamps-3')).score < before);
    await assertAddsUp(tab, await itemsOf(tab));
  });
});

test('three eco-friendly orders lift what is eco-friendly, say so, and find what is new', {
  timeout,
}, async (t) => {
  await withVisitor(t, async (tab, shop) => {
    const control = await neighbour(tab, shop);
    const unmoved = await shelf(control);
    const before = await itemsOf(tab);
    assert.ok(!before.includes('new-0'));
    for (const product_id of ['lamps-1', 'mugs-1', 'bags-1']) {
      await track(tab, 'Order Completed', { products: [{ product_id }] });
    }
    const after = await shelf(tab);
    const items = after.map(({ item }) => item);
    assert.ok(items.filter(isEco).length > before.filter(isEco).length, items.join(' '));
    assert.ok(items.includes('new-0'), 'found through its attribute alone');
    const [reason] = after.find(({ item }) => item === 'new-0').reasons;
    assert.deepEqual([reason.code, reason.because], ['likes_tag', ECO]);
    assert.ok(!items.includes('lamps-1'), 'owned');
    assert.equal((await explain(tab, 'lamps-1')).withheld, 'owned');
    await assertAddsUp(tab, items);
    assert.deepEqual(await shelf(control), unmoved);

    // The person takes the reason away, and back.
    assert.ok(await correct(tab, `reason.tag.${ECO}`, null));
    const muted = await shelf(tab);
    assert.ok(!muted.some(({ item }) => item === 'new-0'));
    assert.ok(muted.every(({ reasons }) => reasons.every(({ code }) => code !== 'likes_tag')));
    const held = await tab.evaluate(() => mine.inventory());
    assert.ok(
      held.some(({ field, contradicted }) => field === `reason.tag.${ECO}` && contradicted),
    );
    assert.ok(await correct(tab, `reason.tag.${ECO}`, ''));
    assert.deepEqual(await shelf(tab), after);
  });
});

test('three of a kind in ten unless asked, and a promotion is called one', {
  timeout,
}, async (t) => {
  await withVisitor(t, async (tab) => {
    for (const number of [0, 1, 2]) {
      await track(tab, 'Product Liked', { product_id: `lamps-${number}` });
    }
    const plain = await itemsOf(tab, { limit: 10, plain: true });
    assert.ok(mostOfAKind(plain) > 3, 'the likes of one kind would fill the shelf');
    const items = await itemsOf(tab);
    assert.equal(items.length, 10);
    assert.ok(mostOfAKind(items) <= 3, items.join(' '));
    const asked = await itemsOf(tab, { limit: 10, category: 'lamps' });
    assert.ok(asked.filter((item) => kindOf(item) === 'lamps').length > 3, asked.join(' '));
    const promoted = (await shelf(tab)).find(({ item }) => item === 'books-2');
    assert.ok(promoted.reasons.some((r) => r.code === 'promoted' && r.because === 'Made here'));
    await assertAddsUp(tab, ['books-2', ...items]);
  });
});

test('a gift and a pause do not spoil the shelf, also after a reload', { timeout }, async (t) => {
  await withVisitor(t, async (tab, shop) => {
    const before = await itemsOf(tab);
    const order = { products: [{ product_id: 'books-0' }], gift: true };
    await track(tab, 'Order Completed', order);
    assert.deepEqual(await itemsOf(tab), before);
    await tab.evaluate(() => mine.pause({ learning: true }));
    await visit(tab, shop);
    await track(tab, 'Order Completed', { products: [{ product_id: 'lamps-0' }] });
    assert.deepEqual(await itemsOf(tab), before);
    const copy = await tab.evaluate(() => mine.export());
    assert.match(copy, /"gift":true/);
    await tab.evaluate(() => mine.pause({ learning: false }));
    assert.deepEqual(await itemsOf(tab), before, 'what was done meanwhile stays unlearned');
    await track(tab, 'Order Completed', { products: [{ product_id: 'lamps-0' }] });
    assert.notDeepEqual(await itemsOf(tab), before);
    await tab.evaluate(() => mine.erase({ all: true }));
    await grant(tab);
    assert.deepEqual(await itemsOf(tab), before);
    const ack = await tab.evaluate((text) => mine.import(text), copy);
    assert.ok(ack.accepted);
    assert.deepEqual(await itemsOf(tab), before, 'gifts and pauses travel along');
  });
});
