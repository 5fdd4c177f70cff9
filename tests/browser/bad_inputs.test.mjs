// What a page may hand to the package by mistake or on purpose, in Chromium: each call gives the code
// that tests/fuzz/bad_calls.mjs names, nothing is thrown while the page calls, and nothing is quoted.
import assert from 'node:assert/strict';
import test from 'node:test';
import { calls } from '../fuzz/bad_calls.mjs';
import { engines } from './lib/browser.mjs';
import { grant, newProfile, startShop, viewsOf, visit, withBrowser } from './lib/tagged_shop.mjs';

// What became of one call: a code, and 'thrown' in front of it when the page's own code was stopped.
const outcome = (input) => `(async () => {
  const words = (error) => error === undefined || error === null ? ''
    : String(error.message) + words(error.cause);
  const failed = (error, how) => {
    if (words(error).includes('quoted')) return how + ' quoting: ' + words(error);
    return how + (error?.name === 'BayaError' ? error.code : String(error?.name));
  };
  let answer;
  try { answer = (${input}); } catch (error) { return failed(error, 'thrown '); }
  try { answer = await answer; } catch (error) { return failed(error, ''); }
  if (Array.isArray(answer)) return answer.length === 0 ? 'nothing' : 'a shelf';
  if (answer?.accepted === false) return answer.reason;
  return 'ok';
})()`;

for (const engine of engines.filter((name) => name === 'chromium')) {
  test(`${engine}: ${calls.length} bad calls give their codes, and the page goes on`, async (t) => {
    const shop = await startShop();
    t.after(() => shop.close());
    const profileDir = await newProfile(t);
    await withBrowser({ engine, profileDir }, async (tab) => {
      await visit(tab, shop);
      await grant(tab);
      await tab.evaluate(() => {
        globalThis.strays = [];
        addEventListener('error', ({ message }) => strays.push(message));
        addEventListener('unhandledrejection', ({ reason }) => strays.push(String(reason)));
        return baya.track('Product Viewed', { product_id: 'mug-1' });
      });
      const wrong = [];
      for (const { name, input, code } of calls) {
        const found = await tab.evaluate(outcome(input));
        if (found !== code) wrong.push(`${name}: ${found} instead of ${code}`);
      }
      assert.deepEqual(wrong, []);
      assert.deepEqual(await tab.evaluate('strays'), []);
      assert.equal(await viewsOf(tab, 'mug-1'), 1, 'what was held before is held');
    });
    console.log(`${calls.length} bad calls`);
  });
}
