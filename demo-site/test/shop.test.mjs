// What the pages make of a catalogue, without a browser.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';
import { readProducts } from './products.mjs';

const { html, raw } = await load('src/markup.ts');
const { productCard } = await load('src/card.ts');
const { parseCatalogue, displayTitle } = await load('src/catalogue.ts');
const { addressOf, pageNumbers, readQuery, select } = await load('src/query.ts');
const { mainReason, reasonField, reasonWords } = await load('src/reasons.ts');
const { shelfContent } = await load('src/shelf.ts');
const { labelOf, valueText, whenText } = await load('src/fields.ts');

const HOSTILE = '"><img src=x onerror=alert(1)>\'&';

const catalogue = parseCatalogue(readProducts());
const found = (search) => select(catalogue, readQuery(search));

test('markup escapes what is text and keeps what is markup', () => {
  assert.equal(
    html`<p title="${'"\'<>&'}">${'<b>'}</p>`.text,
    '<p title="&quot;&#39;&lt;&gt;&amp;">&lt;b&gt;</p>',
  );
  assert.equal(
    html`${[html`<i>${1}</i>`, raw('<hr>'), false, null, undefined, '']}`.text,
    '<i>1</i><hr>',
  );
});

test('a card shows hostile text as text', () => {
  const [product] = parseCatalogue([
    {
      item: HOSTILE,
      title: HOSTILE,
      brand: HOSTILE,
      price_minor: 1,
      currency: 'GBP',
      picture: HOSTILE,
    },
  ]).products;
  const { text } = productCard(product, HOSTILE);
  assert.doesNotMatch(text, /<img/);
  assert.match(text, /&lt;img src=x onerror=alert\(1\)&gt;/);
  assert.doesNotMatch(text.match(/href="([^"]*)"/)[1], /[<>']/);
});

test('a catalogue leaves out rows that are no products', () => {
  const rows = [
    null,
    7,
    {},
    { item: 'A' },
    { item: 'B', price_minor: 'x' },
    { item: 'C', price_minor: 5 },
  ];
  assert.deepEqual(
    parseCatalogue(rows.slice(2)).products.map(({ item }) => item),
    ['C'],
  );
  assert.deepEqual(parseCatalogue(rows).products.length, 1);
  assert.deepEqual(parseCatalogue({}).products, []);
  assert.equal(displayTitle('  WHITE HANGING  HEART '), 'White hanging heart');
  assert.equal(displayTitle('3.5g TIN IN ENVELOPE'), '3.5g tin in envelope');
  assert.equal(displayTitle('Pot, cast iron'), 'Pot, cast iron');
});

test('the demo catalogue: 240 products, each with a price', () => {
  assert.equal(catalogue.products.length, 240);
  assert.ok(catalogue.products.every(({ priceMinor }) => priceMinor > 0));
  assert.equal(catalogue.find('B102').title, 'Folding umbrella, storm grey');
});

test('search, category, tag and price narrow the listing', () => {
  assert.ok(found('?q=umbrellas').length >= 5);
  assert.deepEqual(
    found('?q=folding+umbrella').map(({ item }) => item),
    ['B102'],
  );
  assert.equal(found('?category=Rain').length, 20);
  assert.ok(
    found('?tag=rain&tag=gift').every(({ tags }) => tags.includes('rain') && tags.includes('gift')),
  );
  assert.ok(found('?price=under-10').every(({ priceMinor }) => priceMinor < 1000));
  const prices = found('?sort=price').map(({ priceMinor }) => priceMinor);
  assert.deepEqual(
    prices,
    [...prices].sort((a, b) => a - b),
  );
  assert.equal(found('?sort=constructor').length, 240);
  assert.deepEqual(found('?q=zzzz'), []);
});

test('an address and its query are the same thing', () => {
  const query = {
    words: 'a&b c',
    category: 'Tea and coffee',
    tags: ['x', 'y'],
    price: '10-30',
    sort: 'title',
    page: 3,
  };
  assert.deepEqual(readQuery(addressOf(query).slice(1)), query);
  assert.equal(addressOf(readQuery('?page=-4')), '/');
  assert.deepEqual(pageNumbers(5, 9), [1, 0, 4, 5, 6, 0, 9]);
  assert.deepEqual(pageNumbers(1, 2), [1, 2]);
});

