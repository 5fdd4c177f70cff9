import assert from 'node:assert/strict';
import test from 'node:test';

import { startServer } from './server.mjs';

test('requests are answered, recorded and forgotten', async () => {
  const server = await startServer({
    '/a.js': { body: 'void 0;', csp: "default-src 'none'", headers: { 'X-Extra': '1' } },
    '/echo/*': (request) => ({ body: request.body, status: 201 }),
  });
  try {
    const script = await fetch(`${server.origin}/a.js?v=1`);
    assert.equal(script.headers.get('content-security-policy'), "default-src 'none'");
    assert.equal(script.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.equal(script.headers.get('x-extra'), '1');
    const echo = await fetch(`${server.origin}/echo/it`, { method: 'POST', body: 'bytes' });
    assert.deepEqual([echo.status, await echo.text()], [201, 'bytes']);
    assert.equal((await fetch(`${server.origin}/missing`)).status, 404);
    const seen = server.requests.map(({ method, path, query, body }) => [
      method,
      path,
      query,
      `${body}`,
    ]);
    assert.deepEqual(seen, [
      ['GET', '/a.js', '?v=1', ''],
      ['POST', '/echo/it', '', 'bytes'],
      ['GET', '/missing', '', ''],
    ]);
    assert.equal(server.hits('/echo/').length, 1);
    server.forget();
    assert.equal(server.hits('/').length, 0);
  } finally {
    await server.close();
  }
});
