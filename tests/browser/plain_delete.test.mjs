// Why the secret of a device has a half that is not in IndexedDB (js-bindings/src/device_slot.ts): a
// page that keeps its key there, "not extractable", and deletes the record, leaves the key on the disk
// in clear. It must be found here, or the searches of the other tests are blind. What Firefox and
// WebKitGTK do is printed.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';

import { engines } from './lib/browser.mjs';
import { whichAreFound } from './lib/left_behind.mjs';
import { startServer } from './lib/server.mjs';
import { newProfile, withBrowser } from './lib/tagged_shop.mjs';

const NAME = 'plain';

// Puts a key and a text; gives the key's bytes, which only its maker can know.
const put = (tab, text) =>
  tab.evaluate(
    async (name, record) => {
      const algorithm = { name: 'AES-GCM', length: 256 };
      const open = await crypto.subtle.generateKey(algorithm, true, ['encrypt']);
      const bytes = new Uint8Array(await crypto.subtle.exportKey('raw', open));
      const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['encrypt']);
      await new Promise((resolve, reject) => {
        const opening = indexedDB.open(name, 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore(name);
        opening.onerror = reject;
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction(name, 'readwrite', { durability: 'strict' });
          transaction.objectStore(name).put(key, 'key');
          transaction.objectStore(name).put(record, 'text');
          transaction.onabort = reject;
          transaction.oncomplete = () => resolve(database.close());
        };
      });
      const refused = await crypto.subtle.exportKey('raw', key).catch(() => 'refused');
      if (refused !== 'refused') throw new Error('the key can be copied');
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    NAME,
    text,
  );

// Deletes both records, and says how many are left.
const remove = (tab) =>
  tab.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open(name, 1);
        opening.onerror = reject;
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction(name, 'readwrite', { durability: 'strict' });
          const store = transaction.objectStore(name);
          store.delete('key');
          store.delete('text');
          const left = store.count();
          transaction.onabort = reject;
          transaction.oncomplete = () => {
            database.close();
            resolve(left.result);
          };
        };
      }),
    NAME,
  );

const drop = (tab) =>
  tab.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase(name);
        deleting.onsuccess = () => resolve(true);
        deleting.onerror = reject;
      }),
    NAME,
  );

for (const engine of engines) {
  test(`what a deleted record leaves on the disk in ${engine}`, { timeout: 300_000 }, async (t) => {
    const server = await startServer({
      '/plain.html': { body: '<!doctype html><title>-</title>' },
    });
    t.after(() => server.close());
    const options = { engine, profileDir: await newProfile(t) };
    const inPage = (work) =>
      withBrowser(options, async (tab) => {
        await tab.goto(`${server.origin}/plain.html`);
        return work(tab);
      });
    const text = randomBytes(16).toString('hex');
    const key = Buffer.from(await inPage((tab) => put(tab, text)), 'hex');
    const found = () => whichAreFound(options.profileDir, [key, text]);
    const stored = await found();
    assert.equal(await inPage(remove), 0);
    const deleted = await found();
    await inPage(drop);
    const dropped = await found();
    const say = ([hasKey, hasText]) =>
      `key ${hasKey ? 'yes' : 'no'}, text ${hasText ? 'yes' : 'no'}`;
    t.diagnostic(
      `in clear: stored ${say(stored)}; deleted ${say(deleted)}; database deleted ${say(dropped)}`,
    );
    assert.ok(stored[1], 'control: what is stored in clear is found');
    if (engine === 'chromium') assert.ok(deleted[0], 'control: the key of a deleted record');
  });
}
