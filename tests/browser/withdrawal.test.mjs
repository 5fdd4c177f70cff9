// Erasures and withdrawals that leave a part, seen from outside: everything is granted to an attacker
// that was ever stored, and everything that is left: the disk, the halves of the secret, and the data
// keys that the vault still has. What should be gone does not open with it, and what should stay
// does. The erasure of everything: erasure.test.mjs.
//
// One visitor fills a vault, with a report that waits to be sent, and a browser profile is copied for
// each way in which something can end.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';

import { startAggregators, tasksSection } from '../lib/measure_tasks.mjs';
import { measuringPlan, sitePack } from '../lib/site_pack.mjs';
import { deviceSecret, openChunks, openStoredVault, slotOpener } from '../lib/stored_vault.mjs';
import { engines } from './lib/browser.mjs';
import { takeBlobs, takeSecrets } from './lib/device.mjs';
import { copyOf, tryAllAsShare, whichAreFound } from './lib/left_behind.mjs';
import { newProfile, startShop, visit, withBrowser } from './lib/tagged_shop.mjs';

const DAY_MS = 86_400_000;
const RETENTION_DAYS = 395;

const newCanary = () => randomBytes(12).toString('hex');
const IDENTITY = ['user', 'name', 'email'];
const TEXTS = [...IDENTITY, 'item', 'query', 'old'];

// `gone`: which texts, and whether what is stored for `measure`. `nothing`: no vault is left.
const WAYS = {
  'withdrawing store': {
    act: (tab) => tab.evaluate(() => baya.consent({ store: false })),
    nothing: true,
  },
  'withdrawing measure': {
    act: (tab) => tab.evaluate(() => baya.consent({ measure: false })),
    gone: { texts: [], measure: true },
  },
  'erasing the purpose measure': {
    act: (tab) => tab.evaluate(() => mine.erase({ purpose: 'measure' })),
    gone: { texts: [], measure: true },
  },
  'erasing the purpose store': {
    act: (tab) => tab.evaluate(() => mine.erase({ purpose: 'store' })),
    gone: { texts: TEXTS, measure: true },
  },
  'erasing an item': {
    act: (tab, { item }) => tab.evaluate((id) => mine.erase({ item: id }), item),
    gone: { texts: ['item'], measure: false },
  },
  'forgetting who it was': {
    act: (tab) => tab.evaluate(() => baya.reset()),
    gone: { texts: IDENTITY, measure: false },
  },
  // The engine does it by itself when it starts on a later day.
  retention: {
    act: () => {},
    laterDays: 2,
    gone: { texts: ['old'], measure: false },
  },
};

const hold = (tab, canaries, oldMs) =>
  tab.evaluate(
    async ({ user, name, email, item, query, old }, timestamp) => {
      const acks = await Promise.all([
        baya.identify(user, { name, email: `${email}@shop.example` }),
        baya.track('Product Viewed', { product_id: item }),
        baya.track('Product Viewed', { product_id: 'lamp-2' }),
        baya.track('Products Searched', { query }),
        baya.track('Products Searched', { query: old }, { timestamp }),
      ]);
      return acks.every(({ accepted }) => accepted);
    },
    canaries,
    oldMs,
  );

const exported = (tab) => tab.evaluate(() => mine.export());

async function takeAll(tab) {
  const { keyOutput, shares } = await takeSecrets(tab);
  assert.equal(shares.length, 1);
  return { keyOutput, share: shares[0], blobs: await takeBlobs(tab) };
}

async function measuringShop(t) {
  const { leader, helper } = await startAggregators(t);
  const fields = { ...measuringPlan.fields, 'trait.name': ['store'] };
  const plan = { ...measuringPlan, retention_days: RETENTION_DAYS, fields };
  const urls = { leader: leader.url, helper: helper.url };
  const tasks = tasksSection(urls, { delayS: DAY_MS / 1000 });
  const shop = await startShop(sitePack({ plan, tasks }));
  t.after(() => shop.close());
  shop.routes['/index.html'].csp =
    `default-src 'self'; connect-src 'self' ${leader.url} ${helper.url}`;
  return shop;
}

async function fill(tab, shop, canaries, control) {
  await visit(tab, shop);
  await tab.evaluate(() => baya.consent({ store: true, personalize: true, measure: true }));
  await tab.evaluate((text) => localStorage.setItem('control', text), control);
  const oldMs = Date.now() - (RETENTION_DAYS - 1) * DAY_MS;
  assert.ok(await hold(tab, canaries, oldMs));
  await tab.waitFor(async () => (await mine.reportLog())[0]?.state === 'waiting');
  await tab.evaluate(() => mine.pause(false)); // when it is answered all of it is durable
  const json = await exported(tab);
  for (const name of TEXTS) assert.ok(json.includes(canaries[name]), name);
  return takeAll(tab);
}

