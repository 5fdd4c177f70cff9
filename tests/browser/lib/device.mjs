// Takes from a page what its origin has stored: the vault's ciphertext and both halves of the secret
// that opens it. Written from js-bindings/README.md and core/docs/formats/vault.md.

const inPage = {
  // [[name, hex]] of all blobs.
  blobs: async () => {
    const hexOf = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
    const result = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await result(indexedDB.open('baya'));
    const store = database.transaction('blobs').objectStore('blobs');
    const [names, values] = await Promise.all([result(store.getAllKeys()), result(store.getAll())]);
    database.close();
    return names.map((name, i) => [name, hexOf(new Uint8Array(values[i]))]);
  },

  // What the WebCrypto key, which no script can copy, makes of zeros; and all shares.
  secrets: async () => {
    const hexOf = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
    const result = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    // WebKit lists one that was opened in vain.
    const open = (name) => {
      const opening = indexedDB.open(name);
      opening.onupgradeneeded = () => opening.transaction.abort();
      return result(opening).catch(() => undefined);
    };
    const allOf = async (name, store) => {
      const database = await open(name);
      if (!database) return [];
      const values = await result(database.transaction(store).objectStore(store).getAll());
      database.close();
      return values;
    };
    const [key] = (await allOf('baya-key', 'keys')).filter((value) => value instanceof CryptoKey);
    const zeros = new Uint8Array(32);
    const parameters = { name: 'AES-CBC', iv: zeros.slice(0, 16) };
    const output = new Uint8Array(await crypto.subtle.encrypt(parameters, key, zeros));
    const inDatabases = [
      ...(await allOf('baya-share-0', 'share')),
      ...(await allOf('baya-share-1', 'share')),
    ];
    const inFile = async () => {
      const directory = await navigator.storage.getDirectory();
      const file = await (await directory.getFileHandle('baya-share')).getFile();
      const bytes = new Uint8Array(await file.arrayBuffer());
      const places = [bytes.subarray(0, 40), bytes.subarray(40, 80)];
      return places
        .filter((place) => place.subarray(0, 4).some((byte) => byte !== 0))
        .map((place) => place.slice(4, 36));
    };
    const shares = inDatabases.length > 0 ? inDatabases : await inFile();
    return {
      keyOutput: hexOf(output.subarray(0, 32)),
      shares: shares.map((share) => hexOf(new Uint8Array(share))),
    };
  },

  // As a backup program would: the ciphertext back in its place, and the record of a grant.
  putBack: async (blobs) => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.oncomplete = resolve;
        request.onerror = () => reject(request.error);
      });
    const opening = indexedDB.open('baya', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('blobs');
    const database = await done(opening);
    const transaction = database.transaction('blobs', 'readwrite', { durability: 'strict' });
    transaction.objectStore('blobs').clear();
    for (const [name, hex] of blobs) {
      const bytes = Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
      transaction.objectStore('blobs').put(bytes.buffer, name);
    }
    await done(transaction);
    database.close();
    const date = new Date().toISOString().slice(0, 10);
    localStorage.setItem('baya', `{"version":1,"choice":"granted","date":"${date}"}`);
  },
};

const fromHex = (text) => Buffer.from(text, 'hex');

/** [{name, bytes}] */
export async function takeBlobs(tab) {
  const blobs = await tab.evaluate(inPage.blobs);
  return blobs.map(([name, hex]) => ({ name, bytes: fromHex(hex) }));
}

/** {keyOutput, shares}: the key's half of the slot secret, and the shares that are held. */
export async function takeSecrets(tab) {
  const { keyOutput, shares } = await tab.evaluate(inPage.secrets);
  return { keyOutput: fromHex(keyOutput), shares: shares.map(fromHex) };
}

export const putBack = (tab, blobs) =>
  tab.evaluate(
    inPage.putBack,
    blobs.map(({ name, bytes }) => [name, bytes.toString('hex')]),
  );
