// What the server says about each file, and what it refuses.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';

import { PAGE_POLICY, startShop, WORKER_POLICY } from '../serve.mjs';

const SIGNER = 'A'.repeat(43);

async function makeFolders() {
  const root = await mkdtemp(join(tmpdir(), 'baya-shop-'));
  const files = {
    'dist/index.html': '<title>{{shop.name}}</title>{{baya.tag}}<p>{{shop.note}}</p>',
    'dist/style.css': 'body{}',
    'dist/.secret': 'secret',
    'baya/baya.js': '//',
    'baya/worker.js': '//',
    'baya/engine.wasm': 'wasm',
    'data/catalogue.json': '[]',
    'data/shop.json': JSON.stringify({
      name: '<Nest>',
      note: 'a & b',
      signer: SIGNER,
      site: 'a&b.example',
    }),
    'data/shop.pack': 'pack',
    'secret.txt': 'secret',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, name, '..'), { recursive: true });
    await writeFile(join(root, name), text);
  }
  await symlink(join(root, 'secret.txt'), join(root, 'dist/link.txt'));
  return root;
}

// The status line's number for a request target sent as it is: fetch would tidy it first.
function rawStatus(origin, target) {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.on('error', reject);
    socket.once('data', (data) => {
      resolve(Number(String(data).split(' ')[1]));
      socket.destroy();
    });
    socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  });
}

// As it is sent: fetch would undo the coding.
function rawGet(origin, path, headers) {
  return new Promise((resolve, reject) => {
    request(origin + path, { headers }, async (response) => {
      const chunks = await response.toArray();
      const text = Buffer.concat(chunks).toString();
      resolve({ status: response.statusCode, headers: response.headers, text });
    })
      .on('error', reject)
      .end();
  });
}

