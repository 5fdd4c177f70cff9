// SIGKILL of a whole browser at a random time within an operation on the stored profile, again and
// again over one profile: what was acknowledged is there, unaltered, and what was erased stays erased.
import assert from 'node:assert/strict';
import test from 'node:test';

import { launch } from './lib/browser.mjs';
import { sleep } from './lib/processes.mjs';
import { grant, newProfile, startShop, visit, withBrowser } from './lib/tagged_shop.mjs';
import { listen, tellScript } from './lib/told.mjs';

const operations = ['write', 'compact', 'rotate', 'erase', 'erase all'];
const kills = process.env.BAYA_FULL
  ? { chromium: 100, firefox: 100 }
  : { chromium: 13, firefox: 12 };

// What the worker does, told to its page: a new share begins a rotation; a chunk goes once it has
// been merged.
const watchWorker = `
  {
    const channel = new BroadcastChannel('watch');
    const shareBytes = 40;
    const handle = FileSystemSyncAccessHandle.prototype;
    const { write } = handle;
    handle.write = function (from, options) {
      if (from.length === shareBytes && from.some((byte) => byte !== 0)) channel.postMessage('rotate');
      return write.call(this, from, options);
    };
    const store = IDBObjectStore.prototype;
    const { delete: remove } = store;
    store.delete = function (name) {
      channel.postMessage('compact');
      return remove.call(this, name);
    };
  }
`;

// Does one operation again and again, and tells of each step; each event is of an item of its own
// `round`, whose time is in its name.
const work = (operation, round) => {
  const timeMs = Date.now() - 60_000;
  let next = 0;
  const view = async (item) => {
    const n = next++;
    const id = `${round}.${n}`;
    const options = { messageId: id, timestamp: new Date(timeMs + n) };
    const ack = await baya.track('Product Viewed', { product_id: item }, options);
    tell(ack.accepted ? 'accepted' : 'refused', id, item, timeMs + n, ack.reason ?? '');
  };
  const eraseOne = async () => {
    const item = `item-${round}-${next}`;
    await Promise.all([view(item), view(item), view(`other-${round}-${next}`)]);
    await tell('erasing', item);
    if (operation === 'erase') tell('begin', 'erase');
    await mine.erase({ item });
    await tell('erased', item);
  };
  const eraseAll = async () => {
    await Promise.all([view(`item-${round}-${next}`), view(`other-${round}`)]);
    await tell('erasing', '');
    tell('begin', 'erase all');
    await mine.erase({ all: true });
    await tell('erased', '');
    await baya.consent({ store: true, personalize: true });
  };
  const write = async () => {
    tell('begin', 'write');
    await view(`item-${round}-${next}`);
  };
  const steps = { write, compact: write, rotate: eraseOne, erase: eraseOne, 'erase all': eraseAll };
  const forever = async () => {
    try {
      for (;;) await steps[operation]();
    } catch (error) {
      tell('failed', String(error));
    }
  };
  globalThis.watch = new BroadcastChannel('watch');
  watch.onmessage = ({ data }) => tell('begin', data);
  forever();
  if (operation === 'write') for (let i = 1; i < 4; i++) forever();
  return true;
};

/** What was heard of a profile, and what therefore has to be in it. */
class Heard {
  events = new Map(); // id -> {item, timeMs, state}: kept, either, gone
  begun = () => {};
  failures = [];
  counts = { accepted: 0, erased: 0 };

  hear(what, ...rest) {
    if (what === 'accepted') {
      const [id, item, timeMs] = rest;
      this.events.set(id, { item, timeMs, state: 'kept' });
      this.counts.accepted++;
    } else if (what === 'erasing' || what === 'erased') {
      this.#erase(what === 'erased' ? 'gone' : 'either', rest[0]);
    } else if (what === 'begin') {
      this.begun(rest[0]);
    } else {
      this.failures.push([what, ...rest].join(' '));
    }
  }

