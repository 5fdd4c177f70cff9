// How a server hands out a site pack: nothing to who has it; to a browser that says which version
// it has, what it lacks (RFC 9842, Compression Dictionary Transport; `baya delta` writes these files
// beside the pack); and to everybody else the whole.
import { createHash } from 'node:crypto';

// How long a version serves as a dictionary. The package asks for the pack anew all the same.
const DICTIONARY_SECONDS = 30 * 24 * 60 * 60;

// Weak (RFC 9110, 8.8.1): a delta stands for the same content.
const etagOf = (body) => `W/"${createHash('sha256').update(body).digest('hex')}"`;

// "/data/shop.pack.SHA256.dcz"; nothing where the browser asks for no delta.
function deltaPath(path, headers) {
  const encodings = (headers['accept-encoding'] ?? '').split(',').map((name) => name.trim());
  const [, hash] = /^:([A-Za-z0-9+/]{43}=):$/.exec(headers['available-dictionary']) ?? [];
  if (!encodings.includes('dcz') || hash === undefined) return undefined;
  return `${path}.${Buffer.from(hash, 'base64').toString('hex')}.dcz`;
}

// `read`: the bytes of a path, or nothing. Returns {status, headers, body}.
export async function packAnswer(path, requestHeaders, whole, read) {
  const headers = {
    ETag: etagOf(whole),
    'Cache-Control': `max-age=${DICTIONARY_SECONDS}`,
    'Use-As-Dictionary': `match="${path}"`,
    Vary: 'Accept-Encoding, Available-Dictionary',
  };
  if (requestHeaders['if-none-match'] === headers.ETag) return { status: 304, headers, body: '' };
  const name = deltaPath(path, requestHeaders);
  const delta = name && (await read(name));
  if (!delta) return { status: 200, headers, body: whole };
  return { status: 200, headers: { ...headers, 'Content-Encoding': 'dcz' }, body: delta };
}