test('a shelf says why, and is the shop itself when nothing ranks', () => {
  const titleOf = (item) => catalogue.titleOf(item);
  const reasons = [
    { code: 'popular', share: 0.2 },
    { code: 'bought_together', because: 'B103', share: 0.7 },
  ];
  assert.deepEqual(mainReason({ item: 'B101', personal: true, reasons }, titleOf), {
    words: 'Often bought with Recycled canopy umbrella',
    field: 'reason.item.B103',
  });
  assert.equal(reasonField({ code: 'bought_again' }, 'B101'), 'reason.item.B101');
  assert.equal(reasonField({ code: 'likes_tag', because: 'vegan' }, 'B1'), 'reason.tag.vegan');
  assert.equal(reasonField({ code: 'popular' }, 'B101'), '');
  const trying = [{ code: 'exploring', because: 'rain', share: 0.1 }, ...reasons];
  assert.deepEqual(mainReason({ item: 'B101', personal: true, reasons: trying }, titleOf), {
    words: 'Something new to try: Rain',
    field: 'reason.exploring.rain',
  });
  assert.equal(
    reasonWords({ code: 'likes_category', because: 'Tea and coffee', share: 1 }, titleOf),
    'You often choose Tea and coffee',
  );
  assert.equal(
    reasonWords({ code: 'just_viewed', because: 'B103', share: 1 }, titleOf),
    'Goes with Recycled canopy umbrella, which you just looked at',
  );
  assert.equal(reasonWords({ code: 'toString', share: 1 }, titleOf), 'Chosen for you');
  const ranked = [
    { item: 'B101', personal: true, reasons },
    { item: 'gone', personal: true, reasons },
  ];
  const shelf = shelfContent(catalogue, ranked, 6);
  assert.deepEqual([shelf.title, shelf.cards.length], ['For you', 1]);
  assert.equal(
    shelfContent(catalogue, [{ item: 'B101', personal: false, reasons: [] }], 6).title,
    'Popular right now',
  );
  const promoted = [{ code: 'promoted', because: 'Made here', share: 0.9 }];
  const [card] = shelfContent(
    catalogue,
    [{ item: 'B101', personal: false, reasons: promoted }],
    6,
  ).cards;
  assert.match(card.text, /Promoted by the shop: Made here/);
  assert.doesNotMatch(card.text, /data-mute/);
  assert.match(shelf.cards[0].text, /data-mute="reason.item.B103"/);
  const plain = shelfContent(catalogue, undefined, 6);
  assert.deepEqual([plain.title, plain.cards.length], ['From our shop', 6]);
});

test('fields in words', () => {
  const titleOf = (item) => catalogue.titleOf(item);
  assert.equal(labelOf('reason.item.B103', titleOf), 'Not because of Recycled canopy umbrella');
  assert.equal(labelOf('reason.tag.for.two', titleOf), 'Not because it is marked for.two');
  assert.equal(labelOf('reason.exploring.Rain', titleOf), 'Nothing new from Rain');
  assert.equal(labelOf('reason.exploring', titleOf), 'Nothing new to try');
  assert.equal(labelOf('exploring.taken.Rain', titleOf), 'You took up something new: Rain');
  assert.equal(labelOf('bought.B103', titleOf), 'Bought: Recycled canopy umbrella');
  assert.equal(labelOf('search.a.b', titleOf), 'Searched: a.b');
  assert.equal(
    valueText({ field: 'spent.GBP', value: { minor: 1250, currency: 'GBP' } }),
    '\u00a312.50',
  );
  assert.equal(
    valueText({ field: 'interest.category.Rain', value: 640 }),
    '64% of what you look at and buy',
  );
  assert.equal(valueText({ field: 'viewed.B103', value: 1 }), 'once');
  assert.equal(whenText(0), 'never');
  assert.equal(whenText(Date.UTC(2025, 10, 3, 12)), '3 Nov 2025');
});
