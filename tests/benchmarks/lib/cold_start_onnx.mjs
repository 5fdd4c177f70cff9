// Prints how many milliseconds pass from the bytes of the model to the 20 best in ONNX Runtime Web.
import { readFileSync } from 'node:fs';

import { history, SHELF } from './factors.mjs';

const model = new Uint8Array(readFileSync(`${process.argv[2]}/onnx`));
const peers = new URL('../peers/node_modules/', import.meta.url);

const start = performance.now();
const ort = await import(new URL('onnxruntime-web/dist/ort.node.min.mjs', peers));
ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(model);
const ids = new ort.Tensor('int64', BigInt64Array.from(history, BigInt), [history.length]);
const k = new ort.Tensor('int64', BigInt64Array.of(BigInt(SHELF)), [1]);
const { best } = await session.run({ ids, k });
const end = performance.now();

if (best.data.length !== SHELF) throw new Error('the shelf is not full');
console.log(end - start);
