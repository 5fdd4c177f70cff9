// What a browser left on disk: a search for given bytes in every file of a profile directory.
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join, relative } from 'node:path';

const MIN_NEEDLE_BYTES = 6; // below that, hits by chance

function utf16be(text) {
  return Buffer.from(text, 'utf16le').swap16();
}

// The base64 text of `bytes` wherever they stand in a longer input: for each of the three phases
// the characters that do not depend on the neighbours.
function base64Phases(bytes, encoding) {
  return [0, 1, 2].map((phase) => {
    const text = Buffer.concat([Buffer.alloc(phase), bytes])
      .toString(encoding)
      .replaceAll('=', '');
    const tail = (phase + bytes.length) % 3 === 0 ? 0 : 1;
    return Buffer.from(text.slice(phase === 0 ? 0 : phase + 1, text.length - tail));
  });
}

function jsonEscaped(text) {
  return text.replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

// [[name, bytes]] without repeats; bytes needles have no text encodings.
function encodingsOf(needle) {
  const bytes = Buffer.from(needle);
  const forms = [['bytes', bytes]];
  if (typeof needle === 'string') {
    forms.push(
      ['utf-16le', Buffer.from(needle, 'utf16le')],
      ['utf-16be', utf16be(needle)],
      ['latin1', Buffer.from(needle, 'latin1')],
      ['percent', Buffer.from(encodeURIComponent(needle))],
      ['json', Buffer.from(jsonEscaped(needle))],
    );
  }
  const hex = bytes.toString('hex');
  forms.push(['hex', Buffer.from(hex)], ['HEX', Buffer.from(hex.toUpperCase())]);
  for (const encoding of ['base64', 'base64url']) {
    for (const form of base64Phases(bytes, encoding)) forms.push([encoding, form]);
  }
  const seen = new Set();
  return forms.filter(([, form]) => {
    const key = form.toString('latin1');
    return seen.has(key) ? false : seen.add(key);
  });
}

async function* entriesUnder(directory) {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    yield { path, entry };
    if (entry.isDirectory()) yield* entriesUnder(path);
  }
}

async function bytesOf({ path, entry }) {
  if (entry.isSymbolicLink()) return Buffer.from(await readlink(path));
  return entry.isFile() ? readFile(path) : Buffer.alloc(0);
}

// Looks for each needle (a string, searched as UTF-8, UTF-16, Latin-1, percent, JSON, hex and
// base64 text; or bytes, as they are, hex and base64) in the contents and in the names of all
// files below `directory`. Returns the first hit per file, needle and form:
// [{file, needle, form, offset}], `file` relative, `needle` its index, `offset` -1 for a name.
//
// It does not decompress: give needles of random characters, which compressors leave alone, and
// show in the same test that one which must be there is found.
export async function searchProfile(directory, needles) {
  const wanted = needles.map((needle, index) => {
    if (Buffer.from(needle).length < MIN_NEEDLE_BYTES)
      throw new Error(`needle ${index} is too short`);
    return { index, forms: encodingsOf(needle) };
  });
  const hits = [];
  for await (const found of entriesUnder(directory)) {
    const file = relative(directory, found.path);
    const name = Buffer.from(found.entry.name);
    const content = await bytesOf(found);
    for (const { index, forms } of wanted) {
      for (const [form, bytes] of forms) {
        if (name.includes(bytes)) hits.push({ file, needle: index, form, offset: -1 });
        const offset = content.indexOf(bytes);
        if (offset >= 0) hits.push({ file, needle: index, form, offset });
      }
    }
  }
  return hits;
}

// Where the three engines keep what sites store; Firefox's own storage is beside it.
const SITE_FILES = /indexeddb|file system|local storage|storage\/(?!permanent)/i;

// [{name, path}] of the files in which the browser keeps what sites have stored, `name` relative.
export async function siteFiles(profileDir) {
  const files = [];
  for await (const { path, entry } of entriesUnder(profileDir)) {
    const name = relative(profileDir, path);
    if (entry.isFile() && SITE_FILES.test(name)) files.push({ name, path });
  }
  return files;
}
