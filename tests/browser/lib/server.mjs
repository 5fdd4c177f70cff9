// A static test server on 127.0.0.1 that remembers every request.
import { createServer } from 'node:http';

const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  json: 'application/json',
  css: 'text/css',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
};

function typeOf(path) {
  return TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain; charset=utf-8';
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// routes: path -> {body, headers?, status?, csp?}, or a function from the recorded request to that
// (may be async); a path that ends in "*" answers for everything that begins with it. A path
// without a route is recorded and answered 404. `csp` is short for the Content-Security-Policy
// header.
//
// Returns
//   origin          "http://127.0.0.1:PORT", a secure context
//   routes          may be changed while it runs
//   requests        [{method, path, query, headers, body}] in order of arrival; `body` is a Buffer.
//                   A WebSocket handshake counts as a request and is answered as any other
//   hits(prefix)    those of `requests` whose path begins with `prefix`
//   forget()        empties `requests`
//   close()         ends the connections as well
export async function startServer(routes = {}) {
  const requests = [];

  function routeFor(path) {
    if (Object.hasOwn(routes, path)) return routes[path];
    const pattern = Object.keys(routes).find(
      (r) => r.endsWith('*') && path.startsWith(r.slice(0, -1)),
    );
    return routes[pattern] ?? { status: 404, body: 'not found' };
  }

  async function answer(request, response) {
    const url = new URL(request.url, 'http://server');
    const seen = {
      method: request.method,
      path: url.pathname,
      query: url.search,
      headers: request.headers,
      body: Buffer.alloc(0),
    };
    requests.push(seen); // before the body: a request that is cut off counts
    seen.body = await readBody(request);
    const route = routeFor(seen.path);
    const {
      body = '',
      headers = {},
      status = 200,
      csp,
    } = typeof route === 'function' ? await route(seen) : route;
    response.writeHead(status, {
      'Content-Type': typeOf(seen.path),
      'Cache-Control': 'no-store',
      ...(csp ? { 'Content-Security-Policy': csp } : {}),
      ...headers,
    });
    response.end(body);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end(String(error.stack));
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    routes,
    requests,
    hits: (prefix) => requests.filter(({ path }) => path.startsWith(prefix)),
    forget: () => requests.splice(0),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
