// Prints how many milliseconds pass from the bytes of the model to the 20 best in TensorFlow.js.
import { readFileSync } from 'node:fs';

import { history, ITEMS, SHELF, WIDTH } from './factors.mjs';

const bytes = new Uint8Array(readFileSync(`${process.argv[2]}/factors`));
const peers = new URL('../peers/node_modules/', import.meta.url);

const start = performance.now();
const tf = await import(new URL('@tensorflow/tfjs-core/dist/tf-core.node.js', peers));
await import(new URL('@tensorflow/tfjs-backend-cpu/dist/tf-backend-cpu.node.js', peers));
const { gather, matMul, mean, ready, reshape, tensor1d, tensor2d, topk } = tf.default ?? tf;
await ready();
const factors = tensor2d(new Float32Array(bytes.buffer), [ITEMS, WIDTH]);
const visitor = mean(gather(factors, tensor1d(history, 'int32')), 0);
const scores = matMul(factors, reshape(visitor, [WIDTH, 1]));
const { indices } = topk(reshape(scores, [ITEMS]), SHELF);
const best = await indices.data();
const end = performance.now();

if (best.length !== SHELF) throw new Error('the shelf is not full');
console.log(end - start);
