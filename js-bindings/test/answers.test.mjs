// What dist/rights.js says of a field, made of the engine's reply.

import assert from 'node:assert/strict';
import test from 'node:test';
import { importSource } from './support/files.mjs';

const { fieldsOf, profileOf } = await importSource('answers.ts');

const held = {
  name: 'viewed.a',
  card: 2,
  form: 0,
  number: 3n,
  text: '',
  origin: 0,
  contradicted: false,
  source: 1,
  purposes: 0b110,
  sinceMs: 1000,
  updatedMs: 1000,
  lastUsedMs: 0,
  expiresMs: 4000,
};
const field = (changes, nowMs = 1000) => fieldsOf({ fields: [{ ...held, ...changes }] }, nowMs)[0];

test('how fresh it is goes by thirds of its time', () => {
  const at = (nowMs) => field({}, nowMs).freshness;
  assert.deepEqual([1000, 1999, 2000, 2999, 3000, 9000].map(at), [
    'fresh',
    'fresh',
    'ageing',
    'ageing',
    'old',
    'old',
  ]);
  assert.equal(field({ expiresMs: 0 }, 9e12).freshness, 'lasting');
  assert.equal(field({}, 500).freshness, 'fresh', 'a clock that was put back');
});

test('how sure it is', () => {
  assert.equal(field({}).accuracy, 'single');
  assert.equal(field({ updatedMs: 1001 }).accuracy, 'confirmed');
  assert.equal(field({ origin: 1 }).accuracy, 'guessed');
  assert.equal(field({ origin: 2 }).accuracy, 'corrected');
  for (const origin of [0, 1, 2]) {
    assert.equal(field({ origin, contradicted: true }).accuracy, 'contradicted');
  }
});

test('values and names are as documented, and cards have what is theirs', () => {
  assert.deepEqual(field({ form: 2, number: 2n ** 53n + 2n, text: 'EUR' }).value, {
    currency: 'EUR',
    minor: 2 ** 53 + 2,
  });
  assert.equal(field({ form: 1, text: 'liked' }).value, 'liked');
  assert.deepEqual(field({}).purposes, ['store', 'personalize']);
  const profile = profileOf([field({}), field({ card: 0 })]);
  assert.deepEqual(Object.keys(profile), ['buying', 'engagement', 'feelings', 'who']);
  assert.deepEqual([profile.engagement.length, profile.who.length], [1, 1]);
  for (const wrong of [{ form: 3 }, { card: 4 }, { origin: 3 }, { source: 5 }]) {
    assert.throws(() => field(wrong), { code: 'dataLoss' });
  }
});