  // '' is everything.
  #erase(state, item) {
    for (const event of this.events.values()) {
      const isMeant = item === '' || event.item === item;
      if (isMeant && event.state !== 'gone') event.state = state;
    }
    if (state === 'gone') this.counts.erased++;
  }

  check(json, where) {
    const held = new Map();
    for (const event of JSON.parse(json).events) {
      assert.ok(!held.has(event.message_id), `twice: ${event.message_id}, ${where}`);
      held.set(event.message_id, event);
    }
    for (const [id, event] of this.events) {
      this.#checkOne(id, event, held.get(id), where);
      if (event.state === 'gone') assert.ok(!json.includes(`"${id}"`), `back: ${id}, ${where}`);
      if (event.state === 'either') event.state = held.has(id) ? 'kept' : 'gone';
    }
  }

  #checkOne(id, { item, timeMs, state }, event, where) {
    if (state === 'kept') assert.ok(event, `lost: ${id}, ${where}`);
    if (event === undefined) return;
    const { kind, time_ms, items } = event;
    const found = { kind, time_ms, items: items.map((one) => one.id) };
    const expected = { kind: 'product_viewed', time_ms: timeMs, items: [item] };
    assert.deepEqual(found, expected, `altered: ${id}, ${where}`);
  }
}

async function visitAgain(browser, shop, heard, where) {
  await visit(browser, shop);
  const { purposes } = await browser.evaluate(() => baya.consentState());
  const { allowed } = purposes.store;
  heard.check(allowed ? await browser.evaluate(() => mine.export()) : '{"events":[]}', where);
  if (!allowed) await grant(browser);
}

// Resolves once the browser was killed, at a random time after one of these operations began.
async function killWithin(browser, heard, operation, round) {
  const delay = Math.random() * 60;
  const skip = Math.floor(Math.random() * 6); // so many are left to end first
  const begun = new Promise((resolve, reject) => {
    let seen = 0;
    const late = setTimeout(() => reject(new Error(`no ${operation} was begun`)), 60_000);
    heard.begun = (what) => {
      if (what !== operation || seen++ < skip) return;
      clearTimeout(late);
      resolve();
    };
  });
  await browser.evaluate(work, operation, round);
  await begun;
  heard.begun = () => {};
  await sleep(delay);
  await browser.kill();
}

for (const [engine, rounds] of Object.entries(kills)) {
  test(`${rounds} kills of ${engine} lose nothing`, { timeout: 3_600_000 }, async (t) => {
    const began = Date.now();
    const shop = await startShop(undefined, watchWorker);
    t.after(() => shop.close());
    const { body } = shop.routes['/page.js'];
    shop.routes['/page.js'] = { body: `${body}${tellScript}` };
    const profileDir = await newProfile(t);
    const heard = new Heard();
    listen(shop, (...line) => heard.hear(...line));
    const struck = Object.fromEntries(operations.map((name) => [name, 0]));
    let where = 'at the start';
    for (let round = 0; round < rounds; round++) {
      const operation = operations[round % operations.length];
      const browser = await launch({ engine, profileDir });
      try {
        await visitAgain(browser, shop, heard, where);
        const before = heard.counts.accepted;
        await killWithin(browser, heard, operation, `${round}`);
        assert.ok(heard.counts.accepted > before || operation === 'write', 'nothing was heard');
        assert.deepEqual(heard.failures, []);
      } finally {
        await browser.kill();
        await browser.close();
      }
      struck[operation]++;
      where = `after kill ${round + 1}, during ${operation}`;
    }
    await withBrowser({ engine, profileDir }, (last) => visitAgain(last, shop, heard, where));
    assert.ok(heard.counts.accepted > rounds && heard.counts.erased > 0);
    t.diagnostic(
      `kills ${JSON.stringify(struck)}; ${heard.counts.accepted} acknowledged events, 0 lost, ` +
        `0 altered; ${heard.counts.erased} acknowledged erasures, 0 undone; ${Date.now() - began} ms`,
    );
  });
}
