// The launchers themselves, with each real engine.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';

import { engines, launch } from './browser.mjs';
import { requireProgram } from './installed.mjs';
import { searchProfile } from './profile.mjs';
import { startServer } from './server.mjs';
import { OPFS_FEATURES } from './webkit.mjs';

const CANARY = 'canary-Zq7Wm2Kx9';

const SCRIPT = `
  console.log('hello', 3);
  const opening = indexedDB.open('store', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('s');
  opening.onsuccess = () => {
    const write = opening.result.transaction('s', 'readwrite', { durability: 'strict' });
    write.objectStore('s').put('${CANARY}', 'key');
    write.oncomplete = () => { globalThis.written = true; };
  };
  document.cookie = 'visits=' + (1 + Number(document.cookie.split('=')[1] ?? 0)) + '; max-age=9999';
  const inPolicy = () => { try { return eval('1'); } catch (error) { return error.name; } };
  globalThis.evalSays = inPolicy();
  setTimeout(() => { throw new Error('thrown by the page'); }, 0);
`;

const see = () => ({
  cookie: document.cookie,
  dark: matchMedia('(prefers-color-scheme: dark)').matches,
  size: [innerWidth, innerHeight],
  secure: isSecureContext,
  evalSays: globalThis.evalSays,
});

const readBack = () =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('store');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction('s').objectStore('s').get('key');
      reading.onsuccess = () => resolve(reading.result);
      reading.onerror = () => reject(reading.error);
    };
  });

async function startSite() {
  return startServer({
    '/empty.html': { body: '' },
    '/index.html': {
      body: '<!doctype html><title>t</title><h1>Hello</h1><script src="script.js"></script>',
      csp: "default-src 'self'",
    },
    '/script.js': { body: SCRIPT },
  });
}

async function firstVisit(browser, site) {
  await browser.goto(`${site.origin}/index.html`);
  await browser.waitFor(() => globalThis.written);
  assert.deepEqual(await browser.evaluate(see), {
    cookie: 'visits=1',
    dark: true,
    size: [390, 844],
    secure: true,
    evalSays: 'EvalError',
  });
  assert.deepEqual(await browser.evaluate((a, b) => a + b.c, 'x', { c: [1] }), 'x1');
  assert.equal(await browser.evaluate('Promise.resolve(1 + 1)'), 2);
  assert.equal(await browser.evaluate(() => undefined), undefined);
  const thrown = browser.evaluate(() => Promise.reject(new RangeError('far')));
  await assert.rejects(thrown, { name: 'RangeError', message: /far/ });
  await assert.rejects(browser.waitFor('false', 200), /not within 200 ms/);
}

async function secondTab(browser, site) {
  const tab = await browser.newTab();
  await tab.goto(`${site.origin}/index.html?second`);
  assert.deepEqual((await tab.evaluate(see)).cookie, 'visits=2');
  assert.deepEqual((await tab.evaluate(see)).size, [390, 844]);
  await tab.goto(`${site.origin.replace('127.0.0.1', 'localhost')}/index.html`);
  assert.equal(await tab.evaluate('document.cookie'), 'visits=1', 'another site');
  await tab.close();
}

async function messagesAndPicture(browser, directory) {
  await browser.reload();
  assert.equal((await browser.evaluate(see)).cookie, 'visits=3');
  await browser.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  const messages = browser.consoleMessages();
  assert.ok(messages.some(({ type, text }) => type === 'log' && text === 'hello 3'));
  assert.ok(messages.some(({ type, text }) => type === 'pageerror' && /thrown by/.test(text)));
  const path = join(directory, 'picture.png');
  await browser.screenshot(path);
  const png = await readFile(path);
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [390, 844]);
}

async function useTwice(engine, directory, site, lap) {
  const profileDir = join(directory, 'profile');
  const look = { engine, profileDir, viewport: { width: 390, height: 844 }, colorScheme: 'dark' };
  let browser = await launch(look);
  try {
    lap(`launch ${browser.version}`);
    await firstVisit(browser, site);
    await secondTab(browser, site);
    await messagesAndPicture(browser, directory);
    lap('use');
  } finally {
    await browser.close();
  }
  assert.deepEqual(browser.processes(), []);
  lap('close');

  browser = await launch({ ...look, colorScheme: 'light' });
  try {
    lap('launch again');
    await browser.goto(`${site.origin}/index.html`);
    const seen = await browser.evaluate(see);
    assert.deepEqual([seen.cookie, seen.dark], ['visits=4', false]);
    await browser.kill();
    assert.deepEqual(browser.processes(), []);
    await assert.rejects(browser.evaluate('1'));
    lap('use and kill');
  } finally {
    await browser.close();
  }

  browser = await launch(look);
  try {
    await browser.goto(`${site.origin}/empty.html`);
    assert.equal(await browser.evaluate(readBack), CANARY, 'written before SIGKILL');
    lap('third time');
  } finally {
    await browser.close();
  }
  const hits = await searchProfile(profileDir, [CANARY]);
  assert.ok(hits.length > 0, 'what IndexedDB wrote is found on disk');
}

for (const engine of engines) {
  test(`${engine} keeps a profile, a tab, a picture and no process`, {
    timeout: 180_000,
  }, async (t) => {
    const directory = await mkdtemp(join(tmpdir(), 'baya-launch-'));
    const site = await startSite();
    const laps = [];
    let last = Date.now();
    const lap = (name) => {
      laps.push(`${name} ${Date.now() - last}`);
      last = Date.now();
    };
    try {
      await useTwice(engine, directory, site, lap);
    } finally {
      await site.close();
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    }
    t.diagnostic(`ms: ${laps.join(', ')}`);
  });
}

test('webkit has the origin private file system when it is switched on', {
  timeout: 90_000,
}, async () => {
  const site = await startSite();
  const kind = async (webkitFeatures) => {
    const browser = await launch({ engine: 'webkit', webkitFeatures });
    try {
      await browser.goto(`${site.origin}/empty.html`);
      return await browser.evaluate(async () => {
        const directory = await navigator.storage?.getDirectory();
        return (await directory?.getFileHandle('f', { create: true }))?.kind ?? 'none';
      });
    } finally {
      await browser.close();
    }
  };
  try {
    assert.equal(await kind([]), 'none');
    assert.equal(await kind(OPFS_FEATURES), 'file');
  } finally {
    await site.close();
  }
});

test('an engine that is unknown or not installed is refused with what to do', async () => {
  await assert.rejects(launch({ engine: 'netscape' }), /no engine "netscape"/);
  const paths = ['/nowhere/a', '/nowhere/b'];
  assert.throws(() => requireProgram('Mosaic', paths), /Mosaic is not installed.*run tools\/setup/);
});
