// A worker's storage host alone, so that each part of it can be asked for by itself.

import { openDeviceSlot } from '../../../js-bindings/src/device_slot.ts';
import { IndexedDbStore } from '../../../js-bindings/src/indexeddb_store.ts';
import { hasFileSystem } from '../../../js-bindings/src/private_file.ts';
import { ShareDatabase } from '../../../js-bindings/src/share_database.ts';
import { ShareFile } from '../../../js-bindings/src/share_file.ts';

const store = new IndexedDbStore();
const fromHex = (text) =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const commands = {
  apply: ({ expects = [], puts = [], deletes = [] }) =>
    store.apply({
      expects: expects.map((one) => ({ ...one, prefixes: one.prefixes.map(fromHex) })),
      puts: puts.map(({ name, hex }) => ({ name, bytes: fromHex(hex) })),
      deletes,
    }),
  fill: ({ name, size }) =>
    store.apply({ expects: [], puts: [{ name, bytes: new Uint8Array(size) }], deletes: [] }),
  readAll: async () => (await store.readAll()).map(({ name, bytes }) => [name, toHex(bytes)]),
  slotKind: () => openDeviceSlot().kind,
  secrets: async () => (await openDeviceSlot().secrets()).map(toHex),
  make: async () => toHex(await openDeviceSlot().make()),
  keepOnly: async ({ index }) => openDeviceSlot().keepOnly(index),
  keepNewest: async () => openDeviceSlot().keepNewest(),
  // Two slots, as before and after a restart.
  newest: async ({ saw }) => {
    const slot = openDeviceSlot();
    await slot.newestGeneration();
    for (const generation of saw ?? []) await slot.sawGeneration(generation);
    await slot.newestGeneration(); // after what was to be remembered
    return openDeviceSlot().newestGeneration();
  },
  destroyAll: async () => {
    await openDeviceSlot().destroy();
    await store.destroy();
  },
  // The first 32 bytes of the share, or of each, wherever it is kept: for the search of the disk.
  shares: async () => {
    const shares = (await hasFileSystem()) ? new ShareFile() : new ShareDatabase();
    return (await shares.read()).map(({ bytes }) => toHex(bytes));
  },
};

globalThis.onmessage = async ({ data: { id, name, request } }) => {
  try {
    postMessage({ id, value: (await commands[name](request ?? {})) ?? null });
  } catch (error) {
    postMessage({ id, error: `${error?.name}: ${error?.message}` });
  }
};
