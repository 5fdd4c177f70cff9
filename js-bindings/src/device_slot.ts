// The slot secrets that the device itself holds: each is made of a WebCrypto key that no script
// can copy and of a share that can be destroyed (share.ts).
//
//   secret = HKDF-SHA256 (RFC 5869) of AES-CBC(key, iv 0, 32 zero bytes) || share,
//            salt none, info "baya device slot 1"
//
// The key alone is on the disk in clear, as every key is that a browser keeps without asking.

import {
  completed,
  deleteDatabase,
  openDatabase,
  openExistingDatabase,
  requested,
} from './indexeddb.js';
import { blobDatabaseName, keyDatabaseName } from './names.js';
import { NewestGeneration, type NewestPlace, newestFile } from './newest_generation.js';
import { hasFileSystem, mayHaveFileSystem } from './private_file.js';
import { type Share, type ShareStore, shareBytes } from './share.js';
import { ShareDatabase } from './share_database.js';
import { ShareFile } from './share_file.js';

const keyStore = 'keys';
const keyName = 'device';
const newestName = 'newest';
const info = new TextEncoder().encode('baya device slot 1');

export interface DeviceSlot {
  readonly kind: ShareStore['kind'] | 'none';
  /** Those that may open a stored vault, the oldest first. Nothing is made. */
  secrets(): Promise<Uint8Array[]>;
  /** A fresh secret beside those there are; durable when it resolves. */
  make(): Promise<Uint8Array>;
  /** Destroys all secrets but number `index` of those that `secrets` would give now. */
  keepOnly(index: number): Promise<void>;
  /** Destroys all but the last one made. */
  keepNewest(): Promise<void>;
  /** Destroys everything. */
  destroy(): Promise<void>;
  /** The newest generation of the vault that `sawGeneration` told of; 0 for none. */
  newestGeneration(): Promise<number>;
  /** It is durable. Remembered soon after, beside the shares. */
  sawGeneration(generation: number): Promise<void>;
}

/** Touches nothing before it is asked for secrets. */
export const openDeviceSlot = (): DeviceSlot => new KeyAndShare();

/** Secrets that end with the worker. */
export class MemorySlot implements DeviceSlot {
  readonly kind = 'none';
  #held: Uint8Array[] = [];
  #newest = 0;

  async secrets(): Promise<Uint8Array[]> {
    return this.#held.map((secret) => secret.slice());
  }
  async make(): Promise<Uint8Array> {
    const secret = crypto.getRandomValues(new Uint8Array(shareBytes));
    this.#held.push(secret);
    return secret.slice();
  }
  async keepOnly(index: number): Promise<void> {
    this.#held = this.#held.slice(index, index + 1);
  }
  async keepNewest(): Promise<void> {
    this.#held = this.#held.slice(-1);
  }
  async destroy(): Promise<void> {
    this.#held = [];
    this.#newest = 0;
  }
  async newestGeneration(): Promise<number> {
    return this.#newest;
  }
  async sawGeneration(generation: number): Promise<void> {
    this.#newest = Math.max(this.#newest, generation);
  }
}

interface Places {
  readonly shares: ShareStore;
  readonly newest: NewestGeneration;
}

// Where the shares are already, else the file system. One that could be had before and cannot be
// had now may hold the share of the vault that is there: then nothing is known, and nothing made.
async function findPlaces(): Promise<Places> {
  const inDatabase = {
    shares: new ShareDatabase(),
    newest: new NewestGeneration(newestBesideKey),
  };
  if (!mayHaveFileSystem() || (await inDatabase.shares.read()).length > 0) return inDatabase;
  if (await hasFileSystem()) {
    return { shares: new ShareFile(), newest: new NewestGeneration(newestFile) };
  }
  const vault = await openExistingDatabase(blobDatabaseName);
  vault?.close();
  if (vault !== undefined) throw new Error('the file system cannot be had');
  return inDatabase;
}

