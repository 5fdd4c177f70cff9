// The published declarations in the hands of a strict consumer.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript')), 'tsc.js');

test('a consumer in TypeScript compiles, and its mistakes do not', () => {
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', join(here, 'consumer')], {
    encoding: 'utf8',
  });
  assert.equal(stdout, '');
  assert.equal(status, 0);
});
