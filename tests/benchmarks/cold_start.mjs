// From the pack's bytes in hand to the first shelf, in a process of its own: our module against
// TensorFlow.js and ONNX Runtime Web. A page waits for the same things: the library's code is read
// and compiled, the model is unpacked, 20 of 10,000 items are found.
//
// The peers rank by the smallest model they can hold of as many items: 32 numbers an item, the
// visitor the mean of 50 items, one product and the 20 best. Ours reads, checks and ranks a signed
// pack of 16 neighbours an item, and takes in one event.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { compare } from './lib/compare.mjs';

const run = promisify(execFile);

// A module under lib/ that prints the milliseconds it took.
const timeOf = (name) => async () => {
  const file = fileURLToPath(new URL(`./lib/cold_start_${name}.mjs`, import.meta.url));
  const { stdout } = await run(process.execPath, ['--no-warnings', file]);
  const milliseconds = Number(stdout.trim().split('\n').at(-1));
  if (!(milliseconds > 0)) throw new Error(`${name} said ${stdout}`);
  return milliseconds;
};

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
