// A stand-in for what a browser stores with: IndexedDB, the origin private file system, and the
// disk beneath them. It is one because no real engine can be made to fail at its k-th call; that
// the engines themselves behave as it does is what tests/browser shows.
//
// Every call counts. The one at which the fault is either fails, or is the last that this process
// makes: from then on nothing answers, and what was not yet on the disk never comes there.

const failure = () => new DOMException('the test said so', 'UnknownError');
const named = (name) => new DOMException(name, name);

/** What outlives the process. */
export class Disk {
  databases = new Map(); // name -> Map(store -> Map(key -> value))
  files = new Map(); // name -> bytes
}

export class Platform {
  calls = 0;
  struck = '';
  dead = false;
  #disk;
  #at;
  #kind;
  #open = new Set();
  #hasFiles;

  /**
   * kind: 'fails', or 'dies' before or after ('died') the call does its work; hasFiles: whether
   * there is an origin private file system.
   */
  constructor(disk, { at = 0, kind = 'fails', hasFiles = true } = {}) {
    this.#disk = disk;
    this.#at = at;
    this.#kind = kind;
    this.#hasFiles = hasFiles;
  }

  /** What the code of this process sees in place of the platform's own. */
  globals() {
    class FileSystemFileHandle {
      createSyncAccessHandle() {}
    }
    const alive = (begin) => (work, ms) => begin(() => this.dead || work(), ms);
    return {
      indexedDB: {
        open: (name) => this.#openDatabase(name),
        deleteDatabase: (name) => this.#deleteDatabase(name),
      },
      navigator: { storage: { getDirectory: () => this.#directory() } },
      globalThis: { ...globalThis, ...(this.#hasFiles ? { FileSystemFileHandle } : {}) },
      setTimeout: alive(setTimeout),
      setInterval: alive(setInterval),
    };
  }

  // Whether the call may do its work, and whether it may answer.
  #count(what) {
    if (this.dead) return { works: false, answers: false };
    if (++this.calls !== this.#at) return { works: true, answers: true };
    this.struck = what;
    if (this.#kind === 'fails') return { works: false, answers: true, fails: true };
    this.dead = true;
    return { works: this.#kind === 'died', answers: false };
  }

  // A call that answers later.
  #async(what, work) {
    const { works, answers, fails } = this.#count(what);
    const value = works ? work() : undefined;
    return new Promise((resolve, reject) => {
      if (!answers) return;
      queueMicrotask(() => {
        if (fails) reject(failure());
        else if (value instanceof DOMException) reject(value);
        else if (!this.dead) resolve(value);
      });
    });
  }

  // A call that answers at once. One that dies goes no further, which is all that can be seen.
  #sync(what, work) {
    const { works, answers } = this.#count(what);
    const value = works ? work() : undefined;
    if (!answers || !works) throw failure();
    return value;
  }

  #openDatabase(name) {
    const request = {};
    const { works, answers, fails } = this.#count(`open ${name}`);
    if (!answers) return request;
    setImmediate(() => {
      if (this.dead) return;
      if (fails || !works) return fire(request, 'onerror', { error: failure() });
      const isNew = !this.#disk.databases.has(name);
      const stores = this.#disk.databases.get(name) ?? new Map();
      const database = new Database(this, name, stores);
      request.result = database;
      let aborted = false;
      if (isNew) {
        request.transaction = {
          abort: () => {
            aborted = true;
          },
        };
        database.createObjectStore = (store) => stores.set(store, new Map());
        request.onupgradeneeded?.();
      }
      if (aborted) return fire(request, 'onerror', { error: named('AbortError') });
      this.#disk.databases.set(name, stores);
      this.#open.add(database);
      fire(request, 'onsuccess');
    });
    return request;
  }

  #deleteDatabase(name) {
    const request = {};
    const { works, answers, fails } = this.#count(`delete ${name}`);
    if (works) {
      for (const database of this.#open) {
        if (database.name === name) database.onversionchange?.();
      }
      this.#disk.databases.delete(name);
    }
    if (!answers) return request;
    setImmediate(() => {
      if (this.dead) return;
      fire(request, fails ? 'onerror' : 'onsuccess', fails ? { error: failure() } : {});
    });
    return request;
  }

  forget(database) {
    this.#open.delete(database);
  }

  isOpen(database) {
    return this.#open.has(database) && this.#disk.databases.has(database.name);
  }

  /** For Database and Transaction. */
  count(what) {
    return this.#count(what);
  }

  #directory() {
    return this.#async('getDirectory', () => ({
      getFileHandle: (name, { create }) =>
        this.#async(`getFileHandle ${name}`, () => {
          if (!this.#disk.files.has(name)) {
            if (!create) return named('NotFoundError');
            this.#disk.files.set(name, new Uint8Array(0));
          }
          return {
            createSyncAccessHandle: () =>
              this.#async(`createSyncAccessHandle ${name}`, () => this.#handle(name)),
          };
        }),
      removeEntry: (name) =>
        this.#async(`removeEntry ${name}`, () =>
          this.#disk.files.delete(name) ? undefined : named('NotFoundError'),
        ),
    }));
  }

  // What was written but not flushed is lost with the process; half of it, so that a place is torn.
  #handle(name) {
    const disk = this.#disk;
    let bytes = disk.files.get(name).slice();
    const keep = (upTo = bytes.length) => {
      const kept = disk.files.get(name) ?? new Uint8Array(0);
      const after = new Uint8Array(Math.max(kept.length, upTo));
      after.set(kept);
      after.set(bytes.subarray(0, upTo));
      disk.files.set(name, after);
    };
    return {
      getSize: () => this.#sync(`getSize ${name}`, () => bytes.length),
      read: (into, { at }) =>
        this.#sync(`read ${name}`, () => {
          const part = bytes.subarray(at, at + into.length);
          into.set(part);
          return part.length;
        }),
      write: (from, { at }) =>
        this.#sync(`write ${name}`, () => {
          const longer = new Uint8Array(Math.max(bytes.length, at + from.length));
          longer.set(bytes);
          longer.set(from, at);
          bytes = longer;
          if (this.dead) keep(at + (from.length >> 1));
          return from.length;
        }),
      flush: () => this.#sync(`flush ${name}`, () => keep()),
      close: () => {
        if (!this.dead) keep();
      },
    };
  }
}

