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

async function applied(database: IDBDatabase, batch: Batch): Promise<Outcome> {
  // "strict": complete means that the operating system was told to write it to the disk.
  const transaction = database.transaction(storeName, 'readwrite', { durability: 'strict' });
  const store = transaction.objectStore(storeName);
  const done = completed(transaction);
  done.catch(() => {});
  const found = await Promise.all(batch.expects.map(({ name }) => requested(store.get(name))));
  const holds = batch.expects.every((one, i) =>
    meets(one, found[i] === undefined ? undefined : new Uint8Array(found[i])),
  );
  if (!holds) {
    transaction.abort();
    return 'aborted';
  }
  for (const { name, bytes } of batch.puts) store.put(exactBuffer(bytes), name);
  for (const name of batch.deletes) store.delete(name);
  await done;
  return 'durable';
}

// The bytes alone, without the larger buffer they may be a view of.
function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}
