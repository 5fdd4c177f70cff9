// A thousand canaries: each argument of everything that the package gives a page, with each kind of value,
// before consent, with it, paused and refused. None of them is in the browser's profile directory, in
// a request, on the console, in the page's address or document, in what another origin can hear, or in the
// words of an error and its causes. Each of these searches finds a canary that was put there by hand.
//
// All canaries of a run begin alike, so that one search of the disk is for all of them. A callback of the
// page that throws is not tried: the console shows the page's own error.
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';

import { engines } from './lib/browser.mjs';
import { searchProfile } from './lib/profile.mjs';
import { startServer } from './lib/server.mjs';
import { grant, newProfile, startShop, stored, visit, withBrowser } from './lib/tagged_shop.mjs';

const NUMERIC = ['number', 'bigint'];
const STATES = ['before', 'granted', 'paused', 'refused'];
const AT_ONCE = 16;
const rounds = process.env.BAYA_FULL ? STATES.length : 1;

const pageScript = () => readFile(new URL('canaries/page.js', import.meta.url));

// What all canaries of one sort begin with, and one more each time: 24 characters that compress badly.
function flock() {
  const letters = randomBytes(8).toString('hex');
  const digits = String(randomInt(10 ** 9, 9 * 10 ** 9));
  let next = 0;
  return {
    prefixes: [letters, digits],
    one: (kind = 'text') => {
      const number = next++;
      return NUMERIC.includes(kind)
        ? digits + String(number).padStart(5, '0')
        : letters + number.toString(16).padStart(8, '0');
    },
  };
}

// [{slot, kind, canary, state}]: every argument with every kind, in one state each, or in all.
function callsOf(slotNames, kinds, canaries) {
  const calls = [];
  for (const slot of slotNames) {
    for (const kind of kinds) {
      for (let round = 0; round < rounds; round++) {
        const state = STATES[(calls.length + round) % STATES.length];
        calls.push({ slot, kind, canary: canaries.one(kind), state });
      }
    }
  }
  return calls;
}

async function openShop(t) {
  const shop = await startShop();
  t.after(() => shop.close());
  const page = shop.routes['/index.html'];
  const script = '<script type="module" src="/canaries.js"></script>';
  shop.routes['/index.html'] = { ...page, body: page.body + script };
  shop.routes['/canaries.js'] = { body: await pageScript() };
  return shop;
}

async function open(tab, shop) {
  await visit(tab, shop);
  await tab.waitFor('globalThis.canariesReady');
}

// By the driver, whom no policy of the page binds: functions whose source says it.
const makeFunctions = (tab, calls) => {
  const sources = calls
    .filter(({ kind }) => kind === 'function')
    .map(({ canary }) => `'${canary}': function f${canary}() { return '${canary}'; }`);
  return tab.evaluate(`(globalThis.functions = { ${sources.join(',')} }, true)`);
};

const setters = {
  before: () => {},
  granted: (tab) => tab.evaluate(() => mine.pause(false)),
  paused: (tab) => tab.evaluate(() => mine.pause(true)),
  refused: () => {},
};

// Half of the calls are those of a tab that does not own the vault. Returns what was said to each.
async function makeCalls(tabs, calls, state) {
  const said = [];
  const mine = calls.filter((call) => call.state === state);
  for (let at = 0; at < mine.length; at += AT_ONCE) {
    const some = mine.slice(at, at + AT_ONCE);
    const tab = tabs[(at / AT_ONCE) % tabs.length];
    await setters[state](tab);
    await makeFunctions(tab, some);
    const words = await tab.evaluate((list) => makeCalls(list), some);
    said.push(...some.map((call, i) => ({ ...call, words: words[i] })));
  }
  return said;
}

// Another origin, which listens to whatever there is to hear.
async function startStranger(t) {
  const body = `<!doctype html><script>
    globalThis.heard = [];
    const note = ({ data, key, newValue }) => heard.push(JSON.stringify([data, key, newValue]));
    new BroadcastChannel('baya').onmessage = note;
    addEventListener('message', note);
    addEventListener('storage', note);
  </script>`;
  const stranger = await startServer({ '/strange.html': { body } });
  t.after(() => stranger.close());
  return { ...stranger, body };
}

const whatIsHeard = (tab) => tab.evaluate(() => heard.join('\n'));

const addressAndDocument = async (tab) =>
  [
    await tab.evaluate(() =>
      [
        location.href,
        document.referrer,
        document.title,
        document.cookie,
        window.name,
        JSON.stringify(history.state),
        document.documentElement.outerHTML,
      ].join('\n'),
    ),
    JSON.stringify(await stored(tab)),
  ].join('\n');

const consoleOf = (tab) => tab.consoleMessages().map(({ text }) => text);
const requestsOf = ({ requests }) =>
  requests
    .map((request) => `${JSON.stringify({ ...request, body: '' })}\n${request.body}`)
    .join('\n');

// Puts one canary of the other flock into each place.
async function plant(tab, canaries) {
  const [local, logged, path, header, body, fragment, cause] = Array.from({ length: 7 }, () =>
    canaries.one(),
  );
  await tab.evaluate((text) => localStorage.setItem('control', text), local);
  await tab.evaluate((text) => console.log(text), logged);
  await tab.evaluate(
    (...parts) =>
      fetch(`/acked/${parts[0]}`, {
        method: 'POST',
        headers: { 'X-Control': parts[1] },
        body: parts[2],
      }).then(({ status }) => status),
    path,
    header,
    body,
  );
  const words = await tab.evaluate(
    (text) => wordsOf(new Error('one', { cause: new Error('two', { cause: new Error(text) }) })),
    cause,
  );
  await tab.evaluate((text) => history.replaceState(null, '', `#${text}`), fragment);
  return {
    local,
    logged,
    path,
    header,
    body,
    fragment,
    cause,
    words,
    prefix: canaries.prefixes[0],
  };
}

