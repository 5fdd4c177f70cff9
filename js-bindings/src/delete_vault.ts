// Deletes what a vault leaves on a device, without an engine: after a refusal that the engine
// cannot carry out because it is blocked.

import { deleteDatabase } from './indexeddb.js';
import { databaseNames, newestFileName, shareFileName } from './names.js';
import { removeFile } from './private_file.js';

export async function deleteVault(): Promise<void> {
  for (const name of databaseNames) await deleteDatabase(name);
  for (const name of [shareFileName, newestFileName]) {
    await removeFile(name).catch(() => {}); // there may be no such file system
  }
}
