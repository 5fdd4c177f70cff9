// The vault as a page's worker has it, in Chromium: opening and decrypting 10,000 events of 190 bytes,
// and one more event made durable, against what pages keep events in. Each store has a site and a
// worker of its own; a round opens it in a fresh worker. The database was asked for the "strict"
// durability wherever it is IndexedDB; sqlite flushes its files after every transaction. What a
// library needs before it can open anything (ours: the module compiled) is counted apart.
//
// Ours is native/vault.cc, the vault without the engine, under the host and the loop of the real
// worker. Every side ends with the plaintext bytes of each event (RxDB: its documents) and parses
// none of them.
//
// Then how ours grows from 1,000 to 100,000 events: every event's share of the time to open, of what
// the vault stores, and of the files on the disk once the browser was closed, in which Chromium
// keeps for a while what was replaced.
//
// Measured on two shared cores of Zen 3 with Chromium 156, the quieter rounds: opening 32 ms, of which
// reading and the device's secrets take 17 (12 of them however many events there are) and the module
// 15, in code that the browser has only just compiled; WebCrypto per record 105, sqlite 54 to 70 and 60
// more to start its library, RxDB 950. A commit 1.3 ms against 0.8 of plain IndexedDB and 2.0 of sqlite.
// So IndexedDB meets neither bar of 15 and 3 for opening nor those for commits: two checks, a chunk and
// a head are four requests where the peer has one (the same four without encryption: 1.3 ms against
// 1.1, and 1.6 when the changes wait for the checks). One append to an OPFS file with a flush takes
// 0.4 ms in the same minute.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { launch } from '../browser/lib/browser.mjs';
import { compare, median, rounded } from './lib/compare.mjs';
import { Store } from './lib/vault/stores.mjs';

const EVENTS = 10_000;
const COMMITS = 25; // a round
const GROWTH = [1_000, 10_000, 100_000];
const GROWTH_ROUNDS = 5;

const PEERS = {
  webcrypto: { name: 'IndexedDB + WebCrypto per record, all at once', file: 'webcrypto', open: 15 },
  waiting: {
    name: 'IndexedDB + WebCrypto per record, one after the other',
    file: 'webcrypto',
    query: '?waiting',
    open: 15,
  },
  plain: { name: 'IndexedDB, plain', file: 'webcrypto', query: '?plain', open: 0, commit: 1 },
  sqlite: { name: 'sqlite-wasm, opfs-sahpool, plain', file: 'sqlite', open: 3, commit: 3 },
  rxdb: { name: 'RxDB on Dexie, encrypted by crypto-js', file: 'rxdb', open: 0, commit: 0 },
};

const ours = (time) => ({ name: 'baya: vault in wasm on IndexedDB', time });
const opening = (store) => async () => (await store.round(0)).openMs;
const starting = (store) => async () => {
  const { startMs, openMs } = await store.round(0);
  return startMs + openMs;
};
const committing = (store) => async () => median((await store.round(COMMITS)).commitMs);

async function compareWith(baya, peer, { name, open, commit }) {
  const pair = async (what, bar, measure) =>
    compare({
      benchmark: `vault: ${what}`,
      bar,
      ours: ours(measure(baya)),
      peer: { name, time: measure(peer) },
    });
  await pair('10,000 events opened and decrypted', open, opening);
  if (name.startsWith('sqlite')) await pair('the same, with the start of the library', 0, starting);
  if (commit !== undefined) await pair('one event made durable', commit, committing);
}

async function withStores(work) {
  const stores = [];
  const profileDir = mkdtempSync(join(tmpdir(), 'baya-bench-vault-'));
  try {
    await work(profileDir, stores);
  } finally {
    for (const store of stores) await store.close();
    rmSync(profileDir, { recursive: true, force: true });
  }
}

async function comparePeers() {
  await withStores(async (profileDir, stores) => {
    const browser = await launch({ engine: 'chromium', profileDir });
    try {
      const open = async (file, query) => {
        const store = await Store.open(browser, file, query);
        stores.push(store);
        await store.fill(EVENTS);
        return store;
      };
      const baya = await open('baya');
      for (const peer of Object.values(PEERS)) {
        await compareWith(baya, await open(peer.file, peer.query), peer);
      }
    } finally {
      await browser.close();
    }
  });
}

async function growthOf(store, profileDir) {
  const diskBytes = store.databaseBytes(profileDir);
  const times = [];
  let stored;
  for (let round = 0; round < GROWTH_ROUNDS; round++) {
    const { openMs, bytes } = await store.round(0);
    times.push(openMs);
    stored = bytes;
  }
  return {
    events: store.events,
    bytesPerEvent: rounded(stored / store.events),
    diskBytesPerEvent: rounded(diskBytes / store.events),
    openMs: { medianMs: rounded(median(times)), minMs: rounded(Math.min(...times)) },
    openUsPerEvent: rounded((1000 * Math.min(...times)) / store.events),
  };
}

// Linear: an event of 100,000 costs no more than twice one of 10,000.
async function measureGrowth() {
  await withStores(async (profileDir, stores) => {
    const filling = await launch({ engine: 'chromium', profileDir });
    try {
      for (const events of GROWTH) {
        stores.push(await Store.open(filling, 'baya'));
        await stores.at(-1).fill(events);
      }
    } finally {
      await filling.close();
    }
    const browser = await launch({ engine: 'chromium', profileDir });
    try {
      const sizes = [];
      for (const store of stores) {
        await store.moveTo(browser);
        sizes.push(await growthOf(store, profileDir));
      }
      const [, middle, large] = sizes;
      const ratio = rounded(middle.openUsPerEvent / large.openUsPerEvent);
      const result = { benchmark: 'vault: growth', sizes, ratio, bar: 0.5, met: ratio >= 0.5 };
      console.log(JSON.stringify(result));
      if (!result.met) process.exitCode = 1;
    } finally {
      await browser.close();
    }
  });
}

await measureGrowth();
await comparePeers();
