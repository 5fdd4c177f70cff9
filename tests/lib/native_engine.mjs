// Calls of the wasm engine, kept with the entropy that they drew, and made again by the native one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openEngine, statusCodes } from 'baya/in-process';
import { engineWasm, importSources } from '../../js-bindings/test/support/files.mjs';
import { programCommand } from './programs.mjs';

const { decode, encode, operations } = await importSources(['tls.ts', 'generated/by_name.ts']);

const integer = (value, size) => {
  const bytes = Buffer.alloc(size);
  if (size === 8) bytes.writeBigUInt64BE(BigInt(value));
  else bytes.writeUIntBE(value, 0, size);
  return bytes;
};
const opaque = (bytes) => [integer(bytes.length, 4), bytes];

/** tests/differential/engine_calls.cc. */
export class NativeEngine {
  #child;
  #unread = [];
  #wake = () => {};
  #exited = false;

  constructor() {
    const [command, ...args] = programCommand('native', 'tests/differential/engine_calls');
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdin.on('error', () => {}); // said by its exit
    this.#child.stdout.on('data', (chunk) => {
      this.#unread.push(chunk);
      this.#wake();
    });
    this.#child.on('close', () => {
      this.#exited = true;
      this.#wake();
    });
  }

  /** calls: as RecordedEngine.take() gives them. Resolves to the replies: [{ status, bytes }]. */
  async play(calls) {
    const frames = calls.flatMap(({ op, nowMs, entropy, request }) => [
      integer(op, 4),
      integer(nowMs, 8),
      ...opaque(entropy),
      ...opaque(request),
    ]);
    this.#child.stdin.write(Buffer.concat(frames));
    const replies = [];
    let bytes = Buffer.alloc(0);
    while (replies.length < calls.length) {
      bytes = Buffer.concat([bytes, ...(await this.#more())]);
      bytes = takeReplies(bytes, replies);
    }
    if (bytes.length > 0) throw new Error('engine_calls says more than it was asked');
    return replies;
  }

  async #more() {
    while (this.#unread.length === 0) {
      if (this.#exited) throw new Error('engine_calls has ended');
      await new Promise((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#unread.splice(0);
  }

  async close() {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    if (this.#child.exitCode !== 0) throw new Error(`engine_calls: ${this.#child.exitCode}`);
  }
}

// Moves whole replies from the front of `bytes`; returns what is left.
function takeReplies(bytes, replies) {
  let at = 0;
  while (bytes.length - at >= 8) {
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    if (end > bytes.length) break;
    replies.push({ status: bytes.readUInt32BE(at), bytes: bytes.subarray(at + 8, end) });
    at = end;
  }
  return bytes.subarray(at);
}

/** engine.wasm through the package's own loader, with `fillRandom` for its entropy. */
export class RecordedEngine {
  nowMs = 0;
  #calls = [];
  #drawn = [];
  #engine;

  static async open(fillRandom) {
    const recorded = new RecordedEngine();
    recorded.#engine = await openEngine(engineWasm(), {
      now: () => recorded.nowMs,
      fillRandom: (out) => {
        fillRandom(out);
        recorded.#drawn.push(Buffer.from(out));
      },
    });
    return recorded;
  }

  /** Throws what the engine refuses. */
  call(name, asked = {}) {
    const { id: op, request: shape, reply: answer } = operations[name];
    const request = Buffer.from(encode(shape, asked));
    this.#drawn = [];
    const reply = this.#engine.callBytes(op, new Uint8Array(request));
    const entropy = Buffer.concat(this.#drawn);
    this.#calls.push({ name, op, nowMs: this.nowMs, request, entropy, reply: Buffer.from(reply) });
    return decode(answer, reply);
  }

  /** As the native one answers: { status, bytes }, the bytes of an error being its message. */
  answer(op, request) {
    this.#drawn = [];
    let answer;
    try {
      answer = {
        status: 0,
        bytes: Buffer.from(this.#engine.callBytes(op, Uint8Array.from(request))),
      };
    } catch (error) {
      answer = { status: statusCodes[error.code], bytes: Buffer.from(error.message) };
    }
    const entropy = Buffer.concat(this.#drawn);
    const { status, bytes: reply } = answer;
    this.#calls.push({ name: '', op, nowMs: this.nowMs, request, entropy, status, reply });
    return answer;
  }

  /** The calls since the last time: [{ name, op, nowMs, entropy, request, reply }]. */
  take() {
    return this.#calls.splice(0);
  }
}
