// What a stranger can make an aggregator hold, and for how long.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { MEDIA, testTask, until, uploadErrors, World } from './lib/world.mjs';

const MIB = 1 << 20;
const MUCH = 64 * MIB;
// Of one process under all of the below. README, "Limits": 64 connections times a body of 1 MiB
// and its copies; here are eight at a time.
const MOST_MIB = 64;
// tools/http/server.h: max_connections.
const CONNECTIONS = 64;

let world;
before(async () => {
  world = await World.make([testTask('one')]);
  await world.start();
});
after(() => world.end());

// The most memory that the process ever had.
function peakMib({ pid }) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)[1]) / 1024;
}

async function connected({ port }) {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {}); // to be refused in the middle of it is what is expected
  await once(socket, 'connect');
  return socket;
}

// Sends `head` and then `part` over and over until it is MUCH or the server has enough. Returns the
// first line of the answer, if there is one.
async function flood(server, head, part) {
  const socket = await connected(server);
  let answer = '';
  let open = true;
  socket.on('data', (data) => (answer += data.toString('latin1')));
  const closed = new Promise((resolve) => socket.on('close', resolve)).then(() => (open = false));
  socket.write(head);
  const bytes = Buffer.from(part.repeat(Math.ceil(MIB / part.length)));
  for (let sent = 0; open && sent < MUCH; sent += bytes.length) {
    if (socket.write(bytes)) continue;
    await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed]);
  }
  if (open) socket.end();
  await closed;
  return answer.split('\r\n')[0];
}

async function expectService(seconds = 5) {
  const begin = Date.now();
  for (const body of world.makeReports('one', [0, 1, 2])) {
    const response = await world.upload('one', body);
    assert.equal(response.status, 200);
    assert.deepEqual(await uploadErrors(response), []);
  }
  assert.equal((await fetch(`${world.helper.url}/hpke_config`)).status, 200);
  const took = (Date.now() - begin) / 1000;
  assert.ok(took < seconds, `it took ${took} s`);
}

const pathOf = (resource) => `/tasks/${world.task('one').id}/${resource}`;
const postHead = (path, headers) =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: ${MEDIA('upload-req')}\r\n${headers}\r\n`;

function floods(path) {
  const chunked = postHead(path, 'Transfer-Encoding: chunked\r\n');
  return {
    'a request line': ['GET /', 'x'],
    'a query': ['GET /?', 'a=b&'],
    'a header': ['GET / HTTP/1.1\r\nA: ', 'x'],
    "a header's name": ['GET / HTTP/1.1\r\n', 'x'],
    headers: ['GET / HTTP/1.1\r\n', 'A: b\r\n'],
    'lines that are no headers': ['GET / HTTP/1.1\r\n', '\n'],
    "a chunk's size": [chunked, '0'],
    "a chunk's extension": [`${chunked}1;`, 'x'],
    'chunks of one byte': [chunked, '1\r\nx\r\n'],
    'a trailer': [`${chunked}0\r\n`, 'x'],
    trailers: [`${chunked}0\r\n`, 'A: b\r\n'],
    'a body': [postHead(path, `Content-Length: ${MUCH}\r\n`), 'x'],
    'a body of many': [postHead(path, `Content-Length: ${10 ** 17}\r\n`), 'x'],
    'the body of another method': [
      'PRI / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n',
      '1\r\nx\r\n',
    ],
    'parts of a form': [
      `POST ${path} HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${MUCH}\r\n\r\n`,
      '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nx\r\n',
    ],
  };
}

test('64 MiB of anything take no memory, and others are served meanwhile', async () => {
  for (const [server, resource] of [
    [world.leader, 'reports'],
    [world.leader, 'collection_jobs'],
    [world.helper, 'aggregation_jobs'],
  ]) {
    for (const [what, [head, part]] of Object.entries(floods(pathOf(resource)))) {
      const all = Promise.all(Array.from({ length: 8 }, () => flood(server, head, part)));
      await expectService();
      for (const line of await all) {
        assert.match(line, /^($|HTTP\/1\.1 (4\d\d|501))/, `${server.role}: ${what}`);
      }
      const peak = peakMib(server);
      assert.ok(peak < MOST_MIB, `${server.role}: ${what}: ${peak} MiB`);
    }
  }
});

test('what is compressed is not unpacked', async () => {
  const body = gzipSync(Buffer.alloc(MUCH));
  const response = await world.upload('one', body, { 'Content-Encoding': 'gzip' });
  assert.equal(response.status, 415);
  assert.ok(peakMib(world.leader) < MOST_MIB);
});

test('connections that say nothing, little or it slowly keep nobody out', async () => {
  const said = [
    '',
    'P',
    `POST ${pathOf('reports')} HTTP/1.1\r\nA:`,
    postHead(pathOf('reports'), 'Content-Length: 1000\r\n'),
    'GET /hpke_config HTTP/1.1\r\n\r\n',
  ];
  const sockets = [];
  const open = async () => {
    const socket = (await connected(world.leader)).resume();
    const words = said[sockets.length % said.length];
    if (words) socket.write(words);
    // The slowest who are not yet late.
    socket.timer = setInterval(() => socket.write('x'), 500);
    socket.on('close', () => clearInterval(socket.timer));
    sockets.push(socket);
  };
  try {
    for (let i = 0; i < 5 * CONNECTIONS; i++) await open();
    await expectService();
    // And while more come.
    const more = (async () => {
      for (let i = 0; i < 5 * CONNECTIONS; i++) await open();
    })();
    await expectService();
    await more;
    const held = () => sockets.filter((socket) => !socket.closed && !socket.destroyed).length;
    await until(() => held() <= CONNECTIONS, 'that most are closed', 1000);
  } finally {
    for (const socket of sockets) {
      clearInterval(socket.timer);
      socket.destroy();
    }
  }
  await expectService();
});

test('all of it is over soon, and it stops at once', async () => {
  const sockets = await Promise.all(Array.from({ length: 32 }, () => connected(world.leader)));
  const begin = Date.now();
  assert.equal(await world.leader.stop(), 0);
  assert.ok(Date.now() - begin < 1500, `it took ${Date.now() - begin} ms`);
  for (const socket of sockets) socket.destroy();
  await world.leader.start();
  await expectService();
});
