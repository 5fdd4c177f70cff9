// Files the tests read, and modules of src/ that dist/ does not export by themselves.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export const readProjectFile = (path) => readFileSync(join(root, path));
export const readDist = (name) => readProjectFile(`js-bindings/dist/${name}`);

/** A fresh copy of dist/engine.wasm. */
export const engineWasm = () => new Uint8Array(readDist('engine.wasm'));

/** And of dist/report.wasm. */
export const reportWasm = () => new Uint8Array(readDist('report.wasm'));

/** A TypeScript module of src/, bundled by itself. */
export async function importSource(name) {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'js-bindings/src', name)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
}

// Several modules of src/ in one bundle, so that they share what they import.
async function bundle(names, options) {
  const integrity = (wasm) =>
    JSON.stringify(`sha256-${createHash('sha256').update(wasm).digest('base64')}`);
  const { outputFiles } = await build({
    stdin: {
      contents: names.map((name) => `export * from './${name}';`).join('\n'),
      resolveDir: join(root, 'js-bindings/src'),
    },
    bundle: true,
    write: false,
    target: 'es2022',
    define: {
      BAYA_ENGINE_INTEGRITY: integrity(engineWasm()),
      BAYA_REPORT_INTEGRITY: integrity(reportWasm()),
    },
    ...options,
  });
  return outputFiles[0];
}

export async function importSources(names) {
  const { contents } = await bundle(names, { format: 'esm' });
  return import(`data:text/javascript;base64,${Buffer.from(contents).toString('base64')}`);
}

/**
 * A function that gives the modules anew each time, as a process of its own would have them, with
 * these globals (those named in `globals`) in place of Node's.
 */
export async function sourcesWith(globals, names) {
  const { text } = await bundle(names, { format: 'iife', globalName: 'sources' });
  const make = new Function(...globals, `${text}; return sources;`);
  return (values) => make(...globals.map((name) => values[name]));
}

const shared = process.env.BAYA_SHARED ?? join(root, '../shared');

/** A JSON file of the shared conformance vectors, or undefined without them. */
export function sharedVector(path) {
  const file = join(shared, 'vectors', path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
