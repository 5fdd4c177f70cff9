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
export function openDatabase(name: string, store: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store);
  return openRequested(request);
}

/** Undefined when there is none; it is not made then. */
export async function openExistingDatabase(name: string): Promise<IDBDatabase | undefined> {
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

/** Deletes it with all it holds, or does nothing when there is none. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    // Another connection is asked to close and does; success follows.
  });
}
