// The demonstration shop with the real package, by keyboard alone: every page on the way to an order
// and to the end of the profile, each without a violation that axe-core finds.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { startShop } from '../../demo-site/serve.mjs';
import { conversion, interest } from '../lib/collected.mjs';
import { plan, signer, sitePack } from '../lib/site_pack.mjs';
import { launch } from './lib/browser.mjs';

const ITEMS = 20;
const TEXT_VERSION = '2025-11-01'; // of the words in demo-site/src/privacy_choice.ts
const MOST_TABS = 150;
const baya = fileURLToPath(new URL('../../js-bindings/dist', import.meta.url));
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// The lamps and mugs of the test pack, as the shop reads its products.
function products() {
  return Array.from({ length: ITEMS }, (_, i) => {
    const kind = i % 2 === 0 ? 'lamp' : 'mug';
    return {
      item: `${kind}-${i}`,
      title: `A ${kind} of number ${i}`,
      categories: [`${kind}s`],
      brand: '',
      price_minor: 1000 + i,
      currency: 'EUR',
      tags: [],
    };
  });
}

async function dataFolder(t) {
  const data = await mkdtemp(join(tmpdir(), 'baya-shop-'));
  t.after(() => rm(data, { recursive: true, force: true }));
  const fields = { ...plan.fields, 'order.id': ['store'], 'order.total': ['store'] };
  const own = { ...plan, fields, consent: { ...plan.consent, version: TEXT_VERSION } };
  await writeFile(join(data, 'shop.pack'), sitePack({ items: ITEMS, plan: own }));
  await writeFile(join(data, 'catalogue.json'), JSON.stringify(products()));
  const shop = { name: 'Lamps and mugs', currency: 'EUR', note: 'A test.' };
  const pinned = { site: 'shop.example', signer };
  await writeFile(join(data, 'shop.json'), JSON.stringify({ ...shop, ...pinned }));
  return data;
}

async function addCollected(data) {
  const files = {
    'a.json': interest(),
    'b.json': conversion(),
    'c.json': interest({ fromDay: 15_310 }),
  };
  await mkdir(join(data, 'collected'));
  for (const [name, batch] of Object.entries(files)) {
    await writeFile(join(data, 'collected', name), JSON.stringify(batch));
  }
  const index = { files: [...Object.keys(files), 'missing.json'], one_machine: true };
  await writeFile(join(data, 'collected/index.json'), JSON.stringify(index));
}

// Whether the element that has the focus is the one that is looked for, and shows that it has it.
const focusState = (browser, selector) =>
  browser.evaluate((wanted) => {
    const focused = document.activeElement;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
    return {
      found: focused.matches(wanted),
      marked: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
    };
  }, selector);

// In the window and under nothing else (WCAG 2.2, 2.4.11), once the page has scrolled to it.
const isInView = `(() => {
  const focused = document.activeElement;
  const { left, top, width, height } = focused.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return focused === there || focused.contains(there) || !!there?.contains(focused);
})()`;

class Visitor {
  tabs = 0;
  constructor(browser) {
    this.browser = browser;
  }

  async tabTo(selector) {
    for (let presses = 0; presses < MOST_TABS; presses++) {
      await this.browser.press('Tab');
      this.tabs++;
      const { found, marked } = await focusState(this.browser, selector);
      if (!found) continue;
      assert.ok(marked, `${selector} does not show that it has the focus`);
      await this.browser.waitFor(isInView);
      return;
    }
    assert.fail(`${selector} is not reached with ${MOST_TABS} tabs`);
  }

  async enter(selector) {
    await this.tabTo(selector);
    await this.browser.press('Enter');
  }

  async write(selector, text) {
    await this.tabTo(selector);
    await this.browser.type(text);
  }

