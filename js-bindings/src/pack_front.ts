// Where the sections of a site pack are (core/docs/formats/pack.md). Whether it is a right one is for
// the engine to say.

const siteAt = 26; // behind magic, format, version and replaces
const keyBytes = 32;
const signatureBytes = 64;
const entryBytes = 37; // type, length, SHA-256
const hashAt = 5;
const mostSections = 16;

export interface PackFront {
  /** Its own bytes, to where the first section begins. */
  readonly size: number;
  readonly sections: readonly { readonly length: number; readonly sha256: Uint8Array }[];
}

/** Undefined when the bytes do not begin with one. */
export function frontOf(pack: Uint8Array): PackFront | undefined {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.length);
  const at = (place: number) => pack[place] ?? Number.NaN;
  const nextKeyAt = siteAt + 1 + at(siteAt) + keyBytes;
  const listAt = nextKeyAt + 1 + at(nextKeyAt);
  const begin = listAt + 2;
  const count = (256 * at(listAt) + at(listAt + 1)) / entryBytes;
  const size = begin + count * entryBytes + signatureBytes;
  if (!Number.isInteger(count) || count > mostSections || size > pack.length) return undefined;
  const sections = Array.from({ length: count }, (_, i) => {
    const entry = begin + i * entryBytes;
    const length = view.getUint32(entry + 1);
    return { length, sha256: pack.subarray(entry + hashAt, entry + entryBytes) };
  });
  return { size, sections };
}
