// sqlite-wasm with its pool of OPFS files, not encrypted: a table of blobs, the settings it comes
// with (synchronous FULL).
import sqlite3InitModule from '/sqlite/index.mjs';
import { eventBytes, serve } from './events.js';

let pool;
let database;

function connect() {
  database ??= new pool.OpfsSAHPoolDb('/events');
  database.exec('CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, event BLOB NOT NULL)');
}

function add(numbers) {
  const statement = database.prepare('INSERT INTO events (event) VALUES (?)');
  for (const number of numbers) statement.bind(eventBytes(number)).stepReset();
  statement.finalize();
}

const store = {
  async fill(numbers) {
    if (pool === undefined) await store.start();
    connect();
    database.transaction(() => add(numbers));
  },
  async start() {
    const sqlite3 = await sqlite3InitModule({ locateFile: (name) => `/sqlite/${name}` });
    pool = await sqlite3.installOpfsSAHPoolVfs({});
  },
  open() {
    connect();
    return database.selectValues('SELECT event FROM events ORDER BY id').length;
  },
  commit: (number) => add([number]),
  close() {
    database.close();
    pool.pauseVfs(); // gives its files back
  },
};

serve(store);