  // At the page, settled and without a violation.
  async arrive(path, ready) {
    const at = `location.pathname === '${path}' && document.querySelector('${ready}')`;
    await this.browser.waitFor(`${at} && !document.querySelector('[aria-busy]')`);
    await this.browser.evaluate(`(() => {\n${axe}\n})()`);
    const violations = await this.browser.evaluate(async () => {
      const found = await globalThis.axe.run(document, { resultTypes: ['violations'] });
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 140)}`);
    });
    assert.deepEqual(violations, [], path);
  }
}

test('the whole story by keyboard alone', { timeout: 300_000 }, async (t) => {
  const shop = await startShop({ data: await dataFolder(t), baya });
  t.after(() => shop.close());
  const browser = await launch({ engine: 'chromium' });
  try {
    const visitor = new Visitor(browser);
    await browser.goto(`${shop.origin}/`);
    await visitor.arrive('/', '#privacy-choice:not([hidden]) [data-choice]');
    await visitor.enter('[data-choice="accept"]');
    await browser.waitFor('baya.consentState().then((s) => s.purposes.store.allowed)');

    await visitor.enter('#results .card-link');
    await visitor.arrive('/product.html', '#buy button');
    await visitor.enter('#buy button');
    await browser.waitFor("document.querySelector('#cart-count').textContent === '1'");
    await visitor.enter('.product [data-action="like"]');
    await browser.waitFor("document.querySelector('.product [aria-pressed=true]')");
    await visitor.enter('#cart-link');
    await visitor.arrive('/cart.html', '.cart-line');
    await visitor.enter('a[href="/checkout.html"]');
    await visitor.arrive('/checkout.html', '#checkout:not([hidden])');
    await visitor.write('#name', 'Jo Example');
    await visitor.write('#email', 'jo@shop.example');
    await visitor.write('#address', '1 Lane');
    await visitor.tabTo('[name="remember"]');
    await browser.press('Space');
    await visitor.enter('#checkout [type="submit"]');
    await visitor.arrive('/thanks.html', '.order-pictures');
    await visitor.enter('.menu a[href="/my-data.html"]');
    await visitor.arrive('/my-data.html', '.held');
    const held = await browser.evaluate("document.querySelector('#cards').textContent");
    for (const text of ['jo@shop.example', 'Orders', 'you like it']) assert.ok(held.includes(text));

    await visitor.enter('[data-why]:first-child summary');
    await browser.waitFor("document.querySelector('[data-why] .parts')");
    await visitor.enter('[data-action="erase-all"]');
    await browser.waitFor("document.querySelector('#confirm').open");
    await visitor.enter('#confirm [value="yes"]');
    await browser.waitFor("document.querySelector('#held-count').textContent === 'No entries'");
    await visitor.arrive('/my-data.html', '#answer');
    const databases = await browser.evaluate('indexedDB.databases().then((all) => all.length)');
    assert.equal(databases, 0);
    const errors = browser.consoleMessages().filter(({ type }) => /error/.test(type));
    assert.deepEqual(errors, []);
    t.diagnostic(`${visitor.tabs} presses of Tab`);
  } finally {
    await browser.close();
  }
});

test('the dashboard, by keyboard alone, in both schemes and on a phone', {
  timeout: 180_000,
}, async (t) => {
  const data = await dataFolder(t);
  const shop = await startShop({ data, baya });
  t.after(() => shop.close());
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 390],
  ]) {
    const browser = await launch({
      engine: 'chromium',
      colorScheme,
      viewport: { width, height: 844 },
    });
    try {
      const visitor = new Visitor(browser);
      if (colorScheme === 'light') {
        await browser.goto(`${shop.origin}/dashboard.html`);
        await visitor.arrive('/dashboard.html', '#nothing:not([hidden])');
        await addCollected(data);
      }
      await browser.goto(`${shop.origin}/dashboard.html`);
      await visitor.arrive('/dashboard.html', '#task-1 .bars');
      const words = await browser.evaluate("document.querySelector('main').innerText");
      for (const text of [
        'one machine',
        '431, give or take 24',
        'missing.json could not be read',
      ]) {
        assert.ok(words.includes(text), text);
      }
      assert.ok(
        !(await browser.evaluate('scrollX + document.documentElement.scrollWidth > innerWidth')),
      );
      await visitor.enter('#task-0 summary');
      await browser.waitFor("document.querySelector('#task-0 table').checkVisibility()");
      await visitor.arrive('/dashboard.html', '#task-0 details[open]');
      assert.equal(await browser.evaluate('localStorage.length + document.scripts.length'), 1);
      const errors = browser.consoleMessages().filter(({ type }) => type === 'pageerror');
      assert.deepEqual(errors, []);
    } finally {
      await browser.close();
    }
  }
});
