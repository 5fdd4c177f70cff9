// A server on the loopback interface for the files of dist/, and for what a test puts in their place.

import { createServer } from 'node:http';
import { readDist } from './files.mjs';

/** Answers GET with dist/NAME; `replaced` maps a path to bytes, a status, or null to hang. */
export async function serveDist(t, replaced = {}) {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request.url);
    const other = replaced[request.url];
    if (other === null) return;
    if (typeof other === 'number') {
      response.writeHead(other).end();
      return;
    }
    response.end(other ?? readDist(request.url.slice(1)));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    requests,
    workerUrl: `${origin}/worker.js`,
    wasmUrl: `${origin}/engine.wasm`,
    reportUrl: `${origin}/report.wasm`,
  };
}
