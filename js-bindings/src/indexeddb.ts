// IndexedDB (W3C, third edition) with promises, and nothing that creates a database by itself.

/** Rejects with the request's own error. */
export function requested<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = (event) => {
      event.preventDefault(); // or the error reaches the worker's global handler as well
      reject(request.error);
    };
  });
}

/** Resolves once the transaction is complete; rejects with why it was aborted. */
export function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () =>
      reject(transaction.error ?? new DOMException('the transaction was aborted', 'AbortError'));
  });
}

function openRequested(request: IDBOpenDBRequest): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = (event) => {
      event.preventDefault();
      reject(request.error);
    };
    request.onblocked = () => reject(new DOMException('the database is in use', 'AbortError'));
  });
}

/** The database with its one object store; both are made when missing. */
export async function openDatabase(name: string, store: string): Promise<IDBDatabase> {
  if (deletions.has(name)) await deleteDatabase(name); // or it would wait behind that for ever
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store);
  return openRequested(request);
}

/** Undefined when there is none; it is not made then. */
export async function openExistingDatabase(name: string): Promise<IDBDatabase | undefined> {
  if (deletions.has(name)) await deleteDatabase(name);
  const request = indexedDB.open(name, 1);
  let isNew = false;
  request.onupgradeneeded = () => {
    isNew = true;
    request.transaction?.abort();
  };
  try {
    return await openRequested(request);
  } catch (error) {
    if (isNew) return undefined;
    throw error;
  }
}

// By name, those that wait for a page which does not let go of the database.
const deletions = new Map<string, Promise<void>>();

// Whoever listens to `versionchange` lets go at once.
const patienceMs = 5_000;

/**
 * Deletes it with all it holds, or does nothing when there is none. Rejects when another page of the
 * site holds on to it; it is deleted once that page lets go, and asking again waits for that.
 */
export async function deleteDatabase(name: string): Promise<void> {
  const deletion = deletions.get(name) ?? beginDeletion(name);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((_, reject) => {
    const inUse = () => reject(new DOMException('the database is in use', 'TimeoutError'));
    timer = setTimeout(inUse, patienceMs);
  });
  try {
    await Promise.race([deletion, late]);
  } finally {
    clearTimeout(timer);
  }
}

function beginDeletion(name: string): Promise<void> {
  const deletion = requested(indexedDB.deleteDatabase(name)).then(() => {});
  deletions.set(name, deletion);
  const forget = () => deletions.delete(name);
  deletion.then(forget, forget);
  return deletion;
}
