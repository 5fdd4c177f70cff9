// What the disk tells. Canaries that came in through the API alone are nowhere in the browser's
// profile directory. After an erasure neither the ciphertext saved before nor what the browser has left on
// the disk opens with anything that is left; the same ciphertext with the keys saved before does.
//
// Chromium keeps bytes of deleted databases until it compacts its files: ciphertext, and perhaps the
// WebCrypto key. So an attacker is granted both here. What is gone is the share.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';

import { deviceSecret, openStoredVault } from '../lib/stored_vault.mjs';
import { engines } from './lib/browser.mjs';
import { putBack, takeBlobs, takeSecrets } from './lib/device.mjs';
import { copyOf, tryAllAsShare, whichAreFound } from './lib/left_behind.mjs';
import { grant, newProfile, startShop, view, visit, withBrowser } from './lib/tagged_shop.mjs';

// Engines whose files of a deleted database go with it.
const DELETES_FILES = ['firefox', 'webkit'];

const hold = (tab, canaries) =>
  tab.evaluate(async ({ user, name, email, item, query }) => {
    const acks = await Promise.all([
      baya.identify(user, { name, email: `${email}@shop.example` }),
      baya.track('Product Viewed', { product_id: item }),
      baya.track('Products Searched', { query }),
    ]);
    return acks.every(({ accepted }) => accepted);
  }, canaries);

const exported = (tab) => tab.evaluate(() => mine.export());

// The shop's visitor, up to the point where everything is saved.
async function fillVault(browser, shop, canaries, control) {
  await visit(browser, shop);
  await grant(browser);
  await browser.evaluate((text) => localStorage.setItem('control', text), control);
  assert.ok(await hold(browser, canaries));
  const first = await takeSecrets(browser);
  // Erasing an item makes a new share and destroys the first.
  await view(browser, 'lamp-2');
  await browser.evaluate(() => mine.erase({ item: 'lamp-2' }));
  const { keyOutput, shares } = await takeSecrets(browser);
  assert.deepEqual([first.shares.length, shares.length], [1, 1]);
  assert.notDeepEqual(first.shares, shares);
  const json = await exported(browser);
  for (const canary of Object.values(canaries)) assert.ok(json.includes(canary));
  return {
    keyOutput,
    oldShare: first.shares[0],
    share: shares[0],
    blobs: await takeBlobs(browser),
  };
}

for (const engine of engines) {
  test(`what is erased does not open in ${engine}`, { timeout: 600_000 }, async (t) => {
    const began = Date.now();
    const shop = await startShop();
    t.after(() => shop.close());
    const profileDir = await newProfile(t);
    const names = ['user', 'name', 'email', 'item', 'query'];
    const canaries = Object.fromEntries(
      names.map((name) => [name, randomBytes(12).toString('hex')]),
    );
    const control = randomBytes(12).toString('hex');

    const { keyOutput, oldShare, share, blobs } = await withBrowser({ engine, profileDir }, (tab) =>
      fillVault(tab, shop, canaries, control),
    );
    const secret = deviceSecret(keyOutput, share);
    const opened = openStoredVault(blobs, secret);
    const contents = Buffer.concat(opened.contents).toString('latin1');
    for (const canary of Object.values(canaries)) {
      assert.ok(contents.includes(canary), 'control: the ciphertext opens with what was saved');
    }
    assert.equal(openStoredVault(blobs, deviceSecret(keyOutput, oldShare)), undefined);

    const nonce = blobs.find(({ name }) => name.startsWith('c')).bytes.subarray(5, 29);
    const clear = Object.values(canaries);
    const never = [...clear, oldShare, secret, opened.root, ...opened.keys];
    const needles = [control, nonce, share, ...never];
    const before = await whichAreFound(profileDir, needles);
    assert.deepEqual(before, [true, true, true, ...never.map(() => false)]);
    const whole = await copyOf(profileDir, t);
    assert.deepEqual((await tryAllAsShare(whole, keyOutput, blobs)).share, share, 'control');

    await withBrowser({ engine, profileDir }, async (browser) => {
      await visit(browser, shop);
      await browser.evaluate(() => mine.erase({ all: true }));
    });
    const [seen, ciphertext, ...secrets] = await whichAreFound(profileDir, needles);
    assert.ok(seen, 'control: the search sees what is left');
    assert.ok(!secrets.includes(true), 'a share, a key or something in clear is on the disk');
    if (DELETES_FILES.includes(engine)) assert.equal(ciphertext, false);
    t.diagnostic(`of the ciphertext ${ciphertext ? 'a part' : 'nothing'} is left on the disk`);
    const { tried, share: left } = await tryAllAsShare(profileDir, keyOutput, blobs);
    assert.equal(left, undefined);
    t.diagnostic(`${tried} candidates for the share, none opens`);

    // The product itself, on what is left with the ciphertext put back, and on the whole.
    await withBrowser({ engine, profileDir: await copyOf(profileDir, t) }, async (browser) => {
      await browser.goto(`${shop.origin}/plain.html`);
      await putBack(browser, blobs);
      await visit(browser, shop);
      const { purposes } = await browser.evaluate(() => baya.consentState());
      assert.equal(purposes.store.allowed, false);
      await browser.waitFor("heard.includes('degraded the stored profile cannot be opened')");
      await assert.rejects(exported(browser));
    });
    await withBrowser({ engine, profileDir: whole }, async (browser) => {
      await visit(browser, shop);
      const json = await exported(browser);
      for (const canary of Object.values(canaries)) assert.ok(json.includes(canary), 'control');
    });
    const sent = shop.requests.map((request) => JSON.stringify([request, String(request.body)]));
    for (const canary of clear) assert.ok(!sent.some((text) => text.includes(canary)));
    t.diagnostic(`${Date.now() - began} ms`);
  });
}

for (const engine of engines) {
  test(`a vault put back to an earlier state is noticed in ${engine}`, {
    timeout: 180_000,
  }, async (t) => {
    const shop = await startShop();
    t.after(() => shop.close());
    const options = { engine, profileDir: await newProfile(t) };
    const putBackNotice = 'degraded the stored profile was put back to an earlier state';
    const earlier = await withBrowser(options, async (browser) => {
      await visit(browser, shop);
      await grant(browser);
      await view(browser, 'lamp-2');
      const blobs = await takeBlobs(browser);
      await view(browser, 'mug-3');
      return blobs;
    });
    await withBrowser(options, async (browser) => {
      await visit(browser, shop);
      assert.ok((await exported(browser)).includes('mug-3'));
      assert.ok(!(await browser.evaluate(() => heard)).includes(putBackNotice)); // control
      await browser.goto(`${shop.origin}/plain.html`);
      await putBack(browser, earlier);
      await visit(browser, shop);
      assert.ok((await exported(browser)).includes('lamp-2'));
      await browser.waitFor(`heard.includes('${putBackNotice}')`);
    });
  });
}
