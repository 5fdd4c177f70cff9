// Shares in a file of the origin private file system (WHATWG File System), overwritten in place.
//
// struct { uint32 number; opaque share[32]; opaque check[4]; } Place;  Place places[2];
//
// An even number is in the first place, an odd one in the second; zeros are no share. `check` is
// the start of SHA-256 over what precedes it: a write that was cut off is no share either.

import { shareFileName } from './names.js';
import { overwrite, removeFile, type SyncAccessHandle, withFile } from './private_file.js';
import { type Share, type ShareStore, shareBytes } from './share.js';
import { decode, encode, fixed, struct, uint32 } from './tls.js';

const checkBytes = 4;
const placeBytes = 4 + shareBytes + checkBytes;

export class ShareFile implements ShareStore {
  readonly kind = 'opfs';

  async read(): Promise<Share[]> {
    const shares = await withFile(shareFileName, false, async (file) => {
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
    await withFile(shareFileName, true, (file) => overwrite(file, placeOf(share.number), place));
  }

  async keepOnly(number: number): Promise<void> {
    await withFile(shareFileName, false, (file) => erase(file, placeOf(number + 1)));
  }

  async destroy(): Promise<void> {
    await withFile(shareFileName, false, (file) => {
      erase(file, 0);
      erase(file, placeBytes);
    });
    await removeFile(shareFileName);
  }
}

const placeOf = (number: number) => (number % 2) * placeBytes;

function readPlace(file: SyncAccessHandle, at: number): Uint8Array {
  const bytes = new Uint8Array(placeBytes);
  file.read(bytes, { at });
  return bytes;
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

const content = struct<Share>({ number: uint32, bytes: fixed(shareBytes) });

async function encodePlace(share: Share): Promise<Uint8Array> {
  const place = new Uint8Array(placeBytes);
  const bytes = encode(content, share);
  place.set(bytes);
  place.set(await checkOf(bytes), bytes.length);
  return place;
}

async function decodePlace(place: Uint8Array): Promise<Share | undefined> {
  const bytes = place.subarray(0, placeBytes - checkBytes);
  const expected = await checkOf(bytes);
  const share = decode(content, bytes);
  const intact = expected.every((byte, i) => byte === place[bytes.length + i]);
  return intact && share.number !== 0 ? share : undefined;
}
