// Shares where there is no origin private file system: each in a database of its own, which is
// deleted whole.

import {
  completed,
  deleteDatabase,
  openDatabase,
  openExistingDatabase,
  requested,
} from './indexeddb.js';
import { shareDatabaseNames } from './names.js';
import type { Share, ShareStore } from './share.js';

const storeName = 'share';
const nameOf = (number: number) => shareDatabaseNames[number % 2 === 0 ? 0 : 1];

export class ShareDatabase implements ShareStore {
  readonly kind = 'database';

  async read(): Promise<Share[]> {
    const shares: Share[] = [];
    for (const place of [0, 1]) {
      const database = await openExistingDatabase(nameOf(place));
      if (database === undefined) continue;
      try {
        const store = database.transaction(storeName, 'readonly').objectStore(storeName);
        const [number] = await requested(store.getAllKeys());
        const [value] = await requested(store.getAll());
        if (number !== undefined) {
          shares.push({ number: Number(number), bytes: new Uint8Array(value) });
        }
      } finally {
        database.close();
      }
    }
    return shares.sort((a, b) => a.number - b.number);
  }

  async write({ number, bytes }: Share): Promise<void> {
    await deleteDatabase(nameOf(number));
    const database = await openDatabase(nameOf(number), storeName);
    try {
      const transaction = database.transaction(storeName, 'readwrite', { durability: 'strict' });
      transaction.objectStore(storeName).put(bytes.slice().buffer, number);
      await completed(transaction);
    } finally {
      database.close();
    }
  }

  async keepOnly(number: number): Promise<void> {
    await deleteDatabase(nameOf(number + 1));
  }

  async destroy(): Promise<void> {
    await deleteDatabase(nameOf(0));
    await deleteDatabase(nameOf(1));
  }
}
