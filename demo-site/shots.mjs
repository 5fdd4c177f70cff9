// Pictures of every page at 390 and 1280 pixels, light and dark, and an accessibility check of each.
//
//   node shots.mjs --data DIR --out DIR [--baya DIR] [--widths 390,1280] [--schemes light,dark]
//
// Exits 1 when axe-core finds a violation or a page has written an error.
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { launch } from '../tests/browser/lib/browser.mjs';
import { startShop } from './serve.mjs';

const HEIGHTS = { 390: 844, 1280: 900 };

const settled = `!document.querySelector('[aria-busy]') && document.querySelector('.card, .panel')`;

const checkoutOpen = "!document.querySelector('#checkout').hidden";

const pressIn = (selector) => `document.querySelector(${JSON.stringify(selector)})?.click()`;

// The same shop when the package is blocked: everything but the ranking works.
function blockedScenes([first]) {
  return [
    {
      name: '16-blocked',
      path: '/',
      before: "document.querySelector('#shelf h2').textContent === 'From our shop'",
    },
    {
      name: '17-blocked-cart',
      path: `/product.html?item=${encodeURIComponent(first)}`,
      act: "(() => { document.querySelector('#buy button').click(); location.assign('/cart.html'); })()",
      after: "document.querySelector('.cart-line')",
    },
    {
      name: '18-blocked-my-data',
      path: '/my-data.html',
      settled: "!document.querySelector('[aria-busy]')",
    },
  ];
}

// The story in pictures: what to open, what to do there before looking.
function scenes(products) {
  const [first, second, third] = products;
  const address = (item) => `/product.html?item=${encodeURIComponent(item)}`;
  return [
    {
      name: '00-my-data-before',
      path: '/my-data.html',
      before: "document.querySelector('#held-count').textContent === 'No entries'",
    },
    { name: '01-front-asking', path: '/', before: "document.querySelector('.choice-inner')" },
    { name: '02-choose', path: '/', act: pressIn('[data-choice="choose"]') },
    { name: '03-front-allowed', path: '/', act: pressIn('[data-choice="accept"]') },
    { name: '04-product', path: address(first), act: pressIn('#buy button') },
    { name: '05-product-two', path: address(second), act: pressIn('#buy button') },
    { name: '06-liked', path: address(third), act: pressIn('.product [data-action="like"]') },
    { name: '07-search', path: '/?q=children' },
    { name: '08-category', path: '/?sort=price&page=2' },
    { name: '09-nothing-found', path: '/?q=zzzz' },
    { name: '10-cart', path: '/cart.html' },
    { name: '11-checkout', path: '/checkout.html', settled: checkoutOpen },
    {
      name: '12-thanks',
      path: '/checkout.html',
      settled: checkoutOpen,
      act: `(() => { const f = document.querySelector('#checkout');
        f.elements.name.value = 'Ada Example';
        f.elements.email.value = 'ada@example.org'; f.elements.address.value = '1 Lane';
        f.elements.remember.checked = true; f.requestSubmit(); })()`,
      after: "location.pathname === '/thanks.html' && document.querySelector('.order-pictures')",
    },
    { name: '13-front-for-you', path: '/' },
    {
      name: '14-my-data',
      path: '/my-data.html',
      act: "document.querySelectorAll('details').forEach((d, i) => { if (i < 40) d.open = true; })",
    },
    { name: '15-erase', path: '/my-data.html', act: pressIn('[data-action="erase-all"]') },
    {
      name: '15-erased',
      path: '/my-data.html',
      act: `${pressIn('[data-action="erase-all"]')}, ${pressIn('#confirm [value="yes"]')}`,
      after: "document.querySelector('#held-count').textContent === 'No entries'",
    },
    {
      name: '19-dashboard',
      path: '/dashboard.html',
      settled: "!document.querySelector('[aria-busy]')",
    },
  ];
}

// Whole pages, as far as they are no longer than six windows: the viewport cut in pieces.
async function shoot(browser, height, file) {
  const total = await browser.evaluate('document.documentElement.scrollHeight');
  const pieces = Math.min(6, Math.ceil(total / height));
  for (let i = 0; i < pieces; i++) {
    await browser.evaluate((y) => scrollTo({ top: y, behavior: 'instant' }), i * height);
    await browser.screenshot(`${file}-${i + 1}.png`);
  }
  await browser.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
}

async function check(browser, axe) {
  await browser.evaluate(`(() => {\n${axe}\n})()`);
  const found = await browser.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 140)}`);
  });
  const wide = await browser.evaluate('document.documentElement.scrollWidth > innerWidth');
  return wide ? [...found, 'the page scrolls sideways'] : found;
}

async function walk(browser, origin, { scenes, out, axe, width, scheme, only }) {
  const problems = [];
  for (const scene of scenes) {
    await browser.goto(origin + scene.path);
    await browser.waitFor(scene.settled ?? settled);
    if (scene.before) await browser.waitFor(scene.before);
    if (scene.act) await browser.evaluate(scene.act);
    if (scene.after) await browser.waitFor(scene.after);
    await browser.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    if (only && !only.test(scene.name)) continue;
    await shoot(browser, HEIGHTS[width] ?? 900, join(out, `${scene.name}-${width}-${scheme}`));
    for (const problem of await check(browser, axe)) {
      problems.push(`${scene.name} ${width} ${scheme}: ${problem}`);
    }
  }
  const written = browser
    .consoleMessages()
    .filter(({ type, text }) => /error/.test(type) && !/status of 404|baya\/baya\.js/.test(text));
  return [...problems, ...written.map(({ text }) => `${width} ${scheme}: ${text}`)];
}

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    baya: { type: 'string', default: new URL('../js-bindings/dist', import.meta.url).pathname },
    widths: { type: 'string', default: '390,1280' },
    schemes: { type: 'string', default: 'light,dark' },
    only: { type: 'string', default: '.' },
  },
});
await mkdir(values.out, { recursive: true });
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const catalogue = JSON.parse(await readFile(join(values.data, 'catalogue.json'), 'utf8'));
const kept = catalogue.filter(({ tags }) => tags.includes('for children'));
const products = (kept.length >= 3 ? kept : catalogue).slice(0, 3).map(({ item }) => item);
const shop = await startShop({ data: values.data, baya: values.baya });
const plainShop = await startShop({ data: values.data });
const problems = [];
try {
  for (const width of values.widths.split(',').map(Number)) {
    for (const scheme of values.schemes.split(',')) {
      const viewport = { width, height: HEIGHTS[width] ?? 900 };
      const browser = await launch({ engine: 'chromium', viewport, colorScheme: scheme });
      try {
        const only = new RegExp(values.only);
        const options = { out: values.out, axe, width, scheme, only };
        const story = { ...options, scenes: scenes(products) };
        problems.push(...(await walk(browser, shop.origin, story)));
        const blocked = { ...options, scenes: blockedScenes(products) };
        problems.push(...(await walk(browser, plainShop.origin, blocked)));
      } finally {
        await browser.close();
      }
    }
  }
} finally {
  await shop.close();
  await plainShop.close();
}
for (const problem of problems) console.log(problem);
console.log(`${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
