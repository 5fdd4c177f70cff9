// Builds dist/ from src/ and the engine's module.
//
//   node build.mjs    reads engine.wasm and report.wasm of build/wasm/wasm, or of the folder BAYA_WASM

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const modules = process.env.BAYA_WASM ?? join(here, '../build/wasm/wasm');
const engine = join(modules, 'engine.wasm');
const report = join(modules, 'report.wasm');

const integrityOf = (path) =>
  `sha256-${createHash('sha256').update(readFileSync(path)).digest('base64')}`;

for (const wasm of [engine, report]) {
  if (existsSync(wasm)) continue;
  console.error(`${wasm} is missing: cmake --preset wasm && cmake --build --preset wasm`);
  process.exit(1);
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const wasm of [engine, report]) copyFileSync(wasm, join(dist, basename(wasm)));

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  define: {
    BAYA_ENGINE_INTEGRITY: JSON.stringify(integrityOf(engine)),
    BAYA_REPORT_INTEGRITY: JSON.stringify(integrityOf(report)),
  },
};

await Promise.all([
  build({ ...common, entryPoints: ['src/index.ts'], outfile: 'dist/index.js', format: 'esm' }),
  build({
    ...common,
    entryPoints: ['src/in_process.ts'],
    outfile: 'dist/in-process.js',
    format: 'esm',
  }),
  build({ ...common, entryPoints: ['src/rights.ts'], outfile: 'dist/rights.js', format: 'esm' }),
  build({ ...common, entryPoints: ['src/tag.ts'], outfile: 'dist/baya.js', format: 'iife' }),
  build({ ...common, entryPoints: ['src/stub.ts'], outfile: 'dist/stub.js', format: 'iife' }),
  // A classic script: a module's imports would escape the worker's policy in one engine.
  build({ ...common, entryPoints: ['src/worker.ts'], outfile: 'dist/worker.js', format: 'iife' }),
]);

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript')), 'tsc.js');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.json', '--emitDeclarationOnly'], {
  cwd: here,
  stdio: 'inherit',
});

const files = [
  'baya.js',
  'engine.wasm',
  'in-process.js',
  'index.js',
  'report.wasm',
  'rights.js',
  'stub.js',
  'worker.js',
];
writeFileSync(
  join(dist, 'integrity.json'),
  `${JSON.stringify(
    Object.fromEntries(files.map((file) => [file, integrityOf(join(dist, file))])),
    null,
    2,
  )}\n`,
);
