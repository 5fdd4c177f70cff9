// Serves the shop on the loopback interface.
//
//   node serve.mjs --data DIR [--baya DIR] [--port 8080]
//
// DIR of --data holds catalogue.json, shop.json {name, currency, note, site, signer, measure,
// aggregators} and shop.pack, the latter in one file or in parts, with or without deltas; --baya is the package's dist folder. `signer` is the pack's public key,
// `site` the site it is for; without a signer, or without a pack, the pages carry no tag and are a
// plain shop. `aggregators` are the addresses of leader and helper, which the pages may then reach.
import { readFile, realpath } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { packAnswer } from './pack_answer.mjs';

const here = dirname(fileURLToPath(import.meta.url));

export const PAGE_POLICY = "default-src 'self'";
export const WORKER_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'";

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.pack': 'application/octet-stream',
};

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeText = (text) => String(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);

// The part of a request's target that names a file, decoded; nothing when it is not a plain path.
function pathOf(target) {
  try {
    const path = decodeURIComponent(target.split(/[?#]/, 1)[0]);
    const plain = path.startsWith('/') && !/[\\\0]/.test(path);
    const parts = path.split('/').slice(1);
    return plain && parts.every((part) => !part.startsWith('.')) ? path : undefined;
  } catch {
    return undefined;
  }
}

// The bytes of `path` below `folder`, links resolved; nothing when it is not there or not below.
async function readBelow(folder, path) {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, path));
    return file.startsWith(root + sep) ? await readFile(file) : undefined;
  } catch {
    return undefined;
  }
}

async function readShop(data) {
  const text = await readBelow(data, 'shop.json');
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

async function tagOf(data, { signer, site }) {
  if (!/^[\w-]{43}$/.test(signer ?? '')) return '';
  if (!(await readBelow(data, 'shop.pack'))) return '';
  const pinned = `data-signer="${signer}" data-site="${escapeText(site ?? '')}"`;
  return `<script async id="baya-tag" src="/baya/baya.js" data-pack="/data/shop.pack" ${pinned}></script>`;
}

async function fillIn(page, data) {
  const shop = await readShop(data);
  const values = {
    'shop.name': escapeText(shop.name ?? 'Little Nest'),
    'shop.note': escapeText(shop.note ?? ''),
    'baya.tag': await tagOf(data, shop),
  };
  return page.toString().replace(/\{\{([\w.]+)\}\}/g, (_, key) => values[key] ?? '');
}

// A page talks to the shop and, where it measures, to the two aggregators.
function pagePolicy({ aggregators }) {
  if (!Array.isArray(aggregators)) return PAGE_POLICY;
  const origins = aggregators.map((address) => new URL(address).origin);
  return `${PAGE_POLICY}; connect-src 'self' ${origins.join(' ')}`;
}

function cacheControl(path) {
  if (extname(path) === '.section') return 'max-age=31536000, immutable'; // its name is its hash
  return path.startsWith('/data/') ? 'no-store' : 'no-cache';
}

function headersFor(path, policy = PAGE_POLICY) {
  return {
    'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    'Content-Security-Policy': path === '/baya/worker.js' ? WORKER_POLICY : policy,
    'Cache-Control': cacheControl(path),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  };
}

const refusal = (status, words) => ({
  status,
  headers: headersFor('refusal.txt'),
  body: `${words}\n`,
});

// dist: the built shop; baya: the package's dist; data: see above; port: 0 for any free one.
// Returns {origin, close()}.
export async function startShop({ dist = join(here, 'dist'), baya, data, port = 0 }) {
  const folders = [
    { prefix: '/baya/', folder: baya },
    { prefix: '/data/', folder: data },
    { prefix: '/', folder: dist },
  ];

  async function bodyOf(path) {
    const { prefix, folder } = folders.find((entry) => path.startsWith(entry.prefix));
    const body = folder && (await readBelow(folder, path.slice(prefix.length)));
    return body && prefix === '/' && path.endsWith('.html') ? fillIn(body, data) : body;
  }

  async function answer(request) {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'GET or HEAD');
    const named = pathOf(request.url);
    if (!named) return refusal(400, 'bad request');
    const path = named.endsWith('/') ? `${named}index.html` : named;
    const body = await bodyOf(path);
    if (!body) return refusal(404, 'not found');
    const headers = headersFor(path, pagePolicy(await readShop(data)));
    if (extname(path) !== '.pack') return { status: 200, headers, body };
    const pack = await packAnswer(path, request.headers, body, bodyOf);
    return { ...pack, headers: { ...headers, ...pack.headers } };
  }

  async function respond(request, response) {
    const { status, headers, body } = await answer(request);
    const length = status === 304 ? {} : { 'Content-Length': Buffer.byteLength(body) };
    response.writeHead(status, { ...headers, ...length });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function main() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      baya: { type: 'string', default: join(here, '../js-bindings/dist') },
      port: { type: 'string', default: '8080' },
    },
  });
  if (!values.data) {
    console.error('node serve.mjs --data DIR [--baya DIR] [--port 8080]');
    process.exitCode = 2;
    return;
  }
  const { origin } = await startShop({ ...values, port: Number(values.port) });
  console.log(origin);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
