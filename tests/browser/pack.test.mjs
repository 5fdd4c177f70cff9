// What a visitor who comes back loads of a site pack that was published anew: in parts, the sections
// that changed; in one file, where the browser knows dictionaries (RFC 9842), what is different.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';

import { packAnswer } from '../../demo-site/pack_answer.mjs';
import { programCommand } from '../lib/programs.mjs';
import { sitePack, sitePackParts } from '../lib/site_pack.mjs';
import { engines, launch } from './lib/browser.mjs';
import { grant, newProfile, startShop, visit, withBrowser } from './lib/tagged_shop.mjs';

const ITEMS = 300;
const timeout = 180_000;

// The second has other neighbours: of its sections only the model differs.
const first = { items: ITEMS, version: 1, neighbours: 2 };
const second = { items: ITEMS, version: 2, neighbours: 3 };

async function shelfSize(tab, shop) {
  await visit(tab, shop);
  await grant(tab);
  return (await tab.evaluate(() => baya.recommend({ limit: 10 }))).length;
}

const sectionPath = (body) => `/${createHash('sha256').update(body).digest('hex')}.section`;

function publishInParts(shop, options) {
  const { front, bodies } = sitePackParts(options);
  const headers = { 'Cache-Control': 'max-age=31536000, immutable' };
  for (const body of bodies) shop.routes[sectionPath(body)] = { body, headers };
  shop.routes['/shop.pack'] = { body: front, headers: { 'Cache-Control': 'max-age=600' } };
  return bodies.map(sectionPath);
}

for (const engine of engines) {
  test(`${engine}: of a pack in parts, sections that did not change are not loaded again`, {
    timeout,
  }, async (t) => {
    const shop = await startShop();
    t.after(() => shop.close());
    const before = publishInParts(shop, first);
    const profileDir = await newProfile(t);
    await withBrowser({ engine, profileDir }, async (tab) => {
      assert.equal(await shelfSize(tab, shop), 10);
      assert.deepEqual(sectionsAsked(shop), [...before].sort());
      const changed = publishInParts(shop, second).filter((path) => !before.includes(path));
      assert.equal(changed.length, 1);
      shop.forget();
      assert.equal(await shelfSize(tab, shop), 10);
      assert.deepEqual(sectionsAsked(shop), changed);
    });
  });
}

const sectionsAsked = (shop) =>
  shop.requests
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.section'))
    .sort();

// Publishes in `folder` what `baya delta` makes of two versions.
async function publishDelta(folder) {
  await mkdir(join(folder, 'www'));
  await writeFile(join(folder, 'old.pack'), sitePack(first));
  await writeFile(join(folder, 'www/shop.pack'), sitePack(second));
  const [program] = programCommand('native', 'tools/delta/baya-delta');
  const files = ['--base', join(folder, 'old.pack'), '--pack', join(folder, 'www/shop.pack')];
  execFileSync(program, files);
  return join(folder, 'www');
}

function serveAsTheShopDoes(shop, whole, folder) {
  const sent = [];
  const read = (path) => readFile(join(folder, path)).catch(() => undefined);
  shop.routes['/shop.pack'] = async ({ headers }) => {
    const answer = await packAnswer('/shop.pack', headers, whole, read);
    sent.push({ encoding: answer.headers['Content-Encoding'], bytes: answer.body.length });
    return answer;
  };
  return sent;
}

for (const engine of engines) {
  test(`${engine}: a pack in one file is loaded as its difference where that is understood`, {
    timeout,
  }, async (t) => {
    const shop = await startShop();
    t.after(() => shop.close());
    const profileDir = await newProfile(t);
    const www = await publishDelta(profileDir);
    const [old, whole] = [sitePack(first), sitePack(second)];
    const tab = await launch({ engine, profileDir });
    t.after(() => tab.close());
    assert.deepEqual(await visits(tab, shop, old, www), [
      { encoding: undefined, bytes: old.length },
    ]);
    const [{ encoding, bytes }, ...more] = await visits(tab, shop, whole, www);
    assert.deepEqual(more, []);
    if (engine === 'chromium') {
      assert.equal(encoding, 'dcz');
      assert.ok(bytes < whole.length / 4, `${bytes} of ${whole.length} bytes`);
    } else {
      assert.equal(encoding === 'dcz' || bytes === whole.length, true);
    }
    t.diagnostic(`${engine}: ${bytes} bytes of ${whole.length}, ${encoding ?? 'whole'}`);
    assert.deepEqual(
      await visits(tab, shop, whole, www),
      [{ encoding: undefined, bytes: 0 }],
      'nothing when nothing is new',
    );
  });
}

// What is sent of the pack while a visitor comes and looks at a shelf.
async function visits(tab, shop, whole, www) {
  const sent = serveAsTheShopDoes(shop, whole, www);
  assert.equal(await shelfSize(tab, shop), 10);
  return sent;
}
