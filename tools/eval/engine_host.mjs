// engine.wasm for baya-eval, through the package's own loader. Messages on standard input and output go
// behind their length, 32 bits, big-endian: 1 opens an engine, 2 calls (handle, operation, time,
// request), 3 closes (handle). An answer is 0 and what was asked for, or 1 and why not.
import { readFileSync, readSync, writeSync } from 'node:fs';
import { Engine, EngineModule, moduleIntegrity } from 'baya/in-process';

const OPEN = 1;
const CALL = 2;
const CLOSE = 3;

const wasm = new Uint8Array(readFileSync(new URL(import.meta.resolve('baya/engine.wasm'))));
const module = await EngineModule.load(wasm, moduleIntegrity);
const engines = new Map();
let next = 0;
let nowMs = 0;

// Nothing at the end of the input.
function read(size) {
  const bytes = Buffer.alloc(size);
  let done = 0;
  while (done < size) {
    const count = readSync(0, bytes, done, size - done);
    if (count === 0) return undefined;
    done += count;
  }
  return bytes;
}

function write(bytes) {
  let done = 0;
  while (done < bytes.length) done += writeSync(1, bytes, done);
}

function open() {
  engines.set(
    ++next,
    Engine.open(module, () => nowMs),
  );
  const handle = Buffer.alloc(4);
  handle.writeUInt32BE(next);
  return handle;
}

function answerTo(message) {
  if (message[0] === OPEN) return open();
  const handle = message.readUInt32BE(1);
  const engine = engines.get(handle);
  if (message[0] === CALL) {
    nowMs = Number(message.readBigUInt64BE(9));
    return engine.callBytes(message.readUInt32BE(5), new Uint8Array(message.subarray(17)));
  }
  if (message[0] !== CLOSE) throw new Error('an unknown message');
  engine.close();
  engines.delete(handle);
  return Buffer.alloc(0);
}

function answer(message) {
  try {
    return [Buffer.of(0), answerTo(message)];
  } catch (error) {
    return [Buffer.of(1), Buffer.from(error.message)];
  }
}

for (let head = read(4); head !== undefined; head = read(4)) {
  const message = read(head.readUInt32BE());
  if (message === undefined) break;
  const bytes = Buffer.concat(answer(message));
  head.writeUInt32BE(bytes.length);
  write(Buffer.concat([head, bytes]));
}
