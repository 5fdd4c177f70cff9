// The same sources give the same module, wherever and whenever they are built.
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';

import { copyFiles, projectFiles, ROOT } from '../lib/tree.mjs';
import { run } from './lint.mjs';

export const MODULES = ['wasm/engine.wasm', 'wasm/report.wasm'];

// In each of `folders`: copies the sources (whatever is being edited here included) with the
// libraries' sources of build/deps, and builds the modules from nothing. Returns the builds' folders.
export function buildClean(folders) {
  const jobs = Math.max(1, Math.floor(availableParallelism() / folders.length));
  return Promise.all(folders.map((folder) => buildIn(folder, jobs)));
}

async function buildIn(folder, jobs) {
  mkdirSync(folder, { recursive: true });
  copyFiles(ROOT, projectFiles(), folder);
  const deps = path.join(ROOT, 'build/deps');
  if (existsSync(deps)) cpSync(deps, path.join(folder, 'build/deps'), { recursive: true });
  for (const [command, ...args] of [
    ['cmake', '--preset', 'wasm', '-DBAYA_TESTS=OFF'],
    ['ninja', '-C', 'build/wasm', `-j${jobs}`, ...MODULES],
  ]) {
    const { status, output } = await run(command, args, folder);
    if (status !== 0) throw new Error(output);
  }
  return path.join(folder, 'build/wasm');
}

// Nothing if the two files are the same, else where they differ.
export function difference(first, second) {
  const [a, b] = [readFileSync(first), readFileSync(second)];
  const at = a.findIndex((byte, index) => byte !== b[index]);
  if (at < 0 && a.length === b.length) return '';
  const offset = at < 0 ? a.length : at;
  return `${first} (${a.length} bytes) and ${second} (${b.length} bytes) differ at byte ${offset}`;
}
