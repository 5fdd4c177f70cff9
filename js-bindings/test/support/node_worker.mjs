// The Web Worker interface, as far as the client uses it, over Node's worker threads: a thread of
// its own, structured clones, and the classic script dist/worker.js exactly as it is.

import { Worker as Thread } from 'node:worker_threads';

const prelude = `
  const { parentPort, workerData } = require('node:worker_threads');
  globalThis.self = globalThis;
  globalThis.navigator ??= {};
  globalThis.location = { href: workerData.url };
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  parentPort.on('message', (data) => globalThis.onmessage?.({ data }));
  require('node:vm').runInThisContext(workerData.source, { filename: workerData.url });
`;

export class NodeWorker {
  static #all = new Set();

  onmessage = null;
  onerror = null;
  #terminated = false;
  #thread;

  /** Of the pages that end with their test. */
  static endAll() {
    for (const worker of NodeWorker.#all) worker.terminate();
    NodeWorker.#all.clear();
  }

  constructor(url) {
    NodeWorker.#all.add(this);
    this.#thread = this.#load(String(url));
    this.#thread.catch((error) => this.#fail(error));
  }

  async #load(url) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const source = await response.text();
    const thread = new Thread(prelude, { eval: true, workerData: { url, source } });
    thread.on('message', (data) => this.onmessage?.({ data }));
    thread.on('error', (error) => this.#fail(error));
    if (this.#terminated) thread.terminate();
    return thread;
  }

  #fail(error) {
    this.onerror?.({ message: String(error), preventDefault() {} });
  }

  postMessage(message, transfer) {
    const copy = structuredClone(message, { transfer });
    this.#thread.then(
      (thread) => thread.postMessage(copy),
      () => {},
    );
  }

  terminate() {
    this.#terminated = true;
    this.#thread.then(
      (thread) => thread.terminate(),
      () => {},
    );
  }
}
