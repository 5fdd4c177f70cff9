// The platform hashes a pack several times faster than the engine does, and beside the engine's own
// thread.

import { frontOf } from './pack_front.js';

/**
 * SHA-256 of each section of a pack, one after the other, for the engine to compare with what was
 * signed; nothing when it is no pack.
 */
export async function packDigests(pack: Uint8Array): Promise<Uint8Array> {
  const front = frontOf(pack);
  if (front === undefined) return new Uint8Array();
  let end = front.size;
  const digests = front.sections.map(({ length }) => {
    const body = pack.subarray(end, end + length) as Uint8Array<ArrayBuffer>;
    end += length;
    return crypto.subtle.digest('SHA-256', body);
  });
  const each = (await Promise.all(digests)).map((digest) => new Uint8Array(digest));
  return Uint8Array.from(each.flatMap((bytes) => [...bytes]));
}
