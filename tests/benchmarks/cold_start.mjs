// From the model's bytes in hand to the first shelf, in a process of its own: our module against
// TensorFlow.js and ONNX Runtime Web. A page waits for the same things: the library's code is read
// and compiled, the model is unpacked, 20 of 10,000 items are found. Both sides find their code and
// their model in files; reading the model, and making it, is not counted.
//
// The peers rank by the smallest model they can hold of as many items: 32 numbers an item, the
// visitor the mean of 50 items, one product and the 20 best. Ours reads, checks and ranks a signed
// pack of 16 neighbours an item, and takes in one event.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { importSource } from '../../js-bindings/test/support/files.mjs';
import { sitePack } from '../lib/site_pack.mjs';
import { compare } from './lib/compare.mjs';
import { factorBytes, history, ITEMS, WIDTH } from './lib/factors.mjs';
import { onnxModel } from './lib/onnx_model.mjs';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'baya-cold-start-'));

async function writeModels() {
  const { callText, encodeCall } = await importSource('call_record.ts');
  const viewed = callText({
    verb: 'track',
    messageId: randomUUID(),
    timeMs: Date.now(),
    sentMs: Date.now(),
    name: 'Product Viewed',
    properties: { product_id: 'lamp-400' },
  });
  const shape = { items: ITEMS, width: WIDTH, told: history.length };
  writeFileSync(join(folder, 'event'), encodeCall(viewed));
  writeFileSync(join(folder, 'pack'), sitePack({ items: ITEMS, neighbours: 16 }));
  writeFileSync(join(folder, 'factors'), factorBytes());
  writeFileSync(join(folder, 'onnx'), onnxModel(factorBytes(), shape));
}

// A module under lib/ that prints the milliseconds it took.
const timeOf = (name) => async () => {
  const file = fileURLToPath(new URL(`./lib/cold_start_${name}.mjs`, import.meta.url));
  const { stdout } = await run(process.execPath, ['--no-warnings', file, folder]);
  const milliseconds = Number(stdout.trim().split('\n').at(-1));
  if (!(milliseconds > 0)) throw new Error(`${name} said ${stdout}`);
  return milliseconds;
};

try {
  await writeModels();
  const ours = { name: 'baya (wasm), signed pack of 10,000 items', time: timeOf('baya') };
  for (const [peer, name] of [
    ['TensorFlow.js, CPU', 'tfjs'],
    ['ONNX Runtime Web, wasm', 'onnx'],
  ]) {
    await compare({
      benchmark: `cold start: pack bytes to first shelf, against ${peer}`,
      bar: 5,
      ours,
      peer: { name: peer, time: timeOf(name) },
    });
  }
} finally {
  rmSync(folder, { recursive: true });
}
