// The site pack of a page: one file, or the signed front alone with each section in a file named by
// its hash, so that a browser keeps those that did not change (core/docs/formats/pack.md).

import { fetchBytes } from './fetch_bytes.js';
import { frontOf } from './pack_front.js';

const toHex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The whole pack, unchecked. Rejects with a BayaError `unavailable`. */
export async function fetchSitePack(url: string): Promise<Uint8Array> {
  const get = (file: string, cache: RequestCache) => fetchBytes(file, 'the site pack', { cache });
  // Asked for anew, however long it may serve as a dictionary (RFC 9842) of the next.
  const front = await get(url, 'no-cache');
  const found = frontOf(front);
  if (found?.size !== front.length) return front;
  const beside = (hash: string) => url.replace(/[^/?#]*([?#].*)?$/, `${hash}.section`);
  const sections = await Promise.all(
    found.sections.map(({ sha256 }) => get(beside(toHex(sha256)), 'default')),
  );
  return new Uint8Array(await new Blob([front, ...sections] as BlobPart[]).arrayBuffer());
}
