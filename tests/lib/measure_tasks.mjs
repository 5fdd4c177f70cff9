// Measurement tasks for tests, written from core/docs/formats/tasks.md and draft-ietf-ppm-dap-18
// without the project's own writer, and two aggregators that keep what they are sent.

import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';

const number = (bytes) => (value) => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(BigInt(value));
  return buffer.subarray(8 - bytes);
};
const u8 = number(1);
const u16 = number(2);
const u24 = number(3);
const u32 = number(4);
const u64 = number(8);
const opaque = (length) => (content) => {
  const bytes = Buffer.from(content);
  return Buffer.concat([length(bytes.length), bytes]);
};
const opaque8 = opaque(u8);
const opaque16 = opaque(u16);

export const labels = ['lamps', 'mugs', 'other'];

function descriptorOf(task) {
  return Buffer.concat([
    u8(1),
    opaque8(task.name),
    opaque8(task.title),
    opaque16(task.text),
    u8(task.policy),
    u8(task.epsilonMicro === 0 ? 0 : 1),
    u8(1),
    u64(task.epsilonMicro),
    u32(task.minBatch),
    u32(task.periodS),
    u32(task.windowS),
    u32(task.delayS),
    u8(1),
    u8(7),
    opaque16(Buffer.concat(task.labels.map(opaque8))),
  ]);
}

// TaskConfiguration, "Task Configuration" of the draft: Prio3Histogram (4) in time intervals (1).
function configurationOf(task, descriptor) {
  const hash = createHash('sha256').update(descriptor).digest();
  const chunk = Math.ceil(Math.sqrt(task.labels.length));
  return Buffer.concat([
    opaque8(Buffer.concat([u8(1), hash])),
    opaque16(task.leader),
    opaque16(task.helper),
    u64(3600),
    u64(task.minBatch),
    u8(1),
    opaque16(''),
    u32(4),
    opaque16(Buffer.concat([u32(task.labels.length), u32(chunk)])),
    opaque16(''),
  ]);
}

/** One category interest for these aggregators, its parts in base64url. */
export function declaredTask({ leader, helper }, changes = {}) {
  const task = {
    name: 'category-interest',
    title: 'Which kind of product people look for',
    text: 'Counts the kind of product you dealt with most in the last thirty days.',
    policy: 1,
    epsilonMicro: 1_000_000,
    minBatch: 20,
    periodS: 7 * 86_400,
    windowS: 30 * 86_400,
    delayS: 0,
    labels,
    leader,
    helper,
    ...changes,
  };
  const descriptor = descriptorOf(task);
  return {
    id: Buffer.alloc(32, 9).toString('base64url'),
    configuration: configurationOf(task, descriptor).toString('base64url'),
    descriptor: descriptor.toString('base64url'),
  };
}

/** The pack's section with that task. */
export function tasksSection(aggregators, changes = {}) {
  const task = declaredTask(aggregators, changes);
  const [id, ...parts] = [task.id, task.configuration, task.descriptor].map((text) =>
    Buffer.from(text, 'base64url'),
  );
  return opaque(u24)(Buffer.concat([id, ...parts.map(opaque16)]));
}

/** Where a report of that section's task is POSTed, from the leader's root. */
export const reportsPath = `/tasks/${Buffer.alloc(32, 9).toString('base64url')}/reports`;

/**
 * One aggregator: its `url`, what it was asked, and `answer` and `answerConfigs`, which take a
 * response, to be replaced by tests. It tries to know whoever asks again.
 */
export class Aggregator {
  requests = [];
  reports = [];
  answer = (response) => response.writeHead(201).end();
  answerConfigs = (response) => response.end(this.configs);
  #id;
  #server;
  #key = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });

  constructor(id) {
    this.#id = id;
    this.#server = createServer((request, response) => this.#serve(request, response));
  }

  // HpkeConfigList of one X25519, HKDF-SHA256, ChaCha20-Poly1305 key (RFC 9180 §7).
  get configs() {
    const config = [
      u8(this.#id),
      u16(0x0020),
      u16(0x0001),
      u16(0x0003),
      opaque16(Buffer.from(this.#key.x, 'base64url')),
    ];
    return opaque16(Buffer.concat(config));
  }

  get privateKey() {
    return Buffer.from(this.#key.d, 'base64url');
  }

  async start(t) {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      this.#server.closeAllConnections();
      this.#server.close();
    });
    this.url = `http://127.0.0.1:${this.#server.address().port}/`;
    return this;
  }

  async #serve(request, response) {
    const { method, url, headers } = request;
    this.requests.push({ method, url, headers });
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'content-type');
    response.setHeader('Set-Cookie', 'known=1');
    response.setHeader('ETag', '"known"');
    if (method === 'OPTIONS') {
      response.writeHead(204).end();
    } else if (url === '/hpke_config') {
      response.setHeader('Content-Type', 'application/ppm-dap;message=hpke-config-list');
      this.answerConfigs(response);
    } else if (method === 'POST') {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      this.reports.push(Buffer.concat(chunks));
      this.answer(response);
    } else {
      response.writeHead(404).end();
    }
  }
}

export async function startAggregators(t) {
  return {
    leader: await new Aggregator(1).start(t),
    helper: await new Aggregator(2).start(t),
  };
}

/** UploadErrors for the report in an upload of one. */
export const uploadErrors = (body, error) => Buffer.concat([body.subarray(0, 16), u8(error)]);
