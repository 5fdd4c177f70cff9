// RxDB with its free storage (Dexie, on IndexedDB) and its free encryption (crypto-js), one document
// an event.
import { createRxDatabase } from 'rxdb/plugins/core';
import { wrappedKeyEncryptionCryptoJsStorage } from 'rxdb/plugins/encryption-crypto-js';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { eventText, serve } from './events.js';

const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 12 }, event: { type: 'string' } },
  required: ['id', 'event'],
  encrypted: ['event'],
};

let database;

async function connect() {
  const storage = getRxStorageDexie({ chromeTransactionDurability: 'strict' });
  database = await createRxDatabase({
    name: 'events',
    storage: wrappedKeyEncryptionCryptoJsStorage({ storage }),
    password: 'a password of the benchmark',
    multiInstance: false,
  });
  await database.addCollections({ events: { schema } });
}

const documentOf = (number) => ({
  id: String(number).padStart(12, '0'),
  event: eventText(number),
});

serve({
  async fill(numbers) {
    if (database === undefined) await connect();
    const { error } = await database.events.bulkInsert(numbers.map(documentOf));
    if (error.length > 0) throw new Error(error[0].message);
  },
  start: () => {},
  async open() {
    await connect();
    const found = await database.events.find().exec();
    return found.filter(({ event }) => event.length > 0).length;
  },
  commit: (number) => database.events.insert(documentOf(number)),
  close: () => database.close(),
});
