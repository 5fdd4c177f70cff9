// A site pack as a page fetches it, in one file and in parts.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import test from 'node:test';
import { sitePack, sitePackParts } from '../../tests/lib/site_pack.mjs';
import { importSource } from './support/files.mjs';

const { fetchSitePack } = await importSource('site_pack.ts');

const { front, bodies } = sitePackParts();
const whole = Buffer.concat([front, ...bodies]);
const nameOf = (body) => `/packs/${createHash('sha256').update(body).digest('hex')}.section`;
const parts = Object.fromEntries(bodies.map((body) => [nameOf(body), body]));

async function serve(t, files) {
  const asked = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.writeHead(files[url] ? 200 : 404).end(files[url]);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return { asked, origin: `http://127.0.0.1:${server.address().port}` };
}

test('one file is fetched once and not looked into', async (t) => {
  for (const file of [sitePack(), Buffer.from('no pack'), Buffer.alloc(200, 255)]) {
    const { asked, origin } = await serve(t, { '/shop.pack': file });
    assert.deepEqual(Buffer.from(await fetchSitePack(`${origin}/shop.pack`)), file);
    assert.deepEqual(asked, ['/shop.pack']);
  }
});

test('of a front alone the sections beside it are fetched', async (t) => {
  for (const query of ['', '?of=a/b', '#x/y']) {
    const at = `/packs/shop.pack${query.startsWith('?') ? query : ''}`;
    const { asked, origin } = await serve(t, { [at]: front, ...parts });
    const pack = await fetchSitePack(`${origin}/packs/shop.pack${query}`);
    assert.deepEqual(Buffer.from(pack), whole);
    assert.deepEqual(asked.sort(), [at, ...bodies.map(nameOf)].sort());
  }
});

test('a section that is missing is said', async (t) => {
  const { [nameOf(bodies[1])]: _, ...others } = parts;
  const { origin } = await serve(t, { '/packs/shop.pack': front, ...others });
  await assert.rejects(fetchSitePack(`${origin}/packs/shop.pack`), {
    code: 'unavailable',
    message: 'the site pack could not be loaded: HTTP 404',
  });
});

test('a front that is cut off, or longer than it says, has no parts', async (t) => {
  for (const file of [front.subarray(0, -1), Buffer.concat([front, Buffer.alloc(1)])]) {
    const { asked, origin } = await serve(t, { '/shop.pack': file });
    assert.equal((await fetchSitePack(`${origin}/shop.pack`)).length, file.length);
    assert.equal(asked.length, 1);
  }
});

test('nobody is made to fetch without end', async (t) => {
  const count = 1_700;
  const list = Buffer.alloc(37 * count);
  const head = Buffer.concat([front.subarray(0, 26), Buffer.from([0]), Buffer.alloc(33)]);
  const length = Buffer.from([list.length >> 8, list.length & 255]);
  const file = Buffer.concat([head, length, list, Buffer.alloc(64)]);
  const { asked, origin } = await serve(t, { '/shop.pack': file });
  await fetchSitePack(`${origin}/shop.pack`);
  assert.equal(asked.length, 1);
});
