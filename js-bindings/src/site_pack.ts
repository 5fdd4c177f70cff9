// The site pack of a page: one file, or the signed front alone with each section in a file named by
// its hash, so that a browser keeps those that did not change (core/docs/formats/pack.md).

import { fetchBytes } from './fetch_bytes.js';

const siteAt = 26; // behind magic, format, version and replaces
const keyBytes = 32;
const signatureBytes = 64;
const entryBytes = 37; // type, length, SHA-256
const hashAt = 5;
const mostSections = 16;

const toHex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Whether it is a right front is for the engine to say; what ends elsewhere than one has no parts. */
function hashesIn(front: Uint8Array): string[] {
  const at = (place: number) => front[place] ?? Number.NaN;
  const nextKeyAt = siteAt + 1 + at(siteAt) + keyBytes;
  const listAt = nextKeyAt + 1 + at(nextKeyAt);
  const begin = listAt + 2;
  const count = (256 * at(listAt) + at(listAt + 1)) / entryBytes;
  if (front.length !== begin + count * entryBytes + signatureBytes || count > mostSections) {
    return [];
  }
  return Array.from({ length: count }, (_, i) => {
    const hash = begin + i * entryBytes + hashAt;
    return toHex(front.subarray(hash, hash + 32));
  });
}

/** The whole pack, unchecked. Rejects with a BayaError `unavailable`. */
export async function fetchSitePack(url: string): Promise<Uint8Array> {
  const get = (file: string, cache: RequestCache) => fetchBytes(file, 'the site pack', { cache });
  // Asked for anew, however long it may serve as a dictionary (RFC 9842) of the next.
  const front = await get(url, 'no-cache');
  const hashes = hashesIn(front);
  if (hashes.length === 0) return front;
  const beside = (hash: string) => url.replace(/[^/?#]*([?#].*)?$/, `${hash}.section`);
  const sections = await Promise.all(hashes.map((hash) => get(beside(hash), 'default')));
  return new Uint8Array(await new Blob([front, ...sections] as BlobPart[]).arrayBuffer());
}