// Which place tells one of a flock: as it is, in UTF-16, percent, JSON, hex or base64.
async function placesThatTell(places, prefixes) {
  const folder = await mkdtemp(join(tmpdir(), 'baya-places-'));
  try {
    for (const [name, text] of Object.entries(places)) await writeFile(join(folder, name), text);
    const hits = await searchProfile(folder, prefixes);
    return [...new Set(hits.map(({ file }) => file))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function assertDisk(profileDir, canaries, controls) {
  const hits = await searchProfile(profileDir, [...canaries.prefixes, controls.prefixes[0]]);
  const told = hits.filter(({ needle }) => needle < 2).map(({ file, form }) => `${file} ${form}`);
  assert.deepEqual(told, [], 'on the disk');
  assert.ok(
    hits.some(({ needle }) => needle === 2),
    'control: on the disk',
  );
}

// The calls of the states before a withdrawal, and the words in every place.
async function converse(browser, shop, stranger, canaries, controls) {
  await open(browser, shop);
  const other = await browser.newTab();
  await open(other, shop);
  const strange = await browser.newTab();
  await strange.goto(`${stranger.origin}/strange.html`);
  const near = await browser.newTab();
  shop.routes['/near.html'] = { body: stranger.body };
  await near.goto(`${shop.origin}/near.html`);

  const names = await browser.evaluate(() => [slotNames, kinds]);
  const calls = callsOf(...names, canaries);
  const tabs = [browser, other];
  const said = await makeCalls(tabs, calls, 'before');
  await grant(browser);
  for (const state of ['granted', 'paused']) said.push(...(await makeCalls(tabs, calls, state)));
  await browser.evaluate(() => mine.pause(false));
  const json = await browser.evaluate(() => mine.export());
  const places = {
    address: (await addressAndDocument(browser)) + (await addressAndDocument(other)),
    strange: await whatIsHeard(strange),
    events: (await whatIsHeard(browser)) + (await whatIsHeard(other)),
  };
  const heardNear = await whatIsHeard(near);
  const planted = await plant(browser, controls);
  const control = await addressAndDocument(browser);
  places.console = [...consoleOf(browser), ...consoleOf(other)].join('\n');
  return { calls, said, places, json, heardNear, planted, control };
}

async function assertControls({ json, heardNear, planted, control, places }, shop, flocks) {
  const { canaries } = flocks;
  assert.ok(json.includes(canaries.prefixes[0]), 'control: some were taken in');
  assert.ok(heardNear.includes(canaries.prefixes[0]), 'control: the own origin hears them');
  assert.ok(places.console.includes(planted.logged), 'control: console');
  assert.ok(control.includes(planted.fragment), 'control: address');
  assert.ok(control.includes(planted.local), 'control: storage');
  assert.ok(planted.words.includes(planted.cause), 'control: causes');
  assert.ok(quotes(`at ..."${planted.cause.slice(3, 12)}..."`, planted.prefix), 'control: a quote');
  for (const part of ['path', 'header', 'body']) {
    assert.ok(requestsOf(shop).includes(planted[part]), `control: ${part} of a request`);
  }
}

// Engines quote a few characters of what they cannot read.
const QUOTED = 7;

function quotes(words, prefix) {
  for (let at = 0; at + QUOTED <= prefix.length; at++) {
    if (words.includes(prefix.slice(at, at + QUOTED))) return true;
  }
  return false;
}

// {argument: the kinds of value that its words told}
function whatWordsTell(said, prefixes) {
  const telling = said.filter(({ words }) => prefixes.some((prefix) => quotes(words, prefix)));
  const slots = [...new Set(telling.map(({ slot }) => slot))];
  const kindsOf = (one) => telling.filter(({ slot }) => slot === one).map(({ kind }) => kind);
  return Object.fromEntries(slots.map((slot) => [slot, [...new Set(kindsOf(slot))].join(' ')]));
}

for (const engine of engines) {
  test(`no canary is seen from outside in ${engine}`, { timeout: 900_000 }, async (t) => {
    const began = Date.now();
    const shop = await openShop(t);
    const stranger = await startStranger(t);
    const profileDir = await newProfile(t);
    const canaries = flock();
    const controls = flock();
    const first = await withBrowser({ engine, profileDir }, (browser) =>
      converse(browser, shop, stranger, canaries, controls),
    );
    await assertControls(first, shop, { canaries });
    await assertDisk(profileDir, canaries, controls);

    const { calls, said, places } = first;
    await withBrowser({ engine, profileDir }, async (browser) => {
      await open(browser, shop);
      await browser.evaluate(() => baya.consent({ store: false, personalize: false }));
      said.push(...(await makeCalls([browser], calls, 'refused')));
      places.console += consoleOf(browser).join('\n');
      places.address += await addressAndDocument(browser);
      places.events += await whatIsHeard(browser);
    });
    await assertDisk(profileDir, canaries, controls);
    places.requests = requestsOf(shop) + requestsOf(stranger);
    const found = {
      words: whatWordsTell(said, canaries.prefixes),
      places: await placesThatTell(places, canaries.prefixes),
    };
    t.diagnostic(
      `${said.length} canaries in ${new Set(calls.map(({ slot }) => slot)).size} arguments, ` +
        `${Date.now() - began} ms`,
    );
    assert.ok(said.length >= 1_000 && said.length === calls.length);
    assert.deepEqual(found, { words: {}, places: [] });
  });
}