function fire(request, name, fields = {}) {
  Object.assign(request, fields);
  request[name]?.({ preventDefault() {} });
}

class Database {
  #platform;
  constructor(platform, name, stores) {
    this.#platform = platform;
    this.name = name;
    this.stores = stores;
  }
  transaction(store) {
    if (!this.#platform.isOpen(this)) throw named('InvalidStateError');
    const { works, answers } = this.#platform.count(`transaction ${this.name}`);
    if (!works || !answers) throw failure();
    return new Transaction(this.#platform, this, this.stores.get(store));
  }
  close() {
    this.#platform.forget(this);
  }
}

// Complete in a turn of its own once no request is left; until then nothing is on the disk.
class Transaction {
  #platform;
  #database;
  #values;
  #staged;
  #left = 0;
  #over = false;
  error = null;

  constructor(platform, database, values) {
    this.#platform = platform;
    this.#database = database;
    this.#values = values;
    this.#staged = new Map(values);
    setImmediate(() => this.#settle());
  }

  objectStore() {
    const request = (what, work) => this.#request(`${what} ${this.#database.name}`, work);
    return {
      get: (key) => request('get', () => this.#staged.get(key)),
      getAll: () => request('getAll', () => sorted(this.#staged).map(([, value]) => value)),
      getAllKeys: () => request('getAllKeys', () => sorted(this.#staged).map(([key]) => key)),
      put: (value, key) => request('put', () => this.#staged.set(key, value) && key),
      delete: (key) => request('delete', () => this.#staged.delete(key) && undefined),
    };
  }

  #request(what, work) {
    if (this.#over) throw named('TransactionInactiveError');
    const request = {};
    const { works, answers, fails } = this.#platform.count(what);
    const result = works ? work() : undefined;
    if (!answers) return request;
    this.#left++;
    setImmediate(() => {
      if (this.#platform.dead) return;
      this.#left--;
      if (fails) {
        // Whoever prevents its default goes on; a put that nobody looks at aborts all.
        const handled = request.onerror !== undefined;
        fire(request, 'onerror', { error: failure() });
        if (!handled) return this.#end(failure());
      } else {
        fire(request, 'onsuccess', { result });
      }
      setImmediate(() => this.#settle());
    });
    return request;
  }

  abort() {
    this.#end(null);
  }

  #settle() {
    if (this.#left > 0 || this.#over || this.#platform.dead) return;
    const { works, answers, fails } = this.#platform.count(`commit ${this.#database.name}`);
    if (works && this.#platform.isOpen(this.#database)) {
      this.#values.clear();
      for (const [key, value] of this.#staged) this.#values.set(key, value);
    }
    if (!answers) return;
    if (fails || !this.#platform.isOpen(this.#database)) return this.#end(failure());
    this.#over = true;
    this.oncomplete?.();
  }

  #end(error) {
    if (this.#over) return;
    this.#over = true;
    this.error = error;
    setImmediate(() => !this.#platform.dead && this.onabort?.());
  }
}

const sorted = (map) => [...map].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