test('the server', async (t) => {
  const root = await makeFolders();
  const folders = { dist: join(root, 'dist'), baya: join(root, 'baya'), data: join(root, 'data') };
  const shop = await startShop(folders);
  const get = (path, options) => fetch(shop.origin + path, options);
  t.after(async () => {
    await shop.close();
    await rm(root, { recursive: true });
  });

  await t.test('policies, types and caching', async () => {
    const expected = [
      ['/', 'text/html; charset=utf-8', PAGE_POLICY, 'no-cache'],
      ['/style.css', 'text/css; charset=utf-8', PAGE_POLICY, 'no-cache'],
      ['/baya/baya.js', 'text/javascript; charset=utf-8', PAGE_POLICY, 'no-cache'],
      ['/baya/worker.js', 'text/javascript; charset=utf-8', WORKER_POLICY, 'no-cache'],
      ['/baya/engine.wasm', 'application/wasm', PAGE_POLICY, 'no-cache'],
      ['/data/catalogue.json', 'application/json; charset=utf-8', PAGE_POLICY, 'no-store'],
      ['/data/shop.pack', 'application/octet-stream', PAGE_POLICY, 'max-age=2592000'],
    ];
    for (const [path, type, policy, cache] of expected) {
      const { status, headers } = await get(path);
      assert.deepEqual(
        [
          status,
          headers.get('content-type'),
          headers.get('content-security-policy'),
          headers.get('cache-control'),
        ],
        [200, type, policy, cache],
        path,
      );
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    }
    assert.equal(PAGE_POLICY, "default-src 'self'");
  });

  await t.test('a pack: nothing to who has it, a delta to who says what it has', async () => {
    const hashOf = (text, encoding) => createHash('sha256').update(text).digest(encoding);
    await writeFile(join(root, `data/shop.pack.${hashOf('old', 'hex')}.dcz`), 'delta');
    const pack = async (headers) => {
      const answer = await rawGet(shop.origin, '/data/shop.pack', headers);
      return [answer.status, answer.headers['content-encoding'], answer.text];
    };
    const has = (text) => ({
      'Accept-Encoding': 'gzip, dcz',
      'Available-Dictionary': `:${hashOf(text, 'base64')}:`,
    });
    assert.deepEqual(await pack({}), [200, undefined, 'pack']);
    assert.deepEqual(await pack({ 'If-None-Match': `W/"${hashOf('pack', 'hex')}"` }), [
      304,
      undefined,
      '',
    ]);
    assert.deepEqual(await pack(has('old')), [200, 'dcz', 'delta']);
    assert.deepEqual(await pack(has('older')), [200, undefined, 'pack']);
    assert.deepEqual(await pack({ ...has('old'), 'Accept-Encoding': 'gzip' }), [
      200,
      undefined,
      'pack',
    ]);
    assert.deepEqual(await pack({ ...has('old'), 'Available-Dictionary': ':../../x:' }), [
      200,
      undefined,
      'pack',
    ]);
  });

  await t.test('the name and note are text; the tag pins signer and site', async () => {
    const page = await (await get('/')).text();
    assert.match(page, /<title>&lt;Nest&gt;<\/title>.*<p>a &amp; b<\/p>/);
    assert.match(
      page,
      new RegExp(
        `src="/baya/baya.js" data-pack="/data/shop.pack" data-signer="${SIGNER}" data-site="a&amp;b.example"`,
      ),
    );
  });

  await t.test('no tag without a pack or with a signer that is none', async () => {
    await writeFile(
      join(root, 'data/shop.json'),
      JSON.stringify({ signer: `${SIGNER}"><script>` }),
    );
    assert.doesNotMatch(await (await get('/')).text(), /script/);
    await writeFile(join(root, 'data/shop.json'), JSON.stringify({ signer: SIGNER }));
    await rm(join(root, 'data/shop.pack'));
    assert.doesNotMatch(await (await get('/')).text(), /script/);
  });

  await t.test('nothing outside the three folders', async () => {
    const targets = [
      '/../secret.txt',
      '/data/../../secret.txt',
      '/data/%2e%2e/%2e%2e/secret.txt',
      '/data/..%2f..%2fsecret.txt',
      '/data/..%5c..%5csecret.txt',
      '/%00',
      '/%ff',
      '/.secret',
      'http://other/secret.txt',
    ];
    for (const target of targets) assert.equal(await rawStatus(shop.origin, target), 400, target);
    assert.equal(await rawStatus(shop.origin, '/link.txt'), 404, 'a link that leads out');
    assert.equal(await rawStatus(shop.origin, '//data//catalogue.json'), 404);
    assert.equal((await get('/data/')).status, 404);
    assert.equal((await get('/missing')).status, 404);
    assert.equal((await get('/', { method: 'POST' })).status, 405);
    assert.equal(await (await get('/style.css', { method: 'HEAD' })).text(), '');
  });
});

test('where it measures, pages may reach the aggregators and nothing else may', async (t) => {
  const root = await makeFolders();
  const aggregators = ['http://127.0.0.1:9001/dap/', 'https://helper.example/'];
  await writeFile(join(root, 'data/shop.json'), JSON.stringify({ aggregators }));
  const shop = await startShop({
    dist: join(root, 'dist'),
    baya: join(root, 'baya'),
    data: join(root, 'data'),
  });
  t.after(async () => {
    await shop.close();
    await rm(root, { recursive: true });
  });
  const policyOf = async (path) =>
    (await fetch(shop.origin + path)).headers.get('content-security-policy');
  assert.equal(
    await policyOf('/'),
    `${PAGE_POLICY}; connect-src 'self' http://127.0.0.1:9001 https://helper.example`,
  );
  assert.equal(await policyOf('/baya/worker.js'), WORKER_POLICY);
});

test('the policies are those of the design', () => {
  assert.equal(WORKER_POLICY, "default-src 'none'; script-src 'wasm-unsafe-eval'");
  assert.equal(PAGE_POLICY, "default-src 'self'");
});
