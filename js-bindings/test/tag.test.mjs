// dist/baya.js and dist/stub.js as a page includes them: replay, double inclusion, blocked files.

import assert from 'node:assert/strict';
import test from 'node:test';
import { FakePage, tagData } from './support/page.mjs';

const refused = { accepted: false, reason: 'no_consent' };
const plain = (value) => JSON.parse(JSON.stringify(value));

test('the tag alone fetches, stores and sends nothing', async () => {
  const page = new FakePage();
  page.run('baya.js', tagData);
  assert.deepEqual(plain(await page.evaluate("baya.track('Product Viewed')")), refused);
  page.evaluate("baya.on('ready', () => {})");
  await page.evaluate('baya.reset()');
  assert.deepEqual(page.touched, []);
});

test('every method is bound', async () => {
  const page = new FakePage();
  page.run('baya.js', tagData);
  assert.deepEqual(plain(await page.evaluate("(0, baya.page)('Home')")), refused);
});

test('what the stub took is replayed in its order, with its answers', async () => {
  const page = new FakePage();
  page.run('stub.js');
  const answers = page.evaluate(`
    globalThis.early = baya;
    globalThis.order = [];
    Promise.all([
      baya.track('A', {}, () => order.push('A')),
      baya.identify('u', () => order.push('u')),
      baya.track('', () => order.push('')),
    ])`);
  page.run('baya.js', tagData);
  assert.deepEqual(plain(await answers), [
    refused,
    refused,
    { accepted: false, reason: 'invalid' },
  ]);
  assert.deepEqual([...page.evaluate('order')].sort(), ['', 'A', 'u']);
});

test('whoever kept the stub has the real methods', async () => {
  const page = new FakePage();
  page.run('stub.js');
  page.evaluate('globalThis.early = baya');
  page.run('baya.js', tagData);
  assert.deepEqual(plain(await page.evaluate("early.track('B')")), refused);
  const pushed = page.evaluate("new Promise((done) => early.push(['track', 'C', done]))");
  assert.deepEqual(plain(await pushed), refused);
});

test("another tag's array stub is replayed as well", async () => {
  const page = new FakePage();
  const answer = page.evaluate(`
    globalThis.baya = [];
    new Promise((done) => {
      baya.push(['nonsense'], null, 7, ['toString'], ['__proto__'], ['track', 'A', {}, done]);
    })`);
  page.run('baya.js', tagData);
  assert.deepEqual(plain(await answer), refused);
});

test('a listener of the stub hears, and stops when it was told to', () => {
  const page = new FakePage();
  page.run('stub.js');
  page.evaluate(`
    globalThis.heard = [];
    globalThis.stops = [1, 2, 3].map((n) => baya.on('degraded', () => heard.push(n)));
    stops[0]()`);
  page.run('baya.js', tagData);
  page.evaluate('stops[1]()');
  return page
    .evaluate('baya.recommend()')
    .then(() => assert.deepEqual([...page.evaluate('heard')], [3]));
});

test('the files may be included twice, in either order', async () => {
  const page = new FakePage();
  page.run('baya.js', tagData);
  const first = page.evaluate('baya');
  page.run('stub.js');
  page.run('baya.js', { ...tagData, pack: '/other.pack' });
  page.run('stub.js');
  assert.equal(page.evaluate('baya'), first);
  const twice = new FakePage();
  twice.run('stub.js');
  const answer = twice.evaluate("baya.track('A')");
  twice.run('stub.js');
  twice.run('baya.js', tagData);
  twice.run('baya.js', tagData);
  assert.deepEqual(plain(await answer), refused);
});

test("a page's own thing of that name is left alone", () => {
  const page = new FakePage();
  page.evaluate("globalThis.baya = 'the bird'");
  page.run('stub.js');
  page.run('baya.js', tagData);
  assert.equal(page.evaluate('baya'), 'the bird');
});

test('a tag without its attributes does nothing', () => {
  const page = new FakePage();
  page.run('baya.js', { pack: '/shop.pack' });
  assert.equal(page.evaluate('typeof baya'), 'undefined');
});

test('a blocked tag answers what waits and what comes later', async () => {
  const page = new FakePage();
  page.run('stub.js');
  const early = page.evaluate("Promise.all([baya.track('A'), baya.recommend()])");
  page.fail('other.js');
  page.fail('baya.js', tagData);
  const unavailable = { accepted: false, reason: 'unavailable' };
  assert.deepEqual(plain(await early), [unavailable, []]);
  assert.deepEqual(plain(await page.evaluate("baya.page('Home')")), unavailable);
  assert.equal((await page.evaluate('baya.consentState()')).asked, false);
});

test('with blocked files nothing throws or rejects, and a refusal is still kept', async () => {
  const page = new FakePage();
  page.run('baya.js', tagData);
  page.evaluate("globalThis.heard = []; baya.on('degraded', ({ what }) => heard.push(what))");
  assert.deepEqual(plain(await page.evaluate('baya.recommend({ limit: 3 })')), []);
  assert.equal(page.evaluate('heard').length, 1);
  await page.evaluate('baya.consent({ store: true })');
  assert.ok(!page.touched.some((what) => what.startsWith('store')));
  await page.evaluate('baya.consent({ store: false })');
  const stored = page.touched.filter((what) => what.startsWith('store'));
  const date = new Date().toISOString().slice(0, 10);
  assert.deepEqual(stored, [`store baya {"version":1,"choice":"refused","date":"${date}"}`]);
});

test('nonsense from the page neither throws nor rejects', async () => {
  const page = new FakePage();
  page.run('baya.js', tagData);
  await page.evaluate(`Promise.all([
    baya.track(), baya.track(null, null, null), baya.track({ toString() { throw 1; } }),
    baya.track('E', new Proxy({}, { ownKeys() { throw 1; } })), baya.track('E', { a: 1n }),
    baya.track('E', {}, { timestamp: 'never' }), baya.track('E', {}, { messageId: {} }),
    baya.track('E', () => { throw 1; }), baya.page(Symbol()), baya.identify(), baya.group(),
    baya.alias(), baya.consent(), baya.consent(null), baya.consent('yes', 7),
    baya.recommend(null), baya.recommend({ exclude: 7 }), baya.recommend({ limit: 'x' }),
  ])`);
  assert.equal(typeof page.evaluate("baya.on('nothing', 7)"), 'function');
});
