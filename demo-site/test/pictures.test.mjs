// Every product of the demo shop has its drawing, and each drawing is plain SVG.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { load } from './load.mjs';
import { readProducts } from './products.mjs';

const { pictureOf, pictureKinds, hashOf } = await load('src/pictures/index.ts');
const { pictureFromWords } = await load('src/pictures/words.ts');

const products = readProducts();

test('each kind of picture in products.csv has a drawing', () => {
  const kinds = new Set(products.map(({ picture }) => picture));
  assert.ok(kinds.size > 70);
  assert.deepEqual(
    [...kinds].filter((kind) => !pictureKinds.includes(kind)),
    [],
  );
});

test('drawings differ, use no inline style, and their numbers are numbers', () => {
  const bodies = pictureKinds.map((picture) =>
    pictureOf({ item: 'same', title: '', picture, hue: 200 }),
  );
  assert.equal(new Set(bodies).size, pictureKinds.length);
  for (const [i, svg] of bodies.entries()) {
    assert.doesNotMatch(svg, /style=|<style|NaN|undefined|null|href|script/, pictureKinds[i]);
    assert.equal(svg.match(/<g\b/g).length, svg.match(/<\/g>/g).length, pictureKinds[i]);
  }
});

test('a product without a picture gets one from its words, else a pattern of its own', () => {
  assert.equal(pictureFromWords('WHITE HANGING HEART T-LIGHT HOLDER'), 'candle');
  assert.equal(pictureFromWords('RED RETROSPOT UMBRELLA'), 'umbrella');
  assert.equal(pictureFromWords('JUMBO BAG RED RETROSPOT'), 'tote');
  assert.equal(pictureFromWords('SET OF 3 CAKE TINS PANTRY DESIGN'), 'cake');
  assert.equal(pictureFromWords('PANTALOON'), undefined, 'whole words only');
  const tile = (item) => pictureOf({ item, title: 'POPCORN HOLDER' });
  assert.equal(tile('22197'), tile('22197'));
  assert.notEqual(tile('22197'), tile('22198'));
  assert.notEqual(hashOf('a'), hashOf('b'));
});

test('the words name drawings that exist', () => {
  const words = readFileSync(new URL('../src/pictures/words.ts', import.meta.url), 'utf8');
  const named = [...words.matchAll(/^ {2}\[?\s*'([a-z0-9]+)',/gm)].map(([, kind]) => kind);
  assert.ok(named.length > 60);
  assert.deepEqual(
    named.filter((kind) => !pictureKinds.includes(kind)),
    [],
  );
});
