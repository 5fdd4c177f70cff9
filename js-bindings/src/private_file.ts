// Small files of the origin private file system (WHATWG File System), changed in place.

export interface SyncAccessHandle {
  getSize(): number;
  read(into: Uint8Array, options: { at: number }): number;
  write(from: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
}

interface SyncFileHandle {
  createSyncAccessHandle(): Promise<SyncAccessHandle>;
}

// A handle is exclusive, and one of a tab that was just killed is let go within half a second.
const patienceMs = 5_000;
const pauseMs = 100;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const nameOf = (error: unknown) => (error as { name?: string } | null)?.name;

/** Whether this worker may have the file system and write to it in place; touches nothing. */
export function mayHaveFileSystem(): boolean {
  const { FileSystemFileHandle } = globalThis as { FileSystemFileHandle?: { prototype: object } };
  return !!FileSystemFileHandle && 'createSyncAccessHandle' in FileSystemFileHandle.prototype;
}

/** Whether it has: a private window may not. Asking makes a place for the site on the disk. */
export async function hasFileSystem(): Promise<boolean> {
  try {
    if (!mayHaveFileSystem()) return false;
    await navigator.storage.getDirectory();
    return true;
  } catch {
    return false;
  }
}

/** Undefined when there is no such file and none was to be made. */
export async function withFile<T>(
  name: string,
  create: boolean,
  work: (file: SyncAccessHandle) => T | Promise<T>,
): Promise<T | undefined> {
  const directory = await navigator.storage.getDirectory();
  let handle: SyncFileHandle;
  try {
    handle = (await directory.getFileHandle(name, { create })) as unknown as SyncFileHandle;
  } catch (error) {
    if (!create && nameOf(error) === 'NotFoundError') return undefined;
    throw error;
  }
  const file = await openPatiently(handle);
  try {
    return await work(file);
  } finally {
    file.close();
  }
}

/** Does nothing when there is no such file. */
export async function removeFile(name: string): Promise<void> {
  try {
    await (await navigator.storage.getDirectory()).removeEntry(name);
  } catch (error) {
    if (nameOf(error) !== 'NotFoundError') throw error;
  }
}

async function openPatiently(handle: SyncFileHandle): Promise<SyncAccessHandle> {
  for (let waited = 0; ; waited += pauseMs) {
    try {
      return await handle.createSyncAccessHandle();
    } catch (error) {
      if (nameOf(error) !== 'NoModificationAllowedError' || waited >= patienceMs) throw error;
    }
    await pause(pauseMs);
  }
}

export function overwrite(file: SyncAccessHandle, at: number, bytes: Uint8Array): void {
  if (file.write(bytes, { at }) !== bytes.length) throw new Error('a write was cut off');
  file.flush();
}
