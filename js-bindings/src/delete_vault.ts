// Deletes what a vault leaves on a device, without an engine: after a refusal that the engine
// cannot carry out because it is blocked.

import { deleteDatabase } from './indexeddb.js';
import { databaseNames, shareFileName } from './names.js';

export async function deleteVault(): Promise<void> {
  for (const name of databaseNames) await deleteDatabase(name);
  try {
    await (await navigator.storage.getDirectory()).removeEntry(shareFileName);
  } catch {
    // No such file, or no such file system.
  }
}
