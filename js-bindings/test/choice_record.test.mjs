// The record outside the vault: the bytes that core/consent writes, and no others.

import assert from 'node:assert/strict';
import test from 'node:test';
import { importSource, readProjectFile } from './support/files.mjs';

const { encodeChoice, readChoice, writeChoice } = await importSource('choice_record.ts');

const now = 1_795_354_620_000; // core/consent/refusal_test.cc
const record = '{"version":1,"choice":"refused","date":"2026-11-22"}';

class Storage extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, value) => this.set(key, value);
  removeItem = (key) => this.delete(key);
}

test('a refusal has the bytes of the core', () => {
  assert.ok(readProjectFile('core/consent/refusal_test.cc').includes(record));
  assert.equal(encodeChoice('refused', now), record);
});

test('what was written is read, and removed', () => {
  globalThis.localStorage = new Storage();
  assert.equal(readChoice(), undefined);
  for (const choice of ['refused', 'granted', 'erasing']) {
    assert.ok(writeChoice(encodeChoice(choice, now)));
    assert.deepEqual(readChoice(), { choice, text: encodeChoice(choice, now) });
  }
  assert.deepEqual([...globalThis.localStorage.keys()], ['baya']);
  assert.ok(writeChoice(null));
  assert.equal(globalThis.localStorage.size, 0);
});

for (const text of ['', '{}', 'granted', ` ${record}`, `${record} `, record.replace('1', '2')]) {
  test(`${JSON.stringify(text)} is no record`, () => {
    globalThis.localStorage = new Storage([['baya', text]]);
    assert.equal(readChoice(), undefined);
  });
}

test('a storage that is refused is none', () => {
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    get() {
      throw new DOMException('no', 'SecurityError');
    },
  });
  assert.equal(readChoice(), undefined);
  assert.equal(writeChoice(record), false);
});
