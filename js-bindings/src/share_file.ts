// Shares in a file of the origin private file system (WHATWG File System), overwritten in place.
//
// struct { uint32 number; opaque share[32]; opaque check[4]; } Place;  Place places[2];
//
// An even number is in the first place, an odd one in the second; zeros are no share. `check` is
// the start of SHA-256 over what precedes it: a write that was cut off is no share either.

import { shareFileName } from './names.js';
import { type Share, type ShareStore, shareBytes } from './share.js';
import { Reader, Writer } from './tls.js';

const checkBytes = 4;
const placeBytes = 4 + shareBytes + checkBytes;

interface SyncAccessHandle {
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

/** Whether this worker has the file system and may write to it in place. */
export async function hasFileSystem(): Promise<boolean> {
  try {
    const { FileSystemFileHandle } = globalThis as { FileSystemFileHandle?: { prototype: object } };
    if (!FileSystemFileHandle || !('createSyncAccessHandle' in FileSystemFileHandle.prototype)) {
      return false;
    }
    await navigator.storage.getDirectory();
    return true;
  } catch {
    return false;
  }
}

export class ShareFile implements ShareStore {
  readonly kind = 'opfs';

  async read(): Promise<Share[]> {
    const shares = await this.withFile(false, async (file) => {
      const found: Share[] = [];
      for (const at of [0, placeBytes]) {
        const share = await decodePlace(readPlace(file, at));
        if (share !== undefined) found.push(share);
      }
      return found;
    });
    return (shares ?? []).sort((a, b) => a.number - b.number);
  }

  async write(share: Share): Promise<void> {
    const place = await encodePlace(share);
    await this.withFile(true, async (file) => overwrite(file, placeOf(share.number), place));
  }

  async keepOnly(number: number): Promise<void> {
    await this.withFile(false, async (file) => erase(file, placeOf(number + 1)));
  }

  async destroy(): Promise<void> {
    const found = await this.withFile(false, async (file) => {
      erase(file, 0);
      erase(file, placeBytes);
      return true;
    });
    if (found) await (await navigator.storage.getDirectory()).removeEntry(shareFileName);
  }

  // Undefined when there is no file and none was to be made.
  private async withFile<T>(
    create: boolean,
    work: (file: SyncAccessHandle) => Promise<T>,
  ): Promise<T | undefined> {
    const directory = await navigator.storage.getDirectory();
    let handle: SyncFileHandle;
    try {
      handle = (await directory.getFileHandle(shareFileName, {
        create,
      })) as unknown as SyncFileHandle;
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

const placeOf = (number: number) => (number % 2) * placeBytes;

function readPlace(file: SyncAccessHandle, at: number): Uint8Array {
  const bytes = new Uint8Array(placeBytes);
  file.read(bytes, { at });
  return bytes;
}

function overwrite(file: SyncAccessHandle, at: number, bytes: Uint8Array): void {
  if (file.write(bytes, { at }) !== bytes.length) throw new Error('the share was cut off');
  file.flush();
}

// Random bytes first: a layer below that skips zeros, or compresses, has to write those.
function erase(file: SyncAccessHandle, at: number): void {
  if (file.getSize() <= at) return;
  overwrite(file, at, crypto.getRandomValues(new Uint8Array(placeBytes)));
  overwrite(file, at, new Uint8Array(placeBytes));
}

async function checkOf(content: Uint8Array): Promise<Uint8Array> {
  const digest = await crypto.subtle.digest('SHA-256', content.slice());
  return new Uint8Array(digest, 0, checkBytes);
}

async function encodePlace({ number, bytes }: Share): Promise<Uint8Array> {
  const writer = new Writer();
  writer.uint32(number);
  writer.raw(bytes, shareBytes);
  const content = writer.finish();
  const place = new Uint8Array(placeBytes);
  place.set(content);
  place.set(await checkOf(content), content.length);
  return place;
}

async function decodePlace(place: Uint8Array): Promise<Share | undefined> {
  const reader = new Reader(place);
  const number = reader.uint32();
  const bytes = reader.raw(shareBytes);
  const check = reader.raw(checkBytes);
  if (number === 0) return undefined;
  const expected = await checkOf(place.subarray(0, placeBytes - checkBytes));
  return check.every((byte, i) => byte === expected[i]) ? { number, bytes } : undefined;
}
