// What the shelf tries out on a visitor, over weeks of their days, on a page with the published tag.
//
// The worker gets a clock that the page sets, and entropy from a fixed seed: so that days can pass, and
// that a visitor and the control differ in what they do alone.
import assert from 'node:assert/strict';
import test from 'node:test';

import { plan, sitePack } from '../lib/site_pack.mjs';
import { engines } from './lib/browser.mjs';
import { grant, startShop, visit, withBrowser } from './lib/tagged_shop.mjs';

const KINDS = [
  'lamps',
  'mugs',
  'bags',
  'boots',
  'bowls',
  'books',
  'belts',
  'bells',
  'pens',
  'pots',
];
const EACH = 9;
const SHARE = 300;

// By turns, popular in this order.
const products = Array.from({ length: KINDS.length * EACH }, (_, i) => ({
  id: `${KINDS[i % KINDS.length]}-${Math.floor(i / KINDS.length)}`,
  title: `Number ${i}`,
  level: 250 - 2 * i,
  categories: [KINDS[i % KINDS.length]],
  tags: [],
}));

const packOf = (exploration_permille) =>
  sitePack({
    products,
    plan: {
      ...plan,
      exploration_permille,
      fields: {
        ...plan.fields,
        'item.quantity': ['store', 'personalize'],
        'list.id': ['store', 'personalize'],
      },
    },
  });

const beforeWorker = `{
  let nowMs = ${Date.UTC(2027, 0, 4, 12)};
  Date.now = () => ++nowMs; // no two events at once
  const channel = new BroadcastChannel('clock');
  channel.onmessage = ({ data }) => {
    if (typeof data.wait !== 'number') return;
    nowMs += data.wait;
    channel.postMessage({ nowMs });
  };
  let state = 2463534242;
  crypto.getRandomValues = (array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let i = 0; i < bytes.length; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      bytes[i] = state & 255;
    }
    return array;
  };
}
`;

// What a page of this shop does: tell what it showed, say what is not wanted, and let a day pass.
const prepare = (tab) =>
  tab.evaluate(() => {
    const clock = new BroadcastChannel('clock');
    const track = async (name, properties) => {
      const ack = await baya.track(name, properties);
      if (!ack.accepted) throw new Error(`${name}: ${ack.reason}`);
    };
    globalThis.nextDay = () =>
      new Promise((resolve) => {
        clock.onmessage = resolve;
        clock.postMessage({ wait: 24 * 3600 * 1000 });
      });
    globalThis.triedBy = ({ reasons }) =>
      reasons.find(({ code }) => code === 'exploring')?.because ?? '';
    globalThis.report = async (shelf, unwanted) => {
      const products = shelf.map((entry) => ({
        product_id: entry.item,
        exploring: triedBy(entry),
      }));
      await track('Product List Viewed', { list_id: 'for-you', products });
      for (const { product_id, exploring } of products) {
        if (exploring === unwanted) await track('Product Disliked', { product_id });
      }
    };
  });

// So many days on each of which a shelf is looked at. Gives for each what its places tried out, '' for
// nothing. Of 1 to 24 places by turns:
const look = (tab, days) =>
  tab.evaluate(async (count) => {
    const shelves = [];
    for (let day = 0; day < count; day++, await nextDay()) {
      shelves.push((await baya.recommend({ limit: 1 + (day % 24) })).map(triedBy));
    }
    return shelves;
  }, days);

// Of ten places, and the page tells what they were.
const live = (tab, days, unwanted = 'nothing') =>
  tab.evaluate(
    async (count, kind) => {
      const shelves = [];
      for (let day = 0; day < count; day++, await nextDay()) {
        const shelf = await baya.recommend({ limit: 10 });
        shelves.push(shelf.map(triedBy));
        await report(shelf, kind);
      }
      return shelves;
    },
    days,
    unwanted,
  );

const timesOf = (shelves, kind) => shelves.flat().filter((tried) => tried === kind).length;

// Another person as far as the browser is concerned: another origin, with consent of its own.
async function arrive(tab, shop, host) {
  await visit(tab, { origin: shop.origin.replace('127.0.0.1', host) });
  await grant(tab);
  await prepare(tab);
  return tab;
}

async function withShop(t, engine, permille, body) {
  const shop = await startShop(packOf(permille), beforeWorker);
  t.after(() => shop.close());
  await withBrowser({ engine }, async (browser) => {
    await arrive(browser, shop, '127.0.0.1');
    await body(browser, shop);
  });
}

const timeout = 300_000;

for (const engine of engines) {
  test(`what is tried out stays within its share in ${engine}`, { timeout }, async (t) => {
    await withShop(t, engine, SHARE, async (tab) => {
      const shelves = await look(tab, 120);
      for (const tried of shelves) {
        const count = tried.filter((kind) => kind !== '').length;
        assert.equal(count, Math.floor((tried.length * SHARE) / 1000), tried.join());
        assert.equal(tried[0], '', 'the first place is not for trying out');
      }
      for (const kind of KINDS) assert.ok(timesOf(shelves, kind) > 0, `${kind} has its turn`);

      const items = (await tab.evaluate(() => baya.recommend())).map(({ item }) => item);
      for (const item of items) {
        const why = await tab.evaluate((id) => mine.explain(id), item);
        const sum = why.contributions.reduce((total, { points }) => total + points, 0);
        assert.equal(sum, why.score, item);
      }
      const last = await tab.evaluate((id) => mine.explain(id), items.at(-1));
      assert.equal(last.contributions[0].code, 'exploring');
      await tab.evaluate(() => mine.correct('reason.exploring', null));
      const after = await tab.evaluate(() => baya.recommend());
      assert.ok(after.every(({ reasons }) => reasons.every(({ code }) => code !== 'exploring')));
    });
  });

  test(`what is dismissed is tried out less than on the control in ${engine}`, {
    timeout,
  }, async (t) => {
    await withShop(t, engine, SHARE, async (tab, shop) => {
      const control = await arrive(await tab.newTab(), shop, 'localhost');
      const unmoved = await live(control, 40);
      const kind = unmoved[0].find((tried) => tried !== '');
      const moved = await live(tab, 40, kind);
      assert.deepEqual(moved[0], unmoved[0], 'they differ in nothing but what follows');
      const [less, more] = [timesOf(moved, kind), timesOf(unmoved, kind)];
      assert.ok(less >= 1 && 2 * less < more, `${kind}: ${less} times, and ${more} on the control`);
      const places = (shelves) => shelves.flat().filter((tried) => tried !== '').length;
      assert.equal(places(moved), places(unmoved), 'others have their places');

      const held = await tab.evaluate(() => mine.inventory());
      const value = (what) =>
        held.find(({ field }) => field === `exploring.${what}.${kind}`)?.value;
      assert.deepEqual([value('shown'), value('dismissed')], [less, less]);
      await tab.evaluate(() => mine.erase({ all: true }));
      await grant(tab);
      const erased = await tab.evaluate(() => mine.inventory());
      assert.ok(!erased.some(({ field }) => field.startsWith('exploring.')));
    });
  });

  test(`a plan without a share tries nothing out in ${engine}`, { timeout }, async (t) => {
    await withShop(t, engine, 0, async (tab) => {
      const shelves = await look(tab, 24);
      assert.ok(shelves.flat().every((tried) => tried === ''));
    });
  });
}
