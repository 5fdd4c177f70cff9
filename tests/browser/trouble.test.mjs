// Storage that is full, and storage that is taken away while the page runs: each said clearly, and
// nothing lost that was acknowledged. In Chromium, whose protocol can bring both about.
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  grant,
  newProfile,
  nothing,
  startShop,
  stored,
  view,
  viewsOf,
  visit,
  withBrowser,
} from './lib/tagged_shop.mjs';

const timeout = 180_000;
const accepted = { accepted: true };

// A product id of 60 characters makes some 100 views to a chunk of 16 KiB.
const viewMany = (tab, from, count) =>
  tab.evaluate(
    async (first, many) => {
      const ids = Array.from({ length: many }, (_, i) => `${first}-${i}-${'x'.repeat(40)}`);
      const acks = await Promise.all(
        ids.map((product_id) => baya.track('Product Viewed', { product_id })),
      );
      return acks.map((ack) => (ack.accepted ? 'accepted' : ack.reason));
    },
    from,
    count,
  );

test('a full disk is said, and nothing is lost', { timeout }, async (t) => {
  const shop = await startShop();
  t.after(() => shop.close());
  const profileDir = await newProfile(t);
  const options = { engine: 'chromium', profileDir };
  await withBrowser(options, async (browser) => {
    await visit(browser, shop);
    await grant(browser);
    assert.deepEqual(await view(browser, 'lamp-2', 'before'), accepted);
  });
  await withBrowser(options, async (browser) => {
    await browser.goto(`${shop.origin}/plain.html`);
    const quota = (quotaSize) =>
      browser.command('Storage.overrideQuotaForOrigin', { origin: shop.origin, quotaSize });
    await quota(1); // before the first write: Chromium asks how much is left now and then
    await visit(browser, shop);
    assert.deepEqual(await view(browser, 'mug-3', 'full'), { accepted: false, reason: 'quota' });
    await browser.waitFor("heard.includes('degraded storage is full')");
    // What is held is still there, and so is the shelf.
    assert.equal(await viewsOf(browser, 'lamp-2'), 1);
    const [first] = await browser.evaluate(() => baya.recommend({ limit: 1 }));
    assert.equal(first.personal, true);
    assert.deepEqual(
      (await viewMany(browser, 'full', 20)).filter((word) => word !== 'quota'),
      [],
    );
    // With room again it goes on by itself; what was refused comes through with the next event.
    await quota(64 * 1024 * 1024);
    assert.deepEqual(await view(browser, 'mug-5', 'after'), accepted);
  });
  await withBrowser(options, async (browser) => {
    await visit(browser, shop);
    const views = await Promise.all(['lamp-2', 'mug-3', 'mug-5'].map((id) => viewsOf(browser, id)));
    assert.deepEqual(views, [1, 1, 1]);
  });
});

// Three ways in which a site's storage goes while its page runs.
const ways = {
  'the databases deleted by another page of the site': async (_, other) => {
    await other.evaluate(async () => {
      for (const { name } of await indexedDB.databases()) {
        await new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase(name);
          request.onsuccess = resolve;
          request.onerror = () => reject(request.error);
        });
      }
    });
  },
  'site data cleared in the browser': (browser, _, origin) =>
    browser.command('Storage.clearDataForOrigin', { origin, storageTypes: 'all' }),
  'the databases cleared in the browser, the share kept': (browser, _, origin) =>
    browser.command('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' }),
};

for (const [name, wipe] of Object.entries(ways)) {
  test(`${name}: said, and the choice starts afresh`, { timeout }, async (t) => {
    const shop = await startShop();
    t.after(() => shop.close());
    await withBrowser({ engine: 'chromium' }, async (browser) => {
      await visit(browser, shop);
      await grant(browser);
      assert.deepEqual(await view(browser, 'lamp-2'), accepted);
      const other = await browser.newTab();
      await other.goto(`${shop.origin}/plain.html`);
      await wipe(browser, other, shop.origin);
      // Nobody's consent is held any more, so nothing is kept, and the page is told why.
      const lost = await view(browser, 'mug-3');
      assert.deepEqual(lost, { accepted: false, reason: 'no_consent' });
      await browser.waitFor(
        "heard.includes('degraded another instance wrote, or storage was cleared')",
      );
      const shelf = await browser.evaluate(() => baya.recommend({ limit: 4 }));
      assert.deepEqual([shelf.length, shelf.some(({ personal }) => personal)], [4, false]);
      assert.equal((await browser.evaluate(() => baya.consentState())).asked, false);
      assert.deepEqual(await stored(browser), nothing);
      // And it works again after a new grant, also after a reload.
      await grant(browser);
      assert.deepEqual(await view(browser, 'mug-5'), accepted);
      await browser.reload();
      await browser.waitFor('globalThis.isReady');
      assert.deepEqual([await viewsOf(browser, 'lamp-2'), await viewsOf(browser, 'mug-5')], [0, 1]);
    });
  });
}
