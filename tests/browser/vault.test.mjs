// The whole client in each engine, on a page that uses the published tag: nothing before consent,
// what was acknowledged is there after a reload, every tab sees a change, and erasing leaves a
// refusal. After SIGKILL: kill.test.mjs. What is left on the disk: erasure.test.mjs.
import assert from 'node:assert/strict';
import test from 'node:test';

import { engines } from './lib/browser.mjs';
import { siteFiles } from './lib/profile.mjs';
import {
  askedFor,
  grant,
  newProfile,
  nothing,
  startShop,
  staticFiles,
  stored,
  view,
  viewsOf,
  visit,
  withBrowser,
} from './lib/tagged_shop.mjs';

const SHARE = { chromium: 'opfs', firefox: 'opfs', webkit: 'database' };

const timeout = 300_000;

for (const engine of engines) {
  test(`nothing before consent in ${engine}`, { timeout }, async (t) => {
    const shop = await startShop();
    t.after(() => shop.close());
    await withBrowser({ engine }, async (browser) => {
      await visit(browser, shop);
      shop.forget();
      assert.deepEqual(await view(browser, 'lamp-2'), { accepted: false, reason: 'no_consent' });
      await browser.evaluate(() => baya.identify('someone', { email: 'a@shop.example' }));
      assert.deepEqual(askedFor(shop), []);
      const shelf = await browser.evaluate(() => baya.recommend({ limit: 4 }));
      assert.equal(shelf.length, 4);
      assert.ok(shelf.every(({ personal }) => !personal));
      assert.equal((await browser.evaluate(() => baya.consentState())).asked, false);
      assert.deepEqual(await view(browser, 'lamp-2'), { accepted: false, reason: 'no_consent' });
      assert.deepEqual(await stored(browser), nothing);
      assert.deepEqual(askedFor(shop).sort(), staticFiles);

      const state = await browser.evaluate(() =>
        baya.consent({ store: false, personalize: false }),
      );
      assert.deepEqual([state.asked, state.purposes.store.allowed], [true, false]);
      const { local, ...rest } = await stored(browser);
      const { local: none, ...nothingElse } = nothing;
      assert.deepEqual(rest, nothingElse);
      assert.equal(local.length, 1);
      assert.equal(local[0][0], 'baya');
      assert.match(local[0][1], /^\{"version":1,"choice":"refused","date":"\d{4}-\d{2}-\d{2}"\}$/);
      assert.deepEqual(askedFor(shop).sort(), staticFiles);
    });
  });

  test(`no file for the site before consent in ${engine}`, { timeout }, async (t) => {
    const shop = await startShop();
    t.after(() => shop.close());
    const filesAfter = async (work) => {
      const profileDir = await newProfile(t);
      await withBrowser({ engine, profileDir }, work);
      // Numbers are ports; WebKit names a site by a salted hash.
      const files = await siteFiles(profileDir);
      return files.map(({ name }) => name.replaceAll(/[\w-]{43}|\d+/g, '0'));
    };
    // What an engine notes of any page that looks whether something is stored.
    const plain = await filesAfter(async (browser) => {
      await browser.goto(`${shop.origin}/plain.html`);
      await browser.evaluate(() => localStorage.getItem('baya'));
      await browser.evaluate(async () => (await indexedDB.databases()).length);
    });
    shop.forget();
    const tagged = await filesAfter(async (browser) => {
      await visit(browser, shop);
      await view(browser, 'lamp-2');
      await browser.evaluate(() => baya.recommend());
    });
    assert.ok(shop.requests.length > staticFiles.length);
    for (const { method, query, headers, body } of shop.requests) {
      assert.deepEqual([method, query, headers.cookie, body.length], ['GET', '', undefined, 0]);
    }
    const added = (files) => files.filter((name) => !plain.includes(name));
    assert.deepEqual(added(tagged), []);
    const granted = await filesAfter(async (browser) => {
      await visit(browser, shop);
      await grant(browser);
      await view(browser, 'lamp-2');
    });
    assert.ok(added(granted).length > 0, 'control: what is stored is in such a file');
  });

  test(`a profile lasts, is shared, and is erased in ${engine}`, { timeout }, async (t) => {
    const began = Date.now();
    const shop = await startShop();
    t.after(() => shop.close());
    const profileDir = await newProfile(t);

    await withBrowser({ engine, profileDir }, async (browser) => {
      await visit(browser, shop);
      const state = await grant(browser);
      assert.ok(state.purposes.store.allowed && state.purposes.personalize.allowed);
      assert.deepEqual(await view(browser, 'lamp-2', 'm-1'), { accepted: true });
      const ack = await browser.evaluate(() => baya.identify('jo', { email: 'jo@shop.example' }));
      assert.deepEqual(ack, { accepted: true });

      await browser.reload();
      await browser.waitFor('globalThis.isReady');
      assert.equal(await viewsOf(browser, 'lamp-2'), 1);
      const again = await view(browser, 'lamp-2', 'm-1');
      assert.deepEqual(again, { accepted: false, reason: 'duplicate' });
      const [first] = await browser.evaluate(() => baya.recommend({ limit: 1 }));
      assert.equal(first.personal, true);
      const { words, ...protection } = await browser.evaluate(() => mine.protection());
      assert.deepEqual(protection, {
        storage: 'indexeddb',
        share: SHARE[engine],
        persisted: protection.persisted,
        isolated: true,
      });
      assert.ok(words.includes('encrypted'));

      const other = await browser.newTab();
      await visit(other, shop);
      assert.equal(await viewsOf(other, 'lamp-2'), 1);
      await browser.evaluate(() => heard.splice(0) && null);
      assert.deepEqual(await view(other, 'mug-3'), { accepted: true });
      await browser.waitFor("heard.includes('change profile')");
      assert.equal(await viewsOf(browser, 'mug-3'), 1);
      // The owner goes; the other tab takes over what is stored.
      await browser.goto('about:blank');
      assert.deepEqual(await view(other, 'mug-5'), { accepted: true });
      assert.equal(await viewsOf(other, 'mug-3'), 1);
      await other.close();
      await visit(browser, shop);
      assert.equal(await viewsOf(browser, 'mug-5'), 1);
    });

    await withBrowser({ engine, profileDir }, async (browser) => {
      await visit(browser, shop);
      assert.equal(await viewsOf(browser, 'lamp-2'), 1);
      await browser.evaluate(() => mine.erase({ all: true }));
      const { local, ...rest } = await stored(browser);
      const { local: none, ...nothingElse } = nothing;
      assert.deepEqual(rest, nothingElse);
      const [[name, record]] = local;
      assert.deepEqual([name, local.length], ['baya', 1]);
      assert.match(record, /"refused"/);
      assert.equal((await browser.evaluate(() => baya.consentState())).asked, true);
    });
    t.diagnostic(`${Date.now() - began} ms`);
  });
}
