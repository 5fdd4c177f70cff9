// Google Consent Mode in a data layer that Google's own snippets write to.

import assert from 'node:assert/strict';
import test from 'node:test';
import { importSource, readProjectFile } from './support/files.mjs';

const { readConsentCommand, storeVote, watchDataLayer } = await importSource('consent_mode.ts');

function gtag() {
  // biome-ignore lint/complexity/noArguments: what Google's snippet pushes
  globalThis.dataLayer.push(arguments);
}

function watch(layer) {
  globalThis.dataLayer = layer;
  const heard = [];
  watchDataLayer((settings) => heard.push(settings));
  return heard;
}

const denied = { personalization_storage: 'denied', analytics_storage: 'denied' };

test('commands already pushed are heard first, later ones as they come', () => {
  globalThis.dataLayer = [];
  gtag('js', new Date());
  gtag('consent', 'default', { ...denied, ad_storage: 'denied', wait_for_update: 500 });
  const heard = watch(globalThis.dataLayer);
  const [storage, analytics] = Object.keys(denied);
  assert.deepEqual(heard, [
    [
      { update: false, key: storage, granted: false },
      { update: false, key: analytics, granted: false },
    ],
  ]);
  gtag('consent', 'update', { personalization_storage: 'granted' });
  assert.deepEqual(heard[1], [{ update: true, key: storage, granted: true }]);
});

test('a data layer is made when there is none, and another thing of that name is left alone', () => {
  assert.deepEqual(watch(undefined), []);
  assert.ok(Array.isArray(globalThis.dataLayer));
  assert.equal(globalThis.dataLayer.length, 0);
  const other = { push: 1 };
  assert.deepEqual(watch(other), []);
  assert.equal(globalThis.dataLayer, other);
});

test('push does what it did', () => {
  watch([1]);
  assert.equal(globalThis.dataLayer.push(2, 3), 3);
  assert.deepEqual([...globalThis.dataLayer], [1, 2, 3]);
  const layer = [];
  layer.push = () => {
    throw new Error('the page');
  };
  const heard = watch(layer);
  assert.throws(() => gtag('consent', 'update', denied), { message: 'the page' });
  assert.equal(heard.length, 1);
});

test('a listener that throws and entries that cannot be read reach nobody', () => {
  globalThis.dataLayer = [];
  watchDataLayer(() => {
    throw new Error('ours');
  });
  gtag('consent', 'update', denied);
  const trap = new Proxy({}, { get: () => assert.fail('read') });
  assert.equal(globalThis.dataLayer.push(trap), 2);
});

for (const entry of [
  null,
  undefined,
  7,
  'consent',
  {},
  { event: 'consent' },
  ['consent'],
  ['consent', 'update'],
  ['consent', 'revoke', denied],
  ['consent', 'update', null],
  ['consent', 'update', { ad_storage: 'granted' }],
  { length: 2 ** 32 },
]) {
  test(`${JSON.stringify(entry)} is no command of ours`, () => {
    assert.deepEqual(readConsentCommand(entry), []);
  });
}

test('only an update is a choice about storing', () => {
  const vote = (command, value) =>
    storeVote(readConsentCommand(['consent', command, { personalization_storage: value }]));
  assert.equal(vote('update', 'granted'), true);
  assert.equal(vote('update', 'denied'), false);
  assert.equal(vote('update', 'maybe'), false);
  assert.equal(vote('update'), undefined);
  assert.equal(vote('default', 'granted'), undefined);
});

test('the keys are those of the core', () => {
  const source = readProjectFile('core/consent/signal_consent_mode.cc').toString();
  for (const key of Object.keys(denied)) assert.ok(source.includes(`"${key}"`), key);
});
