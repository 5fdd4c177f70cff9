// The stores of tests/bench vault, each on a site and in a worker of its own in one Chromium.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

import { startServer } from '../../../browser/lib/server.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const peers = here('../../peers/node_modules');
const module = here('../../../../build/wasm/tests/benchmarks/vault.wasm');

const FILL = 1000; // events a message, so that no message takes half a minute

const page = `
  let lastId = 0;
  const waiting = new Map();
  let worker;
  globalThis.ask = (name, request) => new Promise((resolve, reject) => {
    if (worker === undefined) {
      worker = new Worker('/worker.js' + location.search, { type: 'module' });
      worker.onmessage = ({ data: { id, value, error } }) => {
        const { resolve, reject } = waiting.get(id);
        if (error) reject(new Error(error)); else resolve(value);
      };
      worker.onerror = ({ message }) => reject(new Error(message));
    }
    waiting.set(++lastId, { resolve, reject });
    worker.postMessage({ id: lastId, name, request });
  });
  globalThis.end = () => {
    worker?.terminate();
    worker = undefined;
  };
  globalThis.isReady = true;`;

function read(path) {
  if (!existsSync(path)) throw new Error(`${path} is missing: tests/bench makes it`);
  return { body: readFileSync(path) };
}

async function bundle(name) {
  const digest = createHash('sha256').update(read(module).body).digest('base64');
  const { outputFiles } = await build({
    entryPoints: [here(`${name}.js`)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    nodePaths: [peers],
    external: ['/sqlite/*'],
    define: {
      BAYA_ENGINE_INTEGRITY: JSON.stringify(`sha256-${digest}`),
      BAYA_REPORT_INTEGRITY: '""',
    },
    logLevel: 'error',
  });
  return { body: Buffer.from(outputFiles[0].contents) };
}

async function startSite(name) {
  const sqlite = (file) => read(join(peers, '@sqlite.org/sqlite-wasm/dist', file));
  return startServer({
    '/index.html': { body: '<!doctype html><script src="/page.js"></script>' },
    '/page.js': { body: page },
    '/worker.js': await bundle(name),
    ...(name === 'baya' ? { '/vault.wasm': read(module) } : {}),
    ...(name === 'sqlite'
      ? { '/sqlite/index.mjs': sqlite('index.mjs'), '/sqlite/sqlite3.wasm': sqlite('sqlite3.wasm') }
      : {}),
  });
}

const bytesBelow = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0)
    : statSync(path).size;

/** One store and the events in it. */
export class Store {
  #tab;
  #site;
  events = 0;

  /** `name`: of a file beside this one; `query`: what its worker is asked with. */
  static async open(browser, name, query = '') {
    const store = new Store();
    store.#site = await startSite(name);
    store.#tab = await browser.newTab();
    await store.#tab.goto(`${store.#site.origin}/index.html${query}`);
    await store.#tab.waitFor('globalThis.isReady');
    return store;
  }

  #ask(name, request = {}) {
    return this.#tab.evaluate((n, r) => globalThis.ask(n, r), name, request);
  }

  #end() {
    return this.#tab.evaluate(() => globalThis.end());
  }

  /** The same site in another browser, such as after a restart. */
  async moveTo(browser) {
    this.#tab = await browser.newTab();
    await this.#tab.goto(`${this.#site.origin}/index.html`);
    await this.#tab.waitFor('globalThis.isReady');
  }

  async fill(count) {
    const start = performance.now();
    for (let done = 0; done < count; done += FILL) {
      await this.#ask('fill', { from: this.events, count: Math.min(FILL, count - done) });
      this.events += Math.min(FILL, count - done);
    }
    await this.#end();
    return performance.now() - start;
  }

  /** Opens all in a fresh worker, then keeps `commits` more one after the other; milliseconds. */
  async round(commits) {
    const { startMs, openMs, events, bytes } = await this.#ask('open');
    if (events !== this.events) throw new Error(`${events} events of ${this.events} were found`);
    const commitMs = commits
      ? await this.#ask('commit', { from: this.events, count: commits })
      : [];
    this.events += commits;
    await this.#ask('close');
    await this.#end();
    return { startMs, openMs, commitMs, bytes };
  }

  /** What its databases take on the disk now, Chromium's log of them and its large values too. */
  databaseBytes(profileDir) {
    const name = `http_127.0.0.1_${new URL(this.#site.origin).port}.indexeddb`;
    return ['leveldb', 'blob']
      .map((kind) => join(profileDir, 'Default/IndexedDB', `${name}.${kind}`))
      .reduce((sum, folder) => sum + (existsSync(folder) ? bytesBelow(folder) : 0), 0);
  }

  close() {
    return this.#site.close();
  }
}
