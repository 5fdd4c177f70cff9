// The programs of both builds, as commands for spawnSync.
import path from 'node:path';
import { ROOT } from './tree.mjs';

const BUILDS = {
  native: process.env.BAYA_BUILD_RELEASE ?? path.join(ROOT, 'build/release'),
  wasm: process.env.BAYA_BUILD_WASM ?? path.join(ROOT, 'build/wasm'),
};

// [command, ...arguments] that runs `program` (a path below a build directory) of `build`.
export function programCommand(build, program) {
  const file = path.join(BUILDS[build], program);
  if (build === 'native') return [file];
  return [process.execPath, '--no-experimental-fetch', `${file}.cjs`];
}
