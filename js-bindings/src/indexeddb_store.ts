// The vault's blobs in one IndexedDB database with one object store, name to bytes.

import type { Batch, Blob, BlobStore, Outcome } from './blob_store.js';
import { meets } from './blob_store.js';
import { completed, deleteDatabase, openDatabase, requested } from './indexeddb.js';
import { blobDatabaseName } from './names.js';

const storeName = 'blobs';

// A lost connection ("server lost" in WebKit, a cleared site in the others) is opened again once
// per batch; whoever asks next tries again.
const attempts = 2;

export class IndexedDbStore implements BlobStore {
  readonly kind = 'indexeddb';
  #database: IDBDatabase | undefined;

  /** Makes the database when there is none: only for whoever may keep data. */
  async readAll(): Promise<Blob[]> {
    return this.#connected(async (database) => {
      const transaction = database.transaction(storeName, 'readonly');
      const store = transaction.objectStore(storeName);
      const [names, values] = await Promise.all([
        requested(store.getAllKeys()),
        requested(store.getAll()),
      ]);
      return names.map((name, i) => ({ name: String(name), bytes: new Uint8Array(values[i]) }));
    });
  }

  async apply(batch: Batch): Promise<Outcome> {
    try {
      return await this.#connected((database) => applied(database, batch));
    } catch (error) {
      return (error as { name?: string } | null)?.name === 'QuotaExceededError'
        ? 'resourceExhausted'
        : 'unavailable';
    }
  }

  async destroy(): Promise<void> {
    this.#disconnect();
    await deleteDatabase(blobDatabaseName);
  }

  // Only a transaction that could not be begun is tried again: what became of one that was begun
  // is for the vault to find out.
  async #connected<T>(work: (database: IDBDatabase) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const database = await this.#connect();
      try {
        return await work(database);
      } catch (error) {
        const name = (error as { name?: string } | null)?.name;
        if (name !== 'QuotaExceededError') this.#disconnect();
        if (name !== 'InvalidStateError' || attempt === attempts) throw error;
      }
    }
  }

  async #connect(): Promise<IDBDatabase> {
    if (this.#database !== undefined) return this.#database;
    const database = await openDatabase(blobDatabaseName, storeName);
    const forget = () => {
      if (this.#database === database) this.#database = undefined;
    };
    database.onclose = forget;
    database.onversionchange = () => {
      forget();
      database.close();
    };
    this.#database = database;
    return database;
  }

  #disconnect(): void {
    this.#database?.close();
    this.#database = undefined;
  }
}

// Everything is asked for at once: with a wait between the checks and the changes, a batch takes one
// more way to the database and back. What the checks find can still abort the changes, because
// requests are answered in their order; only then is the transaction let go.
async function applied(database: IDBDatabase, { expects, puts, deletes }: Batch): Promise<Outcome> {
  // "strict": complete means that the operating system was told to write it to the disk.
  const transaction = database.transaction(storeName, 'readwrite', { durability: 'strict' });
  const store = transaction.objectStore(storeName);
  let holds = true;
  let open = expects.length;
  for (const one of expects) {
    const request = store.get(one.name);
    request.onsuccess = () => {
      holds &&= meets(one, request.result && new Uint8Array(request.result));
      if (!holds) transaction.abort();
      else if (--open === 0) transaction.commit?.();
    };
  }
  // Of what was aborted here no error is to reach the worker's global handler.
  transaction.onerror = (event) => {
    if (!holds) event.preventDefault();
  };
  try {
    for (const { name, bytes } of puts) store.put(exactBuffer(bytes), name);
    for (const name of deletes) store.delete(name);
  } catch (error) {
    transaction.abort(); // or what was asked for so far would be kept
    throw error;
  }
  try {
    await completed(transaction);
  } catch (error) {
    if (holds) throw error;
    return 'aborted';
  }
  return 'durable';
}

// The bytes alone, without the larger buffer they may be a view of.
function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}