class KeyAndShare implements DeviceSlot {
  #found: Promise<Places> | undefined;
  kind: ShareStore['kind'] = mayHaveFileSystem() ? 'opfs' : 'database';

  async secrets(): Promise<Uint8Array[]> {
    const { shares } = await this.#places();
    const held = await shares.read();
    if (held.length === 0) return [];
    const key = await readKey();
    if (key === undefined) return [];
    return Promise.all(held.map((share) => secretOf(key, share)));
  }

  async make(): Promise<Uint8Array> {
    const { shares } = await this.#places();
    const key = (await readKey()) ?? (await makeKey());
    const held = await shares.read();
    const [, second] = held;
    if (second !== undefined) return secretOf(key, second); // made, and never offered to the end
    const number = (held[held.length - 1]?.number ?? 0) + 1;
    const share = { number, bytes: crypto.getRandomValues(new Uint8Array(shareBytes)) };
    await shares.write(share);
    return secretOf(key, share);
  }

  async keepOnly(index: number): Promise<void> {
    const { shares } = await this.#places();
    const kept = (await shares.read())[index];
    if (kept === undefined) throw new Error('there is no such share');
    await shares.keepOnly(kept.number);
  }

  async keepNewest(): Promise<void> {
    const { shares } = await this.#places();
    await this.keepOnly((await shares.read()).length - 1);
  }

  async destroy(): Promise<void> {
    const { shares, newest } = await this.#places();
    await shares.destroy();
    await newest.destroy();
    await deleteDatabase(keyDatabaseName);
  }

  async newestGeneration(): Promise<number> {
    return (await this.#places()).newest.read();
  }

  async sawGeneration(generation: number): Promise<void> {
    (await this.#places()).newest.keep(generation);
  }

  async #places(): Promise<Places> {
    this.#found ??= findPlaces();
    try {
      const places = await this.#found;
      this.kind = places.shares.kind;
      return places;
    } catch (error) {
      this.#found = undefined; // whoever asks next tries again
      throw error;
    }
  }
}

async function secretOf(key: CryptoKey, { bytes }: Share): Promise<Uint8Array> {
  const blocks = new Uint8Array(shareBytes);
  const output = await crypto.subtle.encrypt(
    { name: 'AES-CBC', iv: new Uint8Array(16) },
    key,
    blocks,
  );
  const material = new Uint8Array(2 * shareBytes);
  material.set(new Uint8Array(output, 0, shareBytes));
  material.set(bytes, shareBytes);
  const hkdf = await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveBits']);
  material.fill(0);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, hkdf, 8 * shareBytes));
}

// A record of the key's database, which is not made for it.
async function readBesideKey<T>(name: string): Promise<T | undefined> {
  const database = await openExistingDatabase(keyDatabaseName);
  if (database === undefined) return undefined;
  try {
    const store = database.transaction(keyStore, 'readonly').objectStore(keyStore);
    return await requested<T | undefined>(store.get(name));
  } finally {
    database.close();
  }
}

async function putBesideKey(database: IDBDatabase, name: string, value: unknown): Promise<void> {
  try {
    const transaction = database.transaction(keyStore, 'readwrite', { durability: 'strict' });
    transaction.objectStore(keyStore).put(value, name);
    await completed(transaction);
  } finally {
    database.close();
  }
}

const newestBesideKey: NewestPlace = {
  read: async () => (await readBesideKey<number>(newestName)) ?? 0,
  async write(generation) {
    const database = await openExistingDatabase(keyDatabaseName);
    if (database !== undefined) await putBesideKey(database, newestName, generation);
  },
  destroy: async () => {}, // with the key
};

const readKey = () => readBesideKey<CryptoKey>(keyName);

async function makeKey(): Promise<CryptoKey> {
  const algorithm = { name: 'AES-CBC', length: 256 };
  const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt']);
  await putBesideKey(await openDatabase(keyDatabaseName, keyStore), keyName, key);
  return key;
}
