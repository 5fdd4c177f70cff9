// One record of IndexedDB an event, each encrypted with WebCrypto: AES-256-GCM, the key in the same
// database, as pages do it. With ?waiting one record is decrypted after the other, as code does that
// awaits in a loop, else all are asked for at once. With ?plain nothing is encrypted.
import { eventBytes, serve } from './events.js';

const { search } = location;
const isPlain = search === '?plain';
const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
const completed = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });

let database;
let key;

async function connect() {
  const request = indexedDB.open('events', 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('events', { autoIncrement: true });
    request.result.createObjectStore('keys');
  };
  database = await asked(request);
  if (isPlain) return;
  const keys = (mode) => database.transaction('keys', mode).objectStore('keys');
  key = await asked(keys('readonly').get('key'));
  if (key !== undefined) return;
  const algorithm = { name: 'AES-GCM', length: 256 };
  key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
  await asked(keys('readwrite').put(key, 'key'));
}

async function sealed(number) {
  const bytes = eventBytes(number);
  if (isPlain) return bytes;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) };
}

const opened = ({ iv, data }) => crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data);

async function add(numbers) {
  const values = await Promise.all(numbers.map(sealed));
  const transaction = database.transaction('events', 'readwrite', { durability: 'strict' });
  const events = transaction.objectStore('events');
  for (const value of values) events.add(value);
  await completed(transaction);
}

serve({
  async fill(numbers) {
    if (database === undefined) await connect();
    await add(numbers);
  },
  start: () => {},
  async open() {
    await connect();
    const found = await asked(database.transaction('events').objectStore('events').getAll());
    if (isPlain) return found.length;
    if (search !== '?waiting') return (await Promise.all(found.map(opened))).length;
    const events = [];
    for (const record of found) events.push(await opened(record));
    return events.length;
  },
  commit: (number) => add([number]),
  close: () => database.close(),
});