const textOf = (chunks) => chunks.map(({ content }) => content.toString('latin1')).join('\n');
const hasMeasure = (chunks) => chunks.some(({ purpose }) => purpose === 'measure');

// The visitor and the shop of all ways in one engine, with the keys that were saved.
async function prepare(t, engine) {
  const shop = await measuringShop(t);
  const profileDir = await newProfile(t);
  const canaries = Object.fromEntries(TEXTS.map((name) => [name, newCanary()]));
  const control = newCanary();
  const saved = await withBrowser({ engine, profileDir }, (tab) =>
    fill(tab, shop, canaries, control),
  );
  const secret = deviceSecret(saved.keyOutput, saved.share);
  const opened = openStoredVault(saved.blobs, secret);
  const chunks = openChunks(saved.blobs, opened);
  for (const name of TEXTS) {
    assert.ok(textOf(chunks).includes(canaries[name]), 'control: it opens with the saved keys');
  }
  assert.ok(hasMeasure(chunks), 'control: and a report waits in it');
  return { engine, shop, profileDir, canaries, control, saved, secret, opened };
}

// Not one of the halves that are left opens what was saved.
function assertSavedStaysShut(saved, left) {
  const open = slotOpener(saved.blobs);
  assert.equal(open(deviceSecret(left.keyOutput, left.share)), undefined);
  assert.equal(open(deviceSecret(saved.keyOutput, left.share)), undefined);
}

// The data keys that are left, on everything that was ever stored.
function assertGone({ saved, opened, canaries }, left, gone) {
  const now = openStoredVault(left.blobs, deviceSecret(left.keyOutput, left.share));
  const { vaultId } = opened;
  assert.deepEqual(now.vaultId, vaultId);
  const table = now.table;
  const chunks = openChunks([...saved.blobs, ...left.blobs], { vaultId, table });
  const text = textOf(chunks);
  for (const name of TEXTS) {
    assert.equal(text.includes(canaries[name]), !gone.texts.includes(name), name);
  }
  assert.equal(hasMeasure(chunks), !gone.measure);
}

async function assertDisk({ profileDir, control, saved, secret, opened, canaries }, left) {
  const never = [...Object.values(canaries), saved.share, secret, opened.root, ...opened.keys];
  const needles = [control, ...(left ? [left.share] : []), ...never];
  const found = await whichAreFound(profileDir, needles);
  const wanted = needles.map((_, i) => i < needles.length - never.length);
  assert.deepEqual(found, wanted, 'the control, the share that lives, and nothing else');
}

// A day on which the worker believes to be.
function serveLater(shop, days) {
  const route = shop.routes['/baya/worker.js'];
  const shift = `{ const now = Date.now; Date.now = () => now() + ${days * DAY_MS}; }\n`;
  shop.routes['/baya/worker.js'] = {
    ...route,
    body: Buffer.concat([Buffer.from(shift), route.body]),
  };
  return () => {
    shop.routes['/baya/worker.js'] = route;
  };
}

async function assertNothingLeft(t, visitor) {
  await assertDisk(visitor);
  const { saved, profileDir } = visitor;
  const { tried, share } = await tryAllAsShare(profileDir, saved.keyOutput, saved.blobs);
  assert.equal(share, undefined);
  t.diagnostic(`${tried} candidates for the share, none opens`);
}

async function end(t, visitor, { act, laterDays = 0, nothing = false, gone }) {
  const { engine, shop, profileDir, canaries, saved } = visitor;
  const restore = serveLater(shop, laterDays);
  t.after(restore);
  const left = await withBrowser({ engine, profileDir }, async (tab) => {
    await visit(tab, shop);
    const json = await exported(tab);
    assert.ok(laterDays > 0 || json.includes(canaries.old), 'control: the copy is whole');
    await act(tab, canaries);
    if (nothing) {
      await assert.rejects(exported(tab));
      return undefined;
    }
    const after = await exported(tab);
    for (const name of TEXTS) {
      assert.equal(after.includes(canaries[name]), !gone.texts.includes(name), name);
    }
    return takeAll(tab);
  });
  if (nothing) return assertNothingLeft(t, visitor);
  assert.notDeepEqual(left.share, saved.share);
  assertSavedStaysShut(saved, left);
  assertGone(visitor, left, gone);
  return assertDisk(visitor, left);
}

for (const engine of engines) {
  describe(`what was saved before, in ${engine}`, { timeout: 900_000 }, () => {
    let visitor;
    const kept = [];
    const context = { after: (work) => kept.push(work) };
    before(async () => {
      visitor = await prepare(context, engine);
    });
    for (const [name, way] of Object.entries(WAYS)) {
      test(`${name} leaves nothing that opens it`, async (t) => {
        const began = Date.now();
        const profileDir = await copyOf(visitor.profileDir, t);
        await end(t, { ...visitor, profileDir }, way);
        t.diagnostic(`${Date.now() - began} ms`);
      });
    }
    after(async () => {
      for (const work of kept.reverse()) await work();
    });
  });
}
